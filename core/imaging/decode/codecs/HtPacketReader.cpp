#include "core/imaging/decode/codecs/HtPacketReader.h"

#include <algorithm>

namespace naru::imaging::codecs {

namespace {
constexpr std::uint32_t mostPlanes = 74; // T.800 B.10.5: exponents and guard bits allow no more
constexpr int mostLevels = 18; // of a tag tree
constexpr int mostLengthBits = 31; // the decoder reads no more at once

int levelsFor(const HtBlocks &blocks)
{
    int levels = 1;
    while ((1 << (levels - 1)) < std::max(blocks.across, blocks.down))
        ++levels;
    return levels;
}

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
    : m_left(bytes)
    , m_mayUseSop(mayUseSop)
    , m_usesEph(usesEph)
{
}

bool HtPacketReader::bit(std::uint32_t &value)
{
    if (m_bits == 0) {
        if (m_left.empty())
            return false;
        m_byte = m_left.front();
        m_left = m_left.subspan(1);
        m_bits = m_stuffed ? 7 : 8;
        m_stuffed = m_byte == 0xFF;
    }
    value = m_byte >> --m_bits & 1;
    return true;
}

bool HtPacketReader::bits(int count, std::uint32_t &value)
{
    value = 0;
    for (std::uint32_t next = 0; count > 0; --count) {
        if (!bit(next))
            return false;
        value = value << 1 | next;
    }
    return true;
}

bool HtPacketReader::passSop()
{
    if (!m_mayUseSop || m_left.size() < 2 || m_left[0] != 0xFF || m_left[1] != 0x91)
        return true;
    if (m_left.size() < 6 || m_left[2] != 0 || m_left[3] != 4)
        return false;
    m_left = m_left.subspan(6);
    return true;
}

// A header that ends with FF is followed by a byte for the stuffed bit, and that is no FF.
bool HtPacketReader::headerEnd()
{
    if (m_stuffed) {
        if (m_left.empty() || m_left.front() == 0xFF)
            return false;
        m_left = m_left.subspan(1);
    }
    m_bits = 0;
    m_stuffed = false;
    if (!m_usesEph)
        return true;
    if (m_left.size() < 2 || m_left[0] != 0xFF || m_left[1] != 0x92)
        return false;
    m_left = m_left.subspan(2);
    return true;
}

void HtPacketReader::clear(Trees &trees, const HtBlocks &blocks, int levels)
{
    for (int level = 0; level < levels; ++level) {
        Tree &tree = trees[std::size_t(level)];
        const int round = (1 << level) - 1;
        tree.across = (blocks.across + round) >> level;
        const auto nodes = std::size_t(tree.across) * std::size_t((blocks.down + round) >> level);
        tree.values.assign(nodes, 0);
        tree.known.assign(nodes, 0);
    }
}

// With one layer a node of the inclusion tree is one bit: whether anything below it is in this packet.
bool HtPacketReader::included(int x, int y, int levels, bool &inside)
{
    for (int level = std::min(levels, mostLevels) - 1; level >= 0; --level) {
        Tree &tree = m_inclusion[std::size_t(level)];
        const std::size_t node = tree.at(x >> level, y >> level);
        std::uint32_t value = tree.values[node];
        if (!tree.known[node]) {
            if (!bit(value))
                return false;
            tree.values[node] = std::uint8_t(value);
            tree.known[node] = 1;
        }
        inside = value != 0;
        if (!inside)
            return true;
    }
    return true;
}

bool HtPacketReader::missingPlanes(int x, int y, int levels)
{
    std::uint32_t planes = 0;
    for (int level = std::min(levels, mostLevels) - 1; level >= 0; --level) {
        Tree &tree = m_planes[std::size_t(level)];
        const std::size_t node = tree.at(x >> level, y >> level);
        if (tree.known[node]) {
            planes = tree.values[node];
            continue;
        }
        for (std::uint32_t next = 0; next == 0; planes += 1 - next) {
            if (planes > mostPlanes || !bit(next))
                return false;
        }
        tree.values[node] = std::uint8_t(planes);
        tree.known[node] = 1;
    }
    return true;
}

// Table B.4, of which T.814 leaves one to three.
bool HtPacketReader::passes(int &count)
{
    std::uint32_t next = 0;
    for (count = 1; count < 3; ++count) {
        if (!bit(next))
            return false;
        if (next == 0)
            return true;
    }
    return bits(2, next) && next == 0;
}

bool HtPacketReader::lengths()
{
    int count = 0;
    if (!passes(count))
        return false;
    int wide = 3;
    for (std::uint32_t next = 1; next != 0; wide += int(next)) {
        if (wide > mostLengthBits || !bit(next))
            return false;
    }
    Block block;
    if (wide >= mostLengthBits || !bits(wide, block.first))
        return false;
    if (count > 1 && !bits(wide + (count > 2 ? 1 : 0), block.second))
        return false;
    m_blocks.push_back(block);
    return true;
}

bool HtPacketReader::bandHeader(const HtBlocks &blocks)
{
    const int levels = levelsFor(blocks);
    if (levels > int(m_inclusion.size()))
        return false;
    clear(m_inclusion, blocks, levels);
    clear(m_planes, blocks, levels);
    for (int y = 0; y < blocks.down; ++y) {
        for (int x = 0; x < blocks.across; ++x) {
            bool inside = false;
            if (!included(x, y, levels, inside))
                return false;
            if (inside && (!missingPlanes(x, y, levels) || !lengths()))
                return false;
        }
    }
    return true;
}

bool HtPacketReader::blockData(const Block &block)
{
    if (block.first > m_left.size() || block.second > m_left.size() - block.first)
        return false;
    if (block.first > 0 && !trailerFits(m_left.first(block.first)))
        return false;
    m_left = m_left.subspan(block.first + block.second);
    return true;
}

bool HtPacketReader::pass(std::span<const HtBlocks> bands)
{
    m_blocks.clear();
    if (!passSop())
        return false;
    std::uint32_t filled = 0;
    if (!bit(filled))
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
