// Names of SCOORD shapes (PS3.3 C.18.6.1.2) and what makes one. Of this folder.
#pragma once

#include "core/imaging/objects/MeasurementReport.h"

namespace naru::imaging {

const char *shapeName(ShapeType type); // empty for None
ShapeType shapeType(const QString &name); // None for another
// As many points as the type needs, all of them finite; None is, as the whole image.
bool isDrawable(const MeasuredShape &shape);
bool isRegion(const MeasuredShape &shape); // has an inside

} // namespace naru::imaging
