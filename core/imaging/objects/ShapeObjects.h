// Drawn and measured things (measure/) as parts of reports and presentation states, and back.
#pragma once

#include "core/imaging/measure/Measure.h"
#include "core/imaging/objects/MeasurementReport.h"
#include "core/imaging/objects/Presentation.h"

namespace naru::imaging {

// The shape, its label as tracking identifier and comment, and every number of the reading with its unit;
// statistics with their derivation. `image` names the frame, `seriesUid` the series of the image.
MeasurementGroup groupOf(
    const Shape &shape, const Reading &reading, const ReferencedInstance &image, const QString &seriesUid);
// The shape of a group, its kind from type, points and quantities; empty when no tool draws such a thing.
std::optional<Shape> shapeOf(const MeasurementGroup &group);
// A report is told that `unit` of a reading ("mm", "px2", "HU") is this code of UCUM.
Code unitCode(const QString &unit);
QString unitOf(const Code &code); // and back: "{pixels}" is "px"

// Draws the shape, and its label when there is one, into an annotation. Rectangles and angles become lines.
void drawShape(const Shape &shape, const QString &label, Annotation &annotation);

} // namespace naru::imaging
