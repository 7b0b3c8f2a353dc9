#include "core/imaging/decode/codecs/J2kTileDecoder.h"

#include "core/imaging/decode/codecs/Avx2.h"
#include "core/imaging/decode/codecs/CodeBlockDecoder.h"
#include "core/imaging/decode/codecs/HtBlockDecoder.h"
#include "core/imaging/decode/codecs/InverseWavelet.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <new>
#include <system_error>
#include <thread>

namespace naru::imaging::codecs {

namespace {
constexpr int leastRows = 64; // that are worth a thread

// Coefficients of one component of the tile: the bands of each resolution beside the resolution below.
template <typename T> struct Plane {
    T *values = nullptr;
    std::size_t pitch = 0;
};

struct Job {
    const J2kBlock *block = nullptr;
    int component = 0;
    std::size_t x = 0, y = 0; // in the plane
    BandKind band = BandKind::Low;
    float step = 0;
};

void dequantize(std::uint32_t coded, float, std::int32_t &out) // with half a bit that is none
{
    const auto magnitude = std::int32_t((coded & 0x7FFFFFFF) >> 1);
    out = (coded >> 31) != 0 ? -magnitude : magnitude;
}
void dequantize(std::uint32_t coded, float step, float &out)
{
    const auto magnitude = std::int32_t(coded & 0x7FFFFFFF);
    out = float((coded >> 31) != 0 ? -magnitude : magnitude) * step;
}

struct BlockDecoders { // of a thread, one of them
    std::unique_ptr<CodeBlockDecoder> classic{};
    std::unique_ptr<HtBlockDecoder> ht{};
};

template <typename T> class TileDecoder {
public:
    TileDecoder(const J2kFrame &frame, const J2kTile &tile, const J2kBlocks &blocks, int threads);
    bool run(); // false: a block is damaged

private:
    void addJob(int component, int resolution, int band, const J2kBlock &block);
    bool decodeBlocks();
    void decodeBlock(CodeBlockDecoder &decoder, const Job &job);
    bool decodeBlock(HtBlockDecoder &decoder, const Job &job);
    WaveletBands<T> bandsOf(int component, int level, const Plane<T> &low) const;
    void reserve();
    Plane<T> inner(int component);
    template <typename Take> void eachPart(int rows, Take take) const;
    void finishRows(const std::vector<Plane<T>> &lows, int from, int to);
    void finishRow(std::vector<const T *> &rows, int y, std::vector<std::int32_t> &scratch);

    const J2kFrame &m_frame;
    const J2kTile &m_tile;
    int m_threads = 1, m_top = 0, m_width = 0, m_height = 0;
    std::size_t m_columns = 0; // m_width
    std::vector<Job> m_jobs{};
    std::vector<Plane<T>> m_planes{};
    using Memory = std::unique_ptr<T[]>;
    std::vector<Memory> m_values{},
        m_lows{}; // of the components: the planes, and the resolution below the last
    Memory m_between{};
};

// E-3 with the nominal range of the band without its gain: see InverseWavelet.cpp.
float stepOf(const J2kHeader &header, int band)
{
    const J2kQuantization &steps = header.quantization;
    const std::size_t at = steps.style == 1 ? 0 : std::size_t(band);
    const int exponent = j2kPlanes(steps, band) + 1 - steps.guardBits;
    const double step =
        (1.0 + steps.mantissas[at] / 2048.0) * std::ldexp(1.0, header.components.front().bits - exponent);
    return 0.5F * float(step);
}

template <typename T>
TileDecoder<T>::TileDecoder(const J2kFrame &frame, const J2kTile &tile, const J2kBlocks &blocks, int threads)
    : m_frame(frame)
    , m_tile(tile)
    , m_threads(threads)
    , m_top(frame.header.levels - frame.input.halvings)
{
    const J2kResolution &top = tile.components.front()[std::size_t(m_top)];
    m_width = int(top.across.length());
    m_height = int(top.down.length());
    m_columns = std::size_t(std::max(m_width, 0));
    blocks.each([this](int component, int resolution, int band, const J2kBlock &block) {
        if (resolution <= m_top)
            addJob(component, resolution, band, block);
    });
}

template <typename T>
void TileDecoder<T>::addJob(int component, int resolution, int band, const J2kBlock &block)
{
    Job job{&block, component, std::size_t(block.x), std::size_t(block.y), BandKind(band), 0};
    if (resolution > 0) {
        const J2kResolution &below = m_tile.components[std::size_t(component)][std::size_t(resolution) - 1];
        job.x += (band & 1) != 0 ? std::size_t(below.across.length()) : 0;
        job.y += (band & 2) != 0 ? std::size_t(below.down.length()) : 0;
    }
    if (std::is_floating_point_v<T>)
        job.step = stepOf(m_frame.header, resolution == 0 ? 0 : 3 * (resolution - 1) + band);
    m_jobs.push_back(job);
}

template <typename T> void TileDecoder<T>::decodeBlock(CodeBlockDecoder &decoder, const Job &job)
{
    const J2kBlock &block = *job.block;
    std::vector<std::uint8_t> joined;
    CodeBlockInput input{
        block.pieces.front(), block.width, block.height, block.planes, block.passes, job.band};
    if (block.pieces.size() > 1) {
        for (const auto &piece : block.pieces)
            joined.insert(joined.end(), piece.begin(), piece.end());
        input.bytes = joined;
    }
    decoder.decode(input);
    const Plane<T> &plane = m_planes[std::size_t(job.component)];
    for (int y = 0; y < block.height; ++y) {
        const std::uint32_t *from = decoder.stripe(y / 4) + y % 4;
        T *to = plane.values + (job.y + std::size_t(y)) * plane.pitch + job.x;
        for (int x = 0; x < block.width; ++x)
            dequantize(from[4 * x], job.step, to[x]);
    }
}

template <typename T> bool TileDecoder<T>::decodeBlock(HtBlockDecoder &decoder, const Job &job)
{
    if constexpr (std::is_integral_v<T>) {
        const J2kBlock &block = *job.block;
        const Plane<T> &plane = m_planes[std::size_t(job.component)];
        return decoder.decode(
            {block.pieces.front(), block.width, block.height, block.bandPlanes, block.planes},
            plane.values + job.y * plane.pitch + job.x, plane.pitch);
    }
    return false;
}

template <typename T> bool TileDecoder<T>::decodeBlocks()
{
    const int workers = std::min(m_threads, int(m_jobs.size()));
    std::vector<BlockDecoders> decoders(std::size_t(std::max(workers, 0)));
    for (BlockDecoders &own : decoders) {
        if (m_frame.header.isHt)
            own.ht = std::make_unique<HtBlockDecoder>();
        else
            own.classic = std::make_unique<CodeBlockDecoder>();
    }
    std::atomic<std::size_t> next{0};
    std::atomic<bool> good{true};
    j2kParallel(workers, workers, [&](int worker) {
        const BlockDecoders &own = decoders[std::size_t(worker)];
        for (std::size_t at = next++; at < m_jobs.size() && good; at = next++) {
            const Job &job = m_jobs[m_jobs.size() - 1 - at]; // the large ones first
            if (own.classic)
                decodeBlock(*own.classic, job);
            else if (!decodeBlock(*own.ht, job))
                good = false;
        }
    });
    return good;
}

template <typename T>
WaveletBands<T> TileDecoder<T>::bandsOf(int component, int level, const Plane<T> &low) const
{
    const Plane<T> &plane = m_planes[std::size_t(component)];
    const auto &resolutions = m_tile.components[std::size_t(component)];
    const J2kResolution &one = resolutions[std::size_t(level)], &below = resolutions[std::size_t(level) - 1];
    WaveletBands<T> out;
    out.lowWide = int(below.across.length());
    out.lowHigh = int(below.down.length());
    out.highWide = int(one.across.length()) - out.lowWide;
    out.highHigh = int(one.down.length()) - out.lowHigh;
    out.oddLeft = one.across.from % 2 != 0;
    out.oddTop = one.down.from % 2 != 0;
    const T *at = plane.values, *down = at + std::size_t(out.lowHigh) * plane.pitch;
    out.bands = {{{low.values, low.pitch}, {at + out.lowWide, plane.pitch}, {down, plane.pitch},
        {down + out.lowWide, plane.pitch}}};
    if (!low.values)
        out.bands[0] = {at, plane.pitch};
    return out;
}

template <typename T> template <typename Take> void TileDecoder<T>::eachPart(int rows, Take take) const
{
    const int parts = std::clamp(std::min(m_threads, rows / leastRows), 1, m_threads);
    j2kParallel(parts, parts, [&](int part) {
        take(int(std::int64_t(rows) * part / parts), int(std::int64_t(rows) * (part + 1) / parts));
    });
}

// Everything but the last level of the wavelet: back and forth between two pieces of memory.
template <typename T> Plane<T> TileDecoder<T>::inner(int component)
{
    Plane<T> low;
    for (int level = 1; level < m_top; ++level) {
        const WaveletBands<T> bands = bandsOf(component, level, low);
        const bool isOwn = (m_top - level) % 2 != 0; // the last one
        const Plane<T> made{
            isOwn ? m_lows[std::size_t(component)].get() : m_between.get(), std::size_t(bands.width())};
        eachPart(bands.height(), [&](int from, int to) {
            InverseWavelet<T> wavelet(bands);
            for (int y = from; y < to; ++y)
                std::copy_n(wavelet.row(y), made.pitch, made.values + std::size_t(y) * made.pitch);
        });
        low = made;
    }
    return low;
}

template <typename Sample>
[[gnu::always_inline]] inline void storeEach(Sample *__restrict to, const std::int32_t *__restrict values,
    int count, int apart, std::int32_t shift, std::int32_t low, std::int32_t high)
{
    if (apart == 1) { // vectorised
        for (int x = 0; x < count; ++x) {
            const auto value = std::int32_t(std::uint32_t(values[x]) + std::uint32_t(shift));
            to[x] = Sample(std::min(std::max(value, low), high));
        }
        return;
    }
    for (int x = 0; x < count; ++x) {
        const auto value = std::int32_t(std::uint32_t(values[x]) + std::uint32_t(shift));
        to[std::ptrdiff_t(x) * apart] = Sample(std::min(std::max(value, low), high));
    }
}

#if defined(__x86_64__)
template <typename Sample>
NARU_AVX2 void storeAvx2(Sample *to, const std::int32_t *values, int count, int apart, std::int32_t shift,
    std::int32_t low, std::int32_t high)
{
    storeEach(to, values, count, apart, shift, low, high);
}
#endif

template <typename Sample>
void store(Sample *to, const std::int32_t *values, int count, int apart, std::int32_t shift, std::int32_t low,
    std::int32_t high)
{
#if defined(__x86_64__)
    if (hasAvx2()) {
        storeAvx2(to, values, count, apart, shift, low, high);
        return;
    }
#endif
    storeEach(to, values, count, apart, shift, low, high);
}

// G.2: red, green and blue instead of one luminance and two differences.
void mix(const std::vector<const std::int32_t *> &rows, std::int32_t *a, std::int32_t *b, std::int32_t *c,
    int count)
{
    const std::int32_t *const ys = rows[0], *const us = rows[1], *const vs = rows[2];
    for (int x = 0; x < count; ++x) {
        const auto y = std::uint32_t(ys[x]), u = std::uint32_t(us[x]), v = std::uint32_t(vs[x]);
        const std::uint32_t green = y - std::uint32_t(std::int32_t(u + v) >> 2);
        a[x] = std::int32_t(v + green);
        b[x] = std::int32_t(green);
        c[x] = std::int32_t(u + green);
    }
}

// G.3
void mix(const std::vector<const float *> &rows, float *a, float *b, float *c, int count)
{
    const float *const ys = rows[0], *const us = rows[1], *const vs = rows[2];
    for (int x = 0; x < count; ++x) {
        const float y = ys[x], u = us[x], v = vs[x];
        a[x] = y + v * 1.402F;
        b[x] = y - u * 0.34413F - v * 0.71414F;
        c[x] = y + u * 1.772F;
    }
}

const std::int32_t *rounded(const std::int32_t *values, int, std::int32_t *)
{
    return values;
}
// To the nearest, and to the even one of two: by a sum that leaves no bits for a fraction. What is cut off
// before is far outside of any sample.
const std::int32_t *rounded(const float *values, int count, std::int32_t *out)
{
    constexpr float farthest = 2097152.0F, unit = 12582912.0F;
    for (int x = 0; x < count; ++x)
        out[x] = std::int32_t((std::min(std::max(values[x], -farthest), farthest) + unit) - unit);
    return out;
}

template <typename T>
void TileDecoder<T>::finishRow(std::vector<const T *> &rows, int y, std::vector<std::int32_t> &scratch)
{
    const FrameShape &shape = m_frame.input.shape;
    const J2kResolution &top = m_tile.components.front()[std::size_t(m_top)];
    const J2kComponent &part = m_frame.header.components.front();
    const std::int32_t half = std::int32_t(1) << (part.bits - 1);
    const std::int32_t low = part.isSigned ? -half : 0, high = low + 2 * half - 1,
                       shift = part.isSigned ? 0 : half;
    const std::size_t first =
        (std::size_t(top.down.from + y) * std::size_t(shape.columns) + std::size_t(top.across.from))
        * rows.size();
    for (std::size_t c = 0; c < rows.size(); ++c) {
        const std::int32_t *values = rounded(rows[c], m_width, scratch.data());
        const int apart = int(rows.size());
        switch (FrameShape::bytesOf(shape.type)) {
        case 1:
            store(reinterpret_cast<std::uint8_t *>(m_frame.out.data()) + first + c, values, m_width, apart,
                shift, low, high);
            break;
        case 2:
            store(reinterpret_cast<std::uint16_t *>(m_frame.out.data()) + first + c, values, m_width, apart,
                shift, low, high);
            break;
        default:
            store(reinterpret_cast<std::uint32_t *>(m_frame.out.data()) + first + c, values, m_width, apart,
                shift, low, high);
            break;
        }
    }
}

template <typename T> void TileDecoder<T>::finishRows(const std::vector<Plane<T>> &lows, int from, int to)
{
    std::vector<InverseWavelet<T>> wavelets;
    for (std::size_t c = 0; c < lows.size() && m_top > 0; ++c)
        wavelets.emplace_back(bandsOf(int(c), m_top, lows[c]));
    const bool mixes = m_frame.header.colourTransform;
    std::vector<std::vector<T>> mixed(mixes ? lows.size() : 0, std::vector<T>(m_columns));
    std::vector<std::int32_t> scratch(m_columns);
    std::vector<const T *> rows(lows.size());
    for (int y = from; y < to; ++y) {
        for (std::size_t c = 0; c < lows.size(); ++c) {
            const Plane<T> &plane = m_planes[c];
            rows[c] = m_top > 0 ? wavelets[c].row(y) : plane.values + std::size_t(y) * plane.pitch;
        }
        if (mixes) {
            mix(rows, mixed[0].data(), mixed[1].data(), mixed[2].data(), m_width);
            for (std::size_t c = 0; c < rows.size(); ++c)
                rows[c] = mixed[c].data();
        }
        finishRow(rows, y, scratch);
    }
}

// All that a large tile takes is taken before there is work that might be for nothing.
template <typename T> void TileDecoder<T>::reserve()
{
    const auto samples = [this](int resolution) {
        const J2kResolution &one = m_tile.components.front()[std::size_t(resolution)];
        return std::size_t(one.across.length()) * std::size_t(one.down.length());
    };
    for (std::size_t c = 0; c < m_tile.components.size(); ++c) {
        std::size_t filled = 0; // by blocks, which do not overlap
        for (const Job &job : m_jobs)
            filled +=
                job.component == int(c) ? std::size_t(job.block->width) * std::size_t(job.block->height) : 0;
        m_values.push_back(filled == samples(m_top) ? std::make_unique_for_overwrite<T[]>(filled)
                                                    : std::make_unique<T[]>(samples(m_top)));
        m_planes.push_back({m_values.back().get(), m_columns});
        if (m_top > 1)
            m_lows.push_back(std::make_unique_for_overwrite<T[]>(samples(m_top - 1)));
    }
    if (m_top > 2)
        m_between = std::make_unique_for_overwrite<T[]>(samples(m_top - 2));
}

template <typename T> bool TileDecoder<T>::run()
{
    if (m_width <= 0 || m_height <= 0)
        return true;
    if (m_jobs.empty()) {
        const std::vector<T> zero(m_columns);
        std::vector<std::int32_t> scratch(m_columns);
        std::vector<const T *> rows(m_tile.components.size(), zero.data());
        for (int y = 0; y < m_height; ++y)
            finishRow(rows, y, scratch);
        return true;
    }
    reserve();
    if (!decodeBlocks())
        return false;
    std::vector<Plane<T>> lows;
    for (std::size_t c = 0; c < m_planes.size(); ++c)
        lows.push_back(inner(int(c)));
    eachPart(m_height, [&](int from, int to) { finishRows(lows, from, to); });
    return true;
}
} // namespace

void j2kParallel(int threads, int count, const std::function<void(int)> &work)
{
    std::atomic<int> next{0};
    std::atomic<bool> full{false};
    const auto loop = [&] {
        try {
            for (int at = next++; at < count; at = next++)
                work(at);
        } catch (const std::bad_alloc &) {
            full = true;
        }
    };
    {
        std::vector<std::jthread> others;
        others.reserve(std::size_t(std::max(0, std::min(threads, count) - 1)));
        try {
            for (int i = 1; i < std::min(threads, count); ++i)
                others.emplace_back(loop);
        } catch (const std::system_error &) { // slower without is no fault
        }
        loop();
    }
    if (full)
        throw std::bad_alloc();
}

bool decodeJ2kTile(const J2kFrame &frame, int number, std::span<const J2kTilePart *const> parts, int threads)
{
    const J2kTile tile(frame.header, number);
    J2kBlocks blocks(frame.header, tile);
    if (!blocks.read(parts))
        return false;
    if (frame.header.coding.reversible)
        return TileDecoder<std::int32_t>(frame, tile, blocks, threads).run();
    return TileDecoder<float>(frame, tile, blocks, threads).run();
}

} // namespace naru::imaging::codecs
