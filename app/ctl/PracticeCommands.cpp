#include "app/ctl/Command.h"

#include <QCoreApplication>
#include <QProcess>

namespace naru::ctl {

namespace {
// The practice exchange is a program of its own; these verbs are a short way to it.
int runPractice(const QStringList &words)
{
    const QString program = QCoreApplication::applicationDirPath() + QStringLiteral("/naru-practice");
    return QProcess::execute(program, words);
}

QStringList common(const Arguments &arguments)
{
    QStringList words;
    for (const char *name : {"data", "port", "ready-file", "faults", "seed", "reply-delay"}) {
        if (arguments.has(name))
            words << QStringLiteral("--") + QLatin1String(name) << arguments.value(name);
    }
    return words;
}

base::Result<int> start(Session &, const Arguments &arguments, Output &)
{
    return runPractice(common(arguments));
}

base::Result<int> stop(Session &, const Arguments &arguments, Output &)
{
    return runPractice(QStringList{QStringLiteral("stop")} + common(arguments));
}

base::Result<int> status(Session &, const Arguments &arguments, Output &)
{
    return runPractice(QStringList{QStringLiteral("status")} + common(arguments));
}
} // namespace

std::vector<Command> practiceCommands()
{
    const std::vector<Option> data{{"data", "DIR", "its own folder"}};
    return {
        {"practice", "start", "", 0, 0, "Runs the practice exchange until stopped",
            {{"data", "DIR", "its own folder"}, {"port", "N", "0: any free"},
                {"ready-file", "F", "written when it listens"},
                {"faults", "SPEC", "see naru-practice --help"}, {"seed", "N", ""},
                {"reply-delay", "SECONDS", ""}},
            start},
        {"practice", "stop", "", 0, 0, "Stops it", data, stop},
        {"practice", "status", "", 0, 0, "Says whether and where it runs", data, status},
    };
}

} // namespace naru::ctl
