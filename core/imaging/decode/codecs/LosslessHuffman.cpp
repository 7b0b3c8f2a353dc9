#include "core/imaging/decode/codecs/LosslessHuffman.h"

#include <algorithm>

namespace naru::imaging::codecs {

bool LosslessHuffman::build(const std::uint8_t counts[16], const std::uint8_t *categories, int size)
{
    m_ready = false;
    int total = 0;
    for (int i = 0; i < 16; ++i)
        total += counts[i];
    if (total < 1 || total > 256 || total > size)
        return false;
    if (std::any_of(categories, categories + total, [](std::uint8_t category) { return category > 16; }))
        return false;
    std::copy(categories, categories + total, m_categories.begin());
    m_fast.fill(0);

    std::int32_t code = 0;
    int index = 0;
    for (int length = 1; length <= 16; ++length) {
        m_offset[std::size_t(length)] = index - code;
        for (int i = 0; i < counts[length - 1]; ++i, ++code, ++index) {
            if (code >= 1 << length)
                return false; // more codes than the length has room for
            const int category = m_categories[std::size_t(index)];
            const int extra = category == 16 ? 0 : category;
            const int used = length + extra;
            if (used > window)
                continue;
            const int spare = window - used;
            for (std::uint32_t value = 0; value < 1U << extra; ++value) {
                const auto difference = std::uint32_t(std::uint16_t(losslessDifference(category, value)));
                const std::uint32_t entry = difference << 16 | std::uint32_t(used);
                const auto first = std::size_t((std::uint32_t(code) << extra) | value) << spare;
                std::fill_n(m_fast.begin() + std::ptrdiff_t(first), std::size_t(1) << spare, entry);
            }
        }
        m_limit[std::size_t(length)] = code << (16 - length);
        code <<= 1;
    }
    m_limit[17] = 0x10000;
    m_ready = true;
    return true;
}

bool LosslessHuffman::slow(std::uint32_t bits, int &difference, int &used) const
{
    const auto head = std::int32_t(bits >> 16);
    int length = 1;
    while (length <= 16 && head >= m_limit[std::size_t(length)])
        ++length;
    if (length > 16)
        return false;
    const std::int32_t index = m_offset[std::size_t(length)] + (head >> (16 - length));
    if (index < 0 || index > 255)
        return false;
    const int category = m_categories[std::size_t(index)];
    const int extra = category == 16 ? 0 : category;
    const std::uint32_t value = extra == 0 ? 0 : (bits << length) >> (32 - extra);
    difference = losslessDifference(category, value);
    used = length + extra;
    return true;
}

} // namespace naru::imaging::codecs
