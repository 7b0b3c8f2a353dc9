#include "core/imaging/pool/DecoderChild.h"
#include "core/imaging/Errors.h"
#include "core/imaging/pool/DecoderProtocol.h"

#include <QCborArray>

#include <algorithm>
#include <array>
#include <sys/stat.h>

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
{
}

base::Status DecoderChild::start()
{
    m_ready = false;
    const ChildProgram program{
        m_options.program, {QByteArray::number(m_options.memoryLimit)}, {}, "NARU_DECODER_STDERR"};
    if (!m_stop.valid() || !m_process.start(program))
        return startError("program");
    ++m_generation;
    return {};
}

void DecoderChild::kill()
{
    m_ready = false;
    m_process.kill();
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
        wire::receive(m_process.socket(), message, wire::MaximumRequest, Clock::now() + StartTime);
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

base::Result<QCborMap> DecoderChild::ask(QCborMap request, const std::vector<int> &descriptors,
    const base::WorkContext &work, const std::function<void()> &meanwhile)
{
    if (!running())
        NARU_TRY(start());
    NARU_TRY(awaitReady());
    const auto armed = m_stop.armed(work);
    const qint64 id = m_next++;
    request.insert(qint64(protocol::Id), id);
    if (!wire::send(m_process.socket(), request, descriptors))
        return failure(wire::Got::Closed);
    if (meanwhile)
        meanwhile();
    wire::Message answer;
    wire::Got got = m_process.awaitWork(
        std::chrono::milliseconds(m_options.frameTimeoutMs) + moreTime(request, descriptors.front()),
        m_stop.descriptor());
    if (got == wire::Got::Message)
        got = wire::receive(m_process.socket(), answer, wire::MaximumAnswer,
            Clock::now() + std::chrono::milliseconds(m_options.frameTimeoutMs), m_stop.descriptor());
    const bool stopped = got == wire::Got::Stopped;
    // If the stop came in mid-answer, what follows is no message, and the child is ended: rare and harmless.
    if (stopped)
        got = wire::receive(m_process.socket(), answer, wire::MaximumAnswer, Clock::now() + Grace);
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
