// JPEG 2000 by our own decoder where it is plain and through OpenJPEG otherwise, HTJ2K through OpenJPH,
// chosen by what the codestream says.
#pragma once

#include "core/imaging/decode/FrameCodec.h"

namespace naru::imaging {

class Jpeg2000Codec : public FrameCodec {
public:
    bool holdsSmaller() const override { return true; }
    base::Result<CodecOutput> decode(const CodecInput &input, std::span<std::byte> out) const override;
};

} // namespace naru::imaging
