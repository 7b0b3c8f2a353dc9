// What lies on top of the picture: overlay planes and the display shutter.
#pragma once

#include "core/imaging/render/Render.h"

namespace naru::imaging {

// Overlay planes of this frame in white (PS3.3 C.9.2).
void burnOverlays(const ImageFacts &facts, int frameIndex, Raster &raster);
// Everything outside the shutter's opening in its grey value (C.7.6.11); several shapes together leave open
// what all of them leave open.
void closeShutter(const Shutter &shutter, Raster &raster);

} // namespace naru::imaging
