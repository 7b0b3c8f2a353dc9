// Windows that a viewer offers (Ctrl+1 ...): those of the file first, then rows of tables/windows.tsv for its
// modality and body part.
#pragma once

#include "core/imaging/ImageFacts.h"

namespace naru::imaging {

struct Preset {
    QString key{}; // stable: "ct.lung"; "file.0" for a window of the file, "lut.0" for its VOI LUT
    QString english{}, korean{}; // empty for those of the file: `window.explanation` may say something
    Window window{};
    int index = -1; // RenderChoice::windowIndex of a window or VOI LUT of the file
    friend bool operator==(const Preset &, const Preset &) = default;
};

std::vector<Preset> presetsFor(const ImageFacts &facts, int frame);

} // namespace naru::imaging
