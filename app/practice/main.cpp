// naru-practice: the practice exchange as a program. See README.md.
#include "app/practice/Exchange.h"
#include "app/practice/ca/Authority.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QLockFile>
#include <QRegularExpression>
#include <QStandardPaths>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <poll.h>
#include <thread>
#include <unistd.h>

namespace {
int stopPipe[2] = {-1, -1};

void onSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const ssize_t ignored = ::write(stopPipe[1], &byte, 1);
}

int usage(const QString &what)
{
    std::fprintf(stderr, "error: practice.Usage: %s\n", qPrintable(what));
    return 2;
}

int failed(const naru::base::Error &error)
{
    std::fprintf(stderr, "error: %s\n", qPrintable(error.toString()));
    return error.code.exitStatus;
}

QString lockPath(const QString &folder)
{
    return folder + QStringLiteral("/practice.lock");
}

// The process that holds the data folder, 0 when none does.
qint64 holder(const QString &folder)
{
    QLockFile lock(lockPath(folder));
    lock.setStaleLockTime(0);
    if (!QDir(folder).exists() || lock.tryLock(0))
        return 0;
    qint64 pid = 0;
    QString host, name;
    return lock.getLockInfo(&pid, &host, &name) ? pid : 0;
}

int stop(const QString &folder)
{
    const qint64 pid = holder(folder);
    if (pid <= 0) {
        std::printf("not running\n");
        return 1;
    }
    ::kill(pid_t(pid), SIGTERM);
    for (int i = 0; i < 200; ++i) {
        if (holder(folder) == 0) {
            std::printf("stopped\n");
            return 0;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    std::fprintf(
        stderr, "error: practice.StillRunning: process %lld does not end\n", static_cast<long long>(pid));
    return 5;
}

int status(const QString &folder)
{
    QFile file(folder + QStringLiteral("/practice.json"));
    if (holder(folder) == 0 || !file.open(QIODevice::ReadOnly)) {
        std::printf("not running\n");
        return 1;
    }
    std::printf("%s", file.readAll().constData());
    return 0;
}

int certificate(const QString &folder, const QString &oid, const QString &name)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_-]{1,40}$"));
    if (oid.isEmpty() || !plain.match(name).hasMatch())
        return usage(QStringLiteral("certificate needs --institution OID --name WORD"));
    const auto authority = naru::practice::Authority::open(folder);
    if (!authority)
        return failed(authority.error());
    const auto done = authority->ensure(name, oid, oid, false);
    if (!done)
        return failed(done.error());
    std::printf("%s\n", qPrintable(authority->certificateFile(name)));
    return 0;
}

int serve(naru::practice::ExchangeOptions options)
{
    QDir().mkpath(options.folder);
    QLockFile lock(lockPath(options.folder));
    lock.setStaleLockTime(0);
    if (!lock.tryLock(100)) {
        std::fprintf(stderr, "error: practice.Busy: another practice exchange uses this data folder\n");
        return 5;
    }
    if (::pipe2(stopPipe, O_CLOEXEC) != 0)
        return 5;
    struct sigaction action { };
    action.sa_handler = onSignal;
    ::sigaction(SIGTERM, &action, nullptr);
    ::sigaction(SIGINT, &action, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    naru::practice::Exchange exchange(std::move(options));
    const auto started = exchange.start();
    if (!started)
        return failed(started.error());
    std::printf("practice exchange on https://127.0.0.1:%d, audit on 127.0.0.1:%d\n", exchange.port(),
        exchange.auditPort());
    std::fflush(stdout);
    pollfd wait{stopPipe[0], POLLIN, 0};
    while (::poll(&wait, 1, -1) < 0 && errno == EINTR) { }
    exchange.stop();
    return 0;
}
} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("naru-practice"));
    QCoreApplication::setApplicationVersion(QStringLiteral(NARU_VERSION));
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("The practice exchange: every national endpoint on 127.0.0.1."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(
        QStringLiteral("verb"), QStringLiteral("start (default), stop, status, certificate"));
    const auto option = [&](const char *name, const char *what, const char *value) {
        parser.addOption({QLatin1String(name), QLatin1String(what), QLatin1String(value)});
    };
    option("data", "Data folder", "DIR");
    option("port", "Port; 0 is any free one (default 8443)", "N");
    option("ready-file", "Written when everything listens", "F");
    option("faults", "Faults on purpose, see README.md", "SPEC");
    option("seed", "Number of the seeded world", "N");
    option("reply-delay", "Seconds until a referral is answered (default 4)", "SECONDS");
    option("institution", "certificate: OID of the institution", "OID");
    option("name", "certificate: file name without ending", "WORD");
    parser.addOption({QStringLiteral("empty"), QStringLiteral("Start without the seeded world")});
    if (!parser.parse(application.arguments()))
        return usage(parser.errorText());
    if (parser.isSet(QStringLiteral("help")))
        parser.showHelp(0);
    if (parser.isSet(QStringLiteral("version")))
        parser.showVersion();
    naru::practice::ExchangeOptions options;
    options.folder = parser.isSet(QStringLiteral("data"))
        ? QDir(parser.value(QStringLiteral("data"))).absolutePath()
        : QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
            + QStringLiteral("/naru-practice");
    const QStringList verbs = parser.positionalArguments();
    const QString verb = verbs.value(0, QStringLiteral("start"));
    if (verbs.size() > 1)
        return usage(QStringLiteral("one verb at a time"));
    if (verb == QLatin1String("stop"))
        return stop(options.folder);
    if (verb == QLatin1String("status"))
        return status(options.folder);
    if (verb == QLatin1String("certificate"))
        return certificate(options.folder, parser.value(QStringLiteral("institution")),
            parser.value(QStringLiteral("name")));
    if (verb != QLatin1String("start"))
        return usage(QStringLiteral("unknown verb"));
    bool fine = true, one = true;
    if (parser.isSet(QStringLiteral("port")))
        options.port = parser.value(QStringLiteral("port")).toInt(&one);
    fine = one && options.port >= 0 && options.port <= 65535;
    if (parser.isSet(QStringLiteral("seed")))
        options.seed = parser.value(QStringLiteral("seed")).toULongLong(&one);
    fine = fine && one;
    if (parser.isSet(QStringLiteral("reply-delay")))
        options.replyDelaySeconds = parser.value(QStringLiteral("reply-delay")).toInt(&one);
    if (!fine || !one || options.replyDelaySeconds < 0)
        return usage(QStringLiteral("a number is not a number"));
    options.readyFile = parser.value(QStringLiteral("ready-file"));
    options.faults = parser.value(QStringLiteral("faults"));
    options.seedWorld = !parser.isSet(QStringLiteral("empty"));
    return serve(std::move(options));
}
