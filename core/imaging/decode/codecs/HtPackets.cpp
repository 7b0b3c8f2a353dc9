#include "core/imaging/decode/codecs/HtPackets.h"

#include "core/imaging/decode/codecs/HtPacketReader.h"
#include "core/imaging/decode/codecs/J2kTile.h"

#include <algorithm>
#include <array>
#include <deque>

namespace naru::imaging::codecs {

namespace {
constexpr int mostBlocksAcross = 11; // exponent, of a precinct: decoders take memory for the square of it
constexpr int mostPlanes = 31; // of a band, in 32 bits with a sign

// B.7 and B.9
HtBlocks blocksOf(const J2kResolution &resolution, std::int64_t precinct, int band)
{
    const auto count = [&](bool vertical, int exponent) {
        const J2kSide side = resolution.precinct(precinct, band, vertical);
        if (side.empty())
            return 0;
        return int(((side.to + (std::int64_t(1) << exponent) - 1) >> exponent) - (side.from >> exponent));
    };
    return {count(false, resolution.blockWide), count(true, resolution.blockHigh)};
}

class Tile {
public:
    Tile(const J2kHeader &header, int number)
        : m_coding(header.coding)
        , m_tile(header, number)
        , m_order(m_tile, header.coding)
        , m_more(m_order.next(m_next))
    {
    }
    bool read(const J2kTilePart &part);
    bool done() const { return !m_more; }
    bool odd() const { return m_odd; }

private:
    bool packet(HtPacketReader &reader);

    const J2kCoding &m_coding;
    J2kTile m_tile;
    J2kPacketOrder m_order;
    J2kPacket m_next{};
    int m_nextPart = 0;
    bool m_odd = false, m_more = false;
};

bool Tile::packet(HtPacketReader &reader)
{
    const J2kResolution &resolution =
        m_tile.components[std::size_t(m_next.component)][std::size_t(m_next.resolution)];
    std::array<HtBlocks, 3> bands;
    const int first = resolution.firstBand(), count = resolution.bands();
    bool some = false;
    for (int i = 0; i < count; ++i) {
        HtBlocks &blocks = bands[std::size_t(i)];
        blocks = blocksOf(resolution, m_next.precinct, first + i);
        const bool none = blocks.across == 0 || blocks.down == 0;
        some = some || !none;
        m_odd = m_odd || (none && resolution.holds(first + i));
    }
    m_odd = m_odd || !some;
    return reader.pass(std::span(bands).first(std::size_t(count)));
}

bool Tile::read(const J2kTilePart &part)
{
    if (!part.plain || part.part != m_nextPart++)
        return false;
    HtPacketReader reader(part.packets, m_coding.mayUseSop, m_coding.usesEph);
    for (; m_more && !reader.atEnd(); m_more = m_order.next(m_next)) {
        if (!packet(reader))
            return false;
    }
    return true;
}

bool blocksFit(const J2kCoding &coding)
{
    for (int i = 0; i <= coding.levels; ++i) {
        const int less = i > 0 ? 1 : 0, wide = (coding.precincts[std::size_t(i)] & 15) - less,
                  high = (coding.precincts[std::size_t(i)] >> 4) - less;
        if (wide < 2 || high < 2 || wide - coding.blockWide > mostBlocksAcross
            || high - coding.blockHigh > mostBlocksAcross)
            return false;
    }
    return true;
}

bool bandsFit(const J2kHeader &header)
{
    const J2kQuantization &steps = header.quantization;
    return steps.style == (header.coding.reversible ? 0 : 2)
        && std::int64_t(steps.exponents.size()) == 3 * header.levels + 1
        && std::all_of(steps.exponents.begin(), steps.exponents.end(),
            [&](int exponent) { return steps.guardBits + exponent - 1 <= mostPlanes; });
}
} // namespace

bool htHeaderIsPlain(const J2kHeader &header)
{
    const J2kGrid &grid = header.grid;
    const J2kComponent &first = header.components.front();
    const bool shifted = grid.left != 0 || grid.top != 0 || grid.tileLeft != 0 || grid.tileTop != 0;
    constexpr std::int64_t farthest = std::int64_t(1) << 30;
    // A level of the wavelet that has no samples makes OpenJPH lose its place in the tile.
    const bool everyLevel = header.levels < 31 && header.smallestTile >= std::int64_t(1) << header.levels;
    const bool vertical = (header.coding.blockStyle & ~8) == 0x40; // HT, and causal or not
    return header.simple && header.plain && !header.lengthMissing && !shifted && grid.tileWidth <= farthest
        && grid.tileHeight <= farthest && everyLevel && vertical && header.coding.layers == 1
        && blocksFit(header.coding) && bandsFit(header)
        && std::all_of(header.components.begin(), header.components.end(), [&](const J2kComponent &part) {
               return part.bits <= 16 // it computes in 32 bits
                   && (!header.colourTransform || (part.stepX == first.stepX && part.stepY == first.stepY));
           });
}

HtPackets readHtPackets(const J2kHeader &header)
{
    if (!header.samePackets || header.coding.layers != 1)
        return HtPackets::Unknown;
    std::deque<Tile> tiles; // they hold references to their own members
    const int count = header.grid.tilesAcross * header.grid.tilesDown;
    for (int i = 0; i < count; ++i)
        tiles.emplace_back(header, i);
    const bool whole = std::all_of(header.tileParts.begin(), header.tileParts.end(),
                           [&](const J2kTilePart &part) { return tiles[std::size_t(part.tile)].read(part); })
        && std::all_of(tiles.begin(), tiles.end(), [](const Tile &tile) { return tile.done(); });
    if (!whole)
        return HtPackets::Unknown;
    const bool odd = std::any_of(tiles.begin(), tiles.end(), [](const Tile &tile) { return tile.odd(); });
    return odd ? HtPackets::Odd : HtPackets::Whole;
}

// Byte by byte through all parts of a tile, which decoders join.
bool htPacketsHoldMarkers(const J2kHeader &header)
{
    std::vector<std::uint8_t> before(
        std::size_t(header.grid.tilesAcross) * std::size_t(header.grid.tilesDown));
    for (const J2kTilePart &part : header.tileParts) {
        std::uint8_t &last = before[std::size_t(part.tile)];
        for (const std::uint8_t byte : part.packets) {
            if (last == 0xFF && byte > 0x8F)
                return true;
            last = byte;
        }
    }
    return false;
}

} // namespace naru::imaging::codecs
