#include "core/imaging/volume/Sampler.h"

#include "core/imaging/render/Modality.h"
#include "core/imaging/volume/Cell.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace naru::imaging {

namespace {
constexpr float None = std::numeric_limits<float>::quiet_NaN();
constexpr double Exact = 1e-4; // pixels: nearer to a centre than this is on it

double snapped(double value)
{
    const double whole = std::round(value);
    return std::abs(value - whole) < Exact ? whole : value;
}

// Between two values; beside nothing the nearer one, so that padding neither bleeds in nor eats away.
float mix(float a, float b, float f)
{
    const float r = a + f * (b - a);
    const float nearer = f < 0.5F ? a : b;
    return r == r ? r : nearer;
}

void mixRows(const float *a, const float *b, float f, int count, float *out)
{
    for (int i = 0; i < count; ++i)
        out[i] = mix(a[i], b[i], f);
}

// out[i] at start + i * step of `from`, which has `count` values; positions lie within it.
void resampleRow(const float *from, int count, double start, double step, int samples, float *out)
{
    for (int i = 0; i < samples; ++i) {
        const double at = start + i * step;
        const int left = std::min(int(at), count - 1), right = std::min(left + 1, count - 1);
        out[i] = mix(from[left], from[right], float(at - left));
    }
}
} // namespace

Sampler::Sampler(const Volume &volume)
    : m_volume(volume)
{
    constexpr double MostBins = 100'000;
    const auto &places = volume.places();
    double least = volume.step();
    m_gridStep = places.back().z / double(std::max<std::size_t>(places.size() - 1, 1));
    for (std::size_t i = 0; i < places.size(); ++i) {
        m_ready.push_back(volume.state(int(i)) == Volume::Slice::Ready ? 1 : 0);
        m_shiftX.push_back(float(places[i].shiftX / volume.firstPlane().spacingX));
        m_shiftY.push_back(float(places[i].shiftY / volume.firstPlane().spacingY));
        if (i > 0)
            least = std::min(least, places[i].z - places[i - 1].z);
    }
    m_last = places.back().z;
    m_binSize = std::max({least, m_last / MostBins, 1e-6});
    int slice = 0;
    for (int bin = 0; bin <= int(m_last / m_binSize) + 1; ++bin) {
        while (slice + 1 < int(places.size()) && places[std::size_t(slice) + 1].z <= bin * m_binSize)
            ++slice;
        m_bins.push_back(slice);
    }
    const Modality modality(volume.commonFacts(), 0);
    m_hasPadding = modality.hasPadding();
    m_padLow = float(modality.paddingLow());
    m_padHigh = float(modality.paddingHigh());
    m_grid = isGrid();
}

bool Sampler::isGrid() const
{
    const auto &places = m_volume.places();
    if (places.size() < 2 || !m_volume.sameRescale())
        return false;
    const double step = m_last / double(places.size() - 1);
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (!m_ready[i] || std::abs(places[i].z - double(i) * step) > Exact * step
            || std::abs(m_shiftX[i]) > float(Exact) || std::abs(m_shiftY[i]) > float(Exact)
            || m_volume.gapBehind(int(i)))
            return false;
    }
    return true;
}

SampleLine Sampler::lineFrom(Vector3 start, Vector3 step, int count) const
{
    const ImagePlane &plane = m_volume.firstPlane();
    const Vector3 way = start - plane.origin;
    SampleLine out;
    out.u = dot(way, plane.right) / plane.spacingX;
    out.v = dot(way, plane.down) / plane.spacingY;
    out.z = dot(way, m_volume.normal());
    out.du = dot(step, plane.right) / plane.spacingX;
    out.dv = dot(step, plane.down) / plane.spacingY;
    out.dz = dot(step, m_volume.normal());
    out.count = count;
    return out;
}

Sampler::Pick Sampler::pick(double z) const
{
    const auto &places = m_volume.places();
    const double half = m_volume.step() / 2;
    const int last = int(places.size()) - 1;
    Pick out;
    if (!(z >= -half && z <= m_last + half))
        return out;
    const double inside = std::clamp(z, 0.0, m_last);
    int a = m_bins[std::size_t(inside / m_binSize)];
    while (a + 1 <= last && places[std::size_t(a) + 1].z <= inside)
        ++a;
    const int b = std::min(a + 1, last);
    const double gap = places[std::size_t(b)].z - places[std::size_t(a)].z;
    const double above = inside - places[std::size_t(a)].z;
    out = {a, b, gap > 0 ? float(above / gap) : 0.0F, true};
    const bool readyA = m_ready[std::size_t(a)], readyB = m_ready[std::size_t(b)];
    if (readyA && readyB && !m_volume.gapBehind(a)) {
        if (out.f < 1e-4F)
            out.b = a;
        else if (out.f > 1 - 1e-4F)
            out.a = b;
        return out;
    }
    // Nothing is invented where slices are missing: each reaches half a step.
    if (readyA && above <= half)
        return {a, a, 0, true};
    if (readyB && gap - above <= half)
        return {b, b, 0, true};
    return {};
}

