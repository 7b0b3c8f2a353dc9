// A row of the series list: the small picture, beside it the name of the series on at most two lines, how
// many images, the date. All rows are equally high, and no line is left out where the name is long.
#pragma once

#include <QStyledItemDelegate>

namespace naru::ui {

class Theme;

class SeriesDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    SeriesDelegate(const Theme &theme, QObject *parent);
    void setNarrow(bool on) { m_narrow = on; } // the name on one line, no date

    void paint(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    int nameLines() const { return m_narrow ? 1 : 2; }

    const Theme &m_theme;
    bool m_narrow = false;
};

} // namespace naru::ui
