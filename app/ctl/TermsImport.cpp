// `naructl terms import` and what else changes the terms of a folder.
#include "app/ctl/Command.h"
#include "app/ctl/Errors.h"
#include "app/ctl/Say.h"
#include "app/ctl/TermsCommands.h"
#include "app/ctl/TermsShapes.h"
#include "core/services/TermDesk.h"
#include "core/services/TermService.h"

#include <QElapsedTimer>

#include <cstdio>
#include <memory>
#include <unistd.h>

namespace naru::ctl {

using namespace services;

namespace {
// A line a second at most: a script's log stays short, a person sees that it moves.
class ProgressLines {
public:
    void operator()(const base::Progress &progress)
    {
        const bool newStep = m_step != QLatin1String(progress.step);
        if (!newStep && m_since.isValid() && m_since.elapsed() < 1000)
            return;
        m_step = QLatin1String(progress.step);
        m_since.start();
        const QByteArray step = say::word(progress.step).toUtf8();
        if (progress.total > 0)
            std::fprintf(stderr, "%s %d %%\n", step.constData(), int(progress.done * 100 / progress.total));
        else
            std::fprintf(stderr, "%s %lld\n", step.constData(), static_cast<long long>(progress.done));
    }

private:
    QString m_step{};
    QElapsedTimer m_since{};
};

QString folderOf(const Session &session)
{
    return session.dataDir.isEmpty() ? Profile::defaultDataDir() : session.dataDir;
}

// A folder that is nobody's profile yet needs no passphrase to hold public terms (unless one is given: then
// the profile is made, as with every other command).
bool withoutProfile(const Session &session)
{
    return !Profile::exists(folderOf(session)) && session.passphraseFd < 0
        && !qEnvironmentVariableIsSet("NARU_PASSPHRASE") && !isatty(STDIN_FILENO);
}

base::Result<terminology::ImportOptions> optionsOf(const Arguments &arguments)
{
    terminology::ImportOptions options;
    options.master = arguments.value("system");
    if (options.master == QLatin1String("auto"))
        options.master.clear();
    options.forSystem = arguments.value("for");
    options.version = arguments.value("version");
    if (arguments.has("valid-from")) {
        NARU_ASSIGN(const base::Timestamp day, base::Timestamp::parseAny(arguments.value("valid-from")));
        options.validFrom = day.date();
    }
    return options;
}

base::Result<int> import(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(terminology::ImportOptions options, optionsOf(arguments));
    options.partial = std::make_shared<terminology::ImportReport>();
    const auto lines = std::make_shared<ProgressLines>();
    const base::WorkContext work(
        session.work.stopToken(), [lines](const base::Progress &progress) { (*lines)(progress); });
    base::Result<TermImport> imported = [&]() -> base::Result<TermImport> {
        if (withoutProfile(session))
            return TermDesk(folderOf(session)).importMaster(arguments.positional, options, work);
        NARU_ASSIGN(Profile * profile, session.profile());
        return profile->terms().importMaster(arguments.positional, options, work);
    }();
    if (!imported)
        setPartialReport(*options.partial, output);
    NARU_TRY(imported);
    output.setJson(importJson(*imported));
    printImport(*imported, output);
    return 0;
}

base::Result<int> remove(Session &session, const Arguments &arguments, Output &output)
{
    const QString id = arguments.positional.first();
    if (withoutProfile(session)) {
        NARU_TRY(TermDesk(folderOf(session)).remove(id));
    } else {
        NARU_ASSIGN(Profile * profile, session.profile());
        NARU_TRY(profile->terms().remove(id));
    }
    output.setJson(QJsonObject{{QStringLiteral("removed"), id}});
    output.line(id);
    return 0;
}

QJsonObject aliasJson(const terminology::Alias &alias)
{
    return {{QStringLiteral("alias"), alias.text}, {QStringLiteral("system"), termSystemName(alias.system)},
        {QStringLiteral("code"), alias.code}, {QStringLiteral("weight"), alias.weight}};
}

base::Result<int> aliases(Session &session, const Arguments &, Output &output)
{
    QJsonArray rows;
    QList<QStringList> lines;
    const TermDesk desk(folderOf(session));
    for (const terminology::Alias &alias : desk.shelf().aliases()) {
        rows.append(aliasJson(alias));
        const auto term = desk.show(alias.code, alias.system, {});
        lines.append({alias.text, termSystemName(alias.system), alias.code, term ? term->ko : QString()});
    }
    output.setJson(rows);
    output.table({say::word("alias"), say::word("system"), say::word("code"), say::word("name")}, lines);
    return 0;
}

base::Result<int> alias(Session &session, const Arguments &arguments, Output &output)
{
    terminology::Alias row;
    row.text = arguments.positional.first();
    row.code = arguments.positional.last();
    NARU_ASSIGN(
        const QStringList systems, knownTermSystems({arguments.value("system", QStringLiteral("kcd"))}));
    row.system = systems.first();
    row.weight = 500;
    NARU_ASSIGN(Profile * profile, session.profile());
    NARU_TRY(arguments.has("remove") ? profile->terms().removeAlias(row) : profile->terms().addAlias(row));
    output.setJson(aliasJson(row));
    output.line(QStringLiteral("%1  %2").arg(row.text, row.code));
    return 0;
}
} // namespace

std::vector<Command> termsChangeCommands()
{
    return {
        {"terms", "import", "FILE...", 1, -1,
            "Puts a published master in service; nothing changes unless every file could be read",
            {{"system", "NAME",
                 "kostom, kcd, drugs, drug-prices, edi, icd9cm, loinc, frequency; auto: by its columns"},
                {"for", "NAME", "with frequency: the system that the claims are counted by (kcd)"},
                {"version", "V", "as the publisher names the release"},
                {"valid-from", "DATE", "first day of the release"}},
            import},
        {"terms", "remove", "RELEASE", 1, 1, "Takes a release out of service (ids: terms stats)", {}, remove},
        {"terms", "aliases", "", 0, 0, "The clinic's own aliases", {}, aliases},
        {"terms", "alias", "TEXT CODE", 2, 2, "Lets TEXT lead to CODE in this clinic",
            {{"system", "NAME", "kcd"}, {"remove", "", "no longer"}}, alias},
    };
}

} // namespace naru::ctl
