// JPEG-LS lossless and near-lossless through CharLS, in all three interleave modes.
#pragma once

#include "core/imaging/decode/FrameCodec.h"

namespace naru::imaging {

class JpegLsCodec : public FrameCodec {
public:
    base::Result<CodecOutput> decode(const CodecInput &input, std::span<std::byte> out) const override;
};

} // namespace naru::imaging
