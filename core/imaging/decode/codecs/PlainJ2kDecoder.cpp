// JPEG 2000 Part 1 as DICOM files hold it, faster than the library: what is plain. Everything else, and
// everything that is damaged, is OpenJPEG's to decode or to refuse.
#include "core/imaging/decode/codecs/HtBlockDecoder.h"
#include "core/imaging/decode/codecs/HtPackets.h"
#include "core/imaging/decode/codecs/J2kDecoders.h"
#include "core/imaging/decode/codecs/J2kTileDecoder.h"

#include <algorithm>
#include <atomic>
#include <new>

namespace naru::imaging::codecs {

namespace {
constexpr int mostBits = 24, mostLossyBits = 20; // rounding of the 9-7 filter takes no more
constexpr int mostPlanes = 30; // with a sign and half a bit in 32 bits
constexpr std::int64_t largestTile = std::int64_t(1) << 30; // OpenJPEG refuses what 32 bits do not hold

bool partsArePlain(const J2kHeader &header)
{
    const J2kComponent &first = header.components.front();
    return (header.components.size() == 1 || header.components.size() == 3)
        && first.bits <= (header.coding.reversible ? mostBits : mostLossyBits)
        && std::all_of(header.components.begin(), header.components.end(), [&](const J2kComponent &part) {
               return part.bits == first.bits && part.isSigned == first.isSigned && part.stepX == 1
                   && part.stepY == 1;
           });
}

bool bandsArePlain(const J2kHeader &header)
{
    const J2kQuantization &steps = header.quantization;
    if ((steps.style == 0) != header.coding.reversible)
        return false;
    for (int band = 0; band < 3 * header.levels + 1; ++band) {
        const int planes = j2kPlanes(steps, band);
        if (planes < 1 || planes > mostPlanes || planes + 1 < steps.guardBits)
            return false;
    }
    return true;
}

bool isPlain(const J2kHeader &header, const CodecInput &input)
{
    const J2kGrid &grid = header.grid;
    const J2kCoding &coding = header.coding;
    const FrameShape shape = FrameShape{int(header.rows), int(header.columns)}.halved(input.halvings);
    return header.usual && header.simple && !header.lengthMissing && grid.left == 0 && grid.top == 0
        && grid.tileLeft == 0 && grid.tileTop == 0 && grid.tileWidth <= largestTile
        && grid.tileHeight <= largestTile && coding.blockStyle == 0 && !coding.mayUseSop && !coding.usesEph
        && header.levels < 31 && input.halvings <= header.levels && input.shape.rows == shape.rows
        && input.shape.columns == shape.columns && partsArePlain(header) && bandsArePlain(header);
}

// What OpenJPH would take as well, in the reversible transform: of the other the last bits differ.
bool isPlainHt(const J2kHeader &header, const CodecInput &input)
{
    if (!htHeaderIsPlain(header) || header.coding.blockStyle != 0x40 || header.coding.mayUseSop
        || header.coding.usesEph || !header.coding.reversible || input.halvings > 0 || !partsArePlain(header)
        || !bandsArePlain(header))
        return false;
    for (int band = 0; band < 3 * header.levels + 1; ++band) {
        if (j2kPlanes(header.quantization, band) > HtBlockDecoder::MostPlanes)
            return false;
    }
    return true;
}

using Parts = std::vector<const J2kTilePart *>;

// The parts of each tile, one behind the other and numbered as the standard says (A.4.2).
bool partsOfTiles(const J2kHeader &header, std::vector<Parts> &out)
{
    out.resize(std::size_t(header.grid.tilesAcross) * std::size_t(header.grid.tilesDown));
    int last = -1;
    for (const J2kTilePart &part : header.tileParts) {
        Parts &own = out[std::size_t(part.tile)];
        if (!part.plain || part.part != int(own.size()) || (!own.empty() && part.tile != last))
            return false;
        own.push_back(&part);
        last = part.tile;
    }
    return std::all_of(out.begin(), out.end(), [](const Parts &parts) {
        return !parts.empty() && std::all_of(parts.begin(), parts.end(), [&](const J2kTilePart *part) {
            return part->parts == 0 || part->parts == int(parts.size());
        });
    });
}

bool decodeTiles(const J2kFrame &frame)
{
    std::vector<Parts> tiles;
    if (!partsOfTiles(frame.header, tiles))
        return false;
    const int threads = std::max(1, frame.input.threads), count = int(tiles.size());
    const bool together = count >= threads; // a thread takes whole tiles
    std::atomic<bool> good{true};
    const auto decode = [&](int number) {
        try {
            if (good && !decodeJ2kTile(frame, number, tiles[std::size_t(number)], together ? 1 : threads))
                good = false;
        } catch (const std::bad_alloc &) { // it has other ways to come by with less
            good = false;
        }
    };
    j2kParallel(together ? threads : 1, count, decode);
    return good;
}
} // namespace

bool decodePlainJ2k(const J2kHeader &header, const CodecInput &input, std::span<std::byte> out)
{
    try {
        return isPlain(header, input) && decodeTiles({header, input, out});
    } catch (const std::bad_alloc &) {
        return false;
    }
}

bool decodePlainHt(const J2kHeader &header, const CodecInput &input, std::span<std::byte> out)
{
    try {
        return isPlainHt(header, input) && decodeTiles({header, input, out});
    } catch (const std::bad_alloc &) {
        return false;
    }
}

} // namespace naru::imaging::codecs
