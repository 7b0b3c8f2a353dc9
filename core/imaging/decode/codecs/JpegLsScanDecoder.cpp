#include "core/imaging/decode/codecs/JpegLsScanDecoder.h"

#include "core/imaging/decode/codecs/Samples.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <memory>
#include <vector>

namespace naru::imaging::codecs {

namespace {
// Bits of a scan; a byte after FF carries seven (C.1, bit stuffing). Beyond the end come ones, which end
// every code at once, and `over` tells.
class Bits {
public:
    Bits(const std::uint8_t *at, const std::uint8_t *end)
        : m_at(at)
        , m_end(end)
    {
    }
    // At least 57 valid bits afterwards, unless FF bytes are near.
    void fill()
    {
        if (m_count > 40) // enough for nearly every code; take() asks again
            return;
        if (m_end - m_at >= 8) {
            std::uint64_t next;
            std::memcpy(&next, m_at, 8);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
            next = __builtin_bswap64(next);
#endif
            const bool stuffed = m_previousFF || hasFF(next);
            if (!stuffed) {
                const unsigned bytes = (64 - m_count) >> 3;
                if (bytes == 8) {
                    m_bits = next;
                } else {
                    m_bits |= (next >> (64 - 8 * bytes)) << (64 - m_count - 8 * bytes);
                }
                m_at += bytes;
                m_count += 8 * bytes;
                return;
            }
        }
        slowFill();
    }
    std::uint64_t peek() const
    {
        return m_bits;
    }
    unsigned available() const
    {
        return m_count;
    }
    void drop(unsigned count)
    {
        m_bits <<= count;
        m_count -= count;
    }
    // count 0..32
    std::uint32_t take(unsigned count)
    {
        if (count == 0)
            return 0;
        if (m_count < count)
            fill();
        const auto value = std::uint32_t(m_bits >> (64 - count));
        drop(count);
        return value;
    }
    bool bit()
    {
        return take(1) != 0;
    }
    bool over() const
    {
        return m_invented > m_count;
    } // bits that were not there have been used

private:
    static bool hasFF(std::uint64_t word)
    {
        const std::uint64_t inverse = ~word; // a zero byte there
        return ((inverse - 0x0101010101010101ULL) & ~inverse & 0x8080808080808080ULL) != 0;
    }
    void slowFill()
    {
        while (m_count <= 56) {
            const unsigned width = m_previousFF ? 7 : 8;
            std::uint64_t byte = 0xFF >> (8 - width);
            if (m_at < m_end) {
                byte = *m_at++;
                m_previousFF = byte == 0xFF;
            } else {
                m_invented += width;
                m_previousFF = false;
            }
            m_bits |= byte << (64 - m_count - width);
            m_count += width;
        }
    }

