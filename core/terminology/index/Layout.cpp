#include "core/terminology/index/Layout.h"

namespace naru::terminology::layout {

namespace {
// Slicing by eight (table i: the sum of a byte followed by i zeros), polynomial of IEEE 802.3.
using Tables = std::array<std::array<std::uint32_t, 256>, 8>;
constexpr Tables makeTables()
{
    Tables out{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t c = i;
        for (int bit = 0; bit < 8; ++bit)
            c = (c >> 1) ^ ((c & 1) != 0 ? 0xEDB88320U : 0U);
        out[0][i] = c;
    }
    for (std::uint32_t i = 0; i < 256; ++i) {
        for (std::size_t t = 1; t < 8; ++t)
            out[t][i] = (out[t - 1][i] >> 8) ^ out[0][out[t - 1][i] & 0xFF];
    }
    return out;
}
constexpr Tables crcTables = makeTables();
} // namespace

std::uint32_t crc32(std::span<const unsigned char> bytes, std::uint32_t before)
{
    std::uint32_t c = ~before;
    const unsigned char *at = bytes.data();
    std::size_t left = bytes.size();
    for (; left >= 8; left -= 8, at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, 8);
        word ^= c;
        c = 0;
        for (std::size_t i = 0; i < 8; ++i)
            c ^= crcTables[7 - i][(word >> (8 * i)) & 0xFF];
    }
    for (; left > 0; --left, ++at)
        c = (c >> 8) ^ crcTables[0][(c ^ *at) & 0xFF];
    return ~c;
}

std::uint32_t linkHash(
    const char16_t *system, std::size_t systemSize, const char16_t *code, std::size_t codeSize)
{
    std::uint32_t hash = 2166136261U; // FNV-1a
    const auto add = [&hash](std::uint32_t value) { hash = (hash ^ value) * 16777619U; };
    for (std::size_t i = 0; i < systemSize; ++i)
        add(system[i]);
    add('|');
    for (std::size_t i = 0; i < codeSize; ++i)
        add(code[i]);
    return hash;
}

} // namespace naru::terminology::layout
