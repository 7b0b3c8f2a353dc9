#include "core/imaging/measure/Measure.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace naru::imaging {

namespace {
// Points in the patient's proportions: millimetres when the size of a pixel is known, else widths of a pixel.
class Scale {
public:
    explicit Scale(const Calibration &calibration)
        : m_length(calibration.isLength())
        , m_x(m_length ? calibration.mmX : 1)
        , m_y(m_length ? calibration.mmY : calibration.aspect)
    {
    }
    QPointF operator()(QPointF point) const { return {point.x() * m_x, point.y() * m_y}; }
    QString unit() const { return m_length ? QStringLiteral("mm") : QStringLiteral("px"); }
    QString areaUnit() const { return m_length ? QStringLiteral("mm2") : QStringLiteral("px2"); }
    // Of one square pixel; an area in pixels counts pixels, whatever their shape.
    double area() const { return m_length ? m_x * m_y : 1; }
    double length(QPointF a, QPointF b) const
    {
        const QPointF way = (*this)(b) - (*this)(a);
        return std::hypot(way.x(), way.y());
    }

private:
    bool m_length;
    double m_x, m_y;
};

double crossOf(QPointF a, QPointF b)
{
    return a.x() * b.y() - a.y() * b.x();
}

// 0..180 degrees between two directions; NaN when one has no length.
double degreesBetween(QPointF a, QPointF b)
{
    if ((a.x() == 0 && a.y() == 0) || (b.x() == 0 && b.y() == 0))
        return std::nan("");
    return std::atan2(std::abs(crossOf(a, b)), a.x() * b.x() + a.y() * b.y()) * 180 / M_PI;
}

// Gauss's formula, without sign; of a polygon that crosses itself the parts cancel out.
double polygonArea(const std::vector<QPointF> &corners)
{
    double twice = 0;
    for (std::size_t i = 0, j = corners.size() - 1; i < corners.size(); j = i++)
        twice += crossOf(corners[j], corners[i]);
    return std::abs(twice) / 2;
}

// Ramanujan's second approximation: better than 1e-4 for axes up to 1:10.
double ellipsePerimeter(double a, double b)
{
    if (a + b <= 0)
        return 0;
    const double h = (a - b) * (a - b) / ((a + b) * (a + b));
    return M_PI * (a + b) * (1 + 3 * h / (10 + std::sqrt(4 - 3 * h)));
}

// Half axes of an ellipse given by two conjugate half diameters (Rytz): at right angles in pixels they need
// not be in the patient.
std::pair<double, double> halfAxes(QPointF u, QPointF v)
{
    const double sum = u.x() * u.x() + u.y() * u.y() + v.x() * v.x() + v.y() * v.y();
    const double product = std::abs(crossOf(u, v));
    const double root = std::sqrt(std::max(0.0, sum * sum - 4 * product * product));
    return {std::sqrt((sum + root) / 2), std::sqrt(std::max(0.0, (sum - root) / 2))};
}

// Units of region calibration (C.8.5.5.1.15) that a difference along an axis can have.
QString regionUnit(int code)
{
    static constexpr const char *units[] = {
        "", "%", "dB", "cm", "s", "Hz", "dB/s", "cm/s", "cm2", "cm2/s", "cm3", "cm3/s", "deg"};
    return code > 0 && code < int(std::size(units)) ? QString::fromLatin1(units[code]) : QString();
}

// In a spectral or M-mode region the two axes are different things: their differences, and no length.
void differences(const Shape &shape, const Calibration &calibration, std::vector<Quantity> &out)
{
    if (calibration.source != CalibrationSource::UltrasoundRegion || calibration.isLength())
        return;
    const QPointF way = shape.points[1] - shape.points[0];
    if (const QString unit = regionUnit(calibration.unitX); !unit.isEmpty())
        out.push_back({"x", std::abs(way.x()) * calibration.perPixelX, unit});
    if (const QString unit = regionUnit(calibration.unitY); !unit.isEmpty())
        out.push_back({"y", std::abs(way.y()) * calibration.perPixelY, unit});
}

std::vector<QPointF> scaled(const std::vector<QPointF> &points, const Scale &scale)
{
    std::vector<QPointF> out;
    std::transform(points.begin(), points.end(), std::back_inserter(out), scale);
    return out;
}

void measurePolyline(const Shape &shape, const Scale &scale, std::vector<Quantity> &out)
{
    double length = 0;
    for (std::size_t i = 0; i + 1 < shape.points.size(); ++i)
        length += scale.length(shape.points[i], shape.points[i + 1]);
    if (!shape.closed) {
        out.push_back({"length", length, scale.unit()});
        return;
    }
    length += scale.length(shape.points.back(), shape.points.front());
    out.push_back({"area", polygonArea(shape.points) * scale.area(), scale.areaUnit()});
    out.push_back({"perimeter", length, scale.unit()});
}

void measureEllipse(const Shape &shape, const Scale &scale, std::vector<Quantity> &out)
{
    const QPointF u = (shape.points[1] - shape.points[0]) / 2, v = (shape.points[3] - shape.points[2]) / 2;
    const auto [a, b] = halfAxes(scale(u), scale(v));
    out.push_back({"area", M_PI * std::abs(crossOf(u, v)) * scale.area(), scale.areaUnit()});
    out.push_back({"axisA", 2 * a, scale.unit()});
    out.push_back({"axisB", 2 * b, scale.unit()});
    out.push_back({"perimeter", ellipsePerimeter(a, b), scale.unit()});
}

void measureRectangle(const Shape &shape, const Scale &scale, std::vector<Quantity> &out)
{
    const QRectF box = boundsOf(shape);
    const double width = scale.length(box.topLeft(), box.topRight()),
                 height = scale.length(box.topLeft(), box.bottomLeft());
    out.push_back({"area", box.width() * box.height() * scale.area(), scale.areaUnit()});
    out.push_back({"width", width, scale.unit()});
    out.push_back({"height", height, scale.unit()});
    out.push_back({"perimeter", 2 * (width + height), scale.unit()});
}

// Cobb: the lines have no direction, so the angle is at most 90 degrees between them. Curves beyond that
// exist, but are measured by perpendiculars that meet at the same angle.
double cobbAngle(const std::vector<QPointF> &p)
{
    const double angle = degreesBetween(p[1] - p[0], p[3] - p[2]);
    return angle > 90 ? 180 - angle : angle;
}

void measureGeometry(const Shape &shape, const Calibration &calibration, std::vector<Quantity> &out)
{
    const Scale scale(calibration);
    const std::vector<QPointF> p = scaled(shape.points, scale);
    const QString degrees = QStringLiteral("deg");
    switch (shape.kind) {
    case ShapeKind::Length:
        differences(shape, calibration, out);
        if (out.empty())
            out.push_back({"length", scale.length(shape.points[0], shape.points[1]), scale.unit()});
        break;
    case ShapeKind::Angle:
        out.push_back({"angle", degreesBetween(p[0] - p[1], p[2] - p[1]), degrees});
        break;
    case ShapeKind::Cobb:
        out.push_back({"cobb", cobbAngle(p), degrees});
        break;
    case ShapeKind::Polyline:
        measurePolyline(shape, scale, out);
        break;
    case ShapeKind::Ellipse:
        measureEllipse(shape, scale, out);
        break;
    case ShapeKind::Rectangle:
        measureRectangle(shape, scale, out);
        break;
    case ShapeKind::Point:
    case ShapeKind::Arrow:
    case ShapeKind::Text:
        break;
    }
}
} // namespace