float Sampler::rescaled(int slice, float value) const
{
    const Volume::Place &place = m_volume.places()[std::size_t(slice)];
    return float(double(value) * place.slope + place.intercept);
}

// Values of a row of pixels, or of one between two.
template <typename T>
void Sampler::rows(const T *first, const T *second, float weight, int count, float *out) const
{
    if (m_hasPadding) {
        const float low = m_padLow, high = m_padHigh;
        const auto value = [low, high](T stored) {
            const float v = float(stored);
            return v >= low && v <= high ? None : v;
        };
        if (weight == 0) {
            for (int i = 0; i < count; ++i)
                out[i] = value(first[i]);
        } else {
            for (int i = 0; i < count; ++i)
                out[i] = mix(value(first[i]), value(second[i]), weight);
        }
        return;
    }
    if (weight == 0) {
        for (int i = 0; i < count; ++i)
            out[i] = float(first[i]);
    } else {
        for (int i = 0; i < count; ++i)
            out[i] = float(first[i]) + weight * (float(second[i]) - float(first[i]));
    }
}

// A line along the rows of one slice.
template <typename T>
void Sampler::sliceRow(int slice, const SampleLine &line, float *out, std::vector<float> &scratch) const
{
    const int columns = m_volume.columns(), lastRow = m_volume.rows() - 1;
    const double v = snapped(line.v - m_shiftY[std::size_t(slice)]);
    const double u = snapped(line.u - m_shiftX[std::size_t(slice)]);
    std::fill_n(out, line.count, None);
    if (!(v >= -0.5 && v <= lastRow + 0.5) || line.du == 0)
        return;
    // Samples from `begin` to `end` lie over the slice.
    const double low = (-0.5 - u) / line.du, high = (columns - 0.5 - u) / line.du;
    const int begin = int(std::clamp(std::ceil(std::min(low, high) - Exact), 0.0, double(line.count)));
    const int end = int(std::clamp(std::floor(std::max(low, high) + Exact) + 1, 0.0, double(line.count)));
    if (begin >= end)
        return;
    const double row = std::clamp(v, 0.0, double(lastRow));
    const int top = int(row), bottom = std::min(top + 1, lastRow);
    const auto *pixels = reinterpret_cast<const T *>(m_volume.slice(slice));
    const auto at = [&](double x) { return std::clamp(x, 0.0, double(columns - 1)); };
    const double first = at(u + begin * line.du), last = at(u + (end - 1) * line.du);
    const int from = int(std::min(first, last)), to = std::min(int(std::max(first, last)) + 1, columns - 1);
    const T *upper = pixels + std::size_t(top) * std::size_t(columns) + from;
    const T *lower = pixels + std::size_t(bottom) * std::size_t(columns) + from;
    if (line.du == 1 && u == std::floor(u) && u + begin >= 0 && u + end - 1 <= columns - 1) {
        rows(upper, lower, float(row - top), end - begin, out + begin);
        return;
    }
    scratch.resize(std::size_t(columns) + 1);
    rows(upper, lower, float(row - top), to - from + 1, scratch.data());
    // At the rim half a pixel lies beyond the last centre: there the last value holds.
    int inner = begin, outer = end;
    while (inner < outer && at(u + inner * line.du) != u + inner * line.du)
        out[inner] = scratch[std::size_t(int(at(u + inner * line.du)) - from)], ++inner;
    while (outer > inner && at(u + (outer - 1) * line.du) != u + (outer - 1) * line.du)
        --outer, out[outer] = scratch[std::size_t(int(at(u + outer * line.du)) - from)];
    resampleRow(
        scratch.data(), to - from + 1, u + inner * line.du - from, line.du, outer - inner, out + inner);
}

// Axial and coronal cuts of an axial acquisition: rows of pixels, which the compiler vectorises.
template <typename T> void Sampler::flat(const SampleLine &line, const Pick &pick, float *out) const
{
    thread_local std::vector<float> scratch, other;
    sliceRow<T>(pick.a, line, out, scratch);
    const bool own = !m_volume.sameRescale();
    const auto rescale = [this, own, &line](int slice, float *values) {
        for (int i = 0; own && i < line.count; ++i)
            values[i] = rescaled(slice, values[i]);
    };
    rescale(pick.a, out);
    if (pick.a == pick.b)
        return;
    other.resize(std::size_t(line.count));
    sliceRow<T>(pick.b, line, other.data(), scratch);
    rescale(pick.b, other.data());
    mixRows(out, other.data(), pick.f, line.count, out);
}

