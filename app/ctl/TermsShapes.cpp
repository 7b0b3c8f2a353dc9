#include "app/ctl/TermsShapes.h"

#include "app/ctl/Say.h"
#include "app/ctl/Shapes.h"
#include "core/base/Oid.h"

namespace naru::ctl {

using namespace services;

namespace {
QString systemName(const QString &oid)
{
    const QString title = base::oidTitle(oid);
    return title.isEmpty() ? oid : title;
}

QJsonObject problemJson(const terminology::RowProblem &problem)
{
    return {{QStringLiteral("file"), problem.file}, {QStringLiteral("sheet"), problem.sheet},
        {QStringLiteral("row"), problem.row}, {QStringLiteral("column"), problem.column},
        {QStringLiteral("code"), QString::fromLatin1(problem.error.code.id)},
        {QStringLiteral("message"), say::sentence(problem.error)}};
}

QJsonObject affectedJson(const TermAffected &row)
{
    QJsonObject out{{QStringLiteral("user"), row.user}, {QStringLiteral("favourite"), row.favourite},
        {QStringLiteral("system"), row.before.systemName}, {QStringLiteral("code"), row.before.code},
        {QStringLiteral("ko"), row.before.ko}, {QStringLiteral("moved"), row.renamedCode}};
    if (!row.instead.code.isEmpty())
        out.insert(QStringLiteral("instead"), termJson(row.instead));
    return out;
}

QString placeOf(const terminology::RowProblem &problem)
{
    QStringList place{problem.file};
    if (!problem.sheet.isEmpty())
        place.append(problem.sheet);
    place.append(QString::number(problem.row));
    if (!problem.column.isEmpty())
        place.append(problem.column);
    return place.join(QLatin1Char(':'));
}
} // namespace

QJsonObject releaseJson(const terminology::Release &release)
{
    QJsonArray systems;
    for (const QString &oid : release.systems)
        systems.append(systemName(oid));
    return {{QStringLiteral("id"), release.id}, {QStringLiteral("master"), release.master},
        {QStringLiteral("title"), release.meta.title}, {QStringLiteral("version"), release.meta.version},
        {QStringLiteral("source"), release.meta.source},
        {QStringLiteral("validFrom"), release.meta.validFrom.toString(Qt::ISODate)},
        {QStringLiteral("validTo"), release.meta.validTo.toString(Qt::ISODate)},
        {QStringLiteral("systems"), systems}, {QStringLiteral("terms"), release.terms},
        {QStringLiteral("installed"), release.installed.toString(Qt::ISODate)},
        {QStringLiteral("current"), release.current}};
}

namespace {
constexpr size_t mostPartial = 100; // rows of a failed import

QJsonObject rowsJson(const terminology::ImportReport &report)
{
    return {{QStringLiteral("read"), report.read}, {QStringLiteral("kept"), report.kept},
        {QStringLiteral("synonyms"), report.synonyms}, {QStringLiteral("redirected"), report.redirected},
        {QStringLiteral("ignored"), report.ignored}, {QStringLiteral("refused"), report.refused}};
}

QString problemLine(const terminology::RowProblem &problem)
{
    return QStringLiteral("%1: %2").arg(placeOf(problem), say::sentence(problem.error));
}
} // namespace

void setPartialReport(const terminology::ImportReport &report, Output &output)
{
    if (report.read == 0 && report.problems.empty())
        return;
    QJsonArray problems;
    QStringList lines;
    for (size_t i = 0; i < report.problems.size() && i < mostPartial; ++i) {
        problems.append(problemJson(report.problems[i]));
        lines.append(problemLine(report.problems[i]));
    }
    lines.append(QStringLiteral("%1 %2  %3 %4  %5 %6")
                     .arg(say::word("rowsRead"))
                     .arg(report.read)
                     .arg(say::word("rowsKept"))
                     .arg(report.kept)
                     .arg(say::word("refused"))
                     .arg(report.refused));
    output.setFailure(
        {{QStringLiteral("rows"), rowsJson(report)}, {QStringLiteral("problems"), problems}}, lines);
}

QJsonObject importJson(const TermImport &import)
{
    const terminology::ImportReport &report = import.report;
    QJsonArray problems, gone, favourites;
    for (const terminology::RowProblem &problem : report.problems)
        problems.append(problemJson(problem));
    for (const terminology::Concept &term : import.change.gone)
        gone.append(QJsonObject{{QStringLiteral("code"), term.code}, {QStringLiteral("ko"), term.ko},
            {QStringLiteral("replacedBy"), term.replacedBy}});
    for (const TermAffected &row : import.affected)
        favourites.append(affectedJson(row));
    return {{QStringLiteral("master"), import.master}, {QStringLiteral("title"), import.meta.title},
        {QStringLiteral("version"), import.meta.version},
        {QStringLiteral("validFrom"), import.meta.validFrom.toString(Qt::ISODate)},
        {QStringLiteral("terms"), import.terms}, {QStringLiteral("encoding"), report.encoding},
        {QStringLiteral("rows"), rowsJson(report)}, {QStringLiteral("problems"), problems},
        {QStringLiteral("change"),
            QJsonObject{{QStringLiteral("added"), import.change.added},
                {QStringLiteral("removed"), import.change.removed},
                {QStringLiteral("renamed"), import.change.renamed},
                {QStringLiteral("retired"), import.change.retired}, {QStringLiteral("gone"), gone}}},
        {QStringLiteral("favourites"), favourites}};
}

void printImport(const TermImport &import, Output &output)
{
    const terminology::ImportReport &report = import.report;
    const terminology::ReleaseChange &change = import.change;
    output.line(QStringLiteral("%1 %2  %3: %4")
                    .arg(import.meta.title, import.meta.version, say::word("terms"))
                    .arg(import.terms));
    output.table(
        {say::word("rowsRead"), say::word("rowsKept"), say::word("synonyms"), say::word("redirected"),
            say::word("ignored"), say::word("refused"), say::word("encoding")},
        {{QString::number(report.read), QString::number(report.kept), QString::number(report.synonyms),
            QString::number(report.redirected), QString::number(report.ignored),
            QString::number(report.refused), report.encoding}});
    output.table({say::word("added"), say::word("removed"), say::word("renamed"), say::word("retired")},
        {{QString::number(change.added), QString::number(change.removed), QString::number(change.renamed),
            QString::number(change.retired)}});
    for (const TermAffected &row : import.affected) {
        const QString instead = row.instead.code.isEmpty()
            ? QString()
            : QStringLiteral(" -> %1 %2").arg(row.instead.code, row.instead.ko);
        output.line(QStringLiteral("%1 %2: %3 %4%5")
                        .arg(say::word(row.favourite ? "favourite" : "used"), row.user, row.before.code,
                            row.before.ko, instead));
    }
    for (const terminology::RowProblem &problem : report.problems)
        output.line(problemLine(problem));
}

QJsonObject statsJson(const TermStats &stats)
{
    QJsonObject systems;
    for (auto it = stats.counts.cbegin(); it != stats.counts.cend(); ++it)
        systems.insert(systemName(it.key()), it.value());
    QJsonArray releases, problems;
    for (const terminology::Release &release : stats.releases)
        releases.append(releaseJson(release));
    for (const base::Error &error : stats.problems)
        problems.append(QJsonObject{{QStringLiteral("code"), QString::fromLatin1(error.code.id)},
            {QStringLiteral("message"), say::sentence(error)}});
    return {{QStringLiteral("terms"), stats.terms}, {QStringLiteral("systems"), systems},
        {QStringLiteral("releases"), releases}, {QStringLiteral("clinicAliases"), stats.clinicAliases},
        {QStringLiteral("indexBytes"), stats.indexBytes}, {QStringLiteral("problems"), problems}};
}

void printStats(const TermStats &stats, Output &output)
{
    QList<QStringList> systems, releases;
    QStringList oids = stats.counts.keys();
    std::sort(oids.begin(), oids.end());
    for (const QString &oid : oids)
        systems.append({systemName(oid), QString::number(stats.counts.value(oid))});
    output.table({say::word("system"), say::word("terms")}, systems);
    for (const terminology::Release &release : stats.releases)
        releases.append({release.master, release.meta.title, release.meta.version,
            release.meta.validFrom.toString(Qt::ISODate), QString::number(release.terms),
            release.installed.toString(Qt::ISODate), release.current ? QString() : say::word("earlier"),
            release.id});
    if (!releases.isEmpty()) {
        output.line({});
        output.table(
            {say::word("master"), say::word("title"), say::word("version"), say::word("since"),
                say::word("terms"), say::word("installed"), say::word("state"), QStringLiteral("ID")},
            releases);
    }
    output.line({});
    output.line(QStringLiteral("%1: %2  %3: %4 MB")
                    .arg(say::word("clinicAliases"))
                    .arg(stats.clinicAliases)
                    .arg(say::word("indexSize"))
                    .arg(double(stats.indexBytes) / 1e6, 0, 'f', 1));
    for (const base::Error &error : stats.problems)
        output.line(QStringLiteral("! %1").arg(say::sentence(error)));
}

} // namespace naru::ctl
