// JPEG-LS lossless and near-lossless in all three interleave modes; rare extensions (restart intervals,
// mapping tables, colour transforms) through CharLS.
#pragma once

#include "core/imaging/decode/FrameCodec.h"

namespace naru::imaging {

class JpegLsCodec : public FrameCodec {
public:
    base::Result<CodecOutput> decode(const CodecInput &input, std::span<std::byte> out) const override;
};

} // namespace naru::imaging
