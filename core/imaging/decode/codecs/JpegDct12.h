// 12-bit extended and progressive JPEG through DCMTK's copy of the IJG library.
#pragma once

#include "core/imaging/decode/codecs/JpegHeader.h"

namespace naru::imaging::codecs {

base::Status decodeJpegDct12(
    const JpegHeader &header, const CodecInput &input, bool ybr, std::span<std::byte> out);

} // namespace naru::imaging::codecs
