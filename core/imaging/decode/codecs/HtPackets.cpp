#include "core/imaging/decode/codecs/HtPackets.h"

#include "core/imaging/decode/codecs/HtPacketReader.h"

#include <algorithm>

namespace naru::imaging::codecs {

namespace {
constexpr int mostBlocksAcross = 11; // exponent, of a precinct: decoders take memory for the square of it
constexpr int mostPlanes = 31; // of a band, in 32 bits with a sign

std::int64_t divideUp(std::int64_t a, std::int64_t b)
{
    return (a + b - 1) / b;
}

struct Side { // from, to: along one direction
    std::int64_t from = 0, to = 0;
    bool empty() const { return to <= from; }
};

// One resolution of one component of one tile.
struct Resolution {
    Side across{}, down{};
    int wide = 15, high = 15; // exponents of its precincts
    int blockWide = 0, blockHigh = 0; // exponents of the code blocks
    std::int64_t stepX = 1, stepY = 1; // of its samples on the reference grid
    std::int64_t precinctsAcross = 0, precincts = 0, next = 0;
    bool isLowest = false;

    Side precinct(bool vertical, std::int64_t index) const;
    HtBlocks blocksOf(std::int64_t index, int band) const;
    bool holds(int band) const;
    Side ofBand(Side side, int high) const;
};

struct Place {
    std::int64_t y = 0, x = 0;
    bool operator<(const Place &other) const { return y < other.y || (y == other.y && x < other.x); }
};

Side Resolution::precinct(bool vertical, std::int64_t index) const
{
    const Side &whole = vertical ? down : across;
    const int exponent = vertical ? high : wide;
    const std::int64_t first = whole.from >> exponent;
    return {std::max(whole.from, (first + index) << exponent),
        std::min(whole.to, (first + index + 1) << exponent)};
}

Side Resolution::ofBand(Side side, int high) const
{
    return isLowest ? side : Side{(side.from - high + 1) >> 1, (side.to - high + 1) >> 1};
}

bool Resolution::holds(int band) const
{
    return !ofBand(across, band & 1).empty() && !ofBand(down, band >> 1).empty();
}

// T.800 B.7 and B.9.
HtBlocks Resolution::blocksOf(std::int64_t index, int band) const
{
    const auto count = [this](Side side, int high, int exponent) {
        side = ofBand(side, high);
        if (side.empty())
            return 0;
        return int(((side.to + (std::int64_t(1) << exponent) - 1) >> exponent) - (side.from >> exponent));
    };
    return {count(precinct(false, index % precinctsAcross), band & 1, blockWide),
        count(precinct(true, index / precinctsAcross), band >> 1, blockHigh)};
}

class Tile {
public:
    Tile(const J2kHeader &header, int number);
    bool read(const J2kTilePart &part);
    bool done() const;
    bool odd() const { return m_odd; }

private:
    using Component = std::vector<Resolution>;
    Component component(const J2kComponent &part) const;
    bool inOrder(HtPacketReader &reader);
    bool byResolution(HtPacketReader &reader);
    // The packet that comes next among these components and resolutions, by its place in the image.
    bool byPlace(
        HtPacketReader &reader, std::size_t fromPart, std::size_t toPart, std::size_t from, std::size_t to);
    bool packet(HtPacketReader &reader, Resolution &resolution);
    Place placeOf(const Resolution &resolution) const;

