#include "core/imaging/decode/codecs/JpegLsScanDecoder.h"

#include "core/imaging/decode/codecs/JpegLsBits.h"
#include "core/imaging/decode/codecs/Samples.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <memory>
#include <vector>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace naru::imaging::codecs {

namespace {
// What the next sample of a context needs is computed when it is updated: between two samples of the same
// line the way from one to the other is what the time goes into.
struct Context {
    std::int32_t a = 0, b = 0;
    std::int16_t c = 0, n = 1;
    std::int16_t order = 0; // A.5.1
    std::int16_t flip = 0; // -1: the likelier sign is the other one (A.5.2), only for order 0
};
struct RunContext {
    std::int32_t a = 0, n = 1, nn = 0;
};

// A.2.1, J[0..31]
constexpr std::array<std::uint8_t, 32> runOrders{
    0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14, 15};

// No error of 16-bit samples needs more; keeps the counters of a damaged stream within 32 bits.
constexpr std::uint32_t mostMapped = 0x1FFFF;
constexpr std::size_t mostBytes = 16; // that one sample can take: the limit of its code and a run before it
constexpr int easyZeros = 16, easyOrder = 16; // of codes that one refill holds and that cannot exceed it

#if defined(__x86_64__)
#define NARU_NEWER_PROCESSOR [[gnu::target("bmi,bmi2,lzcnt")]]
// clang 14 does not know "lzcnt" by name: bit 5 of ECX of leaf 0x80000001.
bool hasLzcnt()
{
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __get_cpuid(0x80000001, &a, &b, &c, &d) != 0 && (c & 32) != 0;
}

bool isNewerProcessor()
{
    static const bool is = __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") && hasLzcnt();
    return is;
}
#else
#define NARU_NEWER_PROCESSOR
bool isNewerProcessor()
{
    return false;
}
#endif

class Coder {
public:
    Coder(const JpegLsScan &scan, int columns)
        : m_preset(scan.preset)
        , m_near(scan.near)
        , m_columns(columns)
        , m_range((m_preset.maximum + 2 * m_near) / (2 * m_near + 1) + 1)
        , m_bytes(scan.begin, scan.end, (std::size_t(columns) + 1) * scan.components.size() * mostBytes)
        , m_bits(m_bytes)
        , m_exact(m_near == 0 && (m_preset.maximum & (m_preset.maximum + 1)) == 0)
    {
        m_qbpp = int(std::bit_width(unsigned(m_range - 1)));
        const int bpp = std::max(2, int(std::bit_width(unsigned(m_preset.maximum))));
        m_limit = 2 * (bpp + std::max(8, bpp));
        const int start = std::max(2, (m_range + 32) / 64);
        m_contexts.fill({start, 0, 0, 1, std::int16_t(golombOrder(1, start)), 0});
        for (RunContext &context : m_runs)
            context = {start, 1, 0};
        // A.3.3, from the outside in: filled, not computed, because 16 bits have 131071 differences.
        m_gradients.assign(2 * std::size_t(m_preset.maximum) + 1, 0);
        std::int8_t *middle = m_gradients.data() + m_preset.maximum;
        const int edges[5] = {m_near + 1, m_preset.t1, m_preset.t2, m_preset.t3, m_preset.maximum + 1};
        for (int q = 1; q <= 4; ++q) {
            const int first = std::min(edges[q - 1], edges[4]),
                      beyond = std::max(first, std::min(edges[q], edges[4]));
            std::fill(middle + first, middle + beyond, std::int8_t(q));
            std::fill(middle - beyond + 1, middle - first + 1, std::int8_t(-q));
        }
    }
    bool over() const { return m_bits.over(); }

    // One line of one component. `previous` and `current` have a sample before and one behind the line.
    bool line(std::uint16_t *previous, std::uint16_t *current, int &runIndex)
    {
        if (!m_exact)
            return lineOf<false>(previous, current, runIndex);
        return isNewerProcessor() ? newerLine(previous, current, runIndex)
                                  : lineOf<true>(previous, current, runIndex);
    }

