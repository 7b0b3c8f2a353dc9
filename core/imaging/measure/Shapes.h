// Drawn things as values. Points are image points: x to the right, y down, in pixels from the corner of the
// first pixel (its centre is 0.5, 0.5), as PS3.3 C.10.5.1.2 and C.18.6.1.2 store them.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QString>

#include <vector>

namespace naru::imaging {

enum class ShapeKind : char {
    Point, // 1
    Length, // 2
    Angle, // 3: arm, vertex, arm
    Cobb, // 4: two lines
    Polyline, // 2 or more; closed: an area
    Ellipse, // 4: ends of one axis, ends of the other
    Rectangle, // 2: opposite corners
    Arrow, // 2: tip, tail
    Text // 1: anchor
};

struct Shape {
    QString id{}; // unique in the study; made by the caller
    ShapeKind kind = ShapeKind::Point;
    std::vector<QPointF> points{};
    bool closed = false; // of a polyline
    QString text{}; // label, or the text itself
    QString sopUid{}; // the image it was drawn on
    int frame = 0;
    friend bool operator==(const Shape &, const Shape &) = default;
};

// Number of points a shape needs; -1 for a polyline (2 or more, closed 3 or more).
int pointCount(ShapeKind kind);
// Enough points, all of them finite.
bool isComplete(const Shape &shape);
bool isArea(const Shape &shape); // encloses pixels
QRectF boundsOf(const Shape &shape);
Shape movedBy(Shape shape, QPointF offset);

// The four points of the ellipse in a rectangle, and of a circle that is round in the patient although pixels
// are not square: `aspect` is a pixel's height in widths.
std::vector<QPointF> ellipseIn(const QRectF &box);
std::vector<QPointF> circleAround(QPointF centre, QPointF onEdge, double aspect);
// Outline as a polygon, for hit testing and drawing: rectangles, closed polylines, ellipses in `steps`
// points.
std::vector<QPointF> outlineOf(const Shape &shape, int steps = 90);
// Whether an image point lies inside an area; even-odd for polylines that cross themselves.
bool contains(const Shape &shape, QPointF point);
// Distance in pixels of a point from what is drawn, for picking with the mouse.
double distanceTo(const Shape &shape, QPointF point);

} // namespace naru::imaging
