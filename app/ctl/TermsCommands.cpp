#include "app/ctl/Command.h"
#include "app/ctl/Say.h"
#include "app/ctl/Shapes.h"
#include "core/services/TermService.h"

#include <QJsonDocument>

namespace naru::ctl {

using namespace services;

namespace {
base::Result<int> search(Session &, const Arguments &arguments, Output &output)
{
    QStringList systems;
    if (arguments.has("system"))
        systems = arguments.value("system").split(QLatin1Char(','));
    const int limit = arguments.value("limit", QStringLiteral("20")).toInt();
    QJsonArray rows;
    QList<QStringList> lines;
    for (const TermHit &hit : searchTerms(arguments.positional.join(QLatin1Char(' ')), systems, limit)) {
        rows.append(termJson(hit));
        lines.append({hit.code, hit.ko, hit.en, hit.systemName});
    }
    output.setJson(rows);
    output.table(
        {say::word("code"), say::word("name"), QStringLiteral("English"), say::word("system")}, lines);
    return rows.isEmpty() ? 1 : 0;
}

base::Result<int> show(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    NARU_ASSIGN(const TermHit hit,
        profile->terms().show(
            arguments.positional.first(), arguments.value("system", QStringLiteral("kcd"))));
    output.setJson(termJson(hit));
    output.line(QStringLiteral("%1  %2  %3").arg(hit.code, hit.ko, hit.en));
    return 0;
}

base::Result<int> stats(Session &session, const Arguments &, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    const QJsonObject object = QJsonDocument::fromJson(profile->terms().statsJson()).object();
    output.setJson(object);
    for (auto it = object.begin(); it != object.end(); ++it)
        output.line(QStringLiteral("%1  %2").arg(it.key(), it.value().toVariant().toString()));
    return 0;
}
} // namespace

std::vector<Command> termsCommands()
{
    return {
        {"terms", "search", "QUERY", 1, -1, "Searches coded terms: Korean, English, code, initial consonants",
            {{"system", "NAME,...", "kcd, atc, loinc, icd9cm, ..."}, {"limit", "N", "20"}}, search},
        {"terms", "show", "CODE", 1, 1, "One term", {{"system", "NAME", "kcd"}}, show},
        {"terms", "stats", "", 0, 0, "What is loaded", {}, stats},
    };
}

} // namespace naru::ctl
