#include "core/imaging/volume/Volume.h"

#include "core/imaging/Errors.h"

#include <algorithm>
#include <optional>

namespace naru::imaging {

namespace {
// What the decoder will give for such pixels; none for what a volume does not hold.
std::optional<SampleType> typeOf(const ImageFacts &facts)
{
    if (facts.isFloat)
        return facts.bitsAllocated == 32 ? std::optional(SampleType::F32) : std::nullopt;
    if (facts.bitsAllocated <= 8)
        return facts.isSigned ? SampleType::S8 : SampleType::U8;
    if (facts.bitsAllocated <= 16)
        return facts.isSigned ? SampleType::S16 : SampleType::U16;
    return std::nullopt;
}
} // namespace

// Fills in what never changes afterwards.
class VolumeMaker {
public:
    explicit VolumeMaker(Volume &volume)
        : m(volume)
    {
    }

    base::Status describe(const std::vector<InstanceRef> &instances, const Stack &stack)
    {
        if (stack.noVolume != NoVolume::None)
            return errors::NoVolume;
        for (const SliceRef &slice : stack.slices) {
            if (slice.instance < 0 || std::size_t(slice.instance) >= instances.size()
                || !instances[std::size_t(slice.instance)].facts)
                return errors::NoVolume;
            m.m_sliceFacts.push_back(instances[std::size_t(slice.instance)].facts);
        }
        m.m_refs = stack.slices;
        m.m_gaps = stack.gaps;
        m.m_normal = stack.normal;
        m.m_step = stack.step;
        m.m_facts = m.m_sliceFacts.front();
        m.m_rows = m.m_facts->rows;
        m.m_columns = m.m_facts->columns;
        const auto type = typeOf(*m.m_facts);
        const auto plane = planeOf(*m.m_facts, m.m_refs.front().frame);
        if (!type || !plane || !(m.m_step > 0))
            return errors::NoVolume;
        m.m_type = *type;
        m.m_plane = *plane;
        return places();
    }

private:
    base::Status places()
    {
        const double first = m.m_refs.front().position;
        for (std::size_t i = 0; i < m.m_refs.size(); ++i) {
            const ImageFacts &facts = *m.m_sliceFacts[i];
            const FrameFacts &own = facts.frame(m.m_refs[i].frame);
            if (facts.rows != m.m_rows || facts.columns != m.m_columns || typeOf(facts) != m.m_type)
                return errors::NoVolume;
            const Vector3 way = Vector3::from(own.position) - m.m_plane.origin;
            Volume::Place place;
            place.z = m.m_refs[i].position - first;
            place.shiftX = dot(way, m.m_plane.right);
            place.shiftY = dot(way, m.m_plane.down);
            const bool rescaled = !facts.modalityLut && own.hasRescale && own.slope != 0;
            place.slope = rescaled ? own.slope : 1;
            place.intercept = rescaled ? own.intercept : 0;
            m.m_places.push_back(place);
            m.m_sameRescale = m.m_sameRescale && place.slope == m.m_places.front().slope
                && place.intercept == m.m_places.front().intercept;
        }
        return {};
    }

