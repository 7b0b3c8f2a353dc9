// Terms are public: finding, showing and mapping them needs no passphrase, only the folder. What changes the
// folder goes through the profile, so that it is audited and favourites are looked after.
#include "app/ctl/TermsCommands.h"
#include "app/ctl/Command.h"
#include "app/ctl/Errors.h"
#include "app/ctl/Say.h"
#include "app/ctl/Shapes.h"
#include "app/ctl/TermsBench.h"
#include "app/ctl/TermsShapes.h"
#include "core/services/TermDesk.h"
#include "core/services/TermService.h"

namespace naru::ctl {

using namespace services;

namespace {
TermDesk deskOf(const Session &session)
{
    return TermDesk(session.dataDir.isEmpty() ? Profile::defaultDataDir() : session.dataDir);
}

base::Result<QStringList> systemsOf(const Arguments &arguments)
{
    QStringList names;
    for (const QString &value : arguments.values("system"))
        names += value.split(QLatin1Char(','), Qt::SkipEmptyParts);
    return knownTermSystems(names);
}

base::Error badValue(const char *option, const QString &value)
{
    return base::Error(errors::Usage, {},
        {{QStringLiteral("what"), QStringLiteral("--%1: '%2'").arg(QLatin1String(option), value)}});
}

// The visit and the person a code is looked up for.
base::Result<TermContext> contextOf(const Arguments &arguments)
{
    TermContext context;
    context.sex = clinical::sexFromText(arguments.value("sex"));
    context.department = arguments.value("department");
    context.axisStrings = arguments.has("axis");
    if (const QString field = arguments.value("field"); !field.isEmpty())
        context.fields = field.split(QLatin1Char(','), Qt::SkipEmptyParts);
    if (arguments.has("age")) {
        bool number = false;
        context.age = arguments.value("age").toInt(&number);
        if (!number || context.age < 0 || context.age > 150)
            return badValue("age", arguments.value("age"));
    }
    if (arguments.has("day")) {
        NARU_ASSIGN(const base::Timestamp day, base::Timestamp::parseAny(arguments.value("day")));
        context.day = day.date();
    }
    return context;
}

QString remark(const TermHit &hit)
{
    QStringList words;
    if (!hit.matched.isEmpty())
        words.append(QStringLiteral("← ") + hit.matched);
    if (hit.retired)
        words.append(say::word("retired")
            + (hit.replacedBy.isEmpty() ? QString() : QStringLiteral(" → ") + hit.replacedBy));
    if (!hit.complete)
        words.append(say::word("incomplete"));
    if (!hit.mainAllowed)
        words.append(say::word("notMain"));
    if (hit.sexConflict || hit.ageConflict)
        words.append(say::word(hit.sexConflict ? "sexConflict" : "ageConflict"));
    return words.join(QStringLiteral(", "));
}

QList<QStringList> linesOf(const std::vector<TermHit> &hits)
{
    QList<QStringList> lines;
    for (const TermHit &hit : hits)
        lines.append({hit.code, hit.ko, hit.en, hit.systemName, remark(hit)});
    return lines;
}

QStringList header()
{
    return {say::word("code"), say::word("name"), QStringLiteral("English"), say::word("system"),
        say::word("remark")};
}

QJsonArray rowsOf(const std::vector<TermHit> &hits)
{
    QJsonArray rows;
    for (const TermHit &hit : hits)
        rows.append(termJson(hit));
    return rows;
}

// What a picker shows without a query. Only a profile remembers that.
base::Result<int> beforeTheFirstKey(
    Session &session, const QStringList &systems, const TermContext &context, int limit, Output &output)
{
    if (session.passphraseFd < 0 && !qEnvironmentVariableIsSet("NARU_PASSPHRASE"))
        return base::Error(errors::EmptyQuery);
    NARU_ASSIGN(Profile * profile, session.profile());
    const TermStart start = profile->terms().start(systems, context, limit);
    QJsonArray rows;
    for (const auto &[word, list] : {std::pair("favourite", &start.favourites),
             std::pair("recent", &start.recent), std::pair("clinicUsed", &start.clinic)}) {
        if (list->empty())
            continue;
        output.line(say::word(word));
        output.table(header(), linesOf(*list));
        for (const TermHit &hit : *list)
            rows.append(foundTermJson(hit));
    }
    if (rows.isEmpty())
        return base::Error(errors::NothingFound);
    output.setJson(rows);
    return 0;
}

base::Result<int> search(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(const QStringList systems, systemsOf(arguments));
    NARU_ASSIGN(const TermContext context, contextOf(arguments));
    bool number = false;
    const int limit = arguments.value("limit", QStringLiteral("20")).toInt(&number);
    if (!number || limit < 1 || limit > 500)
        return badValue("limit", arguments.value("limit"));
    const QString query = arguments.positional.join(QLatin1Char(' '));
    if (query.trimmed().isEmpty())
        return beforeTheFirstKey(session, systems, context, limit, output);
    const TermAnswer answer = deskOf(session).search(query, systems, context, limit);
    QJsonArray rows;
    for (const auto *list : {&answer.hits, &answer.similar}) {
        for (const TermHit &hit : *list)
            rows.append(foundTermJson(hit));
    }
    output.setJson(rows);
    if (!answer.hits.empty())
        output.table(header(), linesOf(answer.hits));
    if (!answer.similar.empty()) {
        output.line(say::word("similar") + QLatin1Char('?'));
        output.table(header(), linesOf(answer.similar));
    }
    return rows.isEmpty() ? 1 : 0;
}

base::Result<int> show(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(QStringList systems, systemsOf(arguments));
    NARU_ASSIGN(const TermContext context, contextOf(arguments));
    const QString code = arguments.positional.first();
    const TermDesk desk = deskOf(session);
    if (systems.isEmpty())
        systems = termSystemOids({QStringLiteral("kcd")});
    base::Result<TermHit> found = desk.show(code, systems.first(), context);
    for (qsizetype i = 1; i < systems.size() && !found; ++i)
        found = desk.show(code, systems[i], context);
    NARU_TRY(found);
    const std::vector<TermHit> path = desk.path(found->code, found->system, context),
                               below = desk.children(found->code, found->system, context);
    QJsonObject object = termJson(*found);
    object.insert(QStringLiteral("path"), rowsOf(path));
    object.insert(QStringLiteral("below"), rowsOf(below));
    output.setJson(object);
    QString indent;
    for (const TermHit &above : path) {
        output.line(indent + QStringLiteral("%1  %2").arg(above.code, above.ko));
        indent += QStringLiteral("  ");
    }
    output.line(indent
        + QStringLiteral("%1  %2  %3  %4").arg(found->code, found->ko, found->en, remark(*found)).trimmed());
    for (const TermHit &row : below)
        output.line(indent + QStringLiteral("  %1  %2").arg(row.code, row.ko));
    if (!found->help.isEmpty())
        output.line(found->help);
    return 0;
}

base::Result<int> map(Session &session, const Arguments &arguments, Output &output)
{
    const QString from = arguments.value("from"), to = arguments.value("to");
    if (from.isEmpty() || to.isEmpty())
        return base::Error(
            errors::Usage, {}, {{QStringLiteral("what"), QStringLiteral("terms map CODE --from S --to S")}});
    NARU_ASSIGN(const QStringList oids, knownTermSystems({from, to}));
    const TermDesk desk = deskOf(session);
    NARU_ASSIGN(const TermHit known, desk.show(arguments.positional.first(), oids.first(), {}));
    const std::vector<TermHit> hits = desk.map(known.code, oids.first(), oids.last(), {});
    output.setJson(rowsOf(hits));
    if (!hits.empty())
        output.table(header(), linesOf(hits));
    return hits.empty() ? 1 : 0;
}

base::Result<int> stats(Session &session, const Arguments &, Output &output)
{
    const TermStats stats = deskOf(session).stats();
    output.setJson(statsJson(stats));
    printStats(stats, output);
    return 0;
}

base::Result<int> bench(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(const QByteArray bytes, readInput(arguments.positional.first()));
    NARU_ASSIGN(const std::vector<TermQuery> queries, readTermQueries(bytes));
    const TermDesk desk = deskOf(session);
    const TermBenchResult result = benchTerms(*desk.snapshot(), queries);
    output.setJson(benchJson(result, arguments.has("misses")));
    printBench(result, arguments.has("misses"), output);
    return 0;
}
} // namespace

std::vector<Command> termsCommands()
{
    const Option system{"system", "NAME,...", "kcd, kostom, atc, loinc, icd9cm, edi, kd ..."};
    const Option day{"day", "DATE", "day of the visit; today"};
    std::vector<Command> all{
        {"terms", "search", "QUERY", 1, -1, "Searches coded terms: Korean, English, code, initial consonants",
            {system, {"limit", "N", "20, at most 500"}, {"sex", "M|F", "of the patient"},
                {"age", "YEARS", "of the patient"}, {"department", "CODE", "04 or 0400"}, day,
                {"field", "NAME,...", "KOSTOM: diagnosis, act, laboratory, radiology ..."},
                {"axis", "", "also LOINC and radiology axis strings"}},
            search},
        {"terms", "show", "CODE", 1, 1, "One term with what stands above and below it",
            {{"system", "NAME,...", "kcd; the first that knows the code"}, day}, show},
        {"terms", "map", "CODE", 1, 1, "The codes of another system for this one",
            {{"from", "NAME", "system of CODE"}, {"to", "NAME", "system wanted"}}, map},
        {"terms", "bench", "QUERIES.tsv", 1, 1,
            "Measures a file of queries: query, system, expected codes separated by |, in this order or by "
            "the captions of a first row",
            {{"misses", "", "name the queries whose first row is another"}}, bench},
        {"terms", "stats", "", 0, 0, "Releases, terms per system, size of the index, problems", {}, stats},
    };
    const std::vector<Command> changes = termsChangeCommands();
    all.insert(all.end(), changes.begin(), changes.end());
    return all;
}

} // namespace naru::ctl
