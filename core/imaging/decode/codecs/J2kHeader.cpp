#include "core/imaging/decode/codecs/J2kHeader.h"

#include "core/imaging/decode/codecs/Samples.h"

#include <algorithm>
#include <cstring>

namespace naru::imaging::codecs {

namespace {
// Decoders allocate some kilobytes for each tile and some hundred bytes for each precinct and layer.
constexpr std::int64_t mostTiles = 4096, mostPrecincts = 200000, mostLayers = 1024;
// Some hundred bytes for each of these as well: three components of 65535 x 65535 samples in blocks of 64
// x 64.
constexpr std::int64_t mostBlocks = 4 << 20;
// Of the reference grid. A frame has no more than 65535 rows; decoders compute in 32 bits.
constexpr std::int64_t farthest = (std::int64_t(1) << 31) - 1;

std::int64_t divideUp(std::int64_t a, std::int64_t b)
{
    return (a + b - 1) / b;
}

struct Reader {
    J2kHeader out{};
    bool sized = false, coded = false, quantized = false;

    base::Status segment(int marker, const std::uint8_t *body, std::int64_t length);
    base::Status size(const std::uint8_t *body, std::int64_t length);
    base::Status tiles();
    base::Status parts(const std::uint8_t *body, std::int64_t count);
    base::Status coding(const std::uint8_t *body, std::int64_t length);
    base::Status blocks(const std::uint8_t *body);
    base::Status precincts(const std::uint8_t *sizes);
    base::Status quantization(const std::uint8_t *body, std::int64_t length);
    base::Status whole() const;
};

base::Status again(const char *what)
{
    return failed(QStringLiteral("the JPEG 2000 header has two %1 segments").arg(QLatin1String(what)));
}

// Shortest of the pieces into which a grid cuts a side.
std::int64_t shortest(std::int64_t begin, std::int64_t length, std::int64_t gridBegin, std::int64_t step)
{
    const std::int64_t first = step - (begin - gridBegin) % step, last = (begin + length - gridBegin) % step;
    return std::min({length, first, last == 0 ? step : last});
}

base::Status Reader::size(const std::uint8_t *body, std::int64_t length)
{
    if (sized)
        return again("SIZ");
    if (length < 36)
        return failed(QStringLiteral("the JPEG 2000 header is cut off"));
    J2kGrid &grid = out.grid;
    grid = {big32(body + 10), big32(body + 14), big32(body + 2), big32(body + 6), big32(body + 26),
        big32(body + 30), big32(body + 18), big32(body + 22)};
    out.columns = grid.right - grid.left;
    out.rows = grid.bottom - grid.top;
    out.plain = (body[0] & 0x40) != 0; // says itself that it is HTJ2K
    out.usual = (body[0] & 0xC0) == 0; // no extension of another part
    const std::int64_t count = big16(body + 34);
    if (out.columns <= 0 || out.rows <= 0 || grid.right > farthest || grid.bottom > farthest || count < 1
        || count > 4 || length != 36 + 3 * count)
        return failed(QStringLiteral("the JPEG 2000 image size makes no sense"));
    NARU_TRY(tiles());
    NARU_TRY(parts(body + 36, count));
    int stepX = 1, stepY = 1;
    for (const J2kComponent &component : out.components) {
        stepX = qMax(stepX, component.stepX);
        stepY = qMax(stepY, component.stepY);
    }
    out.smallestTile = qMax(shortest(grid.left, out.columns, grid.tileLeft, grid.tileWidth) / stepX,
        shortest(grid.top, out.rows, grid.tileTop, grid.tileHeight) / stepY);
    sized = true;
    return {};
}

// The first tile begins at or before the image and holds some of it (B-3).
base::Status Reader::tiles()
{
    J2kGrid &grid = out.grid;
    if (grid.tileWidth <= 0 || grid.tileHeight <= 0 || grid.tileLeft > grid.left || grid.tileTop > grid.top
        || grid.tileLeft + grid.tileWidth <= grid.left || grid.tileTop + grid.tileHeight <= grid.top)
        return failed(QStringLiteral("the JPEG 2000 tiles make no sense"));
    const std::int64_t across = divideUp(grid.right - grid.tileLeft, grid.tileWidth),
                       down = divideUp(grid.bottom - grid.tileTop, grid.tileHeight);
    if (across * down > mostTiles)
        return failed(QStringLiteral("JPEG 2000 with %1 tiles").arg(across * down));
    grid.tilesAcross = int(across);
    grid.tilesDown = int(down);
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

// Table A.21: a precinct of one sample has no room for the bands of a level.
base::Status Reader::precincts(const std::uint8_t *sizes)
{
    std::int64_t total = 0;
    for (int i = 0; i <= out.levels; ++i) {
        const int wide = sizes[i] & 15, high = sizes[i] >> 4;
        if (i > 0 && (wide == 0 || high == 0))
            return failed(QStringLiteral("JPEG 2000 precincts of nothing"));
        const int down = out.levels - i;
        const std::int64_t width = divideUp(qMin(out.grid.tileWidth, out.columns), std::int64_t(1) << down);
        const std::int64_t height = divideUp(qMin(out.grid.tileHeight, out.rows), std::int64_t(1) << down);
        total +=
            (divideUp(width, std::int64_t(1) << wide) + 1) * (divideUp(height, std::int64_t(1) << high) + 1);
        out.coding.precincts[std::size_t(i)] = sizes[i];
    }
    total *= std::int64_t(out.grid.tilesAcross) * out.grid.tilesDown * std::int64_t(out.components.size());
    if (total > mostPrecincts || total * out.coding.layers > 16 * mostPrecincts)
        return failed(QStringLiteral("JPEG 2000 with %1 precincts").arg(total));
    return {};
}

base::Status Reader::coding(const std::uint8_t *body, std::int64_t length)
{
    if (coded)
        return again("COD");
    if (length < 10)
        return failed(QStringLiteral("the JPEG 2000 coding style is cut off"));
    J2kCoding &coding = out.coding;
    coding.layers = int(big16(body + 2));
    coding.levels = out.levels = body[5];
    if (coding.layers < 1 || coding.layers > mostLayers)
        return failed(QStringLiteral("JPEG 2000 with %1 layers").arg(coding.layers));
    if (coding.levels > MostJ2kLevels)
        return failed(QStringLiteral("JPEG 2000 with %1 levels").arg(coding.levels));
    const bool ownPrecincts = body[0] & 1;
    if (length != 10 + (ownPrecincts ? coding.levels + 1 : 0))
        return failed(QStringLiteral("the JPEG 2000 coding style has another length"));
    coding.mayUseSop = body[0] & 2;
    coding.usesEph = body[0] & 4;
    coding.order = body[1];
    if (body[0] > 7 || coding.order > 4 || body[4] > 1 || body[9] > 1)
        return failed(QStringLiteral("the JPEG 2000 coding style makes no sense"));
    out.colourTransform = body[4] == 1 && out.components.size() >= 3;
    NARU_TRY(blocks(body));
    coding.reversible = body[9] == 1;
    coding.precincts.fill(0xFF);
    if (ownPrecincts)
        NARU_TRY(precincts(body + 10));
    coded = true;
    return {};
}

// Table A.18: no side beyond 1024, no more than 4096 samples.
base::Status Reader::blocks(const std::uint8_t *body)
{
    J2kCoding &coding = out.coding;
    coding.blockWide = body[6] + 2;
    coding.blockHigh = body[7] + 2;
    coding.blockStyle = body[8];
    out.isHt = out.isHt || (coding.blockStyle & 0x40) != 0;
    if (coding.blockWide > 10 || coding.blockHigh > 10 || coding.blockWide + coding.blockHigh > 12)
        return failed(QStringLiteral("JPEG 2000 code blocks of 2^%1 by 2^%2")
                          .arg(coding.blockWide)
                          .arg(coding.blockHigh));
    const std::int64_t total = divideUp(out.columns, std::int64_t(1) << coding.blockWide)
        * divideUp(out.rows, std::int64_t(1) << coding.blockHigh) * std::int64_t(out.components.size());
    if (total > mostBlocks)
        return failed(QStringLiteral("JPEG 2000 with %1 code blocks").arg(total));
    return {};
}

base::Status Reader::quantization(const std::uint8_t *body, std::int64_t length)
{
    if (quantized)
        return again("QCD");
    J2kQuantization &found = out.quantization;
    found.style = length < 1 ? 3 : body[0] & 31;
    const int bytes = found.style == 0 ? 1 : 2;
    const std::int64_t bands = length < 1 ? 0 : (length - 1) / bytes;
    if (found.style > 2 || bands < 1 || bands > 3 * MostJ2kLevels + 1 || length != 1 + bands * bytes
        || (found.style == 1 && bands != 1))
        return failed(QStringLiteral("the JPEG 2000 quantization makes no sense"));
    found.guardBits = body[0] >> 5;
    for (std::int64_t i = 0; i < bands; ++i) {
        found.exponents.push_back(body[1 + i * bytes] >> 3);
        if (bytes == 2)
            found.mantissas.push_back(int(big16(body + 1 + i * bytes) & 0x7FF));
    }
    quantized = true;
    return {};
}

base::Status Reader::segment(int marker, const std::uint8_t *body, std::int64_t length)
{
    if (marker != 0xFF51 && !sized) // A.5.1: it comes first
        return failed(QStringLiteral("the JPEG 2000 header begins without SIZ"));
    switch (marker) {
    case 0xFF51:
        return size(body, length);
    case 0xFF52:
        return coding(body, length);
    case 0xFF5C:
        return quantization(body, length);
    case 0xFF64: // COM
        return {};
    default:
        break;
    }
    out.usual = false;
    switch (marker) {
    case 0xFF50: // CAP
        out.isHt = out.isHt || (length >= 4 && (big32(body) & 0x20000) != 0); // Pcap15 of T.814
        out.plain = out.plain && length == 6 && big32(body) == 0x20000;
        return {};
    case 0xFF53: // COC, POC, PPM
    case 0xFF5F:
    case 0xFF60:
        out.simple = out.samePackets = false;
        return {};
    case 0xFF5D: // QCC, RGN
    case 0xFF5E:
        out.simple = false;
        return {};
    case 0xFF55: // TLM, PRF, PLM, CPF, CRG
    case 0xFF56:
    case 0xFF57:
    case 0xFF59:
    case 0xFF63:
        return {};
    default:
        out.plain = false;
        return {};
    }
}

// What a tile may not leave out (A.6), and a step for each band unless components have their own.
base::Status Reader::whole() const
{
    if (!coded || !quantized)
        return failed(QStringLiteral("the JPEG 2000 header has no %1 segment")
                          .arg(coded ? QLatin1String("QCD") : QLatin1String("COD")));
    const J2kQuantization &steps = out.quantization;
    if (steps.style != 1 && out.simple && std::int64_t(steps.exponents.size()) < 3 * out.levels + 1)
        return failed(QStringLiteral("JPEG 2000 bands without quantization"));
    return {};
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
    for (at += 2; end - at >= 4;) {
        const int marker = int(big16(at));
        if (marker >= 0xFF30 && marker <= 0xFF3F) { // reserved markers without a length
            reader.out.plain = reader.out.usual = false;
            at += 2;
            continue;
        }
        if (marker == 0xFF90) { // first tile part
            NARU_TRY(reader.whole());
            reader.out.codestream = stream;
            NARU_TRY(readJ2kTileParts(reader.out, at));
            return reader.out;
        }
        const std::int64_t length = big16(at + 2);
        if (at[0] != 0xFF || length < 2 || length > end - at - 2)
            break;
        NARU_TRY(reader.segment(marker, at + 4, length - 2));
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
