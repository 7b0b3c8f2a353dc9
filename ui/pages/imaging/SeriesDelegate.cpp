#include "ui/pages/imaging/SeriesDelegate.h"

#include "ui/shell/Theme.h"

#include <QApplication>
#include <QPainter>
#include <QTextLayout>

namespace naru::ui {

namespace {

// At most `most` lines of this width; the last ends in dots when more would follow.
QStringList wrapped(const QString &text, const QFont &font, int width, int most)
{
    QTextLayout layout(text, font);
    QTextOption wrapping;
    wrapping.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(wrapping);
    layout.beginLayout();
    QStringList lines;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        if (lines.size() == most - 1) {
            lines << QFontMetrics(font).elidedText(text.mid(line.textStart()), Qt::ElideRight, width);
            break;
        }
        lines << text.mid(line.textStart(), line.textLength()).trimmed();
    }
    layout.endLayout();
    return lines;
}

} // namespace

SeriesDelegate::SeriesDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

QSize SeriesDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const int lines = nameLines() + (m_narrow ? 1 : 2);
    const int side = option.decorationSize.height(), words = lines * option.fontMetrics.lineSpacing();
    return {side, std::max(side, words) + m_theme.unit(1)};
}

void SeriesDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const
{
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    QStringList rest = index.data(Qt::DisplayRole).toString().split(QLatin1Char('\n'));
    const QString name = rest.takeFirst();
    const QIcon icon = option.icon;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    option.text.clear();
    option.icon = {};
    option.features &= ~QStyleOptionViewItem::HasDecoration; // the frame of the focus is around all of it
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);

    const int gap = m_theme.unit(1);
    const QSize side = option.decorationSize;
    const QRect picture(
        QPoint(option.rect.left() + gap / 2, option.rect.center().y() - side.height() / 2), side);
    icon.paint(painter, picture, Qt::AlignCenter, selected ? QIcon::Selected : QIcon::Normal);
    QRect words = option.rect.adjusted(picture.width() + gap / 2 + gap * 3 / 2, 0, -gap / 2, 0);
    QStringList lines = wrapped(name, option.font, words.width(), nameLines());
    for (const QString &line : std::as_const(rest))
        lines << option.fontMetrics.elidedText(line, Qt::ElideRight, words.width());
    painter->save();
    painter->setFont(option.font);
    painter->setPen(option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text));
    painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter, lines.join(QLatin1Char('\n')));
    painter->restore();
}

} // namespace naru::ui
