// What a shape measures on an image: a reading says its unit and its calibration.
#pragma once

#include "core/imaging/measure/Calibration.h"
#include "core/imaging/measure/Shapes.h"
#include "core/imaging/measure/Statistics.h"

#include <limits>
#include <optional>

namespace naru::imaging {

// One number of a reading. `what` is a stable key: length, angle, cobb, perimeter, area, width, height,
// axisA, axisB, value, x, y (differences in a spectral region). Units as UCUM writes them: mm, mm2, deg, s,
// cm/s, HU; "px" and "px2" where nothing is calibrated.
struct Quantity {
    const char *what = "";
    double value = std::numeric_limits<double>::quiet_NaN();
    QString unit{};
    friend bool operator==(const Quantity &a, const Quantity &b)
    {
        return qstrcmp(a.what, b.what) == 0 && a.value == b.value && a.unit == b.unit;
    }
};

struct Reading {
    ShapeKind kind = ShapeKind::Point;
    bool valid = false; // false: the shape is not complete
    std::vector<Quantity> quantities{}; // the most important first; empty for arrows and texts
    Calibration calibration{}; // of lengths and areas; angles need only the aspect
    std::optional<Statistics> statistics{}; // of areas, when pixels were given
    bool emptyArea = false; // an area without any pixel that has a value

    const Quantity *find(const char *what) const;
    // The first quantity, for a list.
    double value() const
    {
        return quantities.empty() ? std::numeric_limits<double>::quiet_NaN() : quantities[0].value;
    }
    QString unit() const { return quantities.empty() ? QString() : quantities[0].unit; }
};

// `pixels` may be null: geometry alone. `manual` is the user's own calibration of this image.
Reading measure(const Shape &shape, const ImageFacts &facts, int frame, const Frame *pixels = nullptr,
    const std::optional<Calibration> &manual = {});

} // namespace naru::imaging
