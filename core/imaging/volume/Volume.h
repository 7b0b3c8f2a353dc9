// The voxels of a stack, once, as stored (8 or 16 bits, or float), filled slice by slice through the decoder
// pool while somebody already looks at them. Each slice keeps its own place and its own rescale: gantry tilt,
// unequal spacing and PET-like slopes need no resampling, and no value is changed.
#pragma once

#include "core/imaging/pool/DecoderPool.h"
#include "core/imaging/series/Stack.h"
#include "core/imaging/volume/Executor.h"

#include <atomic>
#include <memory>
#include <mutex>

namespace naru::imaging {

// Memory of volumes, used again: touching 262 MB for the first time costs as much as decoding them (RLE).
// Any thread. Shared by all volumes of a program; what is out counts towards the budget.
class VolumeBuffers {
public:
    explicit VolumeBuffers(qint64 budget = 0); // bytes; 0: no limit
    // imaging.VolumeTooLarge, imaging.SharedMemory
    base::Result<DecoderPool::Volume> take(DecoderPool &pool, std::size_t bytes);
    void give(DecoderPool::Volume buffer);
    qint64 used() const; // handed out, plus what is kept for the next
    void drop(); // frees what is kept

private:
    mutable std::mutex m_mutex{};
    qint64 m_budget = 0, m_out = 0;
    DecoderPool::Volume m_kept{};
};

class Volume {
public:
    enum class Slice : char { Missing, Loading, Ready, Failed };
    // Bytes of an instance, by the index that the stack's slices name.
    using SourceOf = std::function<base::Result<ImageSource>(int instance)>;

    // Takes memory and reads no pixel. imaging.NoVolume when the stack cannot be resliced (Stack::noVolume),
    // imaging.VolumeTooLarge. `instances` are those the stack was built from.
    static base::Result<std::shared_ptr<Volume>> make(const std::vector<InstanceRef> &instances,
        const Stack &stack, DecoderPool &pool, const std::shared_ptr<VolumeBuffers> &buffers);
    ~Volume();
    Volume(const Volume &) = delete;
    Volume &operator=(const Volume &) = delete;

    // Decodes what is not there yet: first the wanted slice, then outward from it. `run` is called once with
    // `workers` tasks. `ready` is called on those threads after each slice, loaded or failed; a failed slice
    // stays empty and keeps its error. Stopping leaves what is there; calling again goes on.
    base::Status fill(DecoderPool &pool, const SourceOf &sourceOf, int workers, const Executor &run,
        const std::function<void(int slice)> &ready = {}, const base::WorkContext &work = {});
    // The slice on screen; may be called at any time from any thread and decides what comes next.
    void want(int slice) { m_wanted = slice; }

    Slice state(int slice) const { return m_states[std::size_t(slice)].load(std::memory_order_acquire); }
    int readyCount() const { return m_readyCount; } // failed ones count: nothing is being waited for
    bool complete() const { return m_readyCount == slices(); }
    base::Error error(int slice) const; // of a failed one

    int slices() const { return int(m_places.size()); }
    int rows() const { return m_rows; }
    int columns() const { return m_columns; }
    std::size_t bytes() const { return m_sliceBytes * m_places.size(); }
    // Stored samples of a slice, to be rendered with `facts(slice)`, frame 0 of them. Empty when not ready.
    Frame frame(int slice) const;
    ImageFacts facts(int slice) const;

    // Geometry: the axes are those of the first slice; z goes along the normal, ascending.
    struct Place {
        double z = 0; // mm from the first slice
        double shiftX = 0, shiftY = 0; // mm of its first pixel within the plane, against the first slice's
        double slope = 1, intercept = 0;
    };
    const std::vector<Place> &places() const { return m_places; }
    const ImagePlane &firstPlane() const { return m_plane; }
    Vector3 normal() const { return m_normal; } // z goes along it; the planes' own or its opposite
    double step() const { return m_step; } // mm, median
    Vector3 centre() const;
    // Patient point to column, row (pixel centres are whole numbers here) and fractional slice index.
    Vector3 toVoxel(Vector3 patient) const;
    const QString &frameOfReference() const { return m_plane.frameOfReference; }
    bool gapBehind(int slice) const; // slices are missing here: nothing is invented between

    SampleType type() const { return m_type; }
    bool sameRescale() const { return m_sameRescale; } // all slices share slope and intercept
    const std::byte *slice(int index) const { return m_voxels + m_sliceBytes * std::size_t(index); }
    const ImageFacts &commonFacts() const { return *m_facts; } // of the first slice's instance
    const FrameFacts &frameFacts(int slice) const
    {
        return m_sliceFacts[std::size_t(slice)]->frame(m_refs[std::size_t(slice)].frame);
    }

private:
    Volume() = default;
    friend class VolumeMaker;
    int next(); // claims the missing slice nearest to the wanted one; -1: none
    void load(int slice, DecoderPool &pool, const SourceOf &sourceOf, const base::WorkContext &work);

    std::vector<Place> m_places{};
    std::vector<SliceRef> m_refs{};
    std::vector<int> m_gaps{};
    std::vector<std::shared_ptr<const ImageFacts>> m_sliceFacts{};
    std::shared_ptr<const ImageFacts> m_facts{};
    ImagePlane m_plane{};
    Vector3 m_normal{}; // of the stack
    double m_step = 0;
    int m_rows = 0, m_columns = 0;
    SampleType m_type = SampleType::S16;
    bool m_sameRescale = true;
    std::size_t m_sliceBytes = 0;
    DecoderPool::Volume m_memory{};
    std::shared_ptr<VolumeBuffers> m_buffers{};
    std::byte *m_voxels = nullptr;
    std::unique_ptr<std::atomic<Slice>[]> m_states {};
    std::atomic<int> m_wanted{0}, m_readyCount{0};
    mutable std::mutex m_mutex{};
    std::vector<std::pair<int, base::Error>> m_errors{};
};

} // namespace naru::imaging
