// The main header of a JPEG 2000 codestream (ITU-T T.800 Annex A), bare or in a JP2 file: what decides the
// decoder, and the numbers that a decoder turns into memory before it has seen a single pixel.
#pragma once

#include "core/base/Result.h"
#include "core/imaging/decode/FrameCodec.h"

#include <cstdint>
#include <vector>

namespace naru::imaging::codecs {

struct J2kComponent {
    int bits = 0;
    bool isSigned = false;
    int stepX = 1, stepY = 1; // subsampling
};

struct J2kHeader {
    std::span<const std::byte> codestream{};
    bool endMissing = false; // the last tile part is whole, and no end marker follows
    bool cutShort = false; // a tile part is longer than what is left
    std::int64_t columns = 0, rows = 0; // of the image area
    std::vector<J2kComponent> components{};
    bool colourTransform = false; // MCT: the decoder gives RGB
    bool isHt = false; // high-throughput block coder, T.814
    int levels = 0; // of the wavelet
    std::int64_t smallestTile = 0; // longer side of the smallest tile of the coarsest component
    bool simple = true; // no COC, QCC, RGN, POC or PPM, which not every decoder reads
    int enumeratedColour = 0; // of a JP2 colr box; 16 sRGB, 17 grey, 18 sYCC; 0 none
};

base::Result<J2kHeader> readJ2kHeader(std::span<const std::byte> bytes);
base::Status matches(const J2kHeader &header, const CodecInput &input);

} // namespace naru::imaging::codecs
