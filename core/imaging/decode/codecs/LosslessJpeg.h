// JPEG lossless, process 14 with any of the seven predictors, 2 to 16 bits, restart intervals, point
// transform, one scan or one for each component (ITU-T T.81 Annex H). Own decoder, because the JPEG library
// of Debian 12 has none and DCMTK's is slower. Sampling factors other than 1 are refused.
#pragma once

#include "core/imaging/decode/codecs/JpegHeader.h"

namespace naru::imaging::codecs {

// Unsigned samples of the stream's precision into `out`, pixel by pixel. The header was checked against the
// input.
base::Status decodeLosslessJpeg(const JpegHeader &header, const CodecInput &input, std::span<std::byte> out);

} // namespace naru::imaging::codecs
