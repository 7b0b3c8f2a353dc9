// naructl: see README.md of this folder; every service of Naru from a terminal.
#include "app/ctl/Command.h"
#include "app/ctl/Errors.h"
#include "app/ctl/Say.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>
#include <csignal>
#include <cstdio>

using namespace naru;
using namespace naru::ctl;

namespace {
std::stop_source stopSource;

void onInterrupt(int)
{
    stopSource.request_stop(); // wakes whatever waits; a second Ctrl+C ends the program the usual way
    std::signal(SIGINT, SIG_DFL);
}

std::vector<Command> allCommands()
{
    std::vector<Command> all;
    for (auto group : {practiceCommands(), patientCommands(), consentCommands(), termsCommands(),
             documentCommands(), imageCommands(), imageRenderCommands(), imageAnonymizeCommands(),
             imageNodeCommands(), imageShareCommands(), imageStoreCommands(), outboxCommands(),
             auditCommands(), siteCommands(), userCommands()})
        all.insert(all.end(), group.begin(), group.end());
    return all;
}

void printLine(FILE *stream, const QString &line)
{
    std::fprintf(stream, "%s\n", line.toUtf8().constData());
}

QString usageLine(const Command &command)
{
    return QStringLiteral("naructl %1 %2 %3")
        .arg(QLatin1String(command.group), QLatin1String(command.verb), QLatin1String(command.positional))
        .simplified();
}

int printHelp(const std::vector<Command> &commands, const QString &group, const QString &verb)
{
    if (group.isEmpty())
        printLine(stdout,
            QStringLiteral("naructl [--data DIR] [--site FILE|NAME] [--user NAME] [--passphrase-fd N] "
                           "[--json] GROUP VERB "
                           "[ARGS]\n"));
    for (const Command &command : commands) {
        if (!group.isEmpty() && group != QLatin1String(command.group))
            continue;
        if (!verb.isEmpty() && verb != QLatin1String(command.verb))
            continue;
        printLine(stdout, QStringLiteral("  %1").arg(usageLine(command)));
        printLine(stdout, QStringLiteral("      %1").arg(QLatin1String(command.help)));
        if (verb.isEmpty())
            continue;
        for (const Option &option : command.options)
            printLine(stdout,
                QStringLiteral("      --%1 %2  %3")
                    .arg(
                        QLatin1String(option.name), QLatin1String(option.value), QLatin1String(option.help)));
    }
    return 0;
}

int fail(const base::Error &error, bool json, const QJsonObject &more = {}, const QStringList &lines = {})
{
    const QString sentence = say::sentence(error);
    const QString code = QString::fromLatin1(error.code.id);
    printLine(stderr, QStringLiteral("error: %1: %2").arg(code, sentence));
    if (qEnvironmentVariableIsSet("NARU_DEBUG"))
        printLine(stderr, error.toString());
    for (const QString &line : lines)
        printLine(stderr, line);
    if (json) {
        QJsonObject details;
        for (auto it = error.arguments.cbegin(); it != error.arguments.cend(); ++it)
            details.insert(it.key(), it.value());
        const QJsonObject body{{QStringLiteral("code"), code}, {QStringLiteral("message"), sentence},
            {QStringLiteral("details"), details}};
        QJsonObject document = more;
        document.insert(QStringLiteral("error"), body);
        std::fputs(QJsonDocument(document).toJson(QJsonDocument::Compact).constData(), stdout);
        std::fputc('\n', stdout);
    }
    return error.code.exitStatus;
}

base::Error usage(const QString &what)
{
    return base::Error(ctl::errors::Usage, what, {{QStringLiteral("what"), what}});
}

// Splits the words after GROUP VERB by the command's own rows.
base::Result<Arguments> parse(const Command &command, const QStringList &words)
{
    Arguments out;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString &word = words[i];
        if (!word.startsWith(QLatin1Char('-')) || word == QLatin1String("-")) {
            out.positional.append(word);
            continue;
        }
        const QString name = word == QLatin1String("-o") ? QStringLiteral("output")
                                                         : word.mid(2).section(QLatin1Char('='), 0, 0);
        const Option *found = nullptr;
        for (const Option &option : command.options)
            found = name == QLatin1String(option.name) ? &option : found;
        if (!found)
            return usage(QStringLiteral("unknown option %1; %2").arg(word, usageLine(command)));
        if (!*found->value) {
            out.options[name].append(QString());
        } else if (word.contains(QLatin1Char('='))) {
            out.options[name].append(word.section(QLatin1Char('='), 1));
        } else if (i + 1 < words.size()) {
            out.options[name].append(words[++i]);
        } else {
            return usage(QStringLiteral("option %1 needs a value").arg(word));
        }
    }
    if (out.positional.size() < command.least || (command.most >= 0 && out.positional.size() > command.most))
        return usage(QStringLiteral("usage: ") + usageLine(command));
    return out;
}

