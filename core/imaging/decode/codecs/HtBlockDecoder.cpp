#include "core/imaging/decode/codecs/HtBlockDecoder.h"

#include "core/imaging/decode/codecs/HtTables.h"

#include <algorithm>

namespace naru::imaging::codecs {

#define NARU_INLINE [[gnu::always_inline]] inline

bool HtBlockDecoder::begin(std::span<const std::uint8_t> bytes)
{
    if (bytes.size() < 2)
        return false;
    const std::size_t length = std::size_t(bytes.back()) << 4 | (bytes[bytes.size() - 2] & 15U);
    if (length < 2 || length > bytes.size() || length > 4079)
        return false;
    const auto trailer = bytes.last(length);
    m_runs.begin(trailer);
    m_codeAt = m_magnitudeAt = 0;
    return m_codes.read(trailer) && m_magnitudes.read(bytes.first(bytes.size() - length));
}

// A row of quads: which samples are significant, and what is known of their exponents. Pair by pair, and of
// each pair in one look at the bits, which are no more than 38.
template <bool First> NARU_INLINE bool HtBlockDecoder::codes(std::size_t quads)
{
    const HtCodes &table = First ? htFirstRow : htOtherRows;
    const std::uint8_t *const above = m_significant[1 - m_row].data() + 1;
    std::uint8_t *const own = m_significant[m_row].data() + 1;
    std::uint32_t last = 0; // what the table has of the quad to the left
    std::size_t at = m_codeAt;
    // 7.3.5: the samples above a quad; the table has those to the left.
    const auto over = [&](std::size_t q) __attribute__((always_inline))->std::uint32_t
    {
        if (First)
            return 0;
        const std::uint32_t west = above[std::ptrdiff_t(q) - 1], north = above[q], east = above[q + 1];
        return ((west >> 3 | north >> 1) & 1) << 7 | ((north >> 3 | east >> 1) & 1) << 9;
    };
    for (std::size_t q = 0; q < quads; q += 2) {
        std::uint64_t bits = m_codes.at(at);
        std::uint32_t used = 0, kind = 0;
        const auto next = [&](std::size_t number, unsigned shift) __attribute__((always_inline))
        {
            const std::uint32_t around = over(number) | (last & 0x380);
            last = table[around | std::uint32_t(bits & 127)];
            if (around == 0 && !m_runs.event())
                last = 0;
            bits >>= last & 63;
            used += last & 63;
            kind |= (last & 64) << shift;
            own[number] = std::uint8_t(last >> 20 & 15);
            m_quads[number] = std::uint16_t(last >> 16);
        };
        next(q, 0);
        if (q + 1 < quads)
            next(q + 1, 1);
        if (First && kind == HtBoth << 6)
            kind = (m_runs.event() ? HtLargeBoth : HtSmallBoth) << 6;
        const std::uint32_t pair = htPairs[kind | std::uint32_t(bits & 63)];
        const std::uint32_t prefixes = pair & 7, one = pair >> 3 & 7, two = pair >> 6 & 7;
        bits >>= prefixes;
        std::uint32_t first = std::uint32_t(bits) & ((1U << one) - 1);
        bits >>= one;
        std::uint32_t second = std::uint32_t(bits) & ((1U << two) - 1);
        bits >>= two;
        used += pair >> 15;
        if (first >= 28) {
            first += 4 * (std::uint32_t(bits) & 15);
            bits >>= 4;
            used += 4;
        }
        if (second >= 28) {
            second += 4 * (std::uint32_t(bits) & 15);
            used += 4;
        }
        m_residuals[q] = std::uint8_t((pair >> 9 & 7) + first);
        m_residuals[q + 1] = std::uint8_t((pair >> 12 & 7) + second);
        at += used;
    }
    own[quads] = 0;
    m_quads[quads] = 0;
    m_codeAt = at;
    return at <= m_codes.size();
}

// 7.3.7 and 7.3.8: how many bits each sample has, and what they are.
template <bool First> NARU_INLINE bool HtBlockDecoder::magnitudes(const Rows &rows)
{
    const std::uint32_t *const above = m_bottoms[1 - m_row].data() + 2;
    std::uint32_t *const own = m_bottoms[m_row].data() + 2;
    const std::size_t quads = (rows.columns + 1) / 2;
    std::size_t at = m_magnitudeAt;
    std::uint32_t most = 0;
    for (std::size_t q = 0; q < quads; ++q) {
        const std::uint32_t quad = m_quads[q], rho = quad >> 4 & 15;
        std::uint32_t bits = m_residuals[q] + 1U;
        if (!First) {
            // The largest exponent above foretells that of a quad with more than one sample.
            const std::uint32_t *const four = above + 2 * std::ptrdiff_t(q) - 1;
            const std::uint32_t around =
                (rho & (rho - 1)) != 0 ? (four[0] | four[1] | four[2] | four[3]) >> 1 : 0;
            bits = m_residuals[q] + std::uint32_t(std::bit_width(around | 1));
        }
        bits = rho != 0 ? bits : 0;
        most = std::max(most, bits);
        bits = std::min(bits, 31U);
        std::uint32_t length[4], value[4];
        for (unsigned i = 0; i < 4; ++i)
            length[i] = (bits - (quad >> (8 + i) & 1)) & (0U - (rho >> i & 1));
        const std::uint64_t upper = m_magnitudes.at(at);
        const std::size_t half = length[0] + length[1];
        const std::uint64_t lower = m_magnitudes.at(at + half);
        at += half + length[2] + length[3];
        const std::uint64_t taken[4] = {upper, upper >> length[0], lower, lower >> length[2]};
        for (unsigned i = 0; i < 4; ++i)
            value[i] =
                (std::uint32_t(taken[i]) & ((1U << length[i]) - 1)) | (quad >> (12 + i) & 1) << length[i];
        std::int32_t sample[4];
        for (unsigned i = 0; i < 4; ++i) {
            const std::uint32_t sign = 0U - (value[i] & 1), some = 0U - (rho >> i & 1);
            sample[i] = std::int32_t((((value[i] >> 1) + 1) ^ sign) - sign) & std::int32_t(some);
        }
        own[2 * q] = value[1] | (rho >> 1 & 1);
        own[2 * q + 1] = value[3] | (rho >> 3 & 1);
        rows.upper[2 * q] = sample[0];
        rows.lower[2 * q] = sample[1];
        if (2 * q + 1 < rows.columns) {
            rows.upper[2 * q + 1] = sample[2];
            rows.lower[2 * q + 1] = sample[3];
        }
    }
    own[2 * quads] = own[2 * quads + 1] = 0;
    m_magnitudeAt = at;
    return most <= m_most && at <= m_magnitudes.end();
}

template <bool First, bool Fast> NARU_INLINE bool HtBlockDecoder::row(const Rows &rows)
{
#if defined(__x86_64__)
    if constexpr (Fast)
        return magnitudesAvx2<First>(rows);
#endif
    return magnitudes<First>(rows);
}

template <bool Fast>
NARU_INLINE bool HtBlockDecoder::decodeRows(const HtBlockInput &block, std::int32_t *out, std::size_t pitch)
{
    const std::size_t columns = std::size_t(block.width), quads = (columns + 1) / 2;
    const bool odd = columns % 2 != 0;
    m_row = 0;
    for (int y = 0; y < block.height; y += 2, m_row = 1 - m_row) {
        if (!(y == 0 ? codes<true>(quads) : codes<false>(quads)))
            return false;
        const bool last = y + 1 == block.height;
        std::uint32_t outside = odd && (m_quads[quads - 1] & 0xC0) != 0 ? 1 : 0;
        for (std::size_t q = 0; last && q < quads; ++q)
            outside |= m_quads[q] & 0xA0;
        std::int32_t *const upper = out + std::size_t(y) * pitch;
        const Rows rows{upper, last ? m_nowhere.data() : upper + pitch, columns};
        if (outside != 0 || !(y == 0 ? row<true, Fast>(rows) : row<false, Fast>(rows)))
            return false;
    }
    return m_runs.good();
}

#if defined(__x86_64__)
bool HtBlockDecoder::decodeRowsAvx2(const HtBlockInput &block, std::int32_t *out, std::size_t pitch)
{
    return decodeRows<true>(block, out, pitch);
}
#endif

bool HtBlockDecoder::decode(const HtBlockInput &block, std::int32_t *out, std::size_t pitch)
{
    if (block.band > MostPlanes || block.planes < 1 || block.planes > block.band || !begin(block.bytes))
        return false;
    m_most = std::uint32_t(block.band - block.planes) + 1;
#if defined(__x86_64__)
    const bool good = hasAvx2() ? decodeRowsAvx2(block, out, pitch) : decodeRows<false>(block, out, pitch);
#else
    const bool good = decodeRows<false>(block, out, pitch);
#endif
    if (!good)
        return false;
    // The pass may end at a higher plane: with half a bit of what is left out, as the library has it.
    for (int y = 0; y < block.height && block.planes > 1; ++y) {
        std::int32_t *const row = out + std::size_t(y) * pitch;
        for (int x = 0; x < block.width; ++x) {
            const std::int32_t magnitude = (2 * std::abs(row[x]) + 1) << (block.planes - 2);
            row[x] = row[x] == 0 ? 0 : row[x] < 0 ? -magnitude : magnitude;
        }
    }
    return true;
}

} // namespace naru::imaging::codecs
