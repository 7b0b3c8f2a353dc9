#include "core/imaging/pool/DecoderChild.h"
#include "core/imaging/Errors.h"
#include "core/imaging/pool/DecoderProtocol.h"

#include <QCborArray>
#include <QFile>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace naru::imaging {

namespace {
using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds StartTime{10};
// After a stop the frame at hand may end by itself; a new process costs more than most frames.
constexpr std::chrono::milliseconds Grace{50};

base::Error startError(const char *what)
{
    return base::Error(errors::DecoderStart, {}, {{QStringLiteral("what"), QString::fromLatin1(what)}});
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

// Honest work takes as long as the compressed bytes of a frame are many, and a frame has no more of them than
// its file, nor than its pixels.
std::chrono::milliseconds moreTime(const QCborMap &request, int file)
{
    constexpr qint64 BytesPerSecond = 8 << 20, Most = 4000;
    struct stat status { };
    if (request.value(qint64(protocol::Verb)).toInteger() != protocol::AskFrame
        || ::fstat(file, &status) != 0)
        return {};
    const qint64 bytes = qMin<qint64>(status.st_size, request.value(qint64(protocol::Bytes)).toInteger());
    return std::chrono::milliseconds(std::clamp<qint64>(bytes * 1000 / BytesPerSecond, 0, Most));
}

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

// Nothing of ours is inherited but the socket: no environment, no other descriptor. Standard error only where
// a developer asks for it, since libraries may print values there.
pid_t spawn(const QString &program, int socket, qint64 memoryLimit)
{
    FileActions actions;
    const bool talk = qEnvironmentVariableIsSet("NARU_DECODER_STDERR");
    posix_spawn_file_actions_addopen(actions.get(), 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(actions.get(), 1, "/dev/null", O_WRONLY, 0);
    if (!talk)
        posix_spawn_file_actions_addopen(actions.get(), 2, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(actions.get(), socket, protocol::SocketDescriptor);
    posix_spawn_file_actions_addclosefrom_np(actions.get(), protocol::SocketDescriptor + 1);
    QByteArray path = QFile::encodeName(program), limit = QByteArray::number(memoryLimit);
    QByteArray sanitizer = "ASAN_OPTIONS=" + qgetenv("ASAN_OPTIONS");
    char *arguments[] = {path.data(), limit.data(), nullptr};
    char locale[] = "LC_ALL=C.UTF-8";
    char *environment[] = {locale, sanitizer.data(), nullptr};
    pid_t pid = -1;
    const int failed = posix_spawn(&pid, path.constData(), actions.get(), nullptr, arguments, environment);
    return failed ? -1 : pid;
}

// Codes that a child may name; anything else is an unusable answer.
base::Error childError(const QCborMap &answer)
{
    static constexpr std::array known{errors::NotDicom, errors::Truncated, errors::Malformed, errors::TooDeep,
        errors::TooLarge, errors::NoPixels, errors::BadGeometry, errors::UnsupportedSyntax,
        errors::UnsupportedColour, errors::Video, errors::FrameMissing, errors::PixelsTruncated,
        errors::CodecFailed, errors::NoPayload, errors::File};
    const QString id = answer.value(qint64(protocol::ErrorCode)).toString();
    for (const base::ErrorCode &code : known) {
        if (id != QLatin1String(code.id))
            continue;
        base::Error error(code);
        const QCborMap arguments = answer.value(qint64(protocol::ErrorArguments)).toMap();
        for (auto it = arguments.cbegin(); it != arguments.cend() && error.arguments.size() < 8; ++it)
            error.with(it.key().toString().left(32), it.value().toString().left(200));
        return error;
    }
    return base::Error(errors::DecoderAnswer);
}
} // namespace

DecoderChild::DecoderChild(const DecoderOptions &options)
    : m_options(options)
    , m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
}

DecoderChild::~DecoderChild()
{
    kill();
}

base::Status DecoderChild::start()
{
    int pair[2] = {-1, -1};
    if (!m_wake.valid() || ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return startError("socket");
    m_socket = wire::Descriptor(pair[0]);
    wire::Descriptor theirs(pair[1]);
    if (theirs.get() == protocol::SocketDescriptor) { // dup2 onto itself would keep close-on-exec
        theirs = wire::Descriptor(::fcntl(theirs.get(), F_DUPFD_CLOEXEC, 10));
    }
    m_pid = spawn(m_options.program, theirs.get(), m_options.memoryLimit);
    m_ready = false;
    if (m_pid < 0)
        return startError("program");
    ++m_generation;
    return {};
}

void DecoderChild::kill()
{
    m_socket = {};
    m_ready = false;
    if (m_pid <= 0)
        return;
    ::kill(m_pid, SIGKILL);
    while (::waitpid(m_pid, nullptr, 0) < 0 && errno == EINTR) { }
    m_pid = -1;
}

base::Error DecoderChild::failure(wire::Got got)
{
    const bool wasReady = m_ready;
    kill();
    switch (got) {
    case wire::Got::Timeout:
        return base::Error(
            errors::DecoderTimeout, {}, {{QStringLiteral("ms"), QString::number(m_options.frameTimeoutMs)}});
    case wire::Got::Stopped:
        return base::Error(errors::Stopped);
    case wire::Got::Bad:
        return base::Error(errors::DecoderAnswer);
    case wire::Got::Closed:
    case wire::Got::Message:
        break;
    }
    return wasReady ? base::Error(errors::DecoderCrashed) : startError("no answer");
}

base::Status DecoderChild::awaitReady()
{
    if (m_ready)
        return {};
    wire::Message message;
    const wire::Got got =
        wire::receive(m_socket.get(), message, wire::MaximumRequest, Clock::now() + StartTime);
    const bool ready = got == wire::Got::Message
        && message.map.value(qint64(protocol::Verb)).toInteger() == protocol::Ready
        && message.map.value(qint64(protocol::Id)).toInteger() == protocol::Version;
    if (!ready) {
        kill();
        return startError(got == wire::Got::Timeout ? "time" : "no answer");
    }
    m_ready = true;
    return {};
}

// The bound is on work, not on waiting: a child that got no processor or waits for a slow disc has more time,
// one that computes has not.
wire::Got DecoderChild::awaitAnswer(std::chrono::milliseconds bound)
{
    constexpr int Patience = 4, Looks = 8;
    const qint64 before = processorTime(m_pid);
    const auto start = Clock::now();
    wire::Got got = wire::waitReadable(m_socket.get(), start + bound, m_wake.get());
    for (int look = Looks; look < Patience * Looks && got == wire::Got::Timeout; ++look) {
        if (processorTime(m_pid) - before >= bound.count())
            break;
        got = wire::waitReadable(m_socket.get(), start + (look + 1) * bound / Looks, m_wake.get());
    }
    return got;
}

base::Result<QCborMap> DecoderChild::ask(QCborMap request, const std::vector<int> &descriptors,
    const base::WorkContext &work, const std::function<void()> &meanwhile)
{
    if (!running())
        NARU_TRY(start());
    NARU_TRY(awaitReady());
    quint64 count = 0;
    while (::read(m_wake.get(), &count, sizeof count) > 0) { } // a stop of earlier work
    const std::stop_callback wake(work.stopToken(), [this] {
        const quint64 one = 1;
        [[maybe_unused]] const ssize_t written = ::write(m_wake.get(), &one, sizeof one);
    });
    const qint64 id = m_next++;
    request.insert(qint64(protocol::Id), id);
    if (!wire::send(m_socket.get(), request, descriptors))
        return failure(wire::Got::Closed);
    if (meanwhile)
        meanwhile();
    wire::Message answer;
    wire::Got got = awaitAnswer(
        std::chrono::milliseconds(m_options.frameTimeoutMs) + moreTime(request, descriptors.front()));
    if (got == wire::Got::Message)
        got = wire::receive(m_socket.get(), answer, wire::MaximumAnswer,
            Clock::now() + std::chrono::milliseconds(m_options.frameTimeoutMs), m_wake.get());
    const bool stopped = got == wire::Got::Stopped;
    // If the stop came in mid-answer, what follows is no message, and the child is ended: rare and harmless.
    if (stopped)
        got = wire::receive(m_socket.get(), answer, wire::MaximumAnswer, Clock::now() + Grace);
    if (got != wire::Got::Message)
        return failure(stopped ? wire::Got::Stopped : got);
    if (answer.map.value(qint64(protocol::Id)).toInteger() != id || !answer.descriptors.empty())
        return failure(stopped ? wire::Got::Stopped : wire::Got::Bad);
    if (answer.map.value(qint64(protocol::Retire)).toBool())
        kill();
    if (stopped)
        return errors::Stopped;
    if (!answer.map.value(qint64(protocol::Ok)).toBool()) {
        base::Error error = childError(answer.map);
        if (error.is(errors::DecoderAnswer))
            kill();
        return error;
    }
    return answer.map;
}

} // namespace naru::imaging