const Quantity *Reading::find(const char *what) const
{
    const auto found = std::find_if(quantities.begin(), quantities.end(),
        [what](const Quantity &quantity) { return std::strcmp(quantity.what, what) == 0; });
    return found == quantities.end() ? nullptr : &*found;
}

Reading measure(const Shape &shape, const ImageFacts &facts, int frame, const Frame *pixels,
    const std::optional<Calibration> &manual)
{
    Reading out;
    out.kind = shape.kind;
    out.valid = isComplete(shape);
    if (!out.valid)
        return out;
    // An ellipse lies where its outline does; all other shapes where their points are.
    const std::vector<QPointF> touched =
        shape.kind == ShapeKind::Rectangle || shape.kind == ShapeKind::Ellipse ? outlineOf(shape, 16)
                                                                               : shape.points;
    out.calibration = calibrationFor(facts, frame, touched, manual);
    measureGeometry(shape, out.calibration, out.quantities);
    if (!pixels || (!isArea(shape) && shape.kind != ShapeKind::Point))
        return out;
    out.statistics = statisticsOf(*pixels, facts, frame, shape);
    out.emptyArea = out.statistics->empty();
    if (shape.kind == ShapeKind::Point && !out.emptyArea)
        out.quantities.push_back({"value", out.statistics->mean, out.statistics->unit});
    return out;
}

} // namespace naru::imaging
