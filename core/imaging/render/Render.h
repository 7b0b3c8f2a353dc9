// From stored samples to what a screen or a PNG shows: modality LUT or rescale, VOI window, LUT or sigmoid,
// MONOCHROME1 and presentation LUT shape, palette, padding, overlays, shutter (PS3.3 C.11, PS3.4 N.2).
#pragma once

#include "core/base/Result.h"
#include "core/imaging/Frame.h"
#include "core/imaging/ImageFacts.h"

#include <QByteArray>

namespace naru::imaging {

struct RenderChoice {
    std::optional<Window>
        window{}; // user's; otherwise the file's first, its first VOI LUT, else the full range
    std::optional<int> windowIndex{}; // of the file's windows, after the last of them its VOI LUTs
    bool invert = false;
    bool overlays = false; // burnt into the raster in white
    bool shutter = true;
};

struct Raster {
    int rows = 0, columns = 0, channels = 1; // 1 grey, 3 RGB
    QByteArray bytes{}; // rows * columns * channels, no padding
};

base::Result<Raster> render(
    const Frame &frame, const ImageFacts &facts, int frameIndex, const RenderChoice &choice = {});

// A part of the frame, from 0. What reaches beyond the frame is cut off.
struct Area {
    int top = 0, left = 0, rows = 0, columns = 0;
};
// Only these pixels, each of them as in the whole picture: a window drag on a mammogram computes what the
// screen shows. What lies on top (overlays, shutter) is not drawn.
base::Result<Raster> renderArea(const Frame &frame, const ImageFacts &facts, int frameIndex,
    const RenderChoice &choice, const Area &area);
// The window used by render() without a choice; for the full range its limits.
Window defaultWindow(const Frame &frame, const ImageFacts &facts, int frameIndex);
// Value of a pixel after the modality LUT or rescale, with its unit ("HU"); NaN outside the image or on
// padding.
struct Probe {
    double value = 0;
    QString unit{};
};
Probe probe(const Frame &frame, const ImageFacts &facts, int frameIndex, int row, int column);

base::Result<QByteArray> toPng(const Raster &raster);
// The stored samples as they are, in NumPy's file format 1.0: rows x columns, for colour x 3.
QByteArray toNumpy(const Frame &frame);

} // namespace naru::imaging