    // One line of several components sample by sample: lines of the components one behind the other, `pitch`
    // apart. Run mode only where every component is flat (A.7, sample interleave).
    bool lineOfPixels(
        std::uint16_t *previous, std::uint16_t *current, std::size_t pitch, int count, int &runIndex)
    {
        const std::int8_t *gradient = m_gradients.data() + m_preset.maximum;
        for (int k = 0; k < count; ++k) {
            std::uint16_t *above = previous + std::size_t(k) * pitch;
            above[m_columns + 1] = above[m_columns];
            current[std::size_t(k) * pitch] = above[1];
        }
        int x = 1;
        while (x <= m_columns) {
            std::array<int, 4> contexts{};
            bool flat = true;
            for (int k = 0; k < count; ++k) {
                const std::uint16_t *above = previous + std::size_t(k) * pitch + x;
                const int a = current[std::size_t(k) * pitch + std::size_t(x) - 1];
                contexts[std::size_t(k)] = 81 * gradient[above[1] - above[0]]
                    + 9 * gradient[above[0] - above[-1]] + gradient[above[-1] - a];
                flat = flat && contexts[std::size_t(k)] == 0;
            }
            if (flat) {
                x = runOfPixels(x, previous, current, pitch, count, runIndex);
                if (x < 0)
                    return false;
                continue;
            }
            for (int k = 0; k < count; ++k) {
                const std::uint16_t *above = previous + std::size_t(k) * pitch + x;
                std::uint16_t *to = current + std::size_t(k) * pitch + x;
                *to = std::uint16_t(
                    regular<false>(m_bits, contexts[std::size_t(k)], median(to[-1], above[0], above[-1])));
            }
            ++x;
        }
        return !m_bits.over();
    }

private:
    NARU_NEWER_PROCESSOR bool newerLine(std::uint16_t *previous, std::uint16_t *current, int &runIndex)
    {
        return lineOf<true>(previous, current, runIndex);
    }
    // `Exact`: lossless, and the samples fill a whole number of bits, as nearly always.
    template <bool Exact>
    [[gnu::always_inline]] inline bool lineOf(std::uint16_t *previous, std::uint16_t *current, int &runIndex)
    {
        previous[m_columns + 1] = previous[m_columns];
        current[0] = previous[1];
        const std::int8_t *gradient = m_gradients.data() + m_preset.maximum;
        JpegLsBits bits = m_bits; // in registers
        const int columns = m_columns;
        int a = current[0], b = previous[1], c = previous[0];
        for (int x = 1; x <= columns;) {
            const int d = previous[x + 1];
            const int context = 81 * gradient[d - b] + 9 * gradient[b - c] + gradient[c - a];
            if (context != 0) [[likely]] {
                a = regular<Exact>(bits, context, median(a, b, c));
                current[x++] = std::uint16_t(a);
                c = b;
                b = d;
                continue;
            }
            m_bits = bits;
            x = run(x, previous, current, runIndex);
            if (x < 0)
                return false;
            bits = m_bits;
            a = current[x - 1];
            b = previous[x];
            c = previous[x - 1];
        }
        m_bits = bits;
        return !m_bits.over();
    }
    [[gnu::always_inline]] static inline int median(int a, int b, int c) // A.4.1
    {
        return std::max(std::min(a, b), std::min(std::max(a, b), a + b - c));
    }
    int limited(int value) const { return std::clamp(value, 0, m_preset.maximum); }
    // A.4.4, A.4.5: the reconstructed value, wrapped into the range.
    int reconstruct(int prediction, int error) const
    {
        int value = prediction + error * (2 * m_near + 1);
        const int wrap = m_range * (2 * m_near + 1);
        if (value < -m_near)
            value += wrap;
        else if (value > m_preset.maximum + m_near)
            value -= wrap;
        return limited(value);
    }
    // Limited-length Golomb code, A.5.3.
    [[gnu::always_inline]] inline std::uint32_t golomb(JpegLsBits &bits, int k, int limit) const
    {
        bits.fill();
        const int most = limit - m_qbpp - 1;
        const int zeros = std::countl_zero(bits.peek() | 1);
        if (zeros < std::min(most, easyZeros) && k <= easyOrder) [[likely]] {
            // Two shifts, because k may be 0 and a shift by 64 is undefined.
            const auto low = std::uint32_t(((bits.peek() << (zeros + 1)) >> 1) >> (63 - k));
            bits.drop(unsigned(zeros + 1 + k));
            return (std::uint32_t(zeros) << k) + low;
        }
        return longGolomb(bits, k, most);
    }
    // Rare: bit by bit, bounded by the limit.
    [[gnu::noinline]] std::uint32_t longGolomb(JpegLsBits &bits, int k, int most) const
    {
        int zeros = 0;
        while (zeros < most && bits.take(1) == 0)
            ++zeros;
        if (zeros == most && bits.take(1) == 0)
            return 0; // longer than any code: the caller sees nonsense, never a loop
        if (zeros == most)
            return bits.take(unsigned(m_qbpp)) + 1;
        return std::min((std::uint32_t(zeros) << k) + bits.take(unsigned(k)), mostMapped);
    }
    // A.5.1: the smallest k with n * 2^k >= a.
    [[gnu::always_inline]] static inline int golombOrder(int n, int a)
    {
        const int k = std::max(0, int(std::bit_width(unsigned(a))) - int(std::bit_width(unsigned(n))));
        return k + ((n << k) < a ? 1 : 0);
    }
    template <bool Exact>
    [[gnu::always_inline]] inline int regular(JpegLsBits &bits, int index, int prediction)
    {
        const int mirror = index >> 31; // -1 for a negative context, whose mirror image is used
        Context &context = m_contexts[std::size_t((index ^ mirror) - mirror)];
        prediction = limited(prediction + ((context.c ^ mirror) - mirror));
        const std::uint32_t mapped = golomb(bits, context.order, m_limit);
        int error = int(mapped >> 1) ^ -int(mapped & 1);
        error ^= Exact || m_near == 0 ? context.flip : 0;
        update<Exact>(context, error);
        error = (error ^ mirror) - mirror;
        return Exact ? (prediction + error) & m_preset.maximum : reconstruct(prediction, error);
    }
    // A.6; which way b goes is noise, so it is computed and not asked.
    template <bool Exact> [[gnu::always_inline]] inline void update(Context &context, int error)
    {
        int a = context.a + (error < 0 ? -error : error), n = context.n;
        int b = context.b + (Exact ? error : error * (2 * m_near + 1));
        if (n == m_preset.reset) [[unlikely]] {
            a >>= 1;
            b = b >= 0 ? b >> 1 : -((1 - b) >> 1);
            n >>= 1;
        }
        ++n;
        const int low = b <= -n ? 1 : 0, high = b > 0 ? 1 : 0;
        b = std::clamp(b + (-low & n) - (-high & n), 1 - n, 0);
        const int order = golombOrder(n, a);
        context.a = a;
        context.b = b;
        context.c = std::int16_t(std::clamp(context.c + high - low, -128, 127));
        context.n = std::int16_t(n);
        context.order = std::int16_t(order);
        context.flip = std::int16_t(order == 0 && 2 * b <= -n ? -1 : 0);
    }
    // A.7.1.2: how many of `room` samples repeat; `broke` when another sample follows.
    int runLength(int room, bool &broke, int &runIndex)
    {
        int length = 0;
        broke = false;
        while (length < room) {
            if (m_bits.take(1) == 0) {
                length += int(m_bits.take(runOrders[std::size_t(runIndex)]));
                broke = true;
                break;
            }
            const int step = 1 << runOrders[std::size_t(runIndex)];
            length += step;
            if (length <= room && runIndex < 31)
                ++runIndex;
        }
        if (broke)
            return length < room ? length : -1;
        return room;
    }
    // A.7.2: the sample that ended a run.
    int interruption(int a, int b, int runIndex)
    {
        const int type = std::abs(a - b) <= m_near ? 1 : 0;
        RunContext &context = m_runs[std::size_t(type)];
        const int temporary = type ? context.a + (context.n >> 1) : context.a;
        const int k = golombOrder(context.n, temporary);
        const auto mapped =
            int(golomb(m_bits, k, m_limit - runOrders[std::size_t(runIndex)] - 1) & mostMapped);
        const int plus = mapped + type;
        const bool map = plus & 1;
        const int size = (plus + (map ? 1 : 0)) / 2;
        // Figure A.23 read backwards: `map` says whether the sign is the likelier one.
        const int error = ((k != 0 || 2 * context.nn >= context.n) == map) ? -size : size;
        if (error < 0)
            ++context.nn;
        context.a += (mapped + 1 - type) >> 1;
        if (context.n == m_preset.reset) {
            context.a >>= 1;
            context.n >>= 1;
            context.nn >>= 1;
        }
        ++context.n;
        if (type)
            return reconstruct(a, error);
        return reconstruct(b, a > b ? -error : error);
    }
    int run(int x, const std::uint16_t *previous, std::uint16_t *current, int &runIndex)
    {
        bool broke = false;
        const int length = runLength(m_columns - x + 1, broke, runIndex);
        if (length < 0)
            return -1;
        std::fill_n(current + x, length, current[x - 1]);
        x += length;
        if (broke) {
            current[x] = std::uint16_t(interruption(current[x - 1], previous[x], runIndex));
            runIndex = std::max(0, runIndex - 1);
            ++x;
        }
        return m_bits.over() ? -1 : x;
    }
    int runOfPixels(int x, const std::uint16_t *previous, std::uint16_t *current, std::size_t pitch,
        int count, int &runIndex)
    {
        bool broke = false;
        const int length = runLength(m_columns - x + 1, broke, runIndex);
        if (length < 0)
            return -1;
        for (int k = 0; k < count; ++k) {
            std::uint16_t *to = current + std::size_t(k) * pitch + x;
            std::fill_n(to, length, to[-1]);
        }
        x += length;
        if (broke) {
            for (int k = 0; k < count; ++k) { // the mode of one and the other sample is that of type 0
                std::uint16_t *to = current + std::size_t(k) * pitch + x;
                *to = std::uint16_t(
                    interruptionOfPixel(to[-1], previous[std::size_t(k) * pitch + std::size_t(x)], runIndex));
            }
            runIndex = std::max(0, runIndex - 1);
            ++x;
        }
        return m_bits.over() ? -1 : x;
    }
    int interruptionOfPixel(int a, int b, int runIndex)
    {
        RunContext &context = m_runs[0];
        const int k = golombOrder(context.n, context.a);
        const auto mapped =
            int(golomb(m_bits, k, m_limit - runOrders[std::size_t(runIndex)] - 1) & mostMapped);
        const bool map = mapped & 1;
        const int size = (mapped + (map ? 1 : 0)) / 2;
        const int error = ((k != 0 || 2 * context.nn >= context.n) == map) ? -size : size;
        if (error < 0)
            ++context.nn;
        context.a += (mapped + 1) >> 1;
        if (context.n == m_preset.reset) {
            context.a >>= 1;
            context.n >>= 1;
            context.nn >>= 1;
        }
        ++context.n;
        return reconstruct(b, a > b ? -error : error);
    }

