// A monochrome frame to 8-bit grey.
#pragma once

#include "core/imaging/render/Voi.h"

namespace naru::imaging {

// `out` has one byte a pixel. Padding is black whatever the photometric interpretation says.
void renderGrey(
    const Frame &frame, const Modality &modality, const Voi &voi, bool invert, unsigned char *out);

} // namespace naru::imaging
