// Segmentations (PS3.3 A.51, C.8.20): which frame marks what on which image. The frames themselves are
// decoded like those of any image; overlayOf() turns one into an overlay of the image it belongs to.
#pragma once

#include "core/base/Result.h"
#include "core/imaging/Frame.h"
#include "core/imaging/ImageFacts.h"
#include "core/imaging/objects/Code.h"
#include "core/imaging/objects/References.h"

#include <array>
#include <optional>

namespace naru::imaging {

struct Segment {
    int number = 0; // from 1
    QString label{}, description{};
    Code category{}, type{};
    std::optional<std::array<double, 3>> lab{}; // recommended colour, CIELab
    QString algorithm{}; // MANUAL, SEMIAUTOMATIC, AUTOMATIC
    friend bool operator==(const Segment &, const Segment &) = default;
};

struct SegmentFrame {
    int segment = 0; // number of the segment; 0: not said
    std::vector<ReferencedInstance> images{}; // those it was made from, frames from 1
    std::optional<std::array<double, 3>> position{}; // of the first pixel, mm, for images that are not named
    friend bool operator==(const SegmentFrame &, const SegmentFrame &) = default;
};

struct SegmentationView {
    QString frameOfReference{};
    int rows = 0, columns = 0;
    bool fractional = false; // values 0 .. maximum instead of bits
    int maximum = 1;
    std::vector<Segment> segments{};
    std::vector<SegmentFrame> frames{}; // in the order of the object
    // Frames (from 0) that mark this image; `frame` from 1 of a multi-frame one, 0 of any.
    std::vector<int> framesOn(const QString &sopUid, int frame = 0) const;
    const Segment *segment(int number) const; // null when nothing says what it is
};

// imaging.WrongObject, .TooLarge (frames beyond 100,000)
base::Result<SegmentationView> segmentationOf(const DataSetValue &set);
// What the frame covers; a fraction counts from half on. Empty when the frame is not of this segmentation's
// size.
std::optional<Overlay> overlayOf(const SegmentationView &view, int frame, const Frame &pixels);

} // namespace naru::imaging
