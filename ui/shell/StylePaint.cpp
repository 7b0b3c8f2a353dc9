#include "ui/shell/StylePaint.h"

#include "ui/shell/Theme.h"

#include <QPainter>
#include <QStyleOption>

namespace naru::ui {

namespace {

QColor blend(const QColor &a, const QColor &b, double share)
{
    return QColor::fromRgbF(float(a.redF() + (b.redF() - a.redF()) * share),
        float(a.greenF() + (b.greenF() - a.greenF()) * share),
        float(a.blueF() + (b.blueF() - a.blueF()) * share));
}

bool has(const QStyleOption *option, QStyle::StateFlag flag)
{
    return option->state.testFlag(flag);
}

} // namespace

void StylePaint::ring(const QRectF &rect, QPainter *painter, const char *token) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(m_theme.color(token), 2));
    painter->drawRoundedRect(rect.adjusted(1, 1, -1, -1), m_theme.unit(), m_theme.unit());
    painter->restore();
}

void StylePaint::rowRing(const QRect &rect, QPainter *painter) const
{
    painter->save();
    painter->setPen(QPen(m_theme.color("focus"), 2));
    painter->setBrush(Qt::NoBrush);
    painter->drawRect(rect.adjusted(1, 1, -1, -1));
    painter->restore();
}

void StylePaint::chevron(const QRectF &where, const QColor &color, QPainter *painter, bool up) const
{
    const double half = m_theme.unit(0.9);
    const QPointF middle = where.center();
    const double rise = up ? -half / 2 : half / 2;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color, 1.5 * m_theme.zoom(), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF points[] = {
        middle + QPointF(-half, -rise), middle + QPointF(0, rise), middle + QPointF(half, -rise)};
    painter->drawPolyline(points, 3);
    painter->restore();
}

void StylePaint::button(const QStyleOption *option, QPainter *painter, const QString &look) const
{
    const bool enabled = has(option, QStyle::State_Enabled),
               down = has(option, QStyle::State_Sunken) || has(option, QStyle::State_On);
    const bool hover = enabled && has(option, QStyle::State_MouseOver);
    QColor fill = m_theme.color("raised"), line = m_theme.color("border");
    if (look == QLatin1String("primary") && enabled) {
        fill = m_theme.color("accent");
        line = fill;
    } else if (look == QLatin1String("quiet") || look == QLatin1String("banner")) {
        fill = Qt::transparent;
        line = Qt::transparent;
    }
    const bool banner = look == QLatin1String("banner");
    if (banner) {
        if (down || hover)
            fill = blend(m_theme.color("banner"), m_theme.color("onBanner"), 0.15);
    } else if (has(option, QStyle::State_On) && look != QLatin1String("primary")) {
        fill = m_theme.color("selection");
        line = m_theme.color("accent");
    } else if (down || hover) {
        const QColor under = fill.alpha() == 0 ? m_theme.color("window") : fill;
        fill = blend(under, m_theme.color("text"), down ? 0.16 : 0.07);
    }
    if (!enabled && look != QLatin1String("quiet") && !banner) {
        fill = m_theme.color("window");
        line = m_theme.color("divider");
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(line.alpha() == 0 ? QPen(Qt::NoPen) : QPen(line, 1));
    painter->setBrush(fill);
    const QRectF box = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter->drawRoundedRect(box, m_theme.unit(), m_theme.unit());
    painter->restore();
    if (has(option, QStyle::State_HasFocus)) {
        ring(option->rect, painter, banner ? "focusOnBanner" : "focus");
        if (look
            == QLatin1String(
                "primary")) { // the ring alone would drown in the fill: one contrast line inside it
            painter->save();
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(QPen(m_theme.color("onAccent"), 1));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(
                QRectF(option->rect).adjusted(2.5, 2.5, -2.5, -2.5), m_theme.unit(), m_theme.unit());
            painter->restore();
        }
    }
}

void StylePaint::field(const QStyleOption *option, QPainter *painter, bool focused) const
{
    const bool enabled = has(option, QStyle::State_Enabled);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(m_theme.color(enabled ? "border" : "divider"), 1));
    QColor fill = option->palette.color(QPalette::Base);
    if (!enabled || has(option, QStyle::State_ReadOnly))
        fill = m_theme.color("window");
    painter->setBrush(fill);
    painter->drawRoundedRect(
        QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5), m_theme.unit(), m_theme.unit());
    painter->restore();
    if (focused)
        ring(option->rect, painter);
}

