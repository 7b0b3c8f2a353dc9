#include "core/imaging/pool/ProcessPool.h"
#include "core/imaging/Errors.h"
#include "core/imaging/pool/ChildProcess.h"
#include "core/imaging/pool/DataSetCbor.h"
#include "core/imaging/pool/DecoderProtocol.h"
#include "core/imaging/pool/FactsCbor.h"
#include "core/imaging/pool/FrameThreads.h"
#include "core/imaging/pool/PixelMemory.h"
#include "core/imaging/pool/SharedMemory.h"

#include <QFileInfo>

#include <algorithm>
#include <cstring>
#include <limits>
#include <thread>

namespace naru::imaging {

namespace {
constexpr qsizetype MostShapes = 20'000;
constexpr std::size_t MostFrameBytes = std::size_t(1) << 30;

// What a child says of a frame, as far as it makes sense.
std::optional<FrameShape> shapeOf(const QCborMap &answer)
{
    const auto number = [&answer](protocol::Key key) { return answer.value(qint64(key)).toInteger(-1); };
    const qint64 rows = number(protocol::Rows), columns = number(protocol::Columns),
                 samples = number(protocol::Samples), type = number(protocol::Type);
    if (rows < 1 || rows > 65535 || columns < 1 || columns > 65535 || (samples != 1 && samples != 3)
        || type < 0 || type > qint64(SampleType::F64))
        return std::nullopt;
    const FrameShape shape{int(rows), int(columns), int(samples), SampleType(char(type))};
    return shape.bytes() <= MostFrameBytes ? std::optional(shape) : std::nullopt;
}

bool outOfMemory(const base::Error &error)
{
    return error.is(errors::TooLarge)
        && error.arguments.value(QStringLiteral("what")) == QLatin1String("memory");
}
} // namespace

ProcessPool::ProcessPool(DecoderOptions options)
    : m_options(std::move(options))
{
    if (m_options.program.isEmpty())
        m_options.program = helperProgram("naru-decoder");
    if (m_options.workers <= 0)
        m_options.workers = std::clamp(int(std::thread::hardware_concurrency()), 1, 8);
    for (int i = 0; i < m_options.workers; ++i)
        m_slots.push_back(std::make_unique<Slot>(m_options));
}

base::Status ProcessPool::startChildren()
{
    if (!QFileInfo(m_options.program).isExecutable())
        return base::Error(
            errors::DecoderStart, {}, {{QStringLiteral("what"), QStringLiteral("naru-decoder")}});
    // They get ready while the user still looks for something to open.
    for (const auto &slot : m_slots)
        NARU_TRY(slot->child.start());
    return {};
}

base::Result<std::unique_ptr<DecoderPool>> DecoderPool::start(const DecoderOptions &options)
{
    auto pool = std::make_unique<ProcessPool>(options);
    NARU_TRY(pool->startChildren());
    return std::unique_ptr<DecoderPool>(std::move(pool));
}

ProcessPool::Slot *ProcessPool::borrow(qint64 source, const base::WorkContext &work)
{
    std::unique_lock lock(m_mutex);
    Slot *best = nullptr;
    const auto pick = [this, source, &best] {
        best = nullptr;
        for (const auto &slot : m_slots) {
            if (slot->busy)
                continue;
            if (!best || slot->source == source || (!best->child.running() && slot->child.running()))
                best = slot.get();
            if (best->source == source)
                break;
        }
        return best != nullptr;
    };
    if (!m_freed.wait(lock, work.stopToken(), pick) || work.stopRequested())
        return nullptr;
    best->busy = true;
    best->source = source;
    return best;
}

void ProcessPool::giveBack(Slot *slot)
{
    {
        const std::lock_guard lock(m_mutex);
        slot->busy = false;
    }
    m_freed.notify_one();
}

int ProcessPool::busy()
{
    const std::lock_guard lock(m_mutex);
    return int(std::count_if(m_slots.begin(), m_slots.end(), [](const auto &slot) { return slot->busy; }));
}

base::Result<QCborMap> ProcessPool::ask(
    QCborMap request, const SourceBook::Opened &source, const base::WorkContext &work)
{
    Slot *slot = borrow(source.number, work);
    if (!slot)
        return errors::Stopped;
    request.insert(qint64(protocol::Source), source.number);
    auto answer = slot->child.ask(request, {source.descriptor}, work);
    // Out of memory, a child drops what it kept of other files: this one may fit now.
    if (!answer && outOfMemory(answer.error()))
        answer = slot->child.ask(request, {source.descriptor}, work);
    giveBack(slot);
    return answer;
}

base::Result<ImageFacts> ProcessPool::facts(const ImageSource &source, const base::WorkContext &work)
{
    NARU_ASSIGN(const SourceBook::Opened opened, m_sources.open(source));
    NARU_ASSIGN(
        const QCborMap answer, ask({{qint64(protocol::Verb), qint64(protocol::AskFacts)}}, opened, work));
    auto facts = factsFromCbor(answer.value(qint64(protocol::Facts)).toByteArray());
    if (!facts)
        return errors::DecoderAnswer;
    return std::move(*facts);
}

base::Result<FrameShape> ProcessPool::shape(const SourceBook::Opened &source, const base::WorkContext &work)
{
    {
        const std::lock_guard lock(m_mutex);
        if (const auto known = m_shapes.constFind(source.number); known != m_shapes.constEnd())
            return *known;
    }
    NARU_ASSIGN(
        const QCborMap answer, ask({{qint64(protocol::Verb), qint64(protocol::AskShape)}}, source, work));
    const auto shape = shapeOf(answer);
    if (!shape)
        return errors::DecoderAnswer;
    const std::lock_guard lock(m_mutex);
    if (m_shapes.size() >= MostShapes)
        m_shapes.clear();
    m_shapes.insert(source.number, *shape);
    return *shape;
}

// The child learns of its memory once, and again when that is replaced or the child is another one. Whatever
// goes wrong, it is told anew: a memory that it does not know would stay unwritten.
base::Status ProcessPool::askFrameOf(Slot &slot, const QCborMap &request, const SourceBook::Opened &source,
    const FrameWish &wish, const base::WorkContext &work)
{
    if (!slot.desk || slot.desk->size() < wish.bytes) {
        slot.told = 0;
        NARU_ASSIGN(slot.desk, SharedMemory::make(wish.bytes));
    }
    std::vector<int> descriptors{source.descriptor};
    const bool known = slot.told != 0 && slot.child.running() && slot.told == slot.child.generation();
    if (!known)
        descriptors.push_back(slot.desk->descriptor());
    const auto answer = slot.child.ask(request, descriptors, work, wish.meanwhile);
    slot.told = answer ? slot.child.generation() : 0;
    if (answer)
        wish.take(slot.desk);
    if (slot.desk->size() > std::size_t(protocol::KeptMemory))
        slot.desk.reset();
    return answer ? base::Status() : base::Status(answer.error());
}

base::Status ProcessPool::askFrame(
    const SourceBook::Opened &source, const FrameWish &wish, const base::WorkContext &work)
{
    Slot *slot = borrow(source.number, work);
    if (!slot)
        return errors::Stopped;
    QCborMap request{{qint64(protocol::Verb), qint64(protocol::AskFrame)},
        {qint64(protocol::Source), source.number}, {qint64(protocol::Frame), qint64(wish.frame)},
        {qint64(protocol::Bytes), qint64(wish.bytes)}};
    if (wish.halvings > 0)
        request.insert(qint64(protocol::Halvings), wish.halvings);
    else
        request.insert(qint64(protocol::Threads), threadsPerFrame(busy()));
    base::Status status = askFrameOf(*slot, request, source, wish, work);
    if (!status && outOfMemory(status.error()))
        status = askFrameOf(*slot, request, source, wish, work);
    giveBack(slot);
    return status;
}

base::Result<Frame> DecoderPool::smaller(const ImageSource &, int, int, const base::WorkContext &)
{
    return errors::UnsupportedSyntax;
}

base::Result<Frame> ProcessPool::frame(const ImageSource &source, int frame, const base::WorkContext &work)
{
    return alone(source, frame, 0, work);
}

base::Result<Frame> ProcessPool::smaller(
    const ImageSource &source, int frame, int halvings, const base::WorkContext &work)
{
    return alone(source, frame, std::clamp(halvings, 1, 16), work);
}

base::Result<Frame> ProcessPool::alone(
    const ImageSource &source, int frame, int halvings, const base::WorkContext &work)
{
    NARU_ASSIGN(const SourceBook::Opened opened, m_sources.open(source));
    Frame out;
    NARU_ASSIGN(const FrameShape whole, shape(opened, work));
    out.shape = whole.halved(halvings);
    FrameWish wish{.frame = frame, .halvings = halvings, .bytes = out.shape.bytes()};
    if (wish.bytes > std::size_t(protocol::KeptMemory)) { // given away as it is: nobody writes there any more
        wish.take = [&out](const std::shared_ptr<SharedMemory> &desk) {
            desk->closeDescriptor();
            out.data = {static_cast<const std::byte *>(desk->data()), out.shape.bytes()};
            out.owner = desk;
        };
        NARU_TRY(askFrame(opened, wish, work));
        return out;
    }
    NARU_ASSIGN(const std::shared_ptr<PixelMemory> memory, PixelMemory::make(wish.bytes));
    wish.meanwhile = [&] { memory->prepare(0, wish.bytes); };
    wish.take = [&](const auto &desk) { std::memcpy(memory->data(), desk->data(), wish.bytes); };
    NARU_TRY(askFrame(opened, wish, work));
    out.data = {memory->data(), wish.bytes};
    out.owner = memory;
    return out;
}

base::Result<DecoderPool::Volume> ProcessPool::sharedVolume(std::size_t bytes)
{
    NARU_ASSIGN(const std::shared_ptr<PixelMemory> memory, PixelMemory::make(bytes));
    Volume volume;
    volume.bytes = bytes;
    volume.pages = memory.get();
    volume.memory = std::shared_ptr<void>(memory, memory->data());
    return volume;
}

base::Status ProcessPool::frameInto(const ImageSource &source, int frame, const Volume &volume,
    std::size_t offset, const base::WorkContext &work)
{
    NARU_ASSIGN(const SourceBook::Opened opened, m_sources.open(source));
    NARU_ASSIGN(const FrameShape wanted, shape(opened, work));
    const std::size_t bytes = wanted.bytes();
    if (!volume.memory || bytes > volume.bytes || offset > volume.bytes - bytes)
        return errors::SharedMemory;
    if (volume.slice.rows > 0 && volume.slice != wanted)
        return base::Error(errors::BadGeometry, QStringLiteral("not like the other slices"));
    auto *const to = static_cast<std::byte *>(volume.memory.get()) + offset;
    FrameWish wish{.frame = frame, .bytes = bytes};
    if (volume.pages)
        wish.meanwhile = [&] { volume.pages->prepare(offset, bytes); };
    wish.take = [&](const auto &desk) { std::memcpy(to, desk->data(), bytes); };
    return askFrame(opened, wish, work);
}

base::Result<QByteArray> ProcessPool::payload(
    const ImageSource &source, qint64 limit, const base::WorkContext &work)
{
    NARU_ASSIGN(const SourceBook::Opened opened, m_sources.open(source));
    const qint64 most = std::clamp<qint64>(limit, 0, protocol::MaximumPayload);
    NARU_ASSIGN(const QCborMap answer,
        ask({{qint64(protocol::Verb), qint64(protocol::AskPayload)}, {qint64(protocol::Bytes), most}}, opened,
            work));
    QByteArray payload = answer.value(qint64(protocol::Payload)).toByteArray();
    if (payload.isEmpty() || payload.size() > most)
        return errors::DecoderAnswer;
    return payload;
}

base::Result<DataSetValue> ProcessPool::dataSet(
    const ImageSource &source, const DataSetLimits &limits, const base::WorkContext &work)
{
    NARU_ASSIGN(const SourceBook::Opened opened, m_sources.open(source));
    // What is held twice, as CBOR and as values, must fit into an answer and into a child.
    DataSetLimits bounded = limits;
    bounded.bytes = std::clamp<qint64>(limits.bytes, 0, protocol::MaximumPayload);
    bounded.depth = std::clamp(limits.depth, 0, 60);
    bounded.elements = std::clamp<qint64>(limits.elements, 0, 1'000'000);
    const QCborMap request{{qint64(protocol::Verb), qint64(protocol::AskDataSet)},
        {qint64(protocol::Elements), bounded.elements}, {qint64(protocol::Depth), qint64(bounded.depth)},
        {qint64(protocol::InlineBytes), bounded.inlineBytes}, {qint64(protocol::Bytes), bounded.bytes}};
    NARU_ASSIGN(const QCborMap answer, ask(request, opened, work));
    auto set = dataSetFromCbor(answer.value(qint64(protocol::Values)), bounded);
    if (!set)
        return errors::DecoderAnswer;
    return std::move(*set);
}

} // namespace naru::imaging