template <typename T> float Sampler::bilinear(int slice, double u, double v) const
{
    const int lastColumn = m_volume.columns() - 1, lastRow = m_volume.rows() - 1;
    u -= m_shiftX[std::size_t(slice)];
    v -= m_shiftY[std::size_t(slice)];
    if (!(u >= -0.5 - Exact && u <= lastColumn + 0.5 + Exact && v >= -0.5 - Exact
            && v <= lastRow + 0.5 + Exact))
        return None;
    u = std::clamp(u, 0.0, double(lastColumn));
    v = std::clamp(v, 0.0, double(lastRow));
    const int x = int(u), y = int(v);
    const float fu = float(u - x), fv = float(v - y);
    const int right = x < lastColumn ? 1 : 0;
    const std::size_t below = y < lastRow ? std::size_t(m_volume.columns()) : 0;
    const T *p = reinterpret_cast<const T *>(m_volume.slice(slice))
        + std::size_t(y) * std::size_t(m_volume.columns()) + std::size_t(x);
    float a = float(p[0]), b = float(p[right]), c = float(p[below]), d = float(p[below + std::size_t(right)]);
    if (m_hasPadding) {
        const auto clear = [this](float &value) {
            value = value >= m_padLow && value <= m_padHigh ? None : value;
        };
        clear(a), clear(b), clear(c), clear(d);
    }
    const float value = mix(mix(a, b, fu), mix(c, d, fu), fv);
    return m_volume.sameRescale() ? value : rescaled(slice, value);
}

template <typename T> void Sampler::along(const SampleLine &line, float *out) const
{
    constexpr double Still = 1e-7;
    const bool level = std::abs(line.dz) * line.count < Still;
    const Pick at = pick(line.z);
    if (level && !at.valid) {
        std::fill_n(out, line.count, None);
        return;
    }
    if (level && std::abs(line.dv) * line.count < Exact && std::abs(line.du) > Exact) {
        SampleLine straight = line;
        straight.du = snapped(line.du);
        flat<T>(straight, at, out);
        return;
    }
    const auto [begin, end] = m_grid ? inner(line) : std::pair(0, 0);
    each<T>(line, 0, begin, out);
    through<T>(line, begin, end, out);
    each<T>(line, end, line.count, out);
}

// One sample after the other, wherever it lies.
template <typename T> void Sampler::each(const SampleLine &line, int begin, int end, float *out) const
{
    for (int i = begin; i < end; ++i) {
        const double u = line.u + i * line.du, v = line.v + i * line.dv;
        const Pick at = pick(line.z + i * line.dz);
        if (!at.valid) {
            out[i] = None;
            continue;
        }
        const float a = bilinear<T>(at.a, u, v);
        out[i] = at.a == at.b ? a : mix(a, bilinear<T>(at.b, u, v), at.f);
    }
}

// The samples that have eight neighbours: from the first to behind the last.
std::pair<int, int> Sampler::inner(const SampleLine &line) const
{
    double begin = 0, end = line.count - 1;
    const auto cut = [&begin, &end](double from, double step, double most) {
        if (std::abs(step) < 1e-12) {
            if (!(from >= 0 && from < most))
                end = -1;
            return;
        }
        const double a = -from / step, b = (most - from) / step;
        begin = std::max(begin, std::min(a, b) + Exact);
        end = std::min(end, std::max(a, b) - Exact);
    };
    cut(line.u, line.du, m_volume.columns() - 1);
    cut(line.v, line.dv, m_volume.rows() - 1);
    cut(line.z, line.dz, m_last);
    const int first = int(std::ceil(std::min(begin, double(line.count)))), last = int(std::floor(end)) + 1;
    return last > first ? std::pair(first, std::min(last, line.count)) : std::pair(0, 0);
}

// The same inside a grid, where nothing has to be asked.
template <typename T> void Sampler::through(const SampleLine &line, int begin, int end, float *out) const
{
    const auto row = std::size_t(m_volume.columns());
    const std::size_t slice = row * std::size_t(m_volume.rows());
    const T *voxels = reinterpret_cast<const T *>(m_volume.slice(0));
    const double w0 = line.z / m_gridStep, dw = line.dz / m_gridStep;
    const Cell<T> cell(m_hasPadding, m_padLow, m_padHigh);
    for (int i = begin; i < end; ++i) {
        const double u = line.u + i * line.du, v = line.v + i * line.dv, w = w0 + i * dw;
        const int x = int(u), y = int(v), k = int(w);
        const T *at = voxels + std::size_t(k) * slice + std::size_t(y) * row + std::size_t(x);
        const float value = cell(at, row, slice, float(u - x), float(v - y), float(w - k));
        if (value == value)
            out[i] = value;
        else // padding, or nothing, among the eight
            each<T>(line, i, i + 1, out);
    }
}

void Sampler::sample(const SampleLine &line, float *out) const
{
    switch (m_volume.type()) {
    case SampleType::U8:
        return along<std::uint8_t>(line, out);
    case SampleType::S8:
        return along<std::int8_t>(line, out);
    case SampleType::U16:
        return along<std::uint16_t>(line, out);
    case SampleType::S16:
        return along<std::int16_t>(line, out);
    case SampleType::F32:
        return along<float>(line, out);
    case SampleType::U32:
    case SampleType::S32:
    case SampleType::F64:
        break; // Volume::make refuses them
    }
    std::fill_n(out, line.count, None);
}

} // namespace naru::imaging
