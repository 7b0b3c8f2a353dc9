#include "ui/pages/imaging/VolumeDesk.h"

#include "ui/jobs/UiJob.h"
#include "ui/pages/imaging/MemoryBudget.h"

namespace naru::ui {

namespace {
constexpr int PulseMs = 150; // planes are cut again while slices arrive
}

VolumeDesk::VolumeDesk(jobs::JobQueue &queue, std::shared_ptr<StudySource> source, QObject *parent)
    : QObject(parent)
    , m_queue(queue)
    , m_source(std::move(source))
    , m_buffers(std::make_shared<imaging::VolumeBuffers>(imageMemoryBudget()))
{
    m_pulse.setInterval(PulseMs);
    connect(&m_pulse, &QTimer::timeout, this, [this] {
        const int ready = m_volume ? m_volume->readyCount() : 0;
        if (ready != m_seen) {
            m_seen = ready;
            for (PlaneProvider *plane : std::as_const(m_planes))
                plane->refill();
        }
        if (!m_volume || m_volume->complete())
            m_pulse.stop();
    });
}

VolumeDesk::~VolumeDesk()
{
    close();
}

void VolumeDesk::close()
{
    m_stop.request_stop();
    m_pulse.stop();
    qDeleteAll(m_planes);
    m_planes.clear();
    m_volume.reset();
}

void VolumeDesk::make(const StackProvider &stack, int wanted)
{
    close();
    m_stop = std::stop_source();
    m_studyKey = stack.studyKey();
    const auto instances = std::make_shared<const std::vector<imaging::InstanceRef>>(stack.instances());
    UiJob::start<std::shared_ptr<imaging::Volume>>(
        m_queue, this,
        [source = m_source, buffers = m_buffers, instances, slices = stack.stack(), wanted](
            const base::WorkContext &) -> base::Result<std::shared_ptr<imaging::Volume>> {
            NARU_ASSIGN(imaging::DecoderPool * pool, source->pool());
            auto made = imaging::Volume::make(*instances, slices, *pool, buffers);
            if (made)
                (*made)->want(wanted);
            return made;
        },
        [this, instances, asked = ++m_asked](const base::Result<std::shared_ptr<imaging::Volume>> &result) {
            if (asked != m_asked)
                return; // others were asked for meanwhile
            if (result)
                begin(*result, *instances);
            else
                Q_EMIT failed(result.error());
        });
}

void VolumeDesk::begin(
    const std::shared_ptr<imaging::Volume> &volume, const std::vector<imaging::InstanceRef> &instances)
{
    m_volume = volume;
    m_seen = 0;
    using Way = PlaneProvider::Way;
    for (const Way way : {Way::Axial, Way::Coronal, Way::Sagittal, Way::Oblique}) {
        m_planes.append(new PlaneProvider(m_queue, volume, way, m_studyKey, this));
        m_planes.last()->setSlab(m_slab);
    }
    // Two fill at a time: planes are cut by the others meanwhile.
    for (int worker = 0; worker < 2; ++worker) {
        m_queue.submit<int>([volume, source = m_source, instances, stop = m_stop.get_token()](
                                const base::WorkContext &) -> base::Result<int> {
            NARU_ASSIGN(imaging::DecoderPool * pool, source->pool());
            const auto bytes = [&](int instance) {
                return source->bytes(instances[std::size_t(instance)].handle);
            };
            NARU_TRY(volume->fill(*pool, bytes, 1, imaging::runHere, {}, base::WorkContext(stop)));
            return 0;
        });
    }
    m_pulse.start();
    Q_EMIT planesReady();
}

void VolumeDesk::setSlab(const imaging::Slab &slab)
{
    m_slab = slab;
    for (PlaneProvider *plane : std::as_const(m_planes))
        plane->setSlab(slab);
}

} // namespace naru::ui