    JpegLsPreset m_preset;
    int m_near, m_columns, m_range, m_qbpp = 0, m_limit = 0;
    JpegLsBytes m_bytes;
    JpegLsBits m_bits;
    bool m_exact;
    std::array<Context, 365> m_contexts{};
    std::array<RunContext, 2> m_runs{};
    std::vector<std::int8_t> m_gradients{};
};

// Lines with a sample before and one behind, two of them for each component.
class Lines {
public:
    Lines(int columns, int components)
        : m_pitch(std::size_t(columns) + 2)
        , m_memory(2 * m_pitch * std::size_t(components), 0)
        , m_half(m_pitch * std::size_t(components))
    {
    }
    std::size_t pitch() const { return m_pitch; }
    std::uint16_t *current(int row) { return m_memory.data() + (row % 2 ? m_half : 0); }
    std::uint16_t *previous(int row) { return m_memory.data() + (row % 2 ? 0 : m_half); }

private:
    std::size_t m_pitch;
    std::vector<std::uint16_t> m_memory;
    std::size_t m_half;
};

void store(const std::uint16_t *line, int columns, int samples, int bytes, std::byte *to)
{
    if (bytes == 2 && samples == 1) {
        std::memcpy(to, line, std::size_t(columns) * 2);
    } else if (bytes == 2) {
        for (int x = 0; x < columns; ++x)
            std::memcpy(to + std::size_t(x) * std::size_t(samples) * 2, line + x, 2);
    } else {
        for (int x = 0; x < columns; ++x)
            to[std::size_t(x) * std::size_t(samples)] = std::byte(line[x]);
    }
}
} // namespace