    const std::uint8_t *m_at, *m_end;
    std::uint64_t m_bits = 0;
    unsigned m_count = 0;
    std::uint64_t m_invented = 0;
    bool m_previousFF = false;
};

struct Context {
    std::int32_t a = 0, b = 0, c = 0, n = 1;
};
struct RunContext {
    std::int32_t a = 0, n = 1, nn = 0;
};

// A.2.1, J[0..31]
constexpr std::array<std::uint8_t, 32> runOrders{
    0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14, 15};

// No error of 16-bit samples needs more; keeps the counters of a damaged stream within 32 bits.
constexpr std::uint32_t mostMapped = 0x1FFFF;

class Coder {
public:
    Coder(const JpegLsScan &scan, int columns)
        : m_preset(scan.preset)
        , m_near(scan.near)
        , m_columns(columns)
        , m_range((m_preset.maximum + 2 * m_near) / (2 * m_near + 1) + 1)
        , m_bits(scan.begin, scan.end)
    {
        m_qbpp = int(std::bit_width(unsigned(m_range - 1)));
        const int bpp = std::max(2, int(std::bit_width(unsigned(m_preset.maximum))));
        m_limit = 2 * (bpp + std::max(8, bpp));
        const int start = std::max(2, (m_range + 32) / 64);
        m_contexts.fill({start, 0, 0, 1});
        for (RunContext &context : m_runs)
            context = {start, 1, 0};
        // A.3.3, from the outside in: filled, not computed, because 16 bits have 131071 differences.
        m_gradients.assign(std::size_t(2 * m_preset.maximum + 1), 0);
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
        return m_near == 0 ? lineOf<true>(previous, current, runIndex)
                           : lineOf<false>(previous, current, runIndex);
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
    template <bool Lossless> bool lineOf(std::uint16_t *previous, std::uint16_t *current, int &runIndex)
    {
        previous[m_columns + 1] = previous[m_columns];
        current[0] = previous[1];
        const std::int8_t *gradient = m_gradients.data() + m_preset.maximum;
        Bits bits = m_bits; // in registers
        const int columns = m_columns;
        int a = current[0], b = previous[1], c = previous[0];
        for (int x = 1; x <= columns;) {
            const int d = previous[x + 1];
            const int context = 81 * gradient[d - b] + 9 * gradient[b - c] + gradient[c - a];
            if (context != 0) {
                a = regular<Lossless>(bits, context, median(a, b, c));
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
    static int median(int a, int b, int c) // A.4.1
    {
        const int low = std::min(a, b), high = std::max(a, b);
        return c >= high ? low : c <= low ? high : a + b - c;
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
    int reconstructExact(int value) const
    {
        value += value < 0 ? m_range : 0;
        value -= value > m_preset.maximum ? m_range : 0;
        return limited(value);
    }
    // Limited-length Golomb code, A.5.3.
    std::uint32_t golomb(Bits &bits, int k, int limit) const
    {
        bits.fill();
        const int most = limit - m_qbpp - 1;
        int zeros = std::countl_zero(bits.peek() | 1);
        if (zeros + 1 + k <= int(bits.available()) && zeros < most) [[likely]] {
            bits.drop(unsigned(zeros) + 1);
            // Two shifts, because k may be 0 and a shift by 64 is undefined.
            const auto low = std::uint32_t((bits.peek() >> 1) >> (63 - k));
            bits.drop(unsigned(k));
            return (std::uint32_t(zeros) << k) + low;
        }
        zeros = 0; // rare: bit by bit, bounded by the limit
        while (zeros < most && !bits.bit())
            ++zeros;
        if (zeros == most && !bits.bit())
            return 0; // longer than any code: the caller sees nonsense, never a loop
        if (zeros == most)
            return bits.take(unsigned(m_qbpp)) + 1;
        return (std::uint32_t(zeros) << k) + bits.take(unsigned(k));
    }
    // A.5.1: the smallest k with n * 2^k >= a.
    static int golombOrder(int n, int a)
    {
        const int k = std::max(0, int(std::bit_width(unsigned(a))) - int(std::bit_width(unsigned(n))));
        return k + ((n << k) < a ? 1 : 0);
    }
    template <bool Lossless> int regular(Bits &bits, int index, int prediction)
    {
        const int flip = index >> 31; // -1 for a negative context, whose mirror image is used
        Context &context = m_contexts[std::size_t((index ^ flip) - flip)];
        prediction = limited(prediction + ((context.c ^ flip) - flip));
        const int k = golombOrder(context.n, context.a);
        const std::uint32_t mapped = std::min(golomb(bits, k, m_limit), mostMapped);
        int error = int(mapped >> 1) ^ -int(mapped & 1);
        if ((Lossless || m_near == 0) && k == 0 && 2 * context.b <= -context.n)
            error = ~error;
        update<Lossless>(context, error);
        error = (error ^ flip) - flip;
        return Lossless ? reconstructExact(prediction + error) : reconstruct(prediction, error);
    }
    template <bool Lossless> void update(Context &context, int error) // A.6
    {
        int b = context.b + (Lossless ? error : error * (2 * m_near + 1)), n = context.n;
        context.a += error < 0 ? -error : error;
        if (n == m_preset.reset) [[unlikely]] {
            context.a >>= 1;
            b = b >= 0 ? b >> 1 : -((1 - b) >> 1);
            n >>= 1;
        }
        ++n;
        if (b <= -n) {
            b = std::max(b + n, 1 - n);
            context.c -= context.c > -128;
        } else if (b > 0) {
            b = std::min(b - n, 0);
            context.c += context.c < 127;
        }
        context.b = b;
        context.n = n;
    }
    // A.7.1.2: how many of `room` samples repeat; `broke` when another sample follows.
    int runLength(int room, bool &broke, int &runIndex)
    {
        int length = 0;
        broke = false;
        while (length < room) {
            if (!m_bits.bit()) {
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
    Bits m_bits;
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
