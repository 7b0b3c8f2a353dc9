// The two JPEG 2000 libraries behind one shape.
#pragma once

#include "core/imaging/decode/codecs/J2kHeader.h"

namespace naru::imaging::codecs {

// One row of one component into the output: `values` of the component's own width, repeated where it is
// subsampled. Values are cut to the component's range first: lossy streams leave it.
void placeRow(const J2kHeader &header, const CodecInput &input, int component, int row,
    const std::int32_t *values, std::span<std::byte> out);

base::Status decodeOpenJpeg(const J2kHeader &header, const CodecInput &input, std::span<std::byte> out);
base::Status decodeOpenJph(const J2kHeader &header, const CodecInput &input, std::span<std::byte> out);

} // namespace naru::imaging::codecs
