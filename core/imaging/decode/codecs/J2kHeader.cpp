#include "core/imaging/decode/codecs/J2kHeader.h"

#include "core/imaging/decode/codecs/Samples.h"

#include <algorithm>
#include <cstring>

namespace naru::imaging::codecs {

namespace {
// Decoders allocate some kilobytes for each tile and some hundred bytes for each precinct and layer.
constexpr std::int64_t mostTiles = 4096, mostPrecincts = 200000, mostLayers = 1024;

std::int64_t big16(const std::uint8_t *at)
{
    return at[0] << 8 | at[1];
}
std::int64_t big32(const std::uint8_t *at)
{
    return big16(at) << 16 | big16(at + 2);
}
std::int64_t divideUp(std::int64_t a, std::int64_t b)
{
    return (a + b - 1) / b;
}

struct Reader {
    J2kHeader out{};
    std::int64_t tileWidth = 0, tileHeight = 0, tiles = 0;

    base::Status size(const std::uint8_t *body, std::int64_t length);
    base::Status parts(const std::uint8_t *body, std::int64_t count);
    base::Status coding(const std::uint8_t *body, std::int64_t length);
    base::Status precincts(const std::uint8_t *sizes, int levels, std::int64_t layers) const;
};

// Shortest of the pieces into which a grid cuts a side.
std::int64_t shortest(std::int64_t begin, std::int64_t length, std::int64_t gridBegin, std::int64_t step)
{
    const std::int64_t first = step - (begin - gridBegin) % step, last = (begin + length - gridBegin) % step;
    return std::min({length, first, last == 0 ? step : last});
}

base::Status Reader::size(const std::uint8_t *body, std::int64_t length)
{
    if (length < 36)
        return failed(QStringLiteral("the JPEG 2000 header is cut off"));
    const std::int64_t left = big32(body + 10), top = big32(body + 14), tileLeft = big32(body + 26),
                       tileTop = big32(body + 30), count = big16(body + 34);
    out.columns = big32(body + 2) - left;
    out.rows = big32(body + 6) - top;
    tileWidth = big32(body + 18);
    tileHeight = big32(body + 22);
    if (out.columns <= 0 || out.rows <= 0 || tileWidth <= 0 || tileHeight <= 0 || tileLeft > left
        || tileTop > top || count < 1 || count > 4 || length < 36 + 3 * count)
        return failed(QStringLiteral("the JPEG 2000 image size makes no sense"));
    tiles =
        divideUp(left + out.columns - tileLeft, tileWidth) * divideUp(top + out.rows - tileTop, tileHeight);
    if (tiles > mostTiles)
        return failed(QStringLiteral("JPEG 2000 with %1 tiles").arg(tiles));
    NARU_TRY(parts(body + 36, count));
    int stepX = 1, stepY = 1;
    for (const J2kComponent &component : out.components) {
        stepX = qMax(stepX, component.stepX);
        stepY = qMax(stepY, component.stepY);
    }
    out.smallestTile = qMax(shortest(left, out.columns, tileLeft, tileWidth) / stepX,
        shortest(top, out.rows, tileTop, tileHeight) / stepY);
    return {};
}

base::Status Reader::parts(const std::uint8_t *body, std::int64_t count)
{
    for (int i = 0; i < count; ++i) {
        const std::uint8_t *at = body + 3 * i;
        const J2kComponent component{(at[0] & 0x7F) + 1, (at[0] & 0x80) != 0, at[1], at[2]};
        if (component.bits > 32 || component.stepX < 1 || component.stepY < 1 || component.stepX > 4
            || component.stepY > 4)
            return failed(QStringLiteral("a JPEG 2000 component makes no sense"));
        out.components.push_back(component);
    }
    return {};
}

base::Status Reader::precincts(const std::uint8_t *sizes, int levels, std::int64_t layers) const
{
    std::int64_t total = 0;
    for (int i = 0; i <= levels; ++i) {
        const int wide = sizes[i] & 15, high = sizes[i] >> 4;
        const int down = levels - i;
        const std::int64_t width = divideUp(qMin(tileWidth, out.columns), std::int64_t(1) << down);
        const std::int64_t height = divideUp(qMin(tileHeight, out.rows), std::int64_t(1) << down);
        total +=
            (divideUp(width, std::int64_t(1) << wide) + 1) * (divideUp(height, std::int64_t(1) << high) + 1);
    }
    total *= tiles * std::int64_t(out.components.size());
    if (total > mostPrecincts || total * layers > 16 * mostPrecincts)
        return failed(QStringLiteral("JPEG 2000 with %1 precincts").arg(total));
    return {};
}

base::Status Reader::coding(const std::uint8_t *body, std::int64_t length)
{
    if (length < 10 || out.components.empty())
        return failed(QStringLiteral("the JPEG 2000 coding style is cut off"));
    const std::int64_t layers = big16(body + 2);
    const int levels = body[5];
    if (layers < 1 || layers > mostLayers || levels > 32)
        return failed(QStringLiteral("JPEG 2000 with %1 layers").arg(layers));
    out.levels = levels;
    out.colourTransform = body[4] == 1 && out.components.size() >= 3;
    out.isHt = out.isHt || (body[8] & 0x40) != 0;
    if (!(body[0] & 1))
        return {};
    if (length < 11 + levels)
        return failed(QStringLiteral("the JPEG 2000 coding style is cut off"));
    return precincts(body + 10, levels, layers);
}

// Cuts the stream behind its last tile part where no end marker follows: some writers leave it out, and not
// every decoder does without. A tile part that is cut short is left as it is.
void findEnd(J2kHeader &header, const std::uint8_t *at)
{
    const auto *begin = reinterpret_cast<const std::uint8_t *>(header.codestream.data());
    const auto *end = begin + header.codestream.size();
    while (end - at >= 14 && at[0] == 0xFF && at[1] == 0x90) {
        const std::int64_t length = big32(at + 6);
        header.cutShort = length > end - at;
        if (length < 14 || header.cutShort)
            return;
        at += length;
    }
    header.endMissing = end - at < 2; // nothing, or the byte that makes a length even
    if (header.endMissing)
        header.codestream = header.codestream.first(std::size_t(at - begin));
}

// The codestream of a JP2 file and its enumerated colour space; anything else is taken as it is.
std::span<const std::byte> unwrap(std::span<const std::byte> bytes, int &colour)
{
    static constexpr std::uint8_t signature[12] = {0, 0, 0, 12, 'j', 'P', ' ', ' ', 13, 10, 0x87, 10};
    const auto *all = reinterpret_cast<const std::uint8_t *>(bytes.data());
    if (bytes.size() < 12 || std::memcmp(all, signature, 12) != 0)
        return bytes;
    std::size_t at = 12;
    for (int boxes = 0; boxes < 1000 && bytes.size() - at >= 8; ++boxes) {
        auto length = std::size_t(big32(all + at));
        if (length == 0 || length > bytes.size() - at)
            length = bytes.size() - at;
        if (length < 8) // 64-bit lengths included: no frame is that large
            break;
        const char *type = reinterpret_cast<const char *>(all + at + 4);
        if (std::memcmp(type, "jp2c", 4) == 0)
            return bytes.subspan(at + 8, length - 8);
        if (std::memcmp(type, "colr", 4) == 0 && length >= 15 && all[at + 8] == 1)
            colour = int(big32(all + at + 11));
        at += std::memcmp(type, "jp2h", 4) == 0 ? 8 : length; // into the header box, past the others
    }
    return {};
}
} // namespace

base::Result<J2kHeader> readJ2kHeader(std::span<const std::byte> bytes)
{
    Reader reader;
    const auto stream = unwrap(bytes, reader.out.enumeratedColour);
    const auto *at = reinterpret_cast<const std::uint8_t *>(stream.data());
    const auto *const end = at + stream.size();
    if (stream.size() < 4 || at[0] != 0xFF || at[1] != 0x4F)
        return failed(QStringLiteral("the frame is no JPEG 2000 codestream"));
    bool coded = false;
    for (at += 2; end - at >= 4;) {
        const int marker = at[0] << 8 | at[1];
        if (marker >= 0xFF30 && marker <= 0xFF3F) { // reserved markers without a length
            at += 2;
            continue;
        }
        if (marker == 0xFF90) { // first tile part
            if (!coded)
                break;
            reader.out.codestream = stream;
            findEnd(reader.out, at);
            return reader.out;
        }
        const std::int64_t length = big16(at + 2);
        if (at[0] != 0xFF || length < 2 || length > end - at - 2)
            break;
        if (marker == 0xFF51 && reader.out.components.empty())
            NARU_TRY(reader.size(at + 4, length - 2));
        if (marker == 0xFF50)
            reader.out.isHt = length >= 6 && (big32(at + 4) & 0x20000) != 0; // Pcap15 of T.814
        if (marker == 0xFF52) {
            NARU_TRY(reader.coding(at + 4, length - 2));
            coded = true;
        }
        if (marker == 0xFF53 || marker == 0xFF5D || marker == 0xFF5E || marker == 0xFF5F || marker == 0xFF60)
            reader.out.simple = false;
        at += 2 + length;
    }
    return failed(QStringLiteral("the JPEG 2000 header is damaged"));
}

base::Status matches(const J2kHeader &header, const CodecInput &input)
{
    if (header.rows != input.shape.rows)
        return mismatch(QStringLiteral("the number of rows"), header.rows, input.shape.rows);
    if (header.columns != input.shape.columns)
        return mismatch(QStringLiteral("the number of columns"), header.columns, input.shape.columns);
    if (int(header.components.size()) != input.shape.samples)
        return mismatch(QStringLiteral("the number of samples a pixel"), qint64(header.components.size()),
            input.shape.samples);
    for (const J2kComponent &component : header.components) {
        if (component.bits > FrameShape::bytesOf(input.shape.type) * 8)
            return mismatch(QStringLiteral("the precision"), component.bits, input.bitsStored);
    }
    return {};
}

} // namespace naru::imaging::codecs
