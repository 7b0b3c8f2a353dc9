#include "ui/pages/imaging/FrameLoader.h"

#include "core/base/Errors.h"
#include "ui/widgets/viewport/Painted.h"

#include <QCoreApplication>
#include <QPointer>

#include <algorithm>
#include <chrono>
#include <thread>

namespace naru::ui {

// Outlives the window's part while a frame is still being decoded.
struct FrameLoader::Shared {
    Shared(jobs::JobQueue &jobQueue, std::shared_ptr<StudySource> from, qint64 budget)
        : queue(jobQueue)
        , source(std::move(from))
        , cache(budget)
    {
    }
    struct Done {
        int stack = -1, index = -1;
        QImage thumbnail{};
        QString handle{};
        int frame = 0;
    };
    jobs::JobQueue &queue;
    std::shared_ptr<StudySource> source;
    FrameCache cache;
    std::stop_source stop{};
    std::mutex mutex{};
    std::vector<Done> done{};
    bool told = false;
    int running = 0;
    bool runningSmaller = false;
    QPointer<FrameLoader> window{};
};

namespace {
using namespace std::chrono_literals;
constexpr auto OnScreen = 20ms; // a picture that is told of is on the screen by then
// A first picture that is not there by then is shown coarse; sooner the coarse one would keep it from the
// cores: 512 x 512 pixels of JPEG 2000 take 8 ms on four of them.
constexpr auto Late = 12ms;

// One core stays for the window; decoding more than four at a time gains nothing on office machines.
int mostWorkers()
{
    return std::clamp(int(std::thread::hardware_concurrency()) - 1, 1, 4);
}

std::vector<FrameCache::Slice> slicesOf(
    const std::vector<imaging::InstanceRef> &instances, const imaging::Stack &stack)
{
    std::vector<FrameCache::Slice> slices;
    slices.reserve(stack.slices.size());
    for (const imaging::SliceRef &slice : stack.slices) {
        const imaging::InstanceRef &instance = instances[std::size_t(slice.instance)];
        slices.push_back({instance.handle, slice.frame, instance.facts});
    }
    return slices;
}
} // namespace

FrameLoader::FrameLoader(
    jobs::JobQueue &queue, std::shared_ptr<StudySource> source, qint64 budget, QObject *parent)
    : QObject(parent)
    , m_shared(std::make_shared<Shared>(queue, std::move(source), budget))
{
    m_shared->window = this;
    m_settled.setSingleShot(true);
    m_settled.setInterval(OnScreen);
    connect(&m_settled, &QTimer::timeout, this, &FrameLoader::readAhead);
    m_late.setSingleShot(true);
    m_late.setInterval(Late);
    connect(&m_late, &QTimer::timeout, this, &FrameLoader::pumpSmaller);
}

FrameLoader::~FrameLoader()
{
    m_shared->stop.request_stop();
}

const FrameCache &FrameLoader::cache() const
{
    return m_shared->cache;
}

int FrameLoader::addStack(
    const std::vector<imaging::InstanceRef> &instances, const imaging::Stack &stack, int first)
{
    m_shared->cache.hold(true);
    m_settled.start();
    const int number = m_shared->cache.addStack(slicesOf(instances, stack), first);
    settle(m_shared);
    return number;
}

void FrameLoader::readAhead()
{
    if (m_shared->cache.awaitsFirst())
        return; // deliver() comes back to this
    m_shared->cache.hold(false);
    pump();
}

void FrameLoader::expect(const QString &studyKey)
{
    m_shared->queue.submit<int>(
        [shared = m_shared, studyKey](const base::WorkContext &) -> base::Result<int> {
            const QString handle = shared->source->likelyFirst(studyKey);
            if (!handle.isEmpty() && shared->cache.expect(handle, 0)) {
                shared->cache.decoded(handle, 0, frameOf(shared, handle, 0));
                settle(shared);
            }
            return 0;
        });
}

void FrameLoader::forgetExpected()
{
    m_shared->cache.forgetExpected();
}

void FrameLoader::settle(const std::shared_ptr<Shared> &shared)
{
    const FrameRequest request = shared->cache.settleExpected();
    if (!request.isValid())
        return;
    tell(shared, request);
    shared->queue.submit<int>([shared, request](const base::WorkContext &) -> base::Result<int> {
        reduce(shared, request);
        return 0;
    });
}

void FrameLoader::extendStack(
    int stack, const std::vector<imaging::InstanceRef> &instances, const imaging::Stack &slices, int first)
{
    m_shared->cache.extendStack(stack, slicesOf(instances, slices), first);
    pump();
}

void FrameLoader::removeStack(int stack)
{
    m_shared->cache.removeStack(stack);
    m_thumbnails.remove(stack);
}

void FrameLoader::lookAt(const void *viewer, int stack, int index, int direction)
{
    m_shared->cache.lookAt(viewer, stack, index, direction);
    if (!m_shared->cache.isHeld())
        pumpSmaller();
    else if (!m_late.isActive())
        m_late.start();
    pump();
}

void FrameLoader::leave(const void *viewer)
{
    m_shared->cache.leave(viewer);
}

void FrameLoader::retryBroken()
{
    m_shared->cache.retryBroken();
    pump();
}

QImage FrameLoader::thumbnail(int stack) const
{
    return m_thumbnails.value(stack);
}

// Beside the others, since what is looked at must not wait for what is fetched ahead.
void FrameLoader::pumpSmaller()
{
    FrameRequest request;
    {
        const std::lock_guard lock(m_shared->mutex);
        if (!m_shared->runningSmaller)
            request = m_shared->cache.nextSmaller();
        if (!request.isValid())
            return;
        m_shared->runningSmaller = true;
    }
    m_shared->queue.submit<int>([shared = m_shared, request](const base::WorkContext &) -> base::Result<int> {
        decodeSmaller(shared, request);
        return 0;
    });
}

void FrameLoader::decodeSmaller(const std::shared_ptr<Shared> &shared, FrameRequest request)
{
    while (request.isValid()) {
        const auto frame = [&]() -> base::Result<imaging::Frame> {
            NARU_ASSIGN(imaging::DecoderPool * pool, shared->source->pool());
            NARU_ASSIGN(const imaging::ImageSource source, shared->source->bytes(request.handle));
            return pool->smaller(
                source, request.frame, request.halvings, base::WorkContext(shared->stop.get_token()));
        }();
        if (frame) { // what is wrong with it the whole frame will say
            shared->cache.finishSmaller(request, *frame);
            tell(shared, request);
        }
        // Under one lock: whoever looks at another image now is seen here or starts this again.
        const std::lock_guard lock(shared->mutex);
        request = shared->stop.stop_requested() ? FrameRequest() : shared->cache.nextSmaller();
        shared->runningSmaller = request.isValid();
    }
}

void FrameLoader::pump()
{
    for (;;) {
        {
            const std::lock_guard lock(m_shared->mutex);
            if (m_shared->running >= mostWorkers())
                return;
            ++m_shared->running;
        }
        const FrameRequest request = m_shared->cache.next();
        if (!request.isValid()) {
            const std::lock_guard lock(m_shared->mutex);
            --m_shared->running;
            return;
        }
        m_shared->queue.submit<int>(
            [shared = m_shared, request](const base::WorkContext &context) -> base::Result<int> {
                decode(shared, request, context);
                work(shared);
                return 0;
            });
    }
}

// After a frame the next one goes to the end of the queue.
void FrameLoader::work(const std::shared_ptr<Shared> &shared)
{
    FrameRequest request;
    if (!shared->stop.stop_requested())
        request = shared->cache.next();
    if (!request.isValid()) {
        const std::lock_guard lock(shared->mutex);
        --shared->running;
        return;
    }
    shared->queue.submit<int>([shared, request](const base::WorkContext &context) -> base::Result<int> {
        decode(shared, request, context);
        work(shared);
        return 0;
    });
}

void FrameLoader::decode(
    const std::shared_ptr<Shared> &shared, const FrameRequest &request, const base::WorkContext &context)
{
    if (shared->stop.stop_requested() || context.stopRequested()) {
        shared->cache.forget(request);
        return;
    }
    const auto result = frameOf(shared, request.handle, request.frame);
    if (!result && result.error().code == base::errors::Stopped) {
        shared->cache.forget(request);
        return;
    }
    if (result)
        shared->cache.finish(request, *result);
    else
        shared->cache.fail(request, result.error());
    tell(shared, request);
    reduce(shared, request);
}

base::Result<imaging::Frame> FrameLoader::frameOf(
    const std::shared_ptr<Shared> &shared, const QString &handle, int frame)
{
    NARU_ASSIGN(imaging::DecoderPool * pool, shared->source->pool());
    NARU_ASSIGN(const imaging::ImageSource source, shared->source->bytes(handle));
    return pool->frame(source, frame, base::WorkContext(shared->stop.get_token()));
}

// After the frame was told of: who looks at it does not wait for this.
void FrameLoader::reduce(const std::shared_ptr<Shared> &shared, const FrameRequest &request)
{
    if (!request.thumbnail)
        return;
    const FrameSlot slot = shared->cache.slot(request.stack, shared->cache.indexOf(request));
    if (slot.state != FrameSlot::State::Ready)
        return;
    const ShownImage shown{
        ShownImage::State::Ready, request.handle, request.facts, request.frame, slot.frame, {}};
    if (auto whole = Painted::whole(shown, {}))
        tell(shared, request,
            whole->scaled(ThumbnailPixels, ThumbnailPixels, Qt::KeepAspectRatio, Qt::SmoothTransformation));
}

void FrameLoader::tell(
    const std::shared_ptr<Shared> &shared, const FrameRequest &request, const QImage &small)
{
    {
        const std::lock_guard lock(shared->mutex);
        shared->done.push_back({request.stack, request.index, small, request.handle, request.frame});
        if (std::exchange(shared->told, true))
            return;
    }
    if (!QCoreApplication::instance())
        return;
    QMetaObject::invokeMethod(
        QCoreApplication::instance(),
        [shared] {
            if (shared->window)
                shared->window->deliver();
        },
        Qt::QueuedConnection);
}

void FrameLoader::deliver()
{
    std::vector<Shared::Done> done;
    {
        const std::lock_guard lock(m_shared->mutex);
        done.swap(m_shared->done);
        m_shared->told = false;
    }
    for (const Shared::Done &one : done) {
        if (!one.thumbnail.isNull()) {
            m_thumbnails.insert(one.stack, one.thumbnail);
            Q_EMIT thumbnailReady(one.stack);
            continue;
        }
        FrameRequest where;
        where.stack = one.stack;
        where.index = one.index;
        where.handle = one.handle;
        where.frame = one.frame;
        if (const int index = m_shared->cache.indexOf(where); index >= 0)
            Q_EMIT frameChanged(one.stack, index);
    }
    if (m_shared->cache.isHeld() && !m_settled.isActive())
        m_settled.start();
    pump();
}

} // namespace naru::ui
