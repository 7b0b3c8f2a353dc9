#include "ui/widgets/viewport/HaloPen.h"

#include <QPainter>

namespace naru::ui {

void HaloPen::path(const QPainterPath &path, double width, bool dashed)
{
    m_painter.setBrush(Qt::NoBrush);
    m_painter.setPen(QPen(Qt::black, width + 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (!dashed)
        m_painter.drawPath(path);
    m_painter.setPen(
        QPen(m_colour, width, dashed ? Qt::DashLine : Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    m_painter.drawPath(path);
}

void HaloPen::line(const QPointF &from, const QPointF &to, double width, bool dashed)
{
    QPainterPath line(from);
    line.lineTo(to);
    path(line, width, dashed);
}

void HaloPen::text(const QRectF &where, int flags, const QString &text)
{
    static constexpr QPointF Around[] = {
        {-1, -1}, {0, -1}, {1, -1}, {-1, 0}, {1, 0}, {-1, 1}, {0, 1}, {1, 1}};
    m_painter.setPen(Qt::black);
    for (const QPointF &offset : Around)
        m_painter.drawText(where.translated(offset), flags, text);
    m_painter.setPen(m_colour);
    m_painter.drawText(where, flags, text);
}

void HaloPen::handle(const QPointF &at, double radius)
{
    const QRectF square(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius);
    m_painter.setPen(QPen(Qt::black, 1));
    m_painter.setBrush(m_colour);
    m_painter.drawRect(square);
    m_painter.setBrush(Qt::NoBrush);
}

} // namespace naru::ui
