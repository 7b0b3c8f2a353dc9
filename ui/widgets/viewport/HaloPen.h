// Lines and words on top of an image: in their own colour with a dark rim, so that bright pixels cannot
// swallow them. Widths are device-independent; the painter is in view points.
#pragma once

#include <QColor>
#include <QPainterPath>
#include <QRectF>
#include <QString>

class QPainter;

namespace naru::ui {

class HaloPen {
public:
    HaloPen(QPainter &painter, const QColor &colour)
        : m_painter(painter)
        , m_colour(colour)
    {
    }
    void path(const QPainterPath &path, double width = 1.5, bool dashed = false);
    void line(const QPointF &from, const QPointF &to, double width = 1.5, bool dashed = false);
    void text(const QRectF &where, int flags, const QString &text);
    void handle(const QPointF &at, double radius); // a small square to grip

private:
    QPainter &m_painter;
    QColor m_colour;
};

} // namespace naru::ui
