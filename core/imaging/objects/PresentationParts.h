// What writing and reading a presentation state share. Of this folder.
#pragma once

#include "core/imaging/objects/Presentation.h"

namespace naru::imaging {

struct GraphicTypeRow {
    GraphicType type;
    const char *name; // of (0070,0023)
    int least, most; // points; most 0: any number
};
const std::vector<GraphicTypeRow> &graphicTypes();

const char *sizeModeName(DisplayedArea::Mode mode);
const char *voiFunctionName(VoiFunction function);
// Whether a shape can be drawn: enough points, all of them finite, an area has an inside.
bool isDrawable(const GraphicObject &graphic);
bool isDrawable(const TextObject &text);
// Filled can only be what is closed (PS3.3 C.10.5.1.2).
bool isClosed(const GraphicObject &graphic);

std::vector<double> encodedLab(const std::array<double, 3> &lab); // 16 bits each
std::optional<std::array<double, 3>> decodedLab(const std::vector<double> &values);
DataSetValue lutItem(const LookupTable &lut);
std::optional<LookupTable> lutOf(const DataSetValue &item);
QString codeString(const QString &text); // letters, digits, blank and _, at most 16 (PS3.5 6.2, CS)

} // namespace naru::imaging
