#include "core/imaging/decode/codecs/CodeBlockDecoder.h"

#include <algorithm>
#include <bit>

namespace naru::imaging::codecs {

// One word a column of a stripe. Bits 0 to 17: which of 3 x 6 coefficients are significant, the column's own
// four in the midst: three bits a row, left to right and top to bottom. Bits 32 to 49: which of these are
// negative. Row r of the four has its neighbourhood from bit 3 r on, whether it was visited in this plane in
// bit 18 + 3 r, and whether it was refined before in bit 19 + 3 r. So one shift finds the context of a
// coefficient, and masks of every third bit find the coefficients that a pass is about.
namespace {
constexpr std::uint32_t Rows = 0x249, Neighbourhood = 0x3FFFF, Around = 0x1EF, Nearest = 0xAA;
constexpr int Own = 4, Visited = 18, Refined = 19;
constexpr std::uint64_t AllVisited = std::uint64_t(Rows) << Visited;

unsigned rowAt(unsigned at) // at / 3
{
    return (at * 11) >> 5;
}

// A coefficient becomes significant: its neighbours in this and the other stripes learn of it.
[[gnu::always_inline]] inline void tell(
    std::uint64_t *column, std::size_t pitch, unsigned at, std::uint32_t sign)
{
    const std::uint64_t mark = 1 | std::uint64_t(sign) << 32, own = mark << at;
    column[-1] |= own << 5;
    column[1] |= own << 3;
    if (at == 0) {
        std::uint64_t *above = column - pitch;
        above[-1] |= mark << 17;
        above[0] |= mark << 16;
        above[1] |= mark << 15;
    } else if (at == 9) {
        std::uint64_t *below = column + pitch;
        below[-1] |= mark << 2;
        below[0] |= mark << 1;
        below[1] |= mark;
    }
}

[[gnu::always_inline]] inline std::uint32_t signAt(
    MqDecoder &decoder, MqContext *contexts, const std::uint8_t *signs, std::uint64_t column, unsigned at)
{
    const auto significant = std::uint32_t(column >> at) & Nearest;
    const auto negative = std::uint32_t(column >> 32 >> at) & Nearest;
    const std::uint8_t found = signs[significant | negative >> 1];
    return decoder.decode(contexts[found & 0x7F]) ^ std::uint32_t(found >> 7);
}
} // namespace

std::uint32_t CodeBlockDecoder::rowsOf(std::size_t stripe) const
{
    const std::size_t left = m_height - 4 * stripe;
    return left >= 4 ? Rows : Rows & ((1U << (3 * left)) - 1);
}

// D.3.1
void CodeBlockDecoder::significancePass(int plane)
{
    MqDecoder decoder = m_decoder;
    MqContext *const contexts = m_contexts.data();
    const std::uint8_t *const signs = signContexts().data();
    const std::uint8_t *const zero = m_zero;
    const std::uint32_t first = 3U << (plane - 1);
    for (std::size_t stripe = 0; stripe < m_stripes; ++stripe) {
        const std::uint32_t rows = rowsOf(stripe);
        Columns *column = columnsOf(stripe);
        std::uint32_t *values = m_values.data() + stripe * m_width * 4;
        for (const Columns *end = column + m_width; column != end; ++column, values += 4) {
            Columns word = *column;
            const auto bits = std::uint32_t(word);
            const std::uint32_t wide = bits | bits >> 1 | bits >> 2;
            std::uint32_t left = (wide | wide >> 3 | wide >> 6) & ~(bits >> Own) & rows;
            if (left == 0)
                continue;
            std::uint32_t visited = 0;
            do {
                const auto at = unsigned(std::countr_zero(left));
                visited |= left & -left;
                left &= left - 1;
                if (decoder.decode(contexts[zero[word >> at & Around]])) {
                    const std::uint32_t sign = signAt(decoder, contexts, signs, word, at);
                    values[rowAt(at)] = first | sign << 31;
                    tell(column, m_pitch, at, sign);
                    word |= (1 | Columns(sign) << 32) << at << Own;
                    left |= (8U << at) & ~std::uint32_t(word >> Own) & rows;
                }
            } while (left != 0);
            *column = word | Columns(visited) << Visited;
        }
    }
    m_decoder = decoder;
}

// D.3.3. What it is about and the contexts are known beforehand: first a list of them, then nothing but
// decoding.
void CodeBlockDecoder::refinementPass(int plane)
{
    MqDecoder decoder = m_decoder;
    MqContext *const contexts = m_contexts.data() + RefinementContext;
    const std::uint32_t half = 1U << (plane - 1);
    std::uint16_t *const list = m_list.data();
    for (std::size_t stripe = 0; stripe < m_stripes; ++stripe) {
        Columns *column = columnsOf(stripe);
        std::uint32_t *const values = m_values.data() + stripe * m_width * 4;
        std::size_t count = 0;
        for (std::size_t x = 0; x < m_width; ++x) {
            const auto bits = std::uint32_t(column[x]);
            const std::uint32_t refined = bits >> Own & ~(bits >> Visited) & Rows;
            if (refined == 0)
                continue;
            const std::uint32_t wide = bits | bits >> 1 | bits >> 2, again = bits >> (Refined - 1);
            const std::uint32_t near = (wide | (bits | bits >> 2) >> 3 | wide >> 6) & ~(bits >> Refined);
            for (unsigned row = 0; row < 4; ++row) {
                const unsigned label = (again >> (3 * row) & 2) | (near >> (3 * row) & 1);
                list[count] = std::uint16_t((4 * x + row) << 2 | label);
                count += refined >> (3 * row) & 1;
            }
            column[x] |= Columns(refined) << Refined;
        }
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint32_t bit = decoder.decode(contexts[list[i] & 3]);
            values[list[i] >> 2] += (bit << plane) - half;
        }
    }
    m_decoder = decoder;
}

