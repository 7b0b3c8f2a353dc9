// A Huffman table of lossless JPEG (ITU-T T.81 Annex C and H.1.2.2) made for speed: one look-up gives the
// decoded difference itself whenever code and extra bits fit its window, which holds for nearly every sample
// of a CT.
#pragma once

#include <array>
#include <cstdint>

namespace naru::imaging::codecs {

class LosslessHuffman {
public:
    static constexpr int window = 12;

    // `counts` codes of each length 1..16 and their categories in order. False when they make no prefix code
    // or name a category above 16.
    bool build(const std::uint8_t counts[16], const std::uint8_t *categories, int size);
    bool ready() const { return m_ready; }

    // Entry for the next `window` bits: low byte the number of bits used, high half the difference; 0 in the
    // low byte: use slow().
    const std::uint32_t *fast() const { return m_fast.data(); }
    // The next 32 bits, first bit highest: difference and bits used (at most 32). False for a code that does
    // not exist.
    bool slow(std::uint32_t bits, int &difference, int &used) const;

private:
    std::array<std::uint32_t, 1 << window> m_fast{};
    std::array<std::int32_t, 18> m_limit{}; // first code of 16 bits beyond each length; [0] unused
    std::array<std::int32_t, 17> m_offset{}; // index of the first category minus the first code
    std::array<std::uint8_t, 256> m_categories{};
    bool m_ready = false;
};

// H.1.2.2: the difference of `category` whose extra bits are `extra`; 16 has none and means 32768, which is
// the same as -32768 in the arithmetic modulo 65536 of H.1.2.1.
inline int losslessDifference(int category, std::uint32_t extra)
{
    if (category == 0)
        return 0;
    if (category == 16)
        return -32768;
    const auto value = int(extra);
    return value < (1 << (category - 1)) ? value - (1 << category) + 1 : value;
}

} // namespace naru::imaging::codecs
