#include "core/imaging/objects/ShapeObjects.h"

#include "core/base/Oid.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace naru::imaging {

namespace {
struct QuantityRow {
    const char *what; // of Quantity
    const char *code; // of tables/codes.tsv
};
constexpr std::array quantityRows{QuantityRow{"length", "length"}, QuantityRow{"angle", "angle"},
    QuantityRow{"cobb", "cobbAngle"}, QuantityRow{"perimeter", "perimeter"}, QuantityRow{"area", "area"},
    QuantityRow{"width", "width"}, QuantityRow{"height", "height"}, QuantityRow{"axisA", "longAxis"},
    QuantityRow{"axisB", "shortAxis"}, QuantityRow{"value", "pixelValue"}, QuantityRow{"x", "differenceX"},
    QuantityRow{"y", "differenceY"}};

struct UnitRow {
    const char *unit; // of Quantity
    const char *code;
};
constexpr std::array unitRows{UnitRow{"px", "pixels"}, UnitRow{"px2", "pixels2"}, UnitRow{"HU", "hu"},
    UnitRow{"mm", "mm"}, UnitRow{"mm2", "mm2"}, UnitRow{"cm", "cm"}, UnitRow{"cm2", "cm2"},
    UnitRow{"deg", "deg"}, UnitRow{"", "noUnits"}};

GraphicPoint toPoint(const QPointF &point)
{
    return {point.x(), point.y()};
}

std::vector<GraphicPoint> toPoints(const std::vector<QPointF> &points)
{
    std::vector<GraphicPoint> out;
    out.reserve(points.size());
    for (const QPointF &point : points)
        out.push_back(toPoint(point));
    return out;
}

double distance(const GraphicPoint &a, const GraphicPoint &b)
{
    return std::hypot(a.x - b.x, a.y - b.y);
}

// The standard has the major axis first, a tool the one that was drawn.
std::vector<GraphicPoint> ellipsePoints(const Shape &shape)
{
    std::vector<GraphicPoint> p = toPoints(shape.points);
    if (p.size() == 4 && distance(p[2], p[3]) > distance(p[0], p[1]))
        std::swap_ranges(p.begin(), p.begin() + 2, p.begin() + 2);
    return p;
}

std::vector<GraphicPoint> rectanglePoints(const Shape &shape)
{
    const QPointF &a = shape.points[0], &b = shape.points[1];
    return {{a.x(), a.y()}, {b.x(), a.y()}, {b.x(), b.y()}, {a.x(), b.y()}, {a.x(), a.y()}};
}

MeasuredShape measuredShape(const Shape &shape)
{
    switch (shape.kind) {
    case ShapeKind::Point:
    case ShapeKind::Text:
        return {ShapeType::Point, toPoints(shape.points)};
    case ShapeKind::Ellipse:
        return {ShapeType::Ellipse, ellipsePoints(shape)};
    case ShapeKind::Rectangle:
        return {ShapeType::Polyline, rectanglePoints(shape)};
    default:
        break;
    }
    MeasuredShape out{ShapeType::Polyline, toPoints(shape.points)};
    if (shape.kind == ShapeKind::Polyline && shape.closed)
        out.points.push_back(out.points.front());
    return out;
}

void addStatistics(const Statistics &statistics, MeasurementGroup &group)
{
    if (statistics.empty() || !statistics.grey)
        return;
    const Code quantity = code(statistics.unit == QLatin1String("HU") ? "attenuation" : "pixelValue");
    const Code unit = unitCode(statistics.unit);
    group.values.push_back({quantity, statistics.mean, unit, code("mean")});
    group.values.push_back({quantity, statistics.deviation, unit, code("standardDeviation")});
    group.values.push_back({quantity, statistics.minimum, unit, code("minimum")});
    group.values.push_back({quantity, statistics.maximum, unit, code("maximum")});
    group.values.push_back({code("count"), double(statistics.count), code("pixels"), {}});
}

bool has(const MeasurementGroup &group, const char *quantity)
{
    return std::any_of(group.values.begin(), group.values.end(),
        [quantity](const MeasuredValue &value) { return value.quantity.same(code(quantity)); });
}

bool isBox(const std::vector<GraphicPoint> &p)
{
    return p.size() == 5 && p[0].y == p[1].y && p[1].x == p[2].x && p[2].y == p[3].y && p[3].x == p[0].x
        && p[4] == p[0];
}

// What a polyline of a report is to a tool.
std::optional<ShapeKind> lineKind(const MeasurementGroup &group)
{
    const std::size_t count = group.shape.points.size();
    if (isBox(group.shape.points))
        return ShapeKind::Rectangle;
    if (count == 2)
        return group.values.empty() ? ShapeKind::Arrow : ShapeKind::Length;
    if (count == 3 && has(group, "angle"))
        return ShapeKind::Angle;
    if (count == 4 && has(group, "cobbAngle"))
        return ShapeKind::Cobb;
    return ShapeKind::Polyline;
}
} // namespace

