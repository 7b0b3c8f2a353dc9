// The entropy-coded part of JPEG-LS (ITU-T T.87 Annex A): contexts, run mode, limited Golomb codes. Own
// decoder, because CharLS of Debian 12 is slower and counts through billions of missing bits when a stream
// ends early.
#pragma once

#include "core/imaging/decode/codecs/JpegLsHeader.h"

namespace naru::imaging::codecs {

// Samples of one scan into `out` (interleaved pixels of `samples`, each `bytes` wide, unsigned).
base::Status decodeJpegLsScan(
    const JpegLsScan &scan, int rows, int columns, int samples, int bytes, std::byte *out);

} // namespace naru::imaging::codecs
