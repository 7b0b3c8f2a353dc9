// How grey values become colours in one viewport.
#pragma once

#include "core/imaging/render/Render.h"

#include <QString>

namespace naru::ui {

struct Appearance {
    std::optional<imaging::Window> window{}; // the user's; else the file's
    std::optional<int> windowIndex{}; // of the file's windows and VOI LUTs
    bool invert = false;
    QString colours{}; // a row of colours.tsv; empty: grey
    bool overlays = true;
    friend bool operator==(const Appearance &, const Appearance &) = default;
};

} // namespace naru::ui
