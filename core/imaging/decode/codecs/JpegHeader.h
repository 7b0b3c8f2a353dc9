// The marker segments of a JPEG or JPEG-LS stream up to its first scan: what decides which decoder takes it
// and which colours it holds.
#pragma once

#include "core/base/Result.h"
#include "core/imaging/decode/FrameCodec.h"

#include <cstdint>
#include <vector>

namespace naru::imaging::codecs {

struct JpegComponent {
    int id = 0, horizontal = 1, vertical = 1;
};

struct JpegHeader {
    int process = -1; // low byte of the start-of-frame marker: C0 baseline, C1, C2, C3 lossless, F7 JPEG-LS
    int precision = 0, rows = 0, columns = 0; // rows 0: told later by DNL
    std::vector<JpegComponent> components{}; // 1 to 4
    bool jfif = false;
    int adobeTransform = -1; // -1: no Adobe marker
    int scans = 0; // start-of-scan markers in the whole stream
    bool temporaryMarker = false; // TEM somewhere: legal nowhere in DICOM, known to send decoders into loops
};

// Every step moves forward at least two bytes, so the time is bounded by the size.
base::Result<JpegHeader> readJpegHeader(std::span<const std::byte> bytes);
// Whether size, components and precision are those of the data set; error otherwise.
base::Status matches(const JpegHeader &header, const CodecInput &input);

// Whether three components hold YCbCr. The codestream speaks first: an Adobe marker, then JFIF (which is
// YCbCr by definition), then component ids 'R' 'G' 'B', then subsampled chroma; only then the data set.
// Lossless streams have no JFIF meaning, for them the Adobe marker and the data set alone.
bool holdsYbr(const JpegHeader &header, const QString &photometric, QString *note);

} // namespace naru::imaging::codecs
