// Values of the pixels whose centres lie inside an area, in the unit of the modality LUT or rescale (HU, SUV
// ...), padding and NaN left out. An area without a pixel says so instead of giving numbers.
#pragma once

#include "core/imaging/Frame.h"
#include "core/imaging/ImageFacts.h"
#include "core/imaging/measure/Shapes.h"

#include <vector>

namespace naru::imaging {

struct Statistics {
    qint64 count = 0; // pixels that have a value
    qint64 left = 0; // pixels inside that have none: padding, NaN
    double mean = 0, deviation = 0; // sample standard deviation (n - 1); 0 for one pixel
    double minimum = 0, maximum = 0, sum = 0;
    QPointF minimumAt{}, maximumAt{}; // centres of those pixels
    QString unit{}; // "HU"; empty: none known
    bool grey = true; // false: colour has no values

    bool empty() const { return count == 0; }
    friend bool operator==(const Statistics &, const Statistics &) = default;
};

// Only of areas; a point gives its one pixel. Anything else, or a frame that is no whole one, is empty.
Statistics statisticsOf(const Frame &frame, const ImageFacts &facts, int frameIndex, const Shape &shape);
// Values along a line, one a pixel's width, NaN on padding and outside: the profile of a length.
std::vector<double> profileOf(
    const Frame &frame, const ImageFacts &facts, int frameIndex, QPointF from, QPointF to);

} // namespace naru::imaging
