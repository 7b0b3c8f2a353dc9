// RLE of PS3.5 Annex G: a PackBits segment for each byte of a sample, most significant first.
#pragma once

#include "core/imaging/decode/FrameCodec.h"

namespace naru::imaging {

class RleCodec : public FrameCodec {
public:
    base::Result<CodecOutput> decode(const CodecInput &input, std::span<std::byte> out) const override;
};

} // namespace naru::imaging
