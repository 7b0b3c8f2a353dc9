#include "core/imaging/decode/codecs/J2kTile.h"

#include <algorithm>

namespace naru::imaging::codecs {

namespace {
std::int64_t divideUp(std::int64_t a, std::int64_t b)
{
    return (a + b - 1) / b;
}

struct Place {
    std::int64_t y = 0, x = 0;
    bool operator<(const Place &other) const { return y < other.y || (y == other.y && x < other.x); }
};

Place placeOf(const J2kTile &tile, const J2kResolution &resolution, std::int64_t precinct)
{
    const std::int64_t x = precinct % resolution.precinctsAcross, y = precinct / resolution.precinctsAcross;
    const std::int64_t left = ((resolution.across.from >> resolution.wide) + x) << resolution.wide,
                       top = ((resolution.down.from >> resolution.high) + y) << resolution.high;
    return {std::max(top * resolution.stepY, tile.down.from),
        std::max(left * resolution.stepX, tile.across.from)};
}
} // namespace

J2kSide J2kResolution::ofBand(const J2kSide &side, int high) const
{
    return isLowest ? side : J2kSide{(side.from - high + 1) >> 1, (side.to - high + 1) >> 1};
}

bool J2kResolution::holds(int band) const
{
    return !ofBand(across, band & 1).empty() && !ofBand(down, band >> 1).empty();
}

// B.7
J2kSide J2kResolution::precinct(std::int64_t index, int band, bool vertical) const
{
    const J2kSide &whole = vertical ? down : across;
    const int exponent = vertical ? high : wide;
    const std::int64_t at =
        (whole.from >> exponent) + (vertical ? index / precinctsAcross : index % precinctsAcross);
    return ofBand({std::max(whole.from, at << exponent), std::min(whole.to, (at + 1) << exponent)},
        vertical ? band >> 1 : band & 1);
}

namespace {
J2kResolution resolutionOf(const J2kTile &tile, const J2kCoding &coding, const J2kComponent &part, int level)
{
    J2kResolution out;
    const std::int64_t halves = std::int64_t(1) << (coding.levels - level);
    out.stepX = part.stepX * halves;
    out.stepY = part.stepY * halves;
    out.across = {divideUp(tile.across.from, out.stepX), divideUp(tile.across.to, out.stepX)};
    out.down = {divideUp(tile.down.from, out.stepY), divideUp(tile.down.to, out.stepY)};
    out.isLowest = level == 0;
    out.wide = coding.precincts[std::size_t(level)] & 15;
    out.high = coding.precincts[std::size_t(level)] >> 4;
    out.blockWide = std::min(coding.blockWide, out.wide - (level > 0 ? 1 : 0));
    out.blockHigh = std::min(coding.blockHigh, out.high - (level > 0 ? 1 : 0));
    const auto count = [](const J2kSide &side, int exponent) {
        return divideUp(side.to, std::int64_t(1) << exponent) - (side.from >> exponent);
    };
    if (!out.across.empty() && !out.down.empty()) {
        out.precinctsAcross = count(out.across, out.wide);
        out.precincts = out.precinctsAcross * count(out.down, out.high);
    }
    return out;
}
} // namespace

J2kTile::J2kTile(const J2kHeader &header, int number)
{
    const J2kGrid &grid = header.grid;
    const std::int64_t x = number % grid.tilesAcross, y = number / grid.tilesAcross;
    const std::int64_t left = grid.tileLeft + x * grid.tileWidth, top = grid.tileTop + y * grid.tileHeight;
    across = {std::max(left, grid.left), std::min(left + grid.tileWidth, grid.right)};
    down = {std::max(top, grid.top), std::min(top + grid.tileHeight, grid.bottom)};
    for (const J2kComponent &part : header.components) {
        Component &component = components.emplace_back();
        component.reserve(std::size_t(header.coding.levels) + 1);
        for (int i = 0; i <= header.coding.levels; ++i)
            component.push_back(resolutionOf(*this, header.coding, part, i));
    }
}

J2kPacketOrder::J2kPacketOrder(const J2kTile &tile, const J2kCoding &coding)
    : m_tile(tile)
    , m_order(coding.order)
    , m_layers(coding.layers)
    , m_resolutions(coding.levels + 1)
    , m_parts(int(tile.components.size()))
    , m_next(std::size_t(m_resolutions) * std::size_t(m_parts))
{
}

bool J2kPacketOrder::next(J2kPacket &packet)
{
    return m_order < 2 ? byCount(packet) : byPlace(packet);
}

// One further than the last: precincts within components within resolutions and layers, or the other way
// round.
bool J2kPacketOrder::nextCount()
{
    if (++m_at.component < m_parts)
        return true;
    m_at.component = 0;
    int &inner = m_order == 0 ? m_at.resolution : m_at.layer,
        &outer = m_order == 0 ? m_at.layer : m_at.resolution;
    if (++inner < (m_order == 0 ? m_resolutions : m_layers))
        return true;
    inner = 0;
    return ++outer < (m_order == 0 ? m_layers : m_resolutions);
}

bool J2kPacketOrder::byCount(J2kPacket &packet)
{
    while (m_at.layer < m_layers && m_at.resolution < m_resolutions) {
        const J2kResolution &one =
            m_tile.components[std::size_t(m_at.component)][std::size_t(m_at.resolution)];
        if (m_at.precinct < one.precincts) {
            packet = m_at;
            ++m_at.precinct;
            return true;
        }
        m_at.precinct = 0;
        if (!nextCount())
            return false;
    }
    return false;
}

// The precinct that comes next among these components and resolutions, by its place in the image.
bool J2kPacketOrder::findPlace()
{
    const int groups = m_order == 2 ? m_resolutions : m_order == 4 ? m_parts : 1;
    for (; m_group < groups; ++m_group) {
        bool found = false;
        Place best;
        for (int c = m_order == 4 ? m_group : 0; c < (m_order == 4 ? m_group + 1 : m_parts); ++c) {
            for (int r = m_order == 2 ? m_group : 0; r < (m_order == 2 ? m_group + 1 : m_resolutions); ++r) {
                const J2kResolution &one = m_tile.components[std::size_t(c)][std::size_t(r)];
                const std::int64_t precinct =
                    m_next[std::size_t(c) * std::size_t(m_resolutions) + std::size_t(r)];
                if (precinct >= one.precincts)
                    continue;
                const Place place = placeOf(m_tile, one, precinct);
                if (found && !(place < best))
                    continue;
                found = true;
                best = place;
                m_at = {c, r, 0, precinct};
            }
        }
        if (found) {
            ++m_next[std::size_t(m_at.component) * std::size_t(m_resolutions) + std::size_t(m_at.resolution)];
            return true;
        }
    }
    return false;
}

bool J2kPacketOrder::byPlace(J2kPacket &packet)
{
    if ((!m_begun || ++m_at.layer >= m_layers) && !findPlace())
        return false;
    m_begun = true;
    packet = m_at;
    return true;
}

} // namespace naru::imaging::codecs
