// Grayscale Softcopy Presentation States (PS3.3 A.33.1): how images are to be shown – window, inversion,
// rotation and flip, zoomed area, shutters are left to the image – and what was drawn on them.
#pragma once

#include "core/base/Result.h"
#include "core/imaging/objects/Code.h"
#include "core/imaging/objects/References.h"
#include "core/imaging/objects/Subject.h"

#include <array>
#include <optional>

namespace naru::imaging {

// Column, row. Pixel: image coordinates where 0\0 is the outer corner of the first pixel, so that its centre
// is 0.5\0.5 (C.10.5.1.2). Display: fractions of the displayed area, 0\0 to 1\1.
struct GraphicPoint {
    double x = 0, y = 0;
    friend bool operator==(const GraphicPoint &, const GraphicPoint &) = default;
};
enum class GraphicUnits : char { Pixel, Display };
enum class GraphicType : char { Point, Polyline, Interpolated, Circle, Ellipse };

// Points: one; the corners; the corners of a curve; centre and one on the circle; ends of the major, then of
// the minor axis.
struct GraphicObject {
    GraphicType type = GraphicType::Polyline;
    GraphicUnits units = GraphicUnits::Pixel;
    std::vector<GraphicPoint> points{};
    bool filled = false;
    double thickness = 0; // of the line in points, 0: the viewer's own
    std::optional<std::array<double, 3>> lab{}; // CIELab of the line; the layer's otherwise,
                                                // white when there is a thickness
    friend bool operator==(const GraphicObject &, const GraphicObject &) = default;
};

struct TextObject {
    QString text{}; // lines parted by \n
    GraphicUnits units = GraphicUnits::Pixel; // of box and anchor alike
    std::optional<std::array<GraphicPoint, 2>> box{}; // top left, bottom right
    QString justification{}; // LEFT RIGHT CENTER of the box; empty: LEFT
    std::optional<GraphicPoint> anchor{};
    bool anchorVisible = false; // a line from the text to the anchor
    friend bool operator==(const TextObject &, const TextObject &) = default;
};

// What was drawn on some images in one layer.
struct Annotation {
    QString layer{};
    std::vector<ReferencedInstance> images{}; // empty: all images of the state
    std::vector<GraphicObject> graphics{};
    std::vector<TextObject> texts{};
    friend bool operator==(const Annotation &, const Annotation &) = default;
};

struct GraphicLayer {
    QString name{}; // letters, digits, blank and _, at most 16; others are replaced when written
    int order = 1; // the higher over the lower
    QString description{};
    std::optional<std::array<double, 3>> lab{}; // CIELab: L 0..100, a and b -128..127
    friend bool operator==(const GraphicLayer &, const GraphicLayer &) = default;
};

struct VoiChoice {
    std::vector<ReferencedInstance> images{}; // empty: all
    std::vector<Window> windows{};
    VoiFunction function = VoiFunction::Linear;
    std::optional<LookupTable> lut{}; // instead of windows
    friend bool operator==(const VoiChoice &, const VoiChoice &) = default;
};

struct DisplayedArea {
    enum class Mode : char { ScaleToFit, TrueSize, Magnify };
    std::vector<ReferencedInstance> images{}; // empty: all
    std::array<int, 2> topLeft{1, 1},
        bottomRight{1, 1}; // column, row of the
                           // image from 1, whatever its rotation; may lie outside of it
    Mode mode = Mode::ScaleToFit;
    std::array<double, 2> spacing{0, 0}; // mm between rows, columns; 0: aspect is used
    std::array<int, 2> aspect{1, 1}; // vertical, horizontal
    double magnification = 1; // Magnify only: display pixels an image pixel
    friend bool operator==(const DisplayedArea &, const DisplayedArea &) = default;
};

struct PresentationState {
    ObjectHeader header{};
    QString label{}; // CS
    QString description{}, creator{};
    std::vector<ReferencedSeries> images{}; // of the study of the header
    bool inverse = false; // Presentation LUT Shape
    std::optional<std::array<double, 2>> rescale{}; // slope, intercept of the images, repeated (C.11.1)
    QString rescaleType{};
    std::optional<LookupTable> modalityLut{};
    // Turned clockwise first (0 90 180 270), then left and right changed (C.10.6). A viewer that mirrors
    // first and turns afterwards by q quarters has rotation (4 - q) % 4 * 90 when it mirrors, and q * 90 when
    // it does not.
    int rotation = 0;
    bool flip = false;
    std::vector<VoiChoice> windows{};
    std::vector<DisplayedArea> areas{};
    std::vector<GraphicLayer> layers{}; // those that annotations name and that are missing are added
    std::vector<Annotation> annotations{};
    friend bool operator==(const PresentationState &, const PresentationState &) = default;
};

// imaging.Incomplete: no image or no displayed area; imaging.BadGraphic: a shape with the wrong number of
// points or none finite.
base::Result<DataSetValue> toDataSet(const PresentationState &state);
// imaging.WrongObject for another SOP class (colour and pseudo-colour states are read as far as they are
// alike). A graphic that makes no sense is left out and counted.
struct PresentationReading {
    PresentationState state{};
    int leftOut = 0;
};
base::Result<PresentationReading> presentationOf(const DataSetValue &set);

// CIELab (D50) and its encoding in 16 bits (C.10.7.1.1) to sRGB and back, for layers and for the screen.
std::array<int, 3> srgbOfLab(const std::array<double, 3> &lab);
std::array<double, 3> labOfSrgb(const std::array<int, 3> &rgb);

} // namespace naru::imaging
