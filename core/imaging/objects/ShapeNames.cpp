#include "core/imaging/objects/ShapeNames.h"

#include <algorithm>
#include <cmath>

namespace naru::imaging {

namespace {
struct Row {
    ShapeType type;
    const char *name;
    std::size_t least, most;
};
constexpr std::size_t Any = 100'000;
constexpr std::array rows{Row{ShapeType::None, "", 0, 0}, Row{ShapeType::Point, "POINT", 1, 1},
    Row{ShapeType::Multipoint, "MULTIPOINT", 1, Any}, Row{ShapeType::Polyline, "POLYLINE", 2, Any},
    Row{ShapeType::Circle, "CIRCLE", 2, 2}, Row{ShapeType::Ellipse, "ELLIPSE", 4, 4}};
} // namespace

const char *shapeName(ShapeType type)
{
    return rows[std::size_t(type)].name;
}

ShapeType shapeType(const QString &name)
{
    const auto row = std::find_if(
        rows.begin() + 1, rows.end(), [&name](const Row &one) { return name == QLatin1String(one.name); });
    return row == rows.end() ? ShapeType::None : row->type;
}

bool isDrawable(const MeasuredShape &shape)
{
    const Row &row = rows[std::size_t(shape.type)];
    return shape.points.size() >= row.least && shape.points.size() <= row.most
        && std::all_of(shape.points.begin(), shape.points.end(),
            [](const GraphicPoint &point) { return std::isfinite(point.x) && std::isfinite(point.y); });
}

bool isRegion(const MeasuredShape &shape)
{
    if (shape.type == ShapeType::Circle || shape.type == ShapeType::Ellipse)
        return true;
    return shape.type == ShapeType::Polyline && shape.points.size() > 3
        && shape.points.front() == shape.points.back();
}

} // namespace naru::imaging
