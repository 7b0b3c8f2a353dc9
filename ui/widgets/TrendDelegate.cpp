#include "ui/widgets/TrendDelegate.h"

#include "ui/shell/Theme.h"

#include <QPainter>

namespace naru::ui {

TrendDelegate::TrendDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

QString TrendDelegate::encode(const std::vector<std::pair<base::Timestamp, double>> &series)
{
    QStringList points;
    for (const auto &point : series) {
        if (!point.first.isNull())
            points.append(QStringLiteral("%1:%2")
                              .arg(point.first.earliestUtc().toSecsSinceEpoch())
                              .arg(point.second, 0, 'g', 8));
    }
    return points.size() < 2 ? QString() : points.join(QLatin1Char(' '));
}

QString TrendDelegate::displayText(const QVariant &, const QLocale &) const
{
    return {};
}

void TrendDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    QList<QPointF> points;
    for (const QString &pair :
        index.data(Qt::DisplayRole).toString().split(QLatin1Char(' '), Qt::SkipEmptyParts))
        points.append(
            {pair.section(QLatin1Char(':'), 0, 0).toDouble(), pair.section(QLatin1Char(':'), 1).toDouble()});
    if (points.size() < 2)
        return;
    double low = points.first().y(), high = low;
    for (const QPointF &point : points) {
        low = std::min(low, point.y());
        high = std::max(high, point.y());
    }
    const double span = std::max(1.0, points.last().x() - points.first().x());
    const double rise = high > low ? high - low : 1.0;
    const QRectF box =
        QRectF(option.rect)
            .adjusted(m_theme.unit(2), m_theme.unit(1.5), -m_theme.unit(2), -m_theme.unit(1.5));
    QPolygonF line;
    for (const QPointF &point : std::as_const(points))
        line.append({box.left() + (point.x() - points.first().x()) / span * box.width(),
            box.bottom() - (high > low ? (point.y() - low) / rise : 0.5) * box.height()});
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QColor ink = m_theme.color(selected ? "onSelection" : "info");
    painter->setPen(QPen(ink, 1.5 * m_theme.zoom()));
    painter->drawPolyline(line);
    painter->setBrush(ink);
    painter->setPen(Qt::NoPen);
    const double dot = m_theme.unit(0.5);
    painter->drawEllipse(line.last(), dot, dot);
    painter->restore();
}

} // namespace naru::ui
