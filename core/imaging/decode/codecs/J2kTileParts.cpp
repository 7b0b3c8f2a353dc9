#include "core/imaging/decode/codecs/J2kHeader.h"
#include "core/imaging/decode/codecs/Samples.h"

#include <algorithm>

namespace naru::imaging::codecs {

namespace {
constexpr std::int64_t startLength = 12, least = startLength + 2; // SOT with its segment, and SOD

// From behind the SOT segment to behind SOD. A header that is damaged is not plain; what becomes of it is
// the decoder's to say.
void readPartHeader(J2kTilePart &part, std::span<const std::uint8_t> bytes)
{
    std::size_t at = 0;
    while (bytes.size() - at >= 2) {
        const std::int64_t marker = big16(bytes.data() + at);
        at += 2;
        if (marker == 0xFF93) {
            part.packets = bytes.subspan(at);
            return;
        }
        const auto length = std::size_t(bytes.size() - at >= 2 ? big16(bytes.data() + at) : 0);
        part.plain = part.plain && (marker == 0xFF58 || marker == 0xFF64); // PLT and COM
        if (length < 2 || length > bytes.size() - at)
            break;
        at += length;
    }
    part.plain = false;
}

// Zeros and comments, which some writers put between the last tile part and the end marker. They are no part
// of the codestream, and not every decoder passes over them.
bool isFiller(const std::uint8_t *at, const std::uint8_t *end)
{
    while (end - at >= 2 && big16(at) != 0xFFD9) {
        const bool comment = end - at >= 4 && big16(at) == 0xFF64 && big16(at + 2) >= 2;
        if (!comment && *at != 0)
            return false;
        at += comment ? std::min<std::int64_t>(2 + big16(at + 2), end - at) : 1;
    }
    return true;
}

// Some writers leave the end marker out, and not every decoder does without. What follows the last tile part
// may be the byte that makes a length even. OpenJPH 0.9 searches anything else for tile parts that we have
// not read, and takes one beyond the last tile for a tile.
void findEnd(J2kHeader &header, const std::uint8_t *at)
{
    const auto *begin = reinterpret_cast<const std::uint8_t *>(header.codestream.data());
    const auto *end = begin + header.codestream.size();
    if (!header.lengthMissing) {
        header.endMissing = end - at < 2 || (big16(at) != 0xFFD9 && isFiller(at, end));
        if (header.endMissing)
            header.codestream = header.codestream.first(std::size_t(at - begin));
        else
            header.plain = header.plain && big16(at) == 0xFFD9;
        header.usual = header.usual && (header.endMissing || big16(at) == 0xFFD9);
        return;
    }
    header.usual = false;
    if (big16(end - 3) == 0xFFD9 && end[-1] == 0)
        header.codestream = header.codestream.first(header.codestream.size() - 1);
    else
        header.endMissing = big16(end - 2) != 0xFFD9;
}
} // namespace

base::Status readJ2kTileParts(J2kHeader &header, const std::uint8_t *at)
{
    const auto *end =
        reinterpret_cast<const std::uint8_t *>(header.codestream.data()) + header.codestream.size();
    while (end - at >= startLength && big16(at) == 0xFF90 && !header.lengthMissing) {
        std::int64_t length = big32(at + 6);
        header.lengthMissing = length == 0; // A.4.2: until the end, which only the last one may say
        if (header.lengthMissing)
            length = end - at;
        if (big16(at + 2) != 10 || length < least)
            return failed(QStringLiteral("a JPEG 2000 tile part makes no sense"));
        if (length > end - at)
            return failed(QStringLiteral("the JPEG 2000 codestream ends early"));
        J2kTilePart part{int(big16(at + 4)), at[10], at[11]};
        if (part.tile >= header.grid.tilesAcross * header.grid.tilesDown)
            return failed(QStringLiteral("a JPEG 2000 tile part of tile %1").arg(part.tile));
        readPartHeader(part, {at + startLength, at + length});
        header.tileParts.push_back(part);
        at += length;
    }
    if (header.tileParts.empty())
        return failed(QStringLiteral("the JPEG 2000 codestream has no tile"));
    findEnd(header, at);
    return {};
}

} // namespace naru::imaging::codecs
