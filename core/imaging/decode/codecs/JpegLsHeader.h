// Marker segments of JPEG-LS (ITU-T T.87 Annex C): frame, preset parameters, scans.
#pragma once

#include "core/imaging/decode/codecs/JpegHeader.h"

namespace naru::imaging::codecs {

// Coding parameters of C.2.4.1.1; defaults follow from precision and NEAR.
struct JpegLsPreset {
    int maximum = 0, t1 = 0, t2 = 0, t3 = 0, reset = 0;
};
JpegLsPreset defaultPreset(int maximum, int near);

struct JpegLsScan {
    std::vector<int> components{}; // indices of the frame's components
    int near = 0;
    int interleave = 0; // 0 one component, 1 by line, 2 by sample
    JpegLsPreset preset{};
    const std::uint8_t *begin = nullptr, *end = nullptr; // entropy-coded bytes, `end` on the next marker
};

// All scans of the frame; each component exactly once. `plain` false: something that this reader leaves to
// CharLS (restart intervals, mapping tables, colour transforms, oversize frames).
struct JpegLsStream {
    std::vector<JpegLsScan> scans{};
    bool plain = true;
};
base::Result<JpegLsStream> readJpegLs(const JpegHeader &header, std::span<const std::byte> bytes);

} // namespace naru::imaging::codecs
