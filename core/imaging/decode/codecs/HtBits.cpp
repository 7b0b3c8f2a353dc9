#include "core/imaging/decode/codecs/HtBits.h"

#include <algorithm>

namespace naru::imaging::codecs {

// A byte behind FF has seven bits.
bool HtMagnitudes::read(std::span<const std::uint8_t> bytes)
{
    begin();
    const std::size_t count = std::min(bytes.size(), Most);
    bool stuffed = false;
    for (std::size_t i = 0; i < count;) {
        std::uint64_t word = 0;
        if (!stuffed && count - i >= sizeof word) {
            std::memcpy(&word, bytes.data() + i, sizeof word);
            if (!holds(word, 0xFF)) {
                addWord(word);
                i += sizeof word;
                continue;
            }
        }
        const std::size_t stop = std::min(i + sizeof word, count);
        for (; i < stop; ++i) {
            if (stuffed && bytes[i] > 0x7F)
                return false;
            add(bytes[i], stuffed ? 7 : 8);
            stuffed = bytes[i] == 0xFF;
        }
    }
    close(~std::uint64_t(0));
    return true;
}

// A byte of seven ones before one beyond 8F has no eighth bit.
bool HtCodeBits::read(std::span<const std::uint8_t> trailer)
{
    begin();
    std::size_t left = trailer.size() - 2;
    unsigned last = trailer[left] | 15U;
    const unsigned first = last >> 4;
    if (first == 15)
        return false;
    add((first & 7) == 7 ? 7 : first, (first & 7) == 7 ? 3 : 4);
    while (left > 0) {
        std::uint64_t word = 0;
        if (left >= sizeof word) {
            std::memcpy(&word, trailer.data() + left - sizeof word, sizeof word);
            if (!holds(word, 0x7F)) {
                addWord(__builtin_bswap64(word));
                left -= sizeof word;
                last = trailer[left];
                continue;
            }
        }
        const std::size_t stop = left - std::min(left, sizeof word);
        while (left > stop) {
            const unsigned byte = trailer[--left];
            const bool stuffed = last > 0x8F && (byte & 0x7F) == 0x7F;
            if (stuffed && byte > 0x7F)
                return false;
            add(byte, stuffed ? 7 : 8);
            last = byte;
        }
    }
    close(0);
    return true;
}

void HtRuns::begin(std::span<const std::uint8_t> trailer)
{
    m_trailer = trailer;
    m_at = 0;
    m_byte = m_bits = m_state = m_zeros = 0;
    m_one = false;
    m_good = true;
}

// The last two bytes hold the length of the trailer, and are read as if it were ones.
unsigned HtRuns::bit()
{
    if (m_bits == 0) {
        const bool stuffed = m_byte == 0xFF;
        const std::size_t size = m_trailer.size();
        m_byte = m_at + 1 >= size ? 0xFF : m_at + 2 == size ? m_trailer[m_at] | 15U : m_trailer[m_at];
        if (stuffed && m_byte > 0x7F && m_at + 1 < size)
            m_good = false;
        m_bits = stuffed ? 7 : 8;
        ++m_at;
    }
    return m_byte >> --m_bits & 1;
}

// Table 2: the exponents of the runs' lengths.
void HtRuns::next()
{
    static constexpr std::uint8_t exponents[13] = {0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5};
    const unsigned exponent = exponents[m_state];
    m_one = bit() == 0;
    if (m_one) {
        for (unsigned i = 0; i < exponent; ++i)
            m_zeros = m_zeros << 1 | bit();
        m_state -= m_state > 0 ? 1 : 0;
    } else {
        m_zeros = 1U << exponent;
        m_state += m_state < 12 ? 1 : 0;
    }
}

} // namespace naru::imaging::codecs
