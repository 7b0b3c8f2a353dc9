#include "core/imaging/pool/ProcessPool.h"
#include "core/imaging/Errors.h"
#include "core/imaging/pool/DataSetCbor.h"
#include "core/imaging/pool/DecoderProtocol.h"
#include "core/imaging/pool/FactsCbor.h"
#include "core/imaging/pool/SharedMemory.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <limits>
#include <thread>

namespace naru::imaging {

namespace {
constexpr qsizetype MostShapes = 20'000;
constexpr std::size_t MostFrameBytes = std::size_t(1) << 30;

// Beside the program that runs, or where packages put helpers.
QString findProgram()
{
    const QString folder = QCoreApplication::applicationDirPath();
    for (const char *place : {"/naru-decoder", "/../bin/naru-decoder", "/../libexec/naru/naru-decoder"}) {
        const QString path = folder + QLatin1String(place);
        if (QFileInfo(path).isExecutable())
            return path;
    }
    return folder + QStringLiteral("/naru-decoder");
}

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
} // namespace

ProcessPool::ProcessPool(DecoderOptions options)
    : m_options(std::move(options))
{
    if (m_options.program.isEmpty())
        m_options.program = findProgram();
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

// One frame that somebody waits for alone may have all cores (JPEG 2000 takes 30 ms on one); as soon as
// several are wanted a core each is faster.
int ProcessPool::threadsForFrame()
{
    constexpr int Most = 4;
    const std::lock_guard lock(m_mutex);
    const auto busy =
        std::count_if(m_slots.begin(), m_slots.end(), [](const auto &slot) { return slot->busy; });
    return busy > 1 ? 1 : std::clamp(int(std::thread::hardware_concurrency()), 1, Most);
}

base::Result<QCborMap> ProcessPool::ask(
    QCborMap request, const SourceBook::Opened &source, int memory, const base::WorkContext &work)
{
    Slot *slot = borrow(source.number, work);
    if (!slot)
        return errors::Stopped;
    request.insert(qint64(protocol::Source), source.number);
    if (memory >= 0 && !request.contains(qint64(protocol::Halvings)))
        request.insert(qint64(protocol::Threads), threadsForFrame());
    std::vector<int> descriptors{source.descriptor};
    if (memory >= 0)
        descriptors.push_back(memory);
    auto answer = slot->child.ask(request, descriptors, work);
    // Out of memory, a child drops what it kept of other files: this one may fit now.
    if (!answer && answer.error().is(errors::TooLarge)
        && answer.error().arguments.value(QStringLiteral("what")) == QLatin1String("memory"))
        answer = slot->child.ask(request, descriptors, work);
    giveBack(slot);
    return answer;
}

base::Result<ImageFacts> ProcessPool::facts(const ImageSource &source, const base::WorkContext &work)
{
    NARU_ASSIGN(const SourceBook::Opened opened, m_sources.open(source));
    NARU_ASSIGN(
        const QCborMap answer, ask({{qint64(protocol::Verb), qint64(protocol::AskFacts)}}, opened, -1, work));
    const QCborValue said = answer.value(qint64(protocol::Facts));
    auto facts = said.isMap() ? factsFromCbor(said.toMap()) : std::nullopt;
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
        const QCborMap answer, ask({{qint64(protocol::Verb), qint64(protocol::AskShape)}}, source, -1, work));
    const auto shape = shapeOf(answer);
    if (!shape)
        return errors::DecoderAnswer;
    const std::lock_guard lock(m_mutex);
    if (m_shapes.size() >= MostShapes)
        m_shapes.clear();
    m_shapes.insert(source.number, *shape);
    return *shape;
}

base::Status ProcessPool::askFrame(const SourceBook::Opened &source, int frame, int memory,
    std::size_t offset, std::size_t bytes, const base::WorkContext &work, int halvings)
{
    QCborMap request{{qint64(protocol::Verb), qint64(protocol::AskFrame)},
        {qint64(protocol::Frame), qint64(frame)}, {qint64(protocol::Offset), qint64(offset)},
        {qint64(protocol::Bytes), qint64(bytes)}};
    if (halvings > 0)
        request.insert(qint64(protocol::Halvings), halvings);
    const auto answer = ask(request, source, memory, work);
    return answer ? base::Status() : base::Status(answer.error());
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
    NARU_ASSIGN(const std::shared_ptr<SharedMemory> memory, SharedMemory::make(out.shape.bytes()));
    NARU_TRY(askFrame(opened, frame, memory->descriptor(), 0, memory->size(), work, halvings));
    memory->closeDescriptor();
    out.data = {static_cast<const std::byte *>(memory->data()), memory->size()};
    out.owner = memory;
    return out;
}

base::Result<DecoderPool::Volume> ProcessPool::sharedVolume(std::size_t bytes)
{
    NARU_ASSIGN(const std::shared_ptr<SharedMemory> memory, SharedMemory::make(bytes));
    Volume volume;
    volume.bytes = bytes;
    volume.descriptor = memory->descriptor();
    volume.memory = std::shared_ptr<void>(memory, memory->data());
    return volume;
}

base::Status ProcessPool::frameInto(const ImageSource &source, int frame, const Volume &volume,
    std::size_t offset, const base::WorkContext &work)
{
    NARU_ASSIGN(const SourceBook::Opened opened, m_sources.open(source));
    NARU_ASSIGN(const FrameShape wanted, shape(opened, work));
    if (!volume.memory || wanted.bytes() > volume.bytes || offset > volume.bytes - wanted.bytes())
        return errors::SharedMemory;
    if (volume.slice.rows > 0 && volume.slice != wanted)
        return base::Error(errors::BadGeometry, QStringLiteral("not like the other slices"));
    return askFrame(opened, frame, volume.descriptor, offset, wanted.bytes(), work);
}

base::Result<QByteArray> ProcessPool::payload(
    const ImageSource &source, qint64 limit, const base::WorkContext &work)
{
    NARU_ASSIGN(const SourceBook::Opened opened, m_sources.open(source));
    const qint64 most = std::clamp<qint64>(limit, 0, protocol::MaximumPayload);
    NARU_ASSIGN(const QCborMap answer,
        ask({{qint64(protocol::Verb), qint64(protocol::AskPayload)}, {qint64(protocol::Bytes), most}}, opened,
            -1, work));
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
    NARU_ASSIGN(const QCborMap answer, ask(request, opened, -1, work));
    auto set = dataSetFromCbor(answer.value(qint64(protocol::Values)), bounded);
    if (!set)
        return errors::DecoderAnswer;
    return std::move(*set);
}

} // namespace naru::imaging