    Volume &m;
};

base::Result<std::shared_ptr<Volume>> Volume::make(const std::vector<InstanceRef> &instances,
    const Stack &stack, DecoderPool &pool, const std::shared_ptr<VolumeBuffers> &buffers)
{
    const std::shared_ptr<Volume> out(new Volume);
    NARU_TRY(VolumeMaker(*out).describe(instances, stack));
    const FrameShape shape{out->m_rows, out->m_columns, 1, out->m_type};
    out->m_sliceBytes = shape.bytes();
    out->m_buffers = buffers ? buffers : std::make_shared<VolumeBuffers>();
    NARU_ASSIGN(out->m_memory, out->m_buffers->take(pool, out->bytes()));
    out->m_memory.slice = shape;
    out->m_voxels = static_cast<std::byte *>(out->m_memory.memory.get());
    out->m_states = std::make_unique<std::atomic<Slice>[]>(out->m_places.size());
    return out;
}

Volume::~Volume()
{
    if (m_memory.memory)
        m_buffers->give(std::move(m_memory));
}

// The search begins at the wanted slice each time: a reader who scrolls away takes the workers along.
int Volume::next()
{
    const std::lock_guard lock(m_mutex);
    const int count = slices(), wanted = std::clamp(m_wanted.load(), 0, count - 1);
    for (int away = 0; away < count; ++away) {
        for (const int at : {wanted + away, wanted - away}) {
            if (at < 0 || at >= count)
                continue;
            std::atomic<Slice> &state = m_states[std::size_t(at)];
            if (state.load(std::memory_order_relaxed) != Slice::Missing)
                continue;
            state.store(Slice::Loading, std::memory_order_relaxed);
            return at;
        }
    }
    return -1;
}

void Volume::load(int slice, DecoderPool &pool, const SourceOf &sourceOf, const base::WorkContext &work)
{
    const SliceRef &ref = m_refs[std::size_t(slice)];
    const auto source = sourceOf(ref.instance);
    const base::Status status = !source
        ? base::Status(source.error())
        : pool.frameInto(*source, ref.frame, m_memory, m_sliceBytes * std::size_t(slice), work);
    std::atomic<Slice> &state = m_states[std::size_t(slice)];
    if (status) {
        state.store(Slice::Ready, std::memory_order_release);
        ++m_readyCount;
    } else if (work.stopRequested()) {
        state.store(Slice::Missing, std::memory_order_release);
    } else {
        {
            const std::lock_guard lock(m_mutex);
            m_errors.emplace_back(slice, status.error());
        }
        state.store(Slice::Failed, std::memory_order_release);
        ++m_readyCount; // last: who sees it complete sees every slice
    }
}

base::Status Volume::fill(DecoderPool &pool, const SourceOf &sourceOf, int workers, const Executor &run,
    const std::function<void(int slice)> &ready, const base::WorkContext &work)
{
    run(std::max(1, workers), [&](int) {
        while (!work.stopRequested()) {
            const int slice = next();
            if (slice < 0)
                return;
            load(slice, pool, sourceOf, work);
            if (ready && state(slice) != Slice::Missing)
                ready(slice);
            work.report("volume", m_readyCount, slices());
        }
    });
    return work.stopRequested() ? base::Status(errors::Stopped) : base::Status();
}

base::Error Volume::error(int slice) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = std::find_if(
        m_errors.begin(), m_errors.end(), [slice](const auto &one) { return one.first == slice; });
    return found == m_errors.end() ? base::Error(errors::FrameMissing) : found->second;
}

Frame Volume::frame(int slice) const
{
    Frame out;
    if (slice < 0 || slice >= slices() || state(slice) != Slice::Ready)
        return out;
    out.shape = {m_rows, m_columns, 1, m_type};
    out.owner = m_memory.memory;
    out.data = {m_voxels + m_sliceBytes * std::size_t(slice), m_sliceBytes};
    return out;
}

ImageFacts Volume::facts(int slice) const
{
    if (slice < 0 || slice >= slices())
        return {};
    ImageFacts out = *m_sliceFacts[std::size_t(slice)];
    const int frame = m_refs[std::size_t(slice)].frame;
    out.frameFacts = {FrameFacts(out.frame(frame))};
    out.frames = 1;
    // Overlays of a multi-frame object belong to its frames by number.
    std::erase_if(out.overlays, [](const Overlay &overlay) { return overlay.frames > 1; });
    return out;
}

Vector3 Volume::centre() const
{
    const Place &last = m_places.back();
    return m_plane.centre() + m_normal * (last.z / 2) + m_plane.right * (last.shiftX / 2)
        + m_plane.down * (last.shiftY / 2);
}

Vector3 Volume::toVoxel(Vector3 patient) const
{
    const Vector3 way = patient - m_plane.origin;
    const double z = dot(way, m_normal);
    const auto after = std::upper_bound(m_places.begin(), m_places.end(), z,
        [](double wanted, const Place &place) { return wanted < place.z; });
    const std::size_t last = m_places.size() - 1;
    const std::size_t low = after == m_places.begin()
        ? 0
        : std::min(std::size_t(after - m_places.begin()) - 1, last > 0 ? last - 1 : 0);
    const Place &a = m_places[low], &b = m_places[std::min(low + 1, last)];
    // Beyond the ends a slice counts as thick as all are.
    const bool beyond = z < 0 || z > m_places.back().z;
    const double f = beyond ? (z < 0 ? z / m_step : double(last - low) + (z - m_places.back().z) / m_step)
                            : (b.z > a.z ? (z - a.z) / (b.z - a.z) : 0);
    const double inside = std::clamp(f, 0.0, 1.0);
    const double shiftX = a.shiftX + (b.shiftX - a.shiftX) * inside,
                 shiftY = a.shiftY + (b.shiftY - a.shiftY) * inside;
    return {(dot(way, m_plane.right) - shiftX) / m_plane.spacingX,
        (dot(way, m_plane.down) - shiftY) / m_plane.spacingY, double(low) + f};
}

bool Volume::gapBehind(int slice) const
{
    return std::binary_search(m_gaps.begin(), m_gaps.end(), slice);
}

} // namespace naru::imaging
