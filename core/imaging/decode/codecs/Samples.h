// What every codec does with its samples: the check of the expected frame, sign extension, widening and
// bringing planes into pixel order.
#pragma once

#include "core/base/Result.h"
#include "core/imaging/decode/FrameCodec.h"

#include <cstdint>

namespace naru::imaging::codecs {

// imaging.CodecFailed; `what` is for people and carries no patient data.
base::Error failed(const QString &what);
// The codestream contradicts the data set.
base::Error mismatch(const QString &what, qint64 inStream, qint64 expected);

// Refuses a shape that is no image and an output that does not fit it. Every codec calls it first: afterwards
// `out` is the only memory whose size follows from the file.
base::Status checkExpected(const CodecInput &input, std::size_t outBytes);

// Samples were written as unsigned patterns of `bitsInStream` bits into input.shape.type. Makes them what the
// data set says: two's complement of the narrower of stream and data set is extended; a signed stream for
// unsigned pixels is cut back to its pattern.
void settleSign(const CodecInput &input, int bitsInStream, bool signedInStream, std::span<std::byte> out);

// Whether a photometric interpretation says that samples are YCbCr. YBR_RCT and YBR_ICT name what JPEG 2000
// does inside and undoes: under another syntax they are left over from the one before, and the samples RGB.
bool namesYbr(const QString &photometric);

// Plane by plane to pixel by pixel; `bytes` of one sample.
void interleave(const std::byte *planes, std::byte *out, std::size_t pixels, int samples, int bytes);
// 8-bit samples into 16 or 32-bit ones.
void widen(const std::uint8_t *from, std::byte *out, std::size_t count, int bytes);
void widen(const std::uint16_t *from, std::byte *out, std::size_t count, int bytes);

} // namespace naru::imaging::codecs
