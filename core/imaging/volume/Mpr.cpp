#include "core/imaging/volume/Mpr.h"

#include "core/imaging/Errors.h"
#include "core/imaging/render/Modality.h"
#include "core/imaging/volume/Sampler.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace naru::imaging {

namespace {
constexpr int MostPixels = 8192;
constexpr float None = std::numeric_limits<float>::quiet_NaN();

// Rows of the result in its own type.
struct Output {
    SampleType type = SampleType::S16;
    int blank = -32768; // stored value of a pixel without one

    static Output of(const Volume &volume)
    {
        Output out;
        if (!volume.sameRescale() || volume.type() == SampleType::F32) {
            out.type = SampleType::F32;
            return out;
        }
        if (volume.type() == SampleType::U16) {
            out.type = SampleType::U16;
            out.blank = 65535;
        }
        const int low = out.type == SampleType::U16 ? 0 : -32768, high = low + 65535;
        if (const auto padding = volume.commonFacts().padding; padding && *padding >= low && *padding <= high)
            out.blank = *padding;
        return out;
    }
};

template <typename T> void storeRow(const float *values, int count, int blank, T *out)
{
    // Truncating after an offset that makes everything positive rounds to the nearest, and vectorises.
    constexpr float Offset = std::is_signed_v<T> ? 32768.5F : 0.5F;
    constexpr int Back = std::is_signed_v<T> ? 32768 : 0;
    const float none = float(blank);
    for (int i = 0; i < count; ++i) {
        const float value = values[i] == values[i] ? values[i] : none;
        out[i] = T(int(value + Offset) - Back);
    }
}

// Rays through a slab, all rows of it at once: the largest, the smallest, the mean of what is there.
class SlabSum {
public:
    SlabSum(SlabMode mode, int count)
        : m_mode(mode)
        , m_values(std::size_t(count),
              mode == SlabMode::Minimum    ? Infinite
                  : mode == SlabMode::Mean ? 0
                                           : -Infinite)
        , m_counts(mode == SlabMode::Mean ? std::size_t(count) : 0, 0.0F)
    {
    }
    void add(const float *row)
    {
        float *values = m_values.data();
        const int count = int(m_values.size());
        if (m_mode == SlabMode::Maximum) { // a NaN is neither larger nor smaller
            for (int i = 0; i < count; ++i)
                values[i] = row[i] > values[i] ? row[i] : values[i];
        } else if (m_mode == SlabMode::Minimum) {
            for (int i = 0; i < count; ++i)
                values[i] = row[i] < values[i] ? row[i] : values[i];
        } else {
            float *counts = m_counts.data();
            for (int i = 0; i < count; ++i) {
                const bool there = row[i] == row[i];
                values[i] += there ? row[i] : 0.0F;
                counts[i] += there ? 1.0F : 0.0F;
            }
        }
    }
    void finish(float *out) const
    {
        for (std::size_t i = 0; i < m_values.size(); ++i) {
            if (m_mode == SlabMode::Mean)
                out[i] = m_counts[i] > 0 ? m_values[i] / m_counts[i] : None;
            else
                out[i] = std::isinf(m_values[i]) ? None : m_values[i];
        }
    }

private:
    static constexpr float Infinite = std::numeric_limits<float>::infinity();
    SlabMode m_mode;
    std::vector<float> m_values, m_counts;
};

// Planes of a slab on either side of the middle one, a voxel apart.
int planesBeside(const Volume &volume, const ImagePlane &plane, const Slab &slab, double &step)
{
    constexpr double Most = 4096;
    step = scrollRange(volume, plane).step;
    if (slab.mode == SlabMode::Thin || !(slab.thickness > step))
        return 0;
    return int(std::min(slab.thickness / 2 / step + 1e-6, Most));
}

void fillRow(const Sampler &sampler, const ImagePlane &plane, int row, const Slab &slab, int beside,
    double step, float *out)
{
    const Vector3 start = plane.toPatient({0.5, row + 0.5}), right = plane.right * plane.spacingX;
    if (beside == 0) {
        sampler.sample(sampler.lineFrom(start, right, plane.columns), out);
        return;
    }
    SlabSum sum(slab.mode, plane.columns);
    for (int i = -beside; i <= beside; ++i) {
        sampler.sample(sampler.lineFrom(start + plane.normal() * (i * step), right, plane.columns), out);
        sum.add(out);
    }
    sum.finish(out);
}

FrameFacts factsOfPlane(const Volume &volume, const ImagePlane &plane)
{
    const FrameFacts &own = volume.frameFacts(0);
    FrameFacts out;
    out.hasPosition = true;
    out.position = plane.origin.array();
    out.orientation = {plane.right.x, plane.right.y, plane.right.z, plane.down.x, plane.down.y, plane.down.z};
    out.spacingRow = plane.spacingY;
    out.spacingColumn = plane.spacingX;
    out.spacingSource = SpacingSource::PixelSpacing;
    out.hasRescale = own.hasRescale || !volume.sameRescale();
    out.slope = volume.sameRescale() ? volume.places().front().slope : 1;
    out.intercept = volume.sameRescale() ? volume.places().front().intercept : 0;
    out.rescaleType = own.rescaleType;
    out.windows = own.windows;
    out.voi = own.voi;
    // Small values mean what they are, as in the slices: not stretched cut by cut.
    if (out.windows.empty() && volume.commonFacts().bitsStored <= 8 && !out.hasRescale)
        out.windows.push_back({128, 256, {}});
    return out;
}

ImageFacts factsOf(const Volume &volume, const ImagePlane &plane, const Output &output)
{
    ImageFacts out = volume.commonFacts();
    out.sopUid.clear(); // no instance has these pixels
    out.imageType = {QStringLiteral("DERIVED"), QStringLiteral("SECONDARY"), QStringLiteral("REFORMATTED")};
    out.overlays.clear();
    out.shutter.reset();
    out.regions.clear();
    out.rows = plane.rows;
    out.columns = plane.columns;
    out.frames = 1;
    out.frameFacts = {factsOfPlane(volume, plane)};
    out.isFloat = output.type == SampleType::F32;
    out.isSigned = output.type == SampleType::S16;
    out.bitsAllocated = out.bitsStored = out.isFloat ? 32 : 16;
    out.highBit = out.bitsStored - 1;
    if (out.isFloat) {
        out.padding.reset();
        out.paddingLimit.reset();
    } else if (out.padding != output.blank) {
        out.padding = output.blank;
        out.paddingLimit.reset();
    }
    return out;
}

bool isUsablePlane(const ImagePlane &plane)
{
    return plane.rows > 0 && plane.columns > 0 && plane.spacingX > 0 && plane.spacingY > 0
        && std::abs(plane.right.length() - 1) < 1e-3 && std::abs(plane.down.length() - 1) < 1e-3;
}
} // namespace

