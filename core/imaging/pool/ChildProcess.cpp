#include "core/imaging/pool/ChildProcess.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <csignal>
#include <ctime>
#include <fcntl.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace naru::imaging {

namespace {
class FileActions {
public:
    FileActions() { posix_spawn_file_actions_init(&m_actions); }
    ~FileActions() { posix_spawn_file_actions_destroy(&m_actions); }
    FileActions(const FileActions &) = delete;
    FileActions &operator=(const FileActions &) = delete;
    posix_spawn_file_actions_t *get() { return &m_actions; }

private:
    posix_spawn_file_actions_t m_actions;
};

std::vector<char *> pointersTo(QByteArrayList &words)
{
    std::vector<char *> out;
    for (QByteArray &word : words)
        out.push_back(word.data());
    out.push_back(nullptr);
    return out;
}

pid_t spawn(const ChildProgram &program, int socket)
{
    FileActions actions;
    posix_spawn_file_actions_addopen(actions.get(), 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(actions.get(), 1, "/dev/null", O_WRONLY, 0);
    if (!qEnvironmentVariableIsSet(program.talk))
        posix_spawn_file_actions_addopen(actions.get(), 2, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(actions.get(), socket, wire::SocketDescriptor);
    posix_spawn_file_actions_addclosefrom_np(actions.get(), wire::SocketDescriptor + 1);
    const QByteArray path = QFile::encodeName(program.path);
    QByteArrayList arguments = QByteArrayList{path} + program.arguments;
    QByteArrayList environment =
        QByteArrayList{"LC_ALL=C.UTF-8", "ASAN_OPTIONS=" + qgetenv("ASAN_OPTIONS")} + program.environment;
    pid_t pid = -1;
    const int failed = posix_spawn(&pid, path.constData(), actions.get(), nullptr,
        pointersTo(arguments).data(), pointersTo(environment).data());
    return failed ? -1 : pid;
}
// Processor time of another process, in milliseconds.
qint64 processorTime(pid_t pid)
{
    clockid_t clock{};
    timespec time{};
    if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &time) != 0)
        return 0;
    return qint64(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
}
} // namespace

QString helperProgram(const char *name)
{
    const QString folder = QCoreApplication::applicationDirPath(), file = QLatin1String(name);
    for (const char *place : {"/", "/../bin/", "/../libexec/naru/"}) {
        const QString path = folder + QLatin1String(place) + file;
        if (QFileInfo(path).isExecutable())
            return path;
    }
    return folder + QLatin1Char('/') + file;
}

ChildProcess::~ChildProcess()
{
    kill();
}

bool ChildProcess::start(const ChildProgram &program)
{
    kill();
    int pair[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return false;
    m_socket = wire::Descriptor(pair[0]);
    wire::Descriptor theirs(pair[1]);
    if (theirs.get() == wire::SocketDescriptor) // dup2 onto itself would keep close-on-exec
        theirs = wire::Descriptor(::fcntl(theirs.get(), F_DUPFD_CLOEXEC, 10));
    m_pid = spawn(program, theirs.get());
    return m_pid > 0;
}

void ChildProcess::kill()
{
    m_socket = {};
    if (m_pid <= 0)
        return;
    ::kill(m_pid, SIGKILL);
    while (::waitpid(m_pid, nullptr, 0) < 0 && errno == EINTR) { }
    m_pid = -1;
}

wire::Got ChildProcess::awaitWork(std::chrono::milliseconds bound, int stopDescriptor) const
{
    constexpr int Patience = 4, Looks = 8;
    const qint64 before = processorTime(m_pid);
    const auto start = std::chrono::steady_clock::now();
    wire::Got got = wire::waitReadable(socket(), start + bound, stopDescriptor);
    for (int look = Looks; look < Patience * Looks && got == wire::Got::Timeout; ++look) {
        if (processorTime(m_pid) - before >= bound.count())
            break;
        got = wire::waitReadable(socket(), start + (look + 1) * bound / Looks, stopDescriptor);
    }
    return got;
}

StopSignal::StopSignal()
    : m_event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
}

std::stop_callback<std::function<void()>> StopSignal::armed(const base::WorkContext &work)
{
    quint64 count = 0;
    while (::read(m_event.get(), &count, sizeof count) > 0) { }
    return std::stop_callback<std::function<void()>>(work.stopToken(), [event = m_event.get()] {
        const quint64 one = 1;
        [[maybe_unused]] const ssize_t written = ::write(event, &one, sizeof one);
    });
}

} // namespace naru::imaging
