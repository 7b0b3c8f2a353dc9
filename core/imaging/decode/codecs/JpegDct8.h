// 8-bit baseline, extended and progressive JPEG through libjpeg.
#pragma once

#include "core/imaging/decode/codecs/JpegHeader.h"

namespace naru::imaging::codecs {

// Grey, or RGB: YCbCr (`ybr`) is converted here, because the library does it while it upsamples.
base::Status decodeJpegDct8(
    const JpegHeader &header, const CodecInput &input, bool ybr, std::span<std::byte> out);

} // namespace naru::imaging::codecs
