#include "core/imaging/decode/codecs/MqDecoder.h"

#include <array>
#include <bit>

namespace naru::imaging::codecs {

namespace {
struct Row {
    std::uint16_t qe;
    std::uint8_t afterMps, afterLps;
    bool exchanges; // the less probable symbol becomes the more probable one
};
constexpr int Rows = 47;
constexpr Row table[Rows] = {{0x5601, 1, 1, true}, {0x3401, 2, 6, false}, {0x1801, 3, 9, false},
    {0x0AC1, 4, 12, false}, {0x0521, 5, 29, false}, {0x0221, 38, 33, false}, {0x5601, 7, 6, true},
    {0x5401, 8, 14, false}, {0x4801, 9, 14, false}, {0x3801, 10, 14, false}, {0x3001, 11, 17, false},
    {0x2401, 12, 18, false}, {0x1C01, 13, 20, false}, {0x1601, 29, 21, false}, {0x5601, 15, 14, true},
    {0x5401, 16, 14, false}, {0x5101, 17, 15, false}, {0x4801, 18, 16, false}, {0x3801, 19, 17, false},
    {0x3401, 20, 18, false}, {0x3001, 21, 19, false}, {0x2801, 22, 19, false}, {0x2401, 23, 20, false},
    {0x2201, 24, 21, false}, {0x1C01, 25, 22, false}, {0x1801, 26, 23, false}, {0x1601, 27, 24, false},
    {0x1401, 28, 25, false}, {0x1201, 29, 26, false}, {0x1101, 30, 27, false}, {0x0AC1, 31, 28, false},
    {0x09C1, 32, 29, false}, {0x08A1, 33, 30, false}, {0x0521, 34, 31, false}, {0x0441, 35, 32, false},
    {0x02A1, 36, 33, false}, {0x0221, 37, 34, false}, {0x0141, 38, 35, false}, {0x0111, 39, 36, false},
    {0x0085, 40, 37, false}, {0x0049, 41, 38, false}, {0x0025, 42, 39, false}, {0x0015, 43, 40, false},
    {0x0009, 44, 41, false}, {0x0005, 45, 42, false}, {0x0001, 45, 43, false}, {0x5601, 46, 46, false}};

constexpr int mostBits = 48; // below the upper 16

bool holdsFF(std::uint64_t word)
{
    constexpr std::uint64_t low = 0x7F7F7F7F7F7F7F7FU, one = 0x0101010101010101U, top = 0x8080808080808080U;
    return (((word & low) + one) & word & top) != 0;
}

constexpr std::uint64_t qeOf(int row)
{
    return std::uint64_t(table[row].qe) << 48;
}

struct States {
    States();
    std::array<MqState, 2 * Rows> all{};
};

States::States()
{
    for (unsigned i = 0; i < all.size(); ++i) {
        const Row &row = table[i / 2];
        const unsigned symbol = i % 2, other = symbol ^ unsigned(row.exchanges);
        all[i] = {&all[2 * row.afterMps + symbol], &all[2 * row.afterLps + other], qeOf(row.afterMps),
            qeOf(row.afterLps), symbol, unsigned(std::countl_zero(row.qe))};
    }
}
} // namespace

MqContext mqContext(int row)
{
    static const States states;
    return {qeOf(row), &states.all[2 * std::size_t(row)]};
}

MqBytes::Gain MqBytes::pull(std::int64_t bits)
{
    if (m_end - m_at >= 8 && !m_stuffed) {
        std::uint64_t word = 0;
        for (int i = 0; i < 6; ++i)
            word = word << 8 | m_at[i];
        if (!holdsFF(word)) {
            m_at += 6;
            return {word << -bits, bits + 48};
        }
    }
    Gain out{0, bits};
    while (out.bits <= mostBits - 8) {
        const bool over = m_at == m_end || (m_stuffed && *m_at > 0x8F);
        const std::uint64_t byte = over ? 0xFF : *m_at;
        const int wide = m_stuffed && !over ? 7 : 8; // the bit that a stuffed byte has more is a carry
        out.code += byte << (mostBits - wide - out.bits);
        out.bits += wide;
        m_stuffed = byte == 0xFF;
        m_at += over ? 0 : 1;
    }
    return out;
}

} // namespace naru::imaging::codecs
