#include "core/imaging/decode/codecs/J2kTagTree.h"

#include <algorithm>

namespace naru::imaging::codecs {

bool J2kHeaderBits::more()
{
    if (m_left.empty())
        return false;
    m_byte = m_left.front();
    m_left = m_left.subspan(1);
    m_bits = m_stuffed ? 7 : 8;
    m_stuffed = m_byte == 0xFF;
    return true;
}

bool J2kHeaderBits::bits(int count, std::uint32_t &value)
{
    value = 0;
    for (std::uint32_t next = 0; count > 0; --count) {
        if (!bit(next))
            return false;
        value = value << 1 | next;
    }
    return true;
}

bool J2kHeaderBits::end()
{
    m_bits = 0;
    if (!m_stuffed)
        return true;
    m_stuffed = false;
    if (m_left.empty() || m_left.front() == 0xFF)
        return false;
    return skip(1);
}

bool J2kHeaderBits::skip(std::size_t bytes)
{
    if (bytes > m_left.size())
        return false;
    m_left = m_left.subspan(bytes);
    return true;
}

bool J2kTagTree::reset(int across, int down)
{
    m_levels.clear();
    std::uint32_t nodes = 0;
    for (int level = 0; level < MostLevels; ++level) {
        m_levels.push_back({nodes, std::uint32_t(across)});
        nodes += std::uint32_t(across) * std::uint32_t(down);
        if (across <= 1 && down <= 1) {
            m_nodes.assign(nodes, {});
            return true;
        }
        across = (across + 1) / 2;
        down = (down + 1) / 2;
    }
    return false;
}

bool J2kTagTree::below(J2kHeaderBits &bits, int x, int y, std::uint32_t limit, bool &is)
{
    std::uint32_t least = 0;
    for (std::size_t level = m_levels.size(); level-- > 0;) {
        const Level &row = m_levels[level];
        Node &node =
            m_nodes[row.first + (std::uint32_t(y) >> level) * row.across + (std::uint32_t(x) >> level)];
        least = std::max<std::uint32_t>(least, node.value);
        while (!node.known && least < limit) {
            std::uint32_t next = 0;
            if (!bits.bit(next))
                return false;
            if (next != 0)
                node.known = true;
            else
                ++least;
        }
        node.value = std::uint16_t(least);
        is = node.known && least < limit;
        if (!is)
            return true; // and so nothing below it is
    }
    return true;
}

bool J2kTagTree::value(J2kHeaderBits &bits, int x, int y, std::uint32_t most, std::uint32_t &found)
{
    bool is = false;
    if (!below(bits, x, y, most + 1, is) || !is)
        return false;
    const Level &leaves = m_levels.front();
    found = m_nodes[leaves.first + std::uint32_t(y) * leaves.across + std::uint32_t(x)].value;
    return true;
}

} // namespace naru::imaging::codecs
