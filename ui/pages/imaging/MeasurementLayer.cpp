#include "ui/pages/imaging/MeasurementLayer.h"

#include "ui/pages/imaging/MeasureTool.h"
#include "ui/pages/imaging/ReadingText.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/viewport/HaloPen.h"
#include "ui/widgets/viewport/Viewport.h"

#include <QLineF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace naru::ui {

namespace {

QPainterPath outline(const imaging::Shape &shape, const QTransform &toView)
{
    QPainterPath path;
    const auto &points = shape.points;
    if (points.empty())
        return path;
    if (imaging::isArea(shape) && imaging::isComplete(shape)) {
        const auto polygon = imaging::outlineOf(shape);
        path.addPolygon(toView.map(QPolygonF(QList<QPointF>(polygon.begin(), polygon.end()))));
        path.closeSubpath();
        return path;
    }
    path.moveTo(toView.map(points.front()));
    for (std::size_t i = 1; i < points.size(); ++i) {
        if (shape.kind == imaging::ShapeKind::Cobb && i == 2)
            path.moveTo(toView.map(points[i]));
        else
            path.lineTo(toView.map(points[i]));
    }
    return path;
}

void arrowHead(QPainterPath &path, const QPointF &tip, const QPointF &tail, double size)
{
    QLineF shaft(tip, tail);
    if (shaft.length() < 1)
        return;
    for (const double turn : {25.0, -25.0}) {
        QLineF barb = shaft;
        barb.setLength(size);
        barb.setAngle(shaft.angle() + turn);
        path.moveTo(tip);
        path.lineTo(barb.p2());
    }
}

} // namespace

void MeasurementLayer::paint(QPainter &painter, const Viewport &view)
{
    m_words.clear();
    for (const Measurement *one : m_book.at(view.image().place()))
        draw(painter, view, one->shape, one->reading, one->shape.id == m_book.selected());
    if (m_tool) {
        if (const imaging::Shape *shape = m_tool->draft(view))
            draw(painter, view, *shape,
                imaging::measure(*shape, *view.image().facts, view.image().frame, &view.image().pixels,
                    m_book.ownCalibration(view.image().place())),
                true);
    }
}

void MeasurementLayer::draw(QPainter &painter, const Viewport &view, const imaging::Shape &shape,
    const imaging::Reading &reading, bool selected)
{
    if (shape.points.empty())
        return;
    const QTransform toView = view.transform().toView();
    const double unit = view.theme().unit(1);
    HaloPen pen(painter, view.theme().color("imageMeasure"));
    QPainterPath path = outline(shape, toView);
    if (shape.kind == imaging::ShapeKind::Arrow && shape.points.size() == 2)
        arrowHead(path, toView.map(shape.points[0]), toView.map(shape.points[1]), 2.4 * unit);
    if (shape.kind == imaging::ShapeKind::Point) {
        const QPointF at = toView.map(shape.points.front());
        for (const QPointF &arm : {QPointF(unit, 0), QPointF(0, unit)}) {
            path.moveTo(at - arm);
            path.lineTo(at + arm);
        }
    }
    pen.path(path, selected ? 2.2 : 1.5);
    if (selected && shape.kind != imaging::ShapeKind::Text) {
        for (const QPointF &point : shape.points)
            pen.handle(toView.map(point), 0.5 * unit);
    }
    QStringList words =
        shape.kind == imaging::ShapeKind::Text ? QStringList{shape.text} : ReadingText::lines(reading);
    if (words.isEmpty())
        return;
    if (const QString own = ReadingText::byUser(reading); !own.isEmpty())
        words << own;
    // To the right of the drawing, kept inside the view.
    const QRectF around =
        path.isEmpty() ? QRectF(toView.map(shape.points.front()), QSizeF()) : path.boundingRect();
    const QFontMetricsF metrics(painter.font());
    double width = 0;
    for (const QString &line : words)
        width = std::max(width, metrics.horizontalAdvance(line));
    const double height = metrics.lineSpacing() * double(words.size());
    QPointF corner(around.right() + unit, around.center().y() - height / 2);
    corner.setX(std::clamp(corner.x(), 2.0, std::max(2.0, view.width() - width - 4 * unit)));
    corner.setY(std::clamp(corner.y(), 2.0, std::max(2.0, view.height() - height - unit)));
    QRectF place(corner, QSizeF(width + 4, height + 2));
    if (shape.kind != imaging::ShapeKind::Text) // that one stands where it was written
        place = freePlace(place, view);
    m_words.append(place);
    pen.text(place, Qt::AlignLeft | Qt::AlignTop, words.join(QLatin1Char('\n')));
}

// Values that lie on each other cannot be read: the later one goes below, or above where that is the end.
QRectF MeasurementLayer::freePlace(QRectF wanted, const Viewport &view) const
{
    const QRectF first = wanted;
    for (const bool up : {false, true}) {
        wanted = first;
        for (int tries = 0; tries <= m_words.size(); ++tries) {
            const auto hit = std::find_if(m_words.begin(), m_words.end(),
                [&wanted](const QRectF &other) { return other.intersects(wanted); });
            if (hit == m_words.end())
                return wanted;
            if (up)
                wanted.moveBottom(hit->top() - 1);
            else
                wanted.moveTop(hit->bottom() + 1);
            if (wanted.top() < 2 || wanted.bottom() > view.height())
                break;
        }
    }
    return first;
}

} // namespace naru::ui