struct Line { // the command line as a whole
    Session session;
    QString group, verb;
    QStringList rest;
    bool help = false, version = false;
};

base::Result<Line> readLine(QStringList words)
{
    Line line;
    QStringList plain;
    const auto next = [&words](const QString &word) -> base::Result<QString> {
        if (words.isEmpty())
            return usage(QStringLiteral("option %1 needs a value").arg(word));
        return words.takeFirst();
    };
    while (!words.isEmpty()) {
        const QString word = words.takeFirst();
        // Options of the program may stand anywhere before or after the verb, as scripts like to append
        // --json.
        if (word == QLatin1String("--json")) {
            line.session.json = true;
        } else if (word == QLatin1String("--help") || word == QLatin1String("-h")) {
            line.help = true;
        } else if (word == QLatin1String("--version") && plain.isEmpty()) { // a verb may have one of its own
            line.version = true;
        } else if (word == QLatin1String("--passphrase-fd")) {
            NARU_ASSIGN(const QString value, next(word));
            line.session.passphraseFd = value.toInt();
        } else if (plain.isEmpty()
            && (word == QLatin1String("--data") || word == QLatin1String("--site")
                || word == QLatin1String("--user"))) {
            NARU_ASSIGN(const QString value, next(word));
            (word == QLatin1String("--data")          ? line.session.dataDir
                    : word == QLatin1String("--site") ? line.session.site
                                                      : line.session.user) = value;
        } else {
            plain.append(word);
        }
    }
    if (!plain.isEmpty())
        line.group = plain.takeFirst();
    if (!plain.isEmpty() && !plain.first().startsWith(QLatin1Char('-')))
        line.verb = plain.takeFirst();
    line.rest = plain;
    return line;
}

bool isMeant(const Command &command, const QStringList &words)
{
    const QString option = QStringLiteral("--") + QLatin1String(command.when);
    return !*command.when || std::any_of(words.begin(), words.end(), [&option](const QString &word) {
        return word == option || word.startsWith(option + QLatin1Char('='));
    });
}

int runCommand(Line line, const std::vector<Command> &commands)
{
    for (const Command &command : commands) {
        if (line.group != QLatin1String(command.group) || line.verb != QLatin1String(command.verb)
            || !isMeant(command, line.rest))
            continue;
        const auto arguments = parse(command, line.rest);
        if (!arguments)
            return fail(arguments.error(), line.session.json);
        line.session.work = base::WorkContext(stopSource.get_token());
        Output output(line.session.json);
        const auto status = command.run(line.session, *arguments, output);
        if (!status)
            return fail(status.error(), line.session.json, output.failure(), output.failureLines());
        output.print();
        return *status;
    }
    return fail(
        usage(QStringLiteral("there is no command '%1 %2'; see naructl --help").arg(line.group, line.verb)),
        line.session.json);
}
} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("naru"));
    QCoreApplication::setApplicationName(QStringLiteral("naru"));
    std::signal(SIGINT, onInterrupt);
    std::signal(SIGPIPE, SIG_IGN);
    say::setLanguageFromLocale();

    const std::vector<Command> commands = allCommands();
    auto line = readLine(application.arguments().mid(1));
    if (!line)
        return fail(line.error(), false);
    if (line->version) {
        printLine(stdout, QStringLiteral("naructl " NARU_VERSION));
        return 0;
    }
    if (line->help || line->group.isEmpty()) {
        printHelp(commands, line->group, line->verb);
        return line->help ? 0 : 2;
    }
    return runCommand(std::move(*line), commands);
}
