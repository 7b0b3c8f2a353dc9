// A large frame shown small: averages of stored values, made once, so that a window drag on a mammogram
// computes as many pixels as the screen shows and nothing flickers for lack of samples.
#pragma once

#include "core/imaging/Frame.h"
#include "core/imaging/ImageFacts.h"

namespace naru::ui {

class FrameReducer {
public:
    // How many image pixels go into one, for this many device pixels per image pixel; 1: none to save.
    static int factorFor(double zoom);
    // The frame with each factor x factor block averaged; padding does not count. Rows and columns that do
    // not fill a block make a smaller one. An empty frame when the samples are not plain grey or colour; of a
    // very large picture of palette indices one of each block.
    static imaging::Frame reduce(
        const imaging::Frame &frame, const imaging::ImageFacts &facts, int frameIndex, int factor);
};

} // namespace naru::ui
