#include "app/decoder/Service.h"
#include "core/imaging/Errors.h"
#include "core/imaging/pool/DataSetCbor.h"
#include "core/imaging/pool/DecoderProtocol.h"
#include "core/imaging/pool/FactsCbor.h"
#include "core/imaging/pool/FrameThreads.h"

#include <algorithm>
#include <ctime>
#include <new>
#include <unistd.h>

namespace naru::decoder {

using namespace imaging;

namespace {
constexpr std::size_t MostKept = 8;
constexpr qint64 MostHalvings = 16;
constexpr unsigned LongestRequest = 60; // seconds; the pool gives up long before, unless it is gone
constexpr clock_t RetireAfter = 300; // seconds of processor time

qint64 number(const QCborMap &map, protocol::Key key)
{
    return map.value(qint64(key)).toInteger(-1);
}

void putShape(const FrameShape &shape, QCborMap &answer)
{
    answer.insert(qint64(protocol::Rows), shape.rows);
    answer.insert(qint64(protocol::Columns), shape.columns);
    answer.insert(qint64(protocol::Samples), shape.samples);
    answer.insert(qint64(protocol::Type), qint64(shape.type));
}

DataSetLimits limitsOf(const QCborMap &map)
{
    DataSetLimits limits;
    limits.elements = number(map, protocol::Elements);
    limits.depth = int(number(map, protocol::Depth));
    limits.inlineBytes = number(map, protocol::InlineBytes);
    limits.bytes = number(map, protocol::Bytes);
    return limits;
}

base::Error tooLarge(const char *what)
{
    return base::Error(errors::TooLarge, {}, {{QStringLiteral("what"), QLatin1String(what)}});
}

void putError(const base::Error &error, QCborMap &answer)
{
    answer.insert(qint64(protocol::Ok), false);
    answer.insert(qint64(protocol::ErrorCode), QString::fromLatin1(error.code.id));
    QCborMap arguments;
    for (auto it = error.arguments.cbegin(); it != error.arguments.cend(); ++it)
        arguments.insert(it.key(), it.value());
    answer.insert(qint64(protocol::ErrorArguments), arguments);
}
} // namespace

base::Result<Instance *> Service::instance(wire::Message &request)
{
    const qint64 source = number(request.map, protocol::Source);
    for (auto it = m_kept.begin(); it != m_kept.end(); ++it) {
        if (it->source == source) {
            m_kept.splice(m_kept.begin(), m_kept, it);
            return m_kept.front().instance.get();
        }
    }
    while (m_kept.size() >= MostKept)
        m_kept.pop_back();
    Kept kept;
    kept.source = source;
    kept.descriptor = std::move(request.descriptors.front());
    NARU_ASSIGN(kept.instance, Instance::open(kept.descriptor.get()));
    m_kept.push_front(std::move(kept));
    return m_kept.front().instance.get();
}

base::Status Service::decodeFrame(Instance &instance, wire::Message &request)
{
    const qint64 bytes = number(request.map, protocol::Bytes), frame = number(request.map, protocol::Frame);
    if (!instance.facts().decodable)
        return instance.decode(0, {});
    const int halvings = int(std::clamp<qint64>(number(request.map, protocol::Halvings), 0, MostHalvings));
    if (std::size_t(bytes) != instance.shape().halved(halvings).bytes() || frame < 0
        || frame > instance.facts().frames)
        return base::Error(errors::FrameMissing, {}, {{QStringLiteral("frame"), QString::number(frame + 1)}});
    const std::span<std::byte> out = m_desk.frame(std::size_t(bytes));
    if (out.empty())
        return errors::TooLarge;
    instance.useThreads(int(std::clamp<qint64>(number(request.map, protocol::Threads), 1, MostFrameThreads)));
    return halvings > 0 ? instance.decodeSmaller(int(frame), halvings, out)
                        : instance.decode(int(frame), out);
}

base::Status Service::carryOut(wire::Message &request, QCborMap &answer)
{
    if (request.descriptors.empty())
        return errors::File;
    // The first descriptor moves to whoever keeps the instance, the second is memory for frames.
    if (request.descriptors.size() > 1 && !m_desk.take(request.descriptors[1].get()))
        return errors::TooLarge;
    NARU_ASSIGN(Instance *const opened, instance(request));
    switch (number(request.map, protocol::Verb)) {
    case protocol::AskFacts:
        answer.insert(qint64(protocol::Facts), toCbor(opened->facts()));
        return {};
    case protocol::AskShape:
        if (!opened->facts().decodable)
            return opened->decode(0, {});
        putShape(opened->shape(), answer);
        return {};
    case protocol::AskFrame:
        return decodeFrame(*opened, request);
    case protocol::AskPayload: {
        NARU_ASSIGN(const QByteArray payload, opened->payload(number(request.map, protocol::Bytes)));
        answer.insert(qint64(protocol::Payload), payload);
        return {};
    }
    case protocol::AskDataSet: {
        NARU_ASSIGN(const DataSetValue set, opened->dataSet(limitsOf(request.map)));
        answer.insert(qint64(protocol::Values), toCbor(set));
        return {};
    }
    default:
        return errors::File;
    }
}

QCborMap Service::answer(wire::Message &request)
{
    QCborMap out;
    out.insert(qint64(protocol::Id), number(request.map, protocol::Id));
    base::Status status;
    try {
        status = carryOut(request, out);
    } catch (const std::exception &) {
        // The memory limit, as a rule: the others' instances go, and this image gets its error. Where there
        // were others, the pool tries once more.
        const qint64 source = number(request.map, protocol::Source);
        const bool alone = std::all_of(
            m_kept.begin(), m_kept.end(), [source](const Kept &kept) { return kept.source == source; });
        m_kept.clear();
        status = tooLarge(alone ? "decoder memory" : "memory");
    } catch (...) { // libraries throw character strings, too
        m_kept.clear();
        status =
            base::Error(errors::CodecFailed, {}, {{QStringLiteral("what"), QStringLiteral("exception")}});
    }
    if (status)
        out.insert(qint64(protocol::Ok), true);
    else
        putError(status.error(), out);
    return out;
}

// An answer that no message holds is refused in one that does.
bool Service::send(const QCborMap &answer)
{
    try {
        if (wire::send(m_socket, answer))
            return true;
    } catch (const std::bad_alloc &) { // before a byte of it left
        m_kept.clear();
    }
    QCborMap refusal{{qint64(protocol::Id), answer.value(qint64(protocol::Id))}};
    putError(tooLarge("facts"), refusal);
    return wire::send(m_socket, refusal);
}

int Service::run()
{
    if (!wire::send(m_socket,
            {{qint64(protocol::Verb), qint64(protocol::Ready)},
                {qint64(protocol::Id), qint64(protocol::Version)}}))
        return 1;
    while (true) {
        wire::Message request;
        if (wire::receive(m_socket, request, wire::MaximumRequest) != wire::Got::Message)
            return 0;
        ::alarm(LongestRequest);
        QCborMap out = answer(request);
        m_desk.clearIfLarge();
        const bool retire = ::clock() / CLOCKS_PER_SEC > RetireAfter;
        if (retire)
            out.insert(qint64(protocol::Retire), true);
        if (!send(out) || retire)
            return 0;
        ::alarm(0);
    }
}

} // namespace naru::decoder
