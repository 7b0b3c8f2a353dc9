// Frames that have colour: RGB of any depth, palettes, and the supplemental palette of enhanced objects.
#pragma once

#include "core/imaging/Frame.h"
#include "core/imaging/ImageFacts.h"

namespace naru::imaging {

// Interleaved RGB samples to 3 bytes a pixel.
void renderRgb(const Frame &frame, const ImageFacts &facts, unsigned char *out);
// PALETTE COLOR (C.7.6.3.1.5): indices to 3 bytes a pixel. False when the palette is empty.
bool renderPalette(const Frame &frame, const Palette &palette, unsigned char *out);
// Supplemental palette (C.7.6.19): stored values from its first entry on have colours, all others stay grey.
// Whether a pixel of the frame has one.
bool usesSupplemental(const Frame &frame, const Palette &palette);
void renderSupplemental(
    const Frame &frame, const Palette &palette, const unsigned char *grey, unsigned char *out);

} // namespace naru::imaging