base::Result<Resliced> reslice(
    const Volume &volume, const ImagePlane &plane, const Slab &slab, const Executor &run, int parts)
{
    if (plane.rows > MostPixels || plane.columns > MostPixels)
        return base::Error(errors::TooLarge, {}, {{QStringLiteral("what"), QString::number(MostPixels)}});
    if (!isUsablePlane(plane))
        return base::Error(errors::BadGeometry, QStringLiteral("plane"));
    const Output output = Output::of(volume);
    Resliced out;
    out.facts = factsOf(volume, plane, output);
    out.frame.shape = {plane.rows, plane.columns, 1, output.type};
    // Not cleared: each pixel is written.
    const std::shared_ptr<std::byte[]> memory(new std::byte[out.frame.shape.bytes()]);
    out.frame.owner = memory;
    out.frame.data = {memory.get(), out.frame.shape.bytes()};

    const Sampler sampler(volume);
    double step = 0;
    const int beside = planesBeside(volume, plane, slab, step);
    const int count = std::clamp(parts, 1, plane.rows);
    run(count, [&](int part) {
        std::vector<float> row(std::size_t(plane.columns));
        const int end = int(qint64(plane.rows) * (part + 1) / count);
        for (int y = int(qint64(plane.rows) * part / count); y < end; ++y) {
            fillRow(sampler, plane, y, slab, beside, step, row.data());
            std::byte *to =
                memory.get() + std::size_t(y) * row.size() * std::size_t(FrameShape::bytesOf(output.type));
            if (output.type == SampleType::F32)
                std::copy(row.begin(), row.end(), reinterpret_cast<float *>(to));
            else if (output.type == SampleType::U16)
                storeRow(row.data(), plane.columns, output.blank, reinterpret_cast<quint16 *>(to));
            else
                storeRow(row.data(), plane.columns, output.blank, reinterpret_cast<qint16 *>(to));
        }
    });
    return out;
}

double valueAt(const Volume &volume, Vector3 patient)
{
    const Sampler sampler(volume);
    float value = None;
    sampler.sample(sampler.lineFrom(patient, {}, 1), &value);
    if (!std::isfinite(value))
        return std::numeric_limits<double>::quiet_NaN();
    if (!volume.sameRescale())
        return double(value);
    if (volume.commonFacts().modalityLut)
        return Modality(volume.commonFacts(), 0)(double(value));
    return double(value) * volume.places().front().slope + volume.places().front().intercept;
}

} // namespace naru::imaging
