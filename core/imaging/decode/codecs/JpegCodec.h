// Every JPEG of ITU-T T.81 that DICOM uses, chosen by what the stream says and not by the transfer syntax:
// baseline, extended and progressive with 8 bits, the same with 12 bits, lossless; JPEG-LS where a file has
// the wrong syntax.
#pragma once

#include "core/imaging/decode/FrameCodec.h"

namespace naru::imaging {

class JpegCodec : public FrameCodec {
public:
    base::Result<CodecOutput> decode(const CodecInput &input, std::span<std::byte> out) const override;
};

} // namespace naru::imaging