base::Status decodeJpegLsScan(
    const JpegLsScan &scan, int rows, int columns, int samples, int bytes, std::byte *out)
{
    const int count = int(scan.components.size());
    const auto coder = std::make_unique<Coder>(scan, columns);
    Lines lines(columns, count);
    std::array<int, 4> runIndex{};
    for (int row = 0; row < rows; ++row) {
        bool good = true;
        if (count > 1 && scan.interleave == 2) {
            good = coder->lineOfPixels(
                lines.previous(row), lines.current(row), lines.pitch(), count, runIndex[0]);
        } else {
            for (int k = 0; good && k < count; ++k) {
                const std::size_t at = std::size_t(k) * lines.pitch();
                std::uint16_t *above = lines.previous(row) + at;
                good = coder->line(above, lines.current(row) + at, runIndex[std::size_t(k)]);
            }
        }
        if (!good)
            return failed(QStringLiteral("the JPEG-LS stream is damaged in row %1").arg(row));
        for (int k = 0; k < count; ++k) {
            std::byte *to = out
                + (std::size_t(row) * std::size_t(columns) * std::size_t(samples)
                      + std::size_t(scan.components[std::size_t(k)]))
                    * std::size_t(bytes);
            store(lines.current(row) + std::size_t(k) * lines.pitch() + 1, columns, samples, bytes, to);
        }
    }
    return {};
}

} // namespace naru::imaging::codecs
