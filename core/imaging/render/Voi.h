// Values of interest: window functions and VOI LUTs (PS3.3 C.11.2), as a function to 0..255, and the choice
// among those of the file.
#pragma once

#include "core/imaging/render/Modality.h"
#include "core/imaging/render/Render.h"

namespace naru::imaging {

struct Voi {
    const LookupTable *table = nullptr; // of the facts; else the window
    Window window{};
    VoiFunction function = VoiFunction::Linear;
    double top = 65535; // of the table

    // 0..255, not rounded.
    double operator()(double value) const;
    // Whether clamping one straight line is all: value `low` gives 0, `high` 255.
    bool isRamp() const;
    double low() const, high() const;
};

// Smallest and largest value of the frame after the modality transformation, padding left out.
struct Range {
    double low = 0, high = 0;
    bool known = false;
};
Range rangeOf(const Frame &frame, const Modality &modality);

bool isUsable(const Window &window);
Voi chooseVoi(const Frame &frame, const ImageFacts &facts, int frameIndex, const Modality &modality,
    const RenderChoice &choice);

} // namespace naru::imaging
