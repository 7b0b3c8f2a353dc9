// The decoders of JPEG 2000 behind one shape: two libraries, and our own of what is plain.
#pragma once

#include "core/imaging/decode/codecs/J2kHeader.h"

namespace naru::imaging::codecs {

// One row of one component into the output: `values` of the component's own width, repeated where it is
// subsampled. Values are cut to the component's range first: lossy streams leave it.
void placeRow(const J2kHeader &header, const CodecInput &input, int component, int row,
    const std::int32_t *values, std::span<std::byte> out);

base::Status decodeOpenJpeg(const J2kHeader &header, const CodecInput &input, std::span<std::byte> out);
base::Status decodeOpenJph(const J2kHeader &header, const CodecInput &input, std::span<std::byte> out);
// False: nothing is wrong or right yet, it is OpenJPEG's, whatever `out` holds by now.
bool decodePlainJ2k(const J2kHeader &header, const CodecInput &input, std::span<std::byte> out);

// The same for HTJ2K; of OpenJPH, if the packets are whole, and then of OpenJPEG.
bool decodePlainHt(const J2kHeader &header, const CodecInput &input, std::span<std::byte> out);

} // namespace naru::imaging::codecs