// D.3.4
void CodeBlockDecoder::cleanupPass(int plane)
{
    MqDecoder decoder = m_decoder;
    MqContext *const contexts = m_contexts.data();
    const std::uint8_t *const signs = signContexts().data();
    const std::uint8_t *const zero = m_zero;
    const std::uint32_t first = 3U << (plane - 1);
    for (std::size_t stripe = 0; stripe < m_stripes; ++stripe) {
        const std::uint32_t rows = rowsOf(stripe);
        Columns *column = columnsOf(stripe);
        std::uint32_t *values = m_values.data() + stripe * m_width * 4;
        for (const Columns *end = column + m_width; column != end; ++column, values += 4) {
            Columns word = *column;
            const auto bits = std::uint32_t(word);
            std::uint32_t left = ~(bits >> Own) & ~(bits >> Visited) & rows;
            word &= ~AllVisited;
            const auto found = [&](unsigned at) {
                const std::uint32_t sign = signAt(decoder, contexts, signs, word, at);
                values[rowAt(at)] = first | sign << 31;
                tell(column, m_pitch, at, sign);
                word |= (1 | Columns(sign) << 32) << at << Own;
            };
            if ((bits & Neighbourhood) == 0 && rows == Rows) { // a run of four
                if (!decoder.decodeLikely(contexts[RunContext]))
                    continue;
                const std::uint32_t upper = decoder.decode(contexts[UniformContext]);
                const unsigned at = 3 * (upper << 1 | decoder.decode(contexts[UniformContext]));
                found(at);
                left &= ~0U << at << 1;
            }
            for (; left != 0; left &= left - 1) {
                const auto at = unsigned(std::countr_zero(left));
                if (decoder.decode(contexts[zero[word >> at & Around]]))
                    found(at);
            }
            *column = word;
        }
    }
    m_decoder = decoder;
}

void CodeBlockDecoder::decode(const CodeBlockInput &block)
{
    m_width = std::size_t(block.width);
    m_height = std::size_t(block.height);
    m_stripes = (m_height + 3) / 4;
    m_pitch = m_width + 2;
    m_zero = zeroContexts(block.band).data();
    std::fill_n(m_columns.begin(), (m_stripes + 2) * m_pitch, 0);
    std::fill_n(m_values.begin(), m_stripes * m_width * 4, 0);
    m_contexts.fill(mqContext(0)); // table D.7
    m_contexts[0] = mqContext(4);
    m_contexts[RunContext] = mqContext(3);
    m_contexts[UniformContext] = mqContext(46);
    m_bytes = MqBytes(block.bytes);
    m_decoder = MqDecoder(&m_bytes);
    int plane = block.planes;
    for (int pass = 0, kind = 2; pass < block.passes && plane > 0; ++pass) {
        if (kind == 0)
            significancePass(plane);
        else if (kind == 1)
            refinementPass(plane);
        else
            cleanupPass(plane--);
        kind = (kind + 1) % 3;
    }
}

} // namespace naru::imaging::codecs
