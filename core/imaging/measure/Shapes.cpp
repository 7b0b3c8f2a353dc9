#include "core/imaging/measure/Shapes.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace naru::imaging {

namespace {
bool isFinite(QPointF point)
{
    return std::isfinite(point.x()) && std::isfinite(point.y());
}

// Centre and half axes of an ellipse of four points; the second axis is taken at its own length and
// direction, as the shape was drawn in pixels that need not be square.
struct Axes {
    QPointF centre{}, a{}, b{};
    double cross = 0; // of a and b; 0: flat

    explicit Axes(const std::vector<QPointF> &points)
        : centre((points[0] + points[1]) / 2)
        , a((points[1] - points[0]) / 2)
        , b((points[3] - points[2]) / 2)
        , cross(a.x() * b.y() - a.y() * b.x())
    {
    }
    bool contains(QPointF point) const
    {
        if (cross == 0)
            return false;
        const QPointF way = point - centre;
        const double u = (way.x() * b.y() - way.y() * b.x()) / cross;
        const double v = (a.x() * way.y() - a.y() * way.x()) / cross;
        return u * u + v * v <= 1;
    }
};

double distanceToSegment(QPointF point, QPointF from, QPointF to)
{
    const QPointF way = to - from, off = point - from;
    const double length = way.x() * way.x() + way.y() * way.y();
    const double t = length > 0 ? std::clamp((off.x() * way.x() + off.y() * way.y()) / length, 0.0, 1.0) : 0;
    const QPointF foot = from + way * t;
    return std::hypot(point.x() - foot.x(), point.y() - foot.y());
}

double distanceToLines(QPointF point, const std::vector<QPointF> &points, bool closed)
{
    double out = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i + 1 < points.size(); ++i)
        out = std::min(out, distanceToSegment(point, points[i], points[i + 1]));
    if (closed && points.size() > 2)
        out = std::min(out, distanceToSegment(point, points.back(), points.front()));
    if (points.size() == 1)
        out = distanceToSegment(point, points[0], points[0]);
    return out;
}
} // namespace

int pointCount(ShapeKind kind)
{
    switch (kind) {
    case ShapeKind::Point:
    case ShapeKind::Text:
        return 1;
    case ShapeKind::Length:
    case ShapeKind::Rectangle:
    case ShapeKind::Arrow:
        return 2;
    case ShapeKind::Angle:
        return 3;
    case ShapeKind::Cobb:
    case ShapeKind::Ellipse:
        return 4;
    case ShapeKind::Polyline:
        return -1;
    }
    return 1;
}

bool isComplete(const Shape &shape)
{
    const int wanted = pointCount(shape.kind);
    const std::size_t least = shape.closed ? 3 : 2;
    if (wanted < 0 ? shape.points.size() < least : shape.points.size() != std::size_t(wanted))
        return false;
    return std::all_of(shape.points.begin(), shape.points.end(), isFinite);
}

bool isArea(const Shape &shape)
{
    return shape.kind == ShapeKind::Ellipse || shape.kind == ShapeKind::Rectangle
        || (shape.kind == ShapeKind::Polyline && shape.closed);
}

QRectF boundsOf(const Shape &shape)
{
    if (!isComplete(shape))
        return {};
    double left = 0, right = 0, top = 0, bottom = 0;
    if (shape.kind == ShapeKind::Ellipse) {
        const Axes axes(shape.points);
        const double x = std::hypot(axes.a.x(), axes.b.x()), y = std::hypot(axes.a.y(), axes.b.y());
        return {axes.centre.x() - x, axes.centre.y() - y, 2 * x, 2 * y};
    }
    left = right = shape.points[0].x();
    top = bottom = shape.points[0].y();
    for (const QPointF &point : shape.points) {
        left = std::min(left, point.x());
        right = std::max(right, point.x());
        top = std::min(top, point.y());
        bottom = std::max(bottom, point.y());
    }
    return {left, top, right - left, bottom - top};
}

Shape movedBy(Shape shape, QPointF offset)
{
    for (QPointF &point : shape.points)
        point += offset;
    return shape;
}

std::vector<QPointF> ellipseIn(const QRectF &box)
{
    const QPointF middle = box.center();
    const bool wide = box.width() >= box.height(); // the longer axis first, as reports store it
    const std::vector<QPointF> across{{box.left(), middle.y()}, {box.right(), middle.y()}},
        upright{{middle.x(), box.top()}, {middle.x(), box.bottom()}};
    std::vector<QPointF> out = wide ? across : upright;
    const std::vector<QPointF> &rest = wide ? upright : across;
    out.insert(out.end(), rest.begin(), rest.end());
    return out;
}

std::vector<QPointF> circleAround(QPointF centre, QPointF onEdge, double aspect)
{
    const double height = aspect > 0 && std::isfinite(aspect) ? aspect : 1;
    const double radius = std::hypot(onEdge.x() - centre.x(), (onEdge.y() - centre.y()) * height);
    return ellipseIn(
        QRectF(centre.x() - radius, centre.y() - radius / height, 2 * radius, 2 * radius / height));
}

std::vector<QPointF> outlineOf(const Shape &shape, int steps)
{
    if (!isComplete(shape))
        return {};
    if (shape.kind == ShapeKind::Rectangle) {
        const QRectF box = boundsOf(shape);
        return {box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft()};
    }
    if (shape.kind != ShapeKind::Ellipse)
        return shape.points;
    const Axes axes(shape.points);
    const int count = std::clamp(steps, 8, 3600);
    std::vector<QPointF> out;
    for (int i = 0; i < count; ++i) {
        const double angle = 2 * M_PI * i / count;
        out.push_back(axes.centre + axes.a * std::cos(angle) + axes.b * std::sin(angle));
    }
    return out;
}

bool contains(const Shape &shape, QPointF point)
{
    if (!isArea(shape) || !isComplete(shape))
        return false;
    if (shape.kind == ShapeKind::Ellipse)
        return Axes(shape.points).contains(point);
    if (shape.kind == ShapeKind::Rectangle) {
        const QRectF box = boundsOf(shape);
        return point.x() >= box.left() && point.x() < box.right() && point.y() >= box.top()
            && point.y() < box.bottom();
    }
    bool inside = false;
    const auto &corners = shape.points;
    for (std::size_t i = 0, j = corners.size() - 1; i < corners.size(); j = i++) {
        const QPointF a = corners[i], b = corners[j];
        if ((a.y() > point.y()) != (b.y() > point.y())
            && point.x() < (b.x() - a.x()) * (point.y() - a.y()) / (b.y() - a.y()) + a.x())
            inside = !inside;
    }
    return inside;
}

double distanceTo(const Shape &shape, QPointF point)
{
    if (!isComplete(shape))
        return std::numeric_limits<double>::infinity();
    if (shape.kind == ShapeKind::Cobb)
        return std::min(distanceToSegment(point, shape.points[0], shape.points[1]),
            distanceToSegment(point, shape.points[2], shape.points[3]));
    if (isArea(shape))
        return distanceToLines(point, outlineOf(shape), true);
    return distanceToLines(point, shape.points, false);
}

} // namespace naru::imaging