    const J2kCoding &m_coding;
    Side m_across{}, m_down{};
    int m_nextPart = 0;
    bool m_odd = false;
    std::vector<Component> m_components{};
};

Tile::Tile(const J2kHeader &header, int number)
    : m_coding(header.coding)
{
    const J2kGrid &grid = header.grid;
    const std::int64_t x = number % grid.tilesAcross, y = number / grid.tilesAcross;
    const std::int64_t left = grid.tileLeft + x * grid.tileWidth, top = grid.tileTop + y * grid.tileHeight;
    m_across = {std::max(left, grid.left), std::min(left + grid.tileWidth, grid.right)};
    m_down = {std::max(top, grid.top), std::min(top + grid.tileHeight, grid.bottom)};
    for (const J2kComponent &part : header.components)
        m_components.push_back(component(part));
}

Tile::Component Tile::component(const J2kComponent &part) const
{
    Component out(std::size_t(m_coding.levels) + 1);
    for (int i = 0; i <= m_coding.levels; ++i) {
        Resolution &one = out[std::size_t(i)];
        const std::int64_t halves = std::int64_t(1) << (m_coding.levels - i);
        one.stepX = part.stepX * halves;
        one.stepY = part.stepY * halves;
        one.across = {divideUp(m_across.from, one.stepX), divideUp(m_across.to, one.stepX)};
        one.down = {divideUp(m_down.from, one.stepY), divideUp(m_down.to, one.stepY)};
        one.isLowest = i == 0;
        one.wide = m_coding.precincts[std::size_t(i)] & 15;
        one.high = m_coding.precincts[std::size_t(i)] >> 4;
        one.blockWide = std::min(m_coding.blockWide, one.wide - (i > 0 ? 1 : 0));
        one.blockHigh = std::min(m_coding.blockHigh, one.high - (i > 0 ? 1 : 0));
        const auto count = [](const Side &side, int exponent) {
            return divideUp(side.to, std::int64_t(1) << exponent) - (side.from >> exponent);
        };
        if (!one.across.empty() && !one.down.empty()) {
            one.precinctsAcross = count(one.across, one.wide);
            one.precincts = one.precinctsAcross * count(one.down, one.high);
        }
    }
    return out;
}

bool Tile::packet(HtPacketReader &reader, Resolution &resolution)
{
    std::array<HtBlocks, 3> bands;
    const int first = resolution.isLowest ? 0 : 1, count = resolution.isLowest ? 1 : 3;
    bool some = false;
    for (int i = 0; i < count; ++i) {
        HtBlocks &blocks = bands[std::size_t(i)];
        blocks = resolution.blocksOf(resolution.next, first + i);
        const bool none = blocks.across == 0 || blocks.down == 0;
        some = some || !none;
        m_odd = m_odd || (none && resolution.holds(first + i));
    }
    m_odd = m_odd || !some;
    ++resolution.next;
    return reader.pass(std::span(bands).first(std::size_t(count)));
}

Place Tile::placeOf(const Resolution &resolution) const
{
    const std::int64_t x = resolution.next % resolution.precinctsAcross,
                       y = resolution.next / resolution.precinctsAcross;
    const std::int64_t left = ((resolution.across.from >> resolution.wide) + x) << resolution.wide,
                       top = ((resolution.down.from >> resolution.high) + y) << resolution.high;
    return {std::max(top * resolution.stepY, m_down.from), std::max(left * resolution.stepX, m_across.from)};
}

bool Tile::byResolution(HtPacketReader &reader)
{
    for (std::size_t i = 0; i <= std::size_t(m_coding.levels); ++i) {
        for (Component &component : m_components) {
            while (component[i].next < component[i].precincts && !reader.atEnd()) {
                if (!packet(reader, component[i]))
                    return false;
            }
        }
    }
    return true;
}

bool Tile::byPlace(
    HtPacketReader &reader, std::size_t fromPart, std::size_t toPart, std::size_t from, std::size_t to)
{
    while (!reader.atEnd()) {
        Resolution *first = nullptr;
        Place best;
        for (std::size_t c = fromPart; c < toPart; ++c) {
            for (std::size_t r = from; r < to; ++r) {
                Resolution &one = m_components[c][r];
                if (one.next >= one.precincts)
                    continue;
                const Place place = placeOf(one);
                if (!first || place < best) {
                    first = &one;
                    best = place;
                }
            }
        }
        if (!first)
            return true;
        if (!packet(reader, *first))
            return false;
    }
    return true;
}

bool Tile::inOrder(HtPacketReader &reader)
{
    const std::size_t parts = m_components.size(), resolutions = std::size_t(m_coding.levels) + 1;
    bool good = true;
    switch (m_coding.order) {
    case 2: // RPCL
        for (std::size_t r = 0; r < resolutions && good; ++r)
            good = byPlace(reader, 0, parts, r, r + 1);
        return good;
    case 3: // PCRL
        return byPlace(reader, 0, parts, 0, resolutions);
    case 4: // CPRL
        for (std::size_t c = 0; c < parts && good; ++c)
            good = byPlace(reader, c, c + 1, 0, resolutions);
        return good;
    default: // LRCP and RLCP, which are the same with one layer
        return byResolution(reader);
    }
}

bool Tile::read(const J2kTilePart &part)
{
    if (!part.plain || part.part != m_nextPart++)
        return false;
    HtPacketReader reader(part.packets, m_coding.mayUseSop, m_coding.usesEph);
    return inOrder(reader);
}

bool Tile::done() const
{
    return std::all_of(m_components.begin(), m_components.end(), [](const Component &component) {
        return std::all_of(component.begin(), component.end(),
            [](const Resolution &one) { return one.next == one.precincts; });
    });
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
    std::vector<Tile> tiles;
    const int count = header.grid.tilesAcross * header.grid.tilesDown;
    tiles.reserve(std::size_t(count));
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
