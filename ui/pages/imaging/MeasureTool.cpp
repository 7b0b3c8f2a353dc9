#include "ui/pages/imaging/MeasureTool.h"

#include "ui/widgets/viewport/Viewport.h"

#include <QLineF>

namespace naru::ui {

namespace {

constexpr double Reach = 7; // points of the view around a handle or a line

// The points that a hand places: an ellipse is drawn as the box around it.
imaging::Shape shapeOf(imaging::ShapeKind kind, const std::vector<QPointF> &placed)
{
    imaging::Shape shape;
    shape.kind = kind;
    shape.points = placed;
    if (kind == imaging::ShapeKind::Ellipse && placed.size() == 2)
        shape.points = imaging::ellipseIn(QRectF(placed[0], placed[1]).normalized());
    return shape;
}

} // namespace

int MeasureTool::clicksNeeded() const
{
    return m_kind == imaging::ShapeKind::Ellipse ? 2 : imaging::pointCount(m_kind);
}

bool MeasureTool::grip(Viewport &view, const QPointF &at)
{
    const double pixels = Reach * view.devicePixelRatioF() / view.transform().zoom();
    for (const Measurement *one : m_book.at(view.image().place())) {
        for (std::size_t i = 0; i < one->shape.points.size(); ++i) {
            if (QLineF(view.transform().map(one->shape.points[i]), at).length() <= Reach) {
                m_gripped = one->shape;
                m_handle = int(i);
                return true;
            }
        }
        if (imaging::distanceTo(one->shape, view.transform().unmap(at)) <= pixels) {
            m_gripped = one->shape;
            m_handle = -1;
            return true;
        }
    }
    return false;
}

void MeasureTool::press(Viewport &view, const QPointF &at, Qt::KeyboardModifiers)
{
    if (!view.image().isReady())
        return;
    if (m_given || m_view != &view || m_place != view.image().place())
        cancel();
    const QPointF image = view.transform().unmap(at);
    m_from = image;
    m_pressed = at;
    if (m_points.empty() && !m_taken && grip(view, at)) {
        m_book.select(m_gripped.id);
        m_book.begin();
        view.update();
        return;
    }
    m_view = &view;
    m_place = view.image().place();
    m_pressing = true;
    addPoint(view, image);
}

void MeasureTool::addPoint(Viewport &view, const QPointF &image)
{
    if (m_kind == imaging::ShapeKind::Text && m_askText && view.provider()) {
        const QPointer<Viewport> guard(&view);
        const ShownImage shown = view.image();
        const QString study = view.provider()->studyKey(), series = view.provider()->seriesKey();
        m_pressing = false;
        m_askText(view, view.transform().map(image),
            [this, guard, shown, image, study, series](const QString &words) {
                if (!guard || words.trimmed().isEmpty())
                    return;
                imaging::Shape shape = shapeOf(imaging::ShapeKind::Text, {image});
                shape.text = words.trimmed();
                m_book.add(shape, shown, study, series);
            });
        cancel();
        return;
    }
    m_points.push_back(image);
    const int needed = clicksNeeded();
    if (needed == 1 || (int(m_points.size()) == needed && !m_pressing))
        finish(view);
    else
        setOpenEnd(view, view.transform().map(image));
}

void MeasureTool::setOpenEnd(Viewport &view, const QPointF &at)
{
    std::vector<QPointF> placed = m_points;
    placed.push_back(view.transform().unmap(at));
    m_draft = shapeOf(m_kind, placed);
    view.update();
}

void MeasureTool::drag(Viewport &view, const QPointF &at, const QPointF &)
{
    if (!m_gripped.id.isEmpty()) {
        const QPointF image = view.transform().unmap(at);
        imaging::Shape shape = m_gripped;
        if (m_handle < 0)
            shape = imaging::movedBy(shape, image - m_from);
        else
            shape.points[std::size_t(m_handle)] = image;
        if (m_handle >= 0 && shape.kind == imaging::ShapeKind::Ellipse) {
            // The box follows the gripped end of the axis; the opposite one stays.
            QRectF box = imaging::boundsOf(m_gripped);
            const QPointF old = m_gripped.points[std::size_t(m_handle)];
            if (std::abs(old.x() - box.left()) < 1e-6)
                box.setLeft(image.x());
            else if (std::abs(old.x() - box.right()) < 1e-6)
                box.setRight(image.x());
            else if (std::abs(old.y() - box.top()) < 1e-6)
                box.setTop(image.y());
            else
                box.setBottom(image.y());
            shape.points = imaging::ellipseIn(box.normalized());
        }
        m_book.change(shape, view.image());
        view.update();
        return;
    }
    if (m_view == &view && !m_points.empty() && !m_given)
        setOpenEnd(view, at);
}

void MeasureTool::release(Viewport &view, const QPointF &at)
{
    if (!m_gripped.id.isEmpty()) {
        m_gripped = {};
        m_book.commit();
        return;
    }
    if (!std::exchange(m_pressing, false) || m_points.empty())
        return;
    if (m_place != view.image().place()) { // the wheel has turned meanwhile
        cancel();
        return;
    }
    const bool moved = QLineF(m_pressed, at).length() > 3;
    if (int(m_points.size()) == clicksNeeded())
        finish(view);
    else if (moved)
        addPoint(view, view.transform().unmap(at));
}

void MeasureTool::hover(Viewport &view, const QPointF &at)
{
    if (m_view == &view && !m_points.empty() && !m_given && m_place == view.image().place())
        setOpenEnd(view, at);
}

bool MeasureTool::doubleClick(Viewport &view, const QPointF &at)
{
    if (clicksNeeded() == 1)
        return true; // its first click was a value or a text already
    if (m_view != &view || m_points.empty() || m_given || m_place != view.image().place())
        return m_given;
    if (m_points.size() == 1) { // no drawing had begun before this click
        cancel();
        return false;
    }
    if (m_kind != imaging::ShapeKind::Polyline)
        return true;
    // A double click near the first point closes an area.
    const bool closed =
        m_points.size() > 2 && QLineF(view.transform().map(m_points.front()), at).length() <= 2 * Reach;
    if (closed && QLineF(view.transform().map(m_points.back()), at).length() <= 2 * Reach)
        m_points.pop_back();
    m_draft.closed = closed;
    finish(view);
    return true;
}

void MeasureTool::finish(Viewport &view)
{
    imaging::Shape shape = shapeOf(m_kind, m_points);
    shape.closed = m_kind == imaging::ShapeKind::Polyline && m_draft.closed;
    const bool point = m_points.size() == 2 && m_points[0] == m_points[1];
    const ShownImage image = view.image();
    m_pressing = false;
    if (m_taken && !point && imaging::isComplete(shape)) {
        m_given = true;
        m_draft = shape;
        m_taken(view, shape);
        view.update();
        return;
    }
    m_points.clear();
    m_draft = {};
    if (!point && imaging::isComplete(shape) && image.isReady() && view.provider())
        m_book.add(shape, image, view.provider()->studyKey(), view.provider()->seriesKey());
    view.update();
}

bool MeasureTool::cancel()
{
    const bool any = !m_points.empty();
    m_points.clear();
    m_draft = {};
    m_pressing = m_given = false;
    m_gripped = {};
    if (auto *view = qobject_cast<QWidget *>(m_view.data()))
        view->update();
    return any;
}

const imaging::Shape *MeasureTool::draft(const Viewport &view) const
{
    return m_view == &view && !m_points.empty() && m_place == view.image().place() ? &m_draft : nullptr;
}

} // namespace naru::ui