Code unitCode(const QString &unit)
{
    for (const UnitRow &row : unitRows) {
        if (unit == QLatin1String(row.unit))
            return code(row.code);
    }
    return {unit, QStringLiteral("UCUM"), unit};
}

QString unitOf(const Code &unit)
{
    for (const UnitRow &row : unitRows) {
        if (unit.same(code(row.code)))
            return QLatin1String(row.unit);
    }
    return unit.value;
}

MeasurementGroup groupOf(
    const Shape &shape, const Reading &reading, const ReferencedInstance &image, const QString &seriesUid)
{
    MeasurementGroup out;
    out.trackingId = shape.text.isEmpty() ? shape.id.left(64) : shape.text.left(64);
    if (base::Oid::parse(shape.id))
        out.trackingUid = shape.id;
    out.comment = shape.text;
    out.image = image;
    out.seriesUid = seriesUid;
    if (!isComplete(shape))
        return out;
    out.shape = measuredShape(shape);
    for (const Quantity &quantity : reading.quantities) {
        const auto row = std::find_if(quantityRows.begin(), quantityRows.end(),
            [&quantity](const QuantityRow &one) { return qstrcmp(one.what, quantity.what) == 0; });
        if (row != quantityRows.end() && std::isfinite(quantity.value))
            out.values.push_back({code(row->code), quantity.value, unitCode(quantity.unit), {}});
    }
    if (reading.statistics)
        addStatistics(*reading.statistics, out);
    return out;
}

std::optional<Shape> shapeOf(const MeasurementGroup &group)
{
    Shape out;
    out.id = group.trackingUid;
    out.text = group.comment;
    out.sopUid = group.image.sopUid;
    out.frame = group.image.frames.empty() ? 0 : group.image.frames.front() - 1;
    for (const GraphicPoint &point : group.shape.points)
        out.points.emplace_back(point.x, point.y);
    switch (group.shape.type) {
    case ShapeType::Point:
        out.kind = group.values.empty() && !out.text.isEmpty() ? ShapeKind::Text : ShapeKind::Point;
        break;
    case ShapeType::Ellipse:
        out.kind = ShapeKind::Ellipse;
        break;
    case ShapeType::Circle: {
        out.kind = ShapeKind::Ellipse;
        out.points = circleAround(out.points[0], out.points[1], 1);
        break;
    }
    case ShapeType::Polyline:
        out.kind = *lineKind(group);
        if (out.kind == ShapeKind::Rectangle) {
            out.points = {out.points[0], out.points[2]};
        } else if (out.kind == ShapeKind::Polyline && out.points.size() > 3
            && out.points.front() == out.points.back()) {
            out.points.pop_back();
            out.closed = true;
        }
        break;
    default:
        return std::nullopt;
    }
    return isComplete(out) ? std::optional(out) : std::nullopt;
}

void drawShape(const Shape &shape, const QString &label, Annotation &annotation)
{
    if (!isComplete(shape))
        return;
    const auto line = [&annotation](std::vector<GraphicPoint> points) {
        annotation.graphics.push_back(
            {GraphicType::Polyline, GraphicUnits::Pixel, std::move(points), false, 0, {}});
    };
    const std::vector<GraphicPoint> points = toPoints(shape.points);
    if (shape.kind == ShapeKind::Point)
        annotation.graphics.push_back({GraphicType::Point, GraphicUnits::Pixel, points, false, 0, {}});
    else if (shape.kind == ShapeKind::Ellipse)
        annotation.graphics.push_back(
            {GraphicType::Ellipse, GraphicUnits::Pixel, ellipsePoints(shape), false, 0, {}});
    else if (shape.kind == ShapeKind::Cobb) {
        line({points[0], points[1]});
        line({points[2], points[3]});
    } else if (shape.kind != ShapeKind::Text && shape.kind != ShapeKind::Arrow) {
        line(measuredShape(shape).points);
    }
    const QString text = label.isEmpty() ? shape.text : label;
    // An arrow is a text whose anchor is the tip; without words it is a line with a name of its own.
    if (shape.kind == ShapeKind::Arrow)
        line(points);
    if (text.isEmpty())
        return;
    TextObject words;
    words.text = text;
    words.anchor = shape.kind == ShapeKind::Arrow ? points[1] : points[0];
    annotation.texts.push_back(words);
}

} // namespace naru::imaging
