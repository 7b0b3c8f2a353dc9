// A small line of a result's numbers on a true time axis, oldest left. The numbers themselves stand in the
// columns beside it.
#pragma once

#include "core/base/Timestamp.h"

#include <QStyledItemDelegate>
#include <vector>

namespace naru::ui {

class Theme;

class TrendDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    TrendDelegate(const Theme &theme, QObject *parent);
    // "seconds:value seconds:value", what the cell's text holds; empty under two points.
    static QString encode(const std::vector<std::pair<base::Timestamp, double>> &series);
    void paint(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QString displayText(const QVariant &value, const QLocale &locale) const override;

private:
    const Theme &m_theme;
};

} // namespace naru::ui
