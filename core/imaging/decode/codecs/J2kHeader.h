// The headers of a JPEG 2000 codestream (ITU-T T.800 Annex A), bare or in a JP2 file: what decides the
// decoder, and the numbers that a decoder turns into memory before it has seen a single pixel. What the
// standard forbids is refused here, because not every decoder survives it.
#pragma once

#include "core/base/Result.h"
#include "core/imaging/decode/FrameCodec.h"

#include <array>
#include <cstdint>
#include <vector>

namespace naru::imaging::codecs {

constexpr int MostJ2kLevels = 32; // T.800 table A.15

struct J2kComponent {
    int bits = 0;
    bool isSigned = false;
    int stepX = 1, stepY = 1; // subsampling
};

// Table A.9, on the reference grid.
struct J2kGrid {
    std::int64_t left = 0, top = 0, right = 0, bottom = 0; // of the image area
    std::int64_t tileLeft = 0, tileTop = 0, tileWidth = 0, tileHeight = 0;
    int tilesAcross = 0, tilesDown = 0;
};

// Tables A.13 to A.21.
struct J2kCoding {
    bool mayUseSop = false, usesEph = false;
    int order = 0; // of the packets: LRCP, RLCP, RPCL, PCRL, CPRL
    int layers = 0;
    int levels = 0; // of the wavelet
    int blockWide = 0, blockHigh = 0; // exponents
    int blockStyle = 0;
    bool reversible = false;
    std::array<std::uint8_t, MostJ2kLevels + 1> precincts{}; // exponents, the height in the upper half
};

// Tables A.27 to A.30.
struct J2kQuantization {
    int style = 0; // none, derived, expounded
    int guardBits = 0;
    std::vector<int> exponents{}, mantissas{}; // one a band; no mantissas without quantization
};

struct J2kTilePart {
    int tile = 0, part = 0;
    int parts = 0; // of the tile, where it says so
    bool plain = true; // nothing in its header but lengths of packets and comments
    std::span<const std::uint8_t> packets{};
};

struct J2kHeader {
    std::span<const std::byte> codestream{};
    bool endMissing = false; // the last tile part is whole, and no end marker follows
    bool lengthMissing = false; // the last tile part goes to the end, however far that is
    std::int64_t columns = 0, rows = 0; // of the image area
    std::vector<J2kComponent> components{};
    J2kGrid grid{};
    J2kCoding coding{};
    J2kQuantization quantization{};
    std::vector<J2kTilePart> tileParts{};
    bool colourTransform = false; // MCT: the decoder gives RGB
    bool isHt = false; // high-throughput block coder, T.814
    int levels = 0; // of the wavelet
    std::int64_t smallestTile = 0; // longer side of the smallest tile of the coarsest component
    bool simple = true; // no COC, QCC, RGN, POC or PPM, which not every decoder reads
    bool samePackets = true; // of these, no COC, POC or PPM: the packets are what COD says
    bool plain = true; // nothing but what every decoder knows how to pass over, in the header and at the end
    bool usual = true; // of Part 1 nothing but the segments that are read here, and comments; ends as it must
    int enumeratedColour = 0; // of a JP2 colr box; 16 sRGB, 17 grey, 18 sYCC; 0 none
};

base::Result<J2kHeader> readJ2kHeader(std::span<const std::byte> bytes);
// From the first SOT marker on, for readJ2kHeader(): where the tile parts are, and where the stream ends.
base::Status readJ2kTileParts(J2kHeader &header, const std::uint8_t *at);
base::Status matches(const J2kHeader &header, const CodecInput &input);

inline std::int64_t big16(const std::uint8_t *at)
{
    return at[0] << 8 | at[1];
}
inline std::int64_t big32(const std::uint8_t *at)
{
    return big16(at) << 16 | big16(at + 2);
}

} // namespace naru::imaging::codecs
