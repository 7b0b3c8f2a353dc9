// One tile of a plain JPEG 2000 codestream into the frame: code blocks, dequantization, wavelet, colour
// transform and level shift.
#pragma once

#include "core/imaging/decode/codecs/J2kBlocks.h"

#include <functional>

namespace naru::imaging::codecs {

// work(0) ... work(count - 1), on so many threads and the calling one among them. Throws std::bad_alloc where
// the work did.
void j2kParallel(int threads, int count, const std::function<void(int)> &work);

struct J2kFrame {
    const J2kHeader &header;
    const CodecInput &input;
    std::span<std::byte> out{};
};

// False: the packets are not what the headers promise, or an HT block is damaged.
bool decodeJ2kTile(const J2kFrame &frame, int number, std::span<const J2kTilePart *const> parts, int threads);

} // namespace naru::imaging::codecs
