#include "ui/widgets/CountTile.h"

#include "ui/shell/Theme.h"

#include <QPainter>

namespace naru::ui {

CountTile::CountTile(const Theme &theme, const QString &title, int number, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_title(title)
    , m_key(QStringLiteral("Alt+%1").arg(number))
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
    setCount(0, {});
}

void CountTile::setCount(int count, const QString &urgency, const char *role, const QString &mark)
{
    m_count = count;
    m_urgency = urgency;
    m_role = role;
    m_mark = mark;
    setAccessibleName(QStringLiteral("%1 %2 %3").arg(m_title).arg(count).arg(urgency).trimmed());
    update();
}

QSize CountTile::sizeHint() const
{
    const int tall = QFontMetrics(m_theme.font(Theme::Face::Body)).height()
        + QFontMetrics(m_theme.font(Theme::Face::TileNumber)).height()
        + QFontMetrics(m_theme.font(Theme::Face::Caption)).height() + m_theme.unit(3);
    return {m_theme.unit(40), tall};
}

QSize CountTile::minimumSizeHint() const
{
    const int title = QFontMetrics(m_theme.font(Theme::Face::BodyBold)).horizontalAdvance(m_title);
    return {title + m_theme.unit(6), sizeHint().height()};
}

void CountTile::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool on = isChecked();
    const bool high = m_theme.scheme() == Theme::Scheme::HcDark || m_theme.scheme() == Theme::Scheme::HcLight;
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(m_theme.color(on ? "accent" : underMouse() ? "border" : "divider"), 1));
    painter.setBrush(m_theme.color(on ? "selection" : "surface"));
    painter.drawRoundedRect(box, m_theme.unit(), m_theme.unit());
    if (hasFocus()) {
        painter.setPen(QPen(m_theme.color("focus"), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), m_theme.unit(), m_theme.unit());
    }
    const QRect inner =
        rect().adjusted(m_theme.unit(3), m_theme.unit(1.5), -m_theme.unit(3), -m_theme.unit(1.5));
    const auto ink = [&](const char *token) {
        painter.setPen(m_theme.color(on && high ? "onSelection" : token));
    };
    painter.setFont(m_theme.font(Theme::Face::BodyBold));
    const int titleHeight = painter.fontMetrics().height();
    ink("text");
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignTop, m_title);
    const int titleWidth = painter.fontMetrics().horizontalAdvance(m_title);
    painter.setFont(m_theme.font(Theme::Face::Caption));
    ink(on ? "text" : "textSecondary");
    if (titleWidth + painter.fontMetrics().horizontalAdvance(m_key) + m_theme.unit(2) <= inner.width())
        painter.drawText(inner, Qt::AlignRight | Qt::AlignTop, m_key);
    painter.setFont(m_theme.font(Theme::Face::TileNumber));
    ink(m_count == 0 ? (on ? "text" : "textSecondary") : "text");
    const QRect middle = inner.adjusted(0, titleHeight, 0, 0);
    const QString number = QString::number(m_count);
    painter.drawText(middle, Qt::AlignLeft | Qt::AlignTop, number);
    const int after = painter.fontMetrics().horizontalAdvance(number) + m_theme.unit(2);
    const int numberHeight = painter.fontMetrics().height();
    painter.setFont(m_theme.font(Theme::Face::BodyBold));
    ink(m_role);
    if (!m_mark.isEmpty())
        painter.drawText(QRect(middle.left() + after, middle.top(), middle.width() - after, numberHeight),
            Qt::AlignLeft | Qt::AlignVCenter, m_mark);
    painter.setFont(m_theme.font(Theme::Face::Caption));
    ink(on && QByteArray(m_role) == "textSecondary" ? "text" : m_role);
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignBottom,
        painter.fontMetrics().elidedText(m_urgency, Qt::ElideRight, inner.width()));
}

} // namespace naru::ui
