#include "core/imaging/decode/codecs/J2kBlocks.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace naru::imaging::codecs {

namespace {
constexpr int mostLengthBits = 31;

// Table B.4
bool readPasses(J2kHeaderBits &bits, int &passes)
{
    std::uint32_t value = 0;
    for (const auto &[count, first] : {std::pair{1, 1}, {1, 2}, {2, 3}, {5, 6}, {7, 37}}) {
        if (!bits.bits(count, value))
            return false;
        passes = first + int(value);
        if (value != (1U << count) - 1)
            return true;
    }
    return true;
}
} // namespace

// With one exponent for all (style 1) each level has one less than the one below (E-5).
int j2kPlanes(const J2kQuantization &steps, int band)
{
    const int less = steps.style == 1 && band > 0 ? (band - 1) / 3 : 0;
    return steps.guardBits - 1 + steps.exponents[std::size_t(steps.style == 1 ? 0 : band)] - less;
}

J2kBlocks::J2kBlocks(const J2kHeader &header, const J2kTile &tile)
    : m_header(header)
    , m_tile(tile)
{
    for (const J2kTile::Component &component : tile.components) {
        auto &own = m_precincts.emplace_back();
        for (const J2kResolution &resolution : component)
            own.emplace_back(std::size_t(resolution.precincts));
    }
}

std::unique_ptr<J2kBlocks::Precinct> J2kBlocks::makePrecinct(
    const J2kResolution &resolution, std::int64_t index) const
{
    auto out = std::make_unique<Precinct>();
    for (int i = 0; i < resolution.bands(); ++i) {
        const int kind = resolution.firstBand() + i;
        const J2kSide across = resolution.precinct(index, kind, false),
                      down = resolution.precinct(index, kind, true);
        Band &band = (*out)[std::size_t(i)];
        if (across.empty() || down.empty())
            continue;
        const J2kSide whole{resolution.ofBand(resolution.across, kind & 1).from,
            resolution.ofBand(resolution.down, kind >> 1).from};
        const std::int64_t left = across.from >> resolution.blockWide,
                           top = down.from >> resolution.blockHigh;
        band.across = int(((across.to - 1) >> resolution.blockWide) - left + 1);
        band.down = int(((down.to - 1) >> resolution.blockHigh) - top + 1);
        if (!band.inclusion.reset(band.across, band.down) || !band.planes.reset(band.across, band.down))
            return nullptr;
        band.blocks.reserve(std::size_t(band.across) * std::size_t(band.down));
        for (std::int64_t y = top; y < top + band.down; ++y) {
            for (std::int64_t x = left; x < left + band.across; ++x) {
                const std::int64_t x0 = std::max(x << resolution.blockWide, across.from),
                                   x1 = std::min((x + 1) << resolution.blockWide, across.to),
                                   y0 = std::max(y << resolution.blockHigh, down.from),
                                   y1 = std::min((y + 1) << resolution.blockHigh, down.to);
                J2kBlock &block = band.blocks.emplace_back();
                block.x = int(x0 - whole.from);
                block.y = int(y0 - whole.to);
                block.width = int(x1 - x0);
                block.height = int(y1 - y0);
            }
        }
    }
    return out;
}

// B.10.6 and B.10.7.1: one codeword segment, however many passes. Of HT blocks only the cleanup pass is read
// here.
bool J2kBlocks::blockHeader(J2kHeaderBits &bits, J2kBlock &block)
{
    int passes = 0;
    if (!readPasses(bits, passes) || (m_header.isHt && passes != 1))
        return false;
    for (std::uint32_t next = 1; next != 0; block.lengthBits += int(next)) {
        if (block.lengthBits > mostLengthBits || !bits.bit(next))
            return false;
    }
    const int wide = block.lengthBits + int(std::bit_width(unsigned(passes))) - 1;
    std::uint32_t length = 0;
    if (wide > mostLengthBits || !bits.bits(wide, length))
        return false;
    block.passes += passes;
    m_pieces.push_back({&block, length});
    return block.passes <= 3 * block.planes - 2;
}

bool J2kBlocks::bandHeader(J2kHeaderBits &bits, Band &band, int layer, int mostPlanes)
{
    for (std::size_t i = 0; i < band.blocks.size(); ++i) {
        J2kBlock &block = band.blocks[i];
        const int x = int(i) % band.across, y = int(i) / band.across;
        std::uint32_t again = 0;
        bool inside = false;
        if (block.passes > 0 ? !bits.bit(again)
                             : !band.inclusion.below(bits, x, y, std::uint32_t(layer) + 1, inside))
            return false;
        if (!inside && again == 0)
            continue;
        std::uint32_t missing = 0;
        if (block.passes == 0) {
            if (!band.planes.value(bits, x, y, std::uint32_t(mostPlanes), missing))
                return false;
            block.planes = mostPlanes - int(missing);
            block.bandPlanes = mostPlanes;
        }
        if (!blockHeader(bits, block))
            return false;
    }
    return true;
}

bool J2kBlocks::packet(J2kHeaderBits &bits, const J2kPacket &at)
{
    std::uint32_t filled = 0;
    if (!bits.bit(filled))
        return false;
    m_pieces.clear();
    if (filled != 0) {
        const J2kResolution &resolution =
            m_tile.components[std::size_t(at.component)][std::size_t(at.resolution)];
        auto &precinct =
            m_precincts[std::size_t(at.component)][std::size_t(at.resolution)][std::size_t(at.precinct)];
        if (!precinct)
            precinct = makePrecinct(resolution, at.precinct);
        for (int i = 0; precinct && i < resolution.bands(); ++i) {
            const int band = at.resolution == 0 ? 0 : 3 * at.resolution - 2 + i;
            if (!bandHeader(
                    bits, (*precinct)[std::size_t(i)], at.layer, j2kPlanes(m_header.quantization, band)))
                return false;
        }
        if (!precinct)
            return false;
    }
    if (!bits.end())
        return false;
    for (const Piece &piece : m_pieces) {
        const auto left = bits.left();
        if (!bits.skip(piece.bytes))
            return false;
        piece.block->pieces.push_back(left.first(piece.bytes));
    }
    return true;
}

bool J2kBlocks::read(std::span<const J2kTilePart *const> parts)
{
    J2kPacketOrder order(m_tile, m_header.coding);
    J2kPacket at;
    bool more = order.next(at);
    for (const J2kTilePart *part : parts) {
        J2kHeaderBits bits(part->packets);
        for (; more && !bits.left().empty(); more = order.next(at)) {
            if (!packet(bits, at))
                return false;
        }
        if (!bits.left().empty())
            return false;
    }
    return !more;
}

} // namespace naru::imaging::codecs
