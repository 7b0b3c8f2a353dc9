#include "core/imaging/decode/codecs/HtPacketReader.h"

#include <algorithm>

namespace naru::imaging::codecs {

namespace {
constexpr std::uint32_t mostPlanes = 74; // T.800 B.10.5: exponents and guard bits allow no more
constexpr int mostLengthBits = 31; // the decoder reads no more at once

// The cleanup pass ends with the length of its trailer, 12 bits (T.814 7.1.1); within that no byte after FF
// is beyond 8F. OpenJPH asserts this where it begins to read, four bytes at most.
bool trailerFits(std::span<const std::uint8_t> cleanup)
{
    if (cleanup.size() < 2)
        return false;
    const std::uint8_t last = cleanup[cleanup.size() - 1];
    const std::size_t length = std::size_t(last) << 4 | (cleanup[cleanup.size() - 2] & 15U);
    if (length < 2 || length > cleanup.size() || length > 4079)
        return false;
    const auto trailer = cleanup.last(length);
    for (std::size_t i = 0; i < 5 && i + 1 < length; ++i) {
        const std::uint8_t byte = i + 2 == length ? trailer[i] | 15 : trailer[i];
        if (byte == 0xFF && trailer[i + 1] > 0x8F)
            return false;
    }
    return true;
}
} // namespace

HtPacketReader::HtPacketReader(std::span<const std::uint8_t> bytes, bool mayUseSop, bool usesEph)
    : m_bits(bytes)
    , m_mayUseSop(mayUseSop)
    , m_usesEph(usesEph)
{
}

bool HtPacketReader::passSop()
{
    const auto left = m_bits.left();
    if (!m_mayUseSop || left.size() < 2 || left[0] != 0xFF || left[1] != 0x91)
        return true;
    return left.size() >= 6 && left[2] == 0 && left[3] == 4 && m_bits.skip(6);
}

bool HtPacketReader::headerEnd()
{
    if (!m_bits.end())
        return false;
    const auto left = m_bits.left();
    return !m_usesEph || (left.size() >= 2 && left[0] == 0xFF && left[1] == 0x92 && m_bits.skip(2));
}

// Table B.4, of which T.814 leaves one to three.
bool HtPacketReader::passes(int &count)
{
    std::uint32_t next = 0;
    for (count = 1; count < 3; ++count) {
        if (!m_bits.bit(next))
            return false;
        if (next == 0)
            return true;
    }
    return m_bits.bits(2, next) && next == 0;
}

bool HtPacketReader::lengths()
{
    int count = 0;
    if (!passes(count))
        return false;
    int wide = 3;
    for (std::uint32_t next = 1; next != 0; wide += int(next)) {
        if (wide > mostLengthBits || !m_bits.bit(next))
            return false;
    }
    Block block;
    if (wide >= mostLengthBits || !m_bits.bits(wide, block.first))
        return false;
    if (count > 1 && !m_bits.bits(wide + (count > 2 ? 1 : 0), block.second))
        return false;
    m_blocks.push_back(block);
    return true;
}

// With one layer a block is in this packet or has nothing.
bool HtPacketReader::bandHeader(const HtBlocks &blocks)
{
    if (!m_inclusion.reset(blocks.across, blocks.down) || !m_planes.reset(blocks.across, blocks.down))
        return false;
    for (int y = 0; y < blocks.down; ++y) {
        for (int x = 0; x < blocks.across; ++x) {
            bool inside = false;
            std::uint32_t missing = 0;
            if (!m_inclusion.below(m_bits, x, y, 1, inside))
                return false;
            if (inside && (!m_planes.value(m_bits, x, y, mostPlanes, missing) || !lengths()))
                return false;
        }
    }
    return true;
}

bool HtPacketReader::blockData(const Block &block)
{
    const auto left = m_bits.left();
    if (block.first > left.size() || block.second > left.size() - block.first)
        return false;
    if (block.first > 0 && !trailerFits(left.first(block.first)))
        return false;
    return m_bits.skip(block.first + block.second);
}

bool HtPacketReader::pass(std::span<const HtBlocks> bands)
{
    m_blocks.clear();
    if (!passSop())
        return false;
    std::uint32_t filled = 0;
    if (!m_bits.bit(filled))
        return false;
    for (const HtBlocks &blocks : bands) {
        const bool some = filled != 0 && blocks.across > 0 && blocks.down > 0;
        if (some && !bandHeader(blocks))
            return false;
    }
    if (!headerEnd())
        return false;
    return std::all_of(
        m_blocks.begin(), m_blocks.end(), [this](const Block &block) { return blockData(block); });
}

} // namespace naru::imaging::codecs