void StylePaint::mark(const QStyleOption *option, QPainter *painter, bool round) const
{
    const QRectF box = QRectF(option->rect).adjusted(1.5, 1.5, -1.5, -1.5);
    const bool on = has(option, QStyle::State_On), enabled = has(option, QStyle::State_Enabled);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QColor line = m_theme.color(!enabled ? "divider" : on ? "accent" : "border");
    painter->setPen(QPen(line, 1.3));
    painter->setBrush(on && enabled ? m_theme.color("accent") : m_theme.color("surface"));
    if (round)
        painter->drawEllipse(box);
    else
        painter->drawRoundedRect(box, 3, 3);
    const QColor mark = m_theme.color(enabled ? "onAccent" : "textDisabled");
    if (on && round) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(mark);
        const double inset = box.width() * 0.3;
        painter->drawEllipse(box.adjusted(inset, inset, -inset, -inset));
    } else if (on) {
        painter->setPen(QPen(mark, box.width() * 0.14, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const QPointF tick[] = {{box.left() + box.width() * 0.22, box.top() + box.height() * 0.52},
            {box.left() + box.width() * 0.43, box.top() + box.height() * 0.72},
            {box.left() + box.width() * 0.78, box.top() + box.height() * 0.30}};
        painter->drawPolyline(tick, 3);
    } else if (has(option, QStyle::State_NoChange)) {
        painter->setPen(QPen(m_theme.color("text"), 2));
        painter->drawLine(
            QPointF(box.left() + 3, box.center().y()), QPointF(box.right() - 3, box.center().y()));
    }
    painter->restore();
}

void StylePaint::tab(const QStyleOption *option, QPainter *painter) const
{
    const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option);
    if (!tab)
        return;
    const bool selected = has(option, QStyle::State_Selected);
    painter->save();
    QColor fill = m_theme.color(selected ? "surface" : "window");
    if (!selected && has(option, QStyle::State_MouseOver))
        fill = blend(fill, m_theme.color("text"), 0.06);
    painter->fillRect(option->rect, fill);
    const int bar = std::max(2, m_theme.unit(0.6));
    QRect line = option->rect;
    if (selected) {
        line.setHeight(bar);
        painter->fillRect(line, m_theme.color("accent"));
    }
    painter->setPen(QPen(m_theme.color("divider"), 1));
    painter->drawLine(option->rect.topRight(), option->rect.bottomRight());
    if (!selected)
        painter->drawLine(option->rect.bottomLeft(), option->rect.bottomRight());
    painter->restore();
    if (has(option, QStyle::State_HasFocus))
        ring(QRectF(option->rect).adjusted(2, bar + 1, -2, -2), painter);
}

void StylePaint::closeMark(const QStyleOption *option, QPainter *painter) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (has(option, QStyle::State_MouseOver) || has(option, QStyle::State_Sunken)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(blend(m_theme.color("window"), m_theme.color("text"), 0.12));
        painter->drawRoundedRect(option->rect, 3, 3);
    }
    painter->setPen(QPen(m_theme.color("textSecondary"), 1.5 * m_theme.zoom(), Qt::SolidLine, Qt::RoundCap));
    const double inset = option->rect.width() * 0.3;
    const QRectF cross = QRectF(option->rect).adjusted(inset, inset, -inset, -inset);
    painter->drawLine(cross.topLeft(), cross.bottomRight());
    painter->drawLine(cross.topRight(), cross.bottomLeft());
    painter->restore();
}

void StylePaint::header(const QStyleOption *option, QPainter *painter) const
{
    painter->save();
    QColor fill = m_theme.color("window");
    if (has(option, QStyle::State_MouseOver) && has(option, QStyle::State_Enabled))
        fill = blend(fill, m_theme.color("text"), 0.05);
    painter->fillRect(option->rect, fill);
    painter->setPen(QPen(m_theme.color("divider"), 1));
    painter->drawLine(option->rect.bottomLeft(), option->rect.bottomRight());
    painter->restore();
}

// A slim handle in a quiet groove: at large type the arrows and edges of the base style outweigh the page.
void StylePaint::scrollBar(const QStyleOption *option, const QRect &slider, QPainter *painter) const
{
    painter->save();
    painter->fillRect(option->rect, m_theme.color("window"));
    if (!slider.isNull()) {
        const QRectF handle(slider);
        const double inset = std::min(handle.width(), handle.height()) * 0.22;
        const bool held = has(option, QStyle::State_Sunken)
            || (has(option, QStyle::State_MouseOver) && has(option, QStyle::State_Enabled));
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme.color(held ? "textSecondary" : "border"));
        const QRectF inside = handle.adjusted(inset, inset, -inset, -inset);
        const double round = std::min(inside.width(), inside.height()) / 2;
        painter->drawRoundedRect(inside, round, round);
    }
    painter->restore();
}

} // namespace naru::ui
