// A point of the patient that all views show: set with the mouse in one of them, the others go there. Only
// within one Frame of Reference.
#pragma once

#include "core/imaging/series/Geometry.h"
#include "ui/widgets/viewport/ViewLayer.h"
#include "ui/widgets/viewport/ViewTool.h"

#include <optional>

namespace naru::ui {

class ViewportGrid;

class CrossHair : public ViewTool, public ViewLayer {
public:
    explicit CrossHair(ViewportGrid &grid)
        : m_grid(grid)
    {
    }
    void press(Viewport &view, const QPointF &at, Qt::KeyboardModifiers keys) override;
    void drag(Viewport &view, const QPointF &at, const QPointF &delta) override;
    Qt::CursorShape cursor() const override { return Qt::CrossCursor; }
    void paint(QPainter &painter, const Viewport &view) override;

    void setPoint(imaging::Vector3 point, const QString &frameOfReference, const Viewport *from = nullptr);
    void clear() { m_point.reset(); }
    const std::optional<imaging::Vector3> &point() const { return m_point; }

private:
    ViewportGrid &m_grid;
    std::optional<imaging::Vector3> m_point{};
    QString m_space{};
};

} // namespace naru::ui
