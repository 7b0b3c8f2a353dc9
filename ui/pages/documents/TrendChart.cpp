#include "ui/pages/documents/TrendChart.h"

#include "ui/shell/Theme.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QRegularExpression>
#include <algorithm>
#include <cmath>

namespace naru::ui {

bool parseRange(const QString &text, double &low, bool &hasLow, double &high, bool &hasHigh)
{
    hasLow = hasHigh = false;
    static const QRegularExpression between(
        QStringLiteral("(-?\\d+(?:\\.\\d+)?)\\s*[-~–]\\s*(-?\\d+(?:\\.\\d+)?)"));
    static const QRegularExpression below(QStringLiteral("^\\s*[<≤]=?\\s*(-?\\d+(?:\\.\\d+)?)"));
    static const QRegularExpression above(QStringLiteral("^\\s*[>≥]=?\\s*(-?\\d+(?:\\.\\d+)?)"));
    if (const auto m = between.match(text); m.hasMatch()) {
        low = m.captured(1).toDouble();
        high = m.captured(2).toDouble();
        hasLow = hasHigh = low <= high;
    } else if (const auto b = below.match(text); b.hasMatch()) {
        high = b.captured(1).toDouble();
        hasHigh = true;
    } else if (const auto a = above.match(text); a.hasMatch()) {
        low = a.captured(1).toDouble();
        hasLow = true;
    }
    return hasLow || hasHigh;
}

TrendChart::TrendChart(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("reader.trend"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Trend"));
    connect(&m_theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

QSize TrendChart::sizeHint() const
{
    return {m_theme.unit(80), m_theme.unit(38)};
}

void TrendChart::setTrend(const Trend &trend)
{
    m_trend = trend;
    std::stable_sort(m_trend.points.begin(), m_trend.points.end(),
        [](const auto &a, const auto &b) { return a.when < b.when; });
    m_current = int(m_trend.points.size()) - 1;
    setAccessibleName(tr("Trend of %1").arg(trend.name));
    setAccessibleDescription(currentWords());
    update();
}

double TrendChart::position(int index) const
{
    const auto &points = m_trend.points;
    if (index < 0 || index >= int(points.size()))
        return 0;
    const qint64 first = points.front().when.toMSecsSinceEpoch(),
                 last = points.back().when.toMSecsSinceEpoch();
    if (first == last)
        return 0.5;
    return double(points[size_t(index)].when.toMSecsSinceEpoch() - first) / double(last - first);
}

QRect TrendChart::plot() const
{
    const QFontMetrics fm(m_theme.font(Theme::Face::Caption));
    const int left = fm.horizontalAdvance(QStringLiteral("00000.0")) + m_theme.unit(3);
    return rect().adjusted(left, m_theme.unit(8), -m_theme.unit(8), -fm.height() - m_theme.unit(3));
}

void TrendChart::bounds(double &lowest, double &highest) const
{
    lowest = 1e300;
    highest = -1e300;
    for (const TrendPoint &point : m_trend.points) {
        lowest = qMin(lowest, point.value);
        highest = qMax(highest, point.value);
    }
    if (m_trend.hasLow)
        lowest = qMin(lowest, m_trend.low);
    if (m_trend.hasHigh)
        highest = qMax(highest, m_trend.high);
    const double span = qMax(highest - lowest, std::abs(highest) * 0.05 + 1e-9);
    lowest -= span * 0.12;
    highest += span * 0.18;
}

QPointF TrendChart::place(int index) const
{
    double lowest = 0, highest = 0;
    bounds(lowest, highest);
    const QRect area = plot();
    const double y = (m_trend.points[size_t(index)].value - lowest) / (highest - lowest);
    return {area.left() + position(index) * area.width(), area.bottom() - y * area.height()};
}

QString TrendChart::currentWords() const
{
    if (m_current < 0 || m_current >= int(m_trend.points.size()))
        return tr("No values");
    const TrendPoint &point = m_trend.points[size_t(m_current)];
    QStringList parts{point.when.date().toString(Qt::ISODate),
        point.text + (m_trend.unit.isEmpty() ? QString() : QLatin1Char(' ') + m_trend.unit)};
    if (m_trend.hasHigh && point.value > m_trend.high)
        parts << QStringLiteral("▲ ") + tr("above the reference");
    if (m_trend.hasLow && point.value < m_trend.low)
        parts << QStringLiteral("▼ ") + tr("below the reference");
    if (!point.laboratory.isEmpty())
        parts << point.laboratory;
    if (!point.source.isEmpty())
        parts << point.source;
    return parts.join(QStringLiteral("  "));
}

void TrendChart::select(int index)
{
    index = qBound(0, index, int(m_trend.points.size()) - 1);
    if (index == m_current || m_trend.points.empty())
        return;
    m_current = index;
    setAccessibleDescription(currentWords());
    setToolTip(currentWords());
    update();
    Q_EMIT currentChanged(index);
}

void TrendChart::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        select(m_current - 1);
        return;
    case Qt::Key_Right:
        select(m_current + 1);
        return;
    case Qt::Key_Home:
        select(0);
        return;
    case Qt::Key_End:
        select(int(m_trend.points.size()) - 1);
        return;
    case Qt::Key_Escape:
        Q_EMIT closeRequested();
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void TrendChart::mouseMoveEvent(QMouseEvent *event)
{
    int nearest = -1;
    double best = 1e9;
    for (int i = 0; i < int(m_trend.points.size()); ++i) {
        const double distance = std::abs(place(i).x() - event->position().x());
        if (distance < best) {
            best = distance;
            nearest = i;
        }
    }
    if (nearest >= 0 && best < m_theme.unit(6))
        select(nearest);
}

void TrendChart::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void TrendChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color("surface"));
    const QRect area = plot();
    const int unit = m_theme.unit();
    const QFont small = m_theme.font(Theme::Face::Caption);
    const QFontMetrics fm(small);
    painter.setFont(m_theme.font(Theme::Face::BodyBold));
    painter.setPen(m_theme.color("text"));
    const QString title =
        m_trend.name + (m_trend.unit.isEmpty() ? QString() : QStringLiteral("  ") + m_trend.unit);
    painter.drawText(
        QRect(unit * 3, unit, width() - unit * 6, unit * 5), int(Qt::AlignLeft | Qt::AlignVCenter), title);
    const int titleWidth = QFontMetrics(painter.font()).horizontalAdvance(title) + 6 * unit;
    painter.setFont(small);
    QString note = currentWords();
    if (m_trend.otherUnits > 0)
        note +=
            QStringLiteral("   ") + tr("%n value(s) in another unit not drawn", nullptr, m_trend.otherUnits);
    painter.drawText(QRect(titleWidth, unit, width() - titleWidth - unit * 3, unit * 5),
        int(Qt::AlignRight | Qt::AlignVCenter),
        fm.elidedText(note, Qt::ElideRight, width() - titleWidth - unit * 3));
    painter.setPen(QPen(m_theme.color("divider"), 1));
    painter.drawLine(0, 0, width(), 0);
    if (m_trend.points.empty())
        return;
    double lowest = 0, highest = 0;
    bounds(lowest, highest);
    const auto y = [&](double value) {
        return area.bottom() - (value - lowest) / (highest - lowest) * area.height();
    };
    if (m_trend.hasLow || m_trend.hasHigh) { // band: tint and border lines, never tint alone
        const double top = m_trend.hasHigh ? y(m_trend.high) : area.top();
        const double bottom = m_trend.hasLow ? y(m_trend.low) : area.bottom();
        painter.fillRect(QRectF(area.left(), top, area.width(), bottom - top), m_theme.color("tintOk"));
        painter.setPen(QPen(m_theme.color("ok"), 1, Qt::DashLine));
        if (m_trend.hasHigh)
            painter.drawLine(QPointF(area.left(), top), QPointF(area.right(), top));
        if (m_trend.hasLow)
            painter.drawLine(QPointF(area.left(), bottom), QPointF(area.right(), bottom));
    }
    painter.setPen(QPen(m_theme.color("border"), 1));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    painter.drawLine(area.topLeft(), area.bottomLeft());
    painter.setPen(m_theme.color("textSecondary"));
    const double raw = (highest - lowest) / 4;
    const double magnitude = std::pow(10, std::floor(std::log10(raw)));
    const double step = magnitude
        * (raw / magnitude > 5        ? 10
                : raw / magnitude > 2 ? 5
                : raw / magnitude > 1 ? 2
                                      : 1);
    const double firstTick = std::ceil(lowest / step) * step;
    for (int i = 0; i < 12 && firstTick + i * step <= highest; ++i) { // four to ten lines
        const double tick = firstTick + i * step;
        const int at = int(y(tick));
        painter.drawText(QRect(0, at - fm.height() / 2, area.left() - unit * 2, fm.height()),
            int(Qt::AlignRight | Qt::AlignVCenter), QString::number(tick, 'g', 6));
        painter.drawLine(area.left() - unit, at, area.left(), at);
    }
    // Years (or dates when it is one year) where they truly are.
    const QDateTime first = m_trend.points.front().when, last = m_trend.points.back().when;
    int lastLabelEnd = -1;
    const auto label = [&](const QDateTime &when, const QString &text) {
        const double fraction =
            first == last ? 0.5 : double(first.msecsTo(when)) / double(first.msecsTo(last));
        if (fraction < 0 || fraction > 1)
            return;
        const int at = int(area.left() + fraction * area.width()), wide = fm.horizontalAdvance(text);
        if (at - wide / 2 <= lastLabelEnd)
            return;
        painter.drawLine(at, area.bottom(), at, area.bottom() + unit);
        painter.drawText(
            QRect(at - wide / 2 - unit, area.bottom() + unit, wide + 2 * unit, fm.height() + unit),
            int(Qt::AlignCenter), text);
        lastLabelEnd = at + wide / 2 + 2 * unit;
    };
    if (first.daysTo(last) > 500) {
        for (int year = first.date().year() + 1; year <= last.date().year(); ++year)
            label(QDateTime(QDate(year, 1, 1), QTime(0, 0)), QString::number(year));
    } else {
        for (const TrendPoint &point : m_trend.points)
            label(point.when, point.when.date().toString(Qt::ISODate));
    }
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath path;
    for (int i = 0; i < int(m_trend.points.size()); ++i) {
        if (i == 0)
            path.moveTo(place(i));
        else
            path.lineTo(place(i));
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_theme.color("accent"), 2));
    painter.drawPath(path);
    for (int i = 0; i < int(m_trend.points.size()); ++i) {
        const TrendPoint &point = m_trend.points[size_t(i)];
        const bool high = m_trend.hasHigh && point.value > m_trend.high,
                   low = m_trend.hasLow && point.value < m_trend.low;
        const QColor colour = m_theme.color(high ? "high" : low ? "low" : "accent");
        const QPointF at = place(i);
        const double radius = i == m_current ? unit * 1.1 : unit * 0.7;
        painter.setBrush(colour);
        painter.setPen(QPen(m_theme.color("surface"), 1));
        painter.drawEllipse(at, radius, radius);
        if (i == m_current) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(m_theme.color(hasFocus() ? "focus" : "border"), 2));
            painter.drawEllipse(at, radius + 3, radius + 3);
        }
        painter.setPen(colour);
        const QString words = (high         ? QStringLiteral("▲")
                                      : low ? QStringLiteral("▼")
                                            : QString())
            + point.text;
        painter.drawText(QRectF(qMax(at.x() - unit * 10, double(area.left() + unit)),
                             at.y() - fm.height() - radius - 3, unit * 20, fm.height()),
            int((at.x() - unit * 10 < area.left() ? Qt::AlignLeft : Qt::AlignHCenter) | Qt::AlignVCenter),
            words);
    }
}

} // namespace naru::ui
