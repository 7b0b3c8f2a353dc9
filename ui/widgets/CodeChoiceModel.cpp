#include "ui/widgets/CodeChoiceModel.h"

#include <QApplication>
#include <QPainter>

namespace naru::ui {

void CodeChoiceModel::setRows(std::vector<CodeChoice> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int CodeChoiceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant CodeChoiceModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= int(m_rows.size()))
        return {};
    const CodeChoice &row = m_rows[size_t(index.row())];
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole) {
        QStringList parts{row.title()};
        if (!row.code.isEmpty())
            parts << row.code;
        if (!row.en.isEmpty() && row.en != row.title())
            parts << row.en;
        if (!row.note.isEmpty())
            parts << row.note;
        return parts.join(QStringLiteral(", "));
    }
    return {};
}

QSize CodeChoiceDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const int unit = qMax(3, option.fontMetrics.height() / 4);
    return {
        option.fontMetrics.horizontalAdvance(QLatin1Char('0')) * 40, option.fontMetrics.height() + 3 * unit};
}

void CodeChoiceDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *model = static_cast<const CodeChoiceModel *>(index.model());
    const CodeChoice &row = model->rows()[size_t(index.row())];
    const bool current = option.state & QStyle::State_Selected;
    const QPalette &palette = option.palette;
    painter->save();
    painter->fillRect(option.rect, current ? palette.highlight() : palette.base());
    const QColor strong = palette.color(current ? QPalette::HighlightedText : QPalette::Text);
    // Secondary text steps down only on the plain surface: on the selection it would lose its contrast.
    const QColor weak = current ? strong : palette.color(QPalette::PlaceholderText);
    const QFontMetrics fm = option.fontMetrics;
    const int unit = qMax(3, fm.height() / 4);
    QRect line = option.rect.adjusted(2 * unit, 0, -2 * unit, 0);
    if (current) { // not by colour alone
        painter->fillRect(
            QRect(option.rect.left(), option.rect.top(), qMax(3, unit * 3 / 4), option.rect.height()),
            strong);
    }
    const int digit = fm.horizontalAdvance(QStringLiteral("0"));
    const auto draw = [&](const QString &text, int width, const QColor &colour, bool bold,
                          Qt::Alignment align) {
        if (width <= 0)
            return;
        QFont font = option.font;
        font.setBold(bold);
        painter->setFont(font);
        painter->setPen(colour);
        const QRect box(line.left(), line.top(), width, line.height());
        painter->drawText(
            box, int(align | Qt::AlignVCenter), QFontMetrics(font).elidedText(text, Qt::ElideRight, width));
        line.setLeft(line.left() + width + 2 * unit);
    };
    draw(index.row() < 9 ? QString::number(index.row() + 1) : QString(), digit + unit, weak, false,
        Qt::AlignLeft);
    bool anyCode = false;
    int codeWidth = digit * 6;
    for (const CodeChoice &other : model->rows()) {
        anyCode = anyCode || !other.code.isEmpty();
        codeWidth = qMax(codeWidth, fm.horizontalAdvance(other.code) + unit);
    }
    if (anyCode)
        draw(row.code, qMin(codeWidth, digit * 14), strong, false, Qt::AlignLeft);
    const QString note = row.recent && row.note.isEmpty() ? tr("recent") : row.note;
    const int noteWidth = note.isEmpty() ? 0 : fm.horizontalAdvance(note) + unit;
    QString second = !row.matched.isEmpty() ? row.matched : row.en;
    if (second == row.title())
        second.clear();
    const int rest = line.width() - (noteWidth > 0 ? noteWidth + 2 * unit : 0);
    const int firstWidth = second.isEmpty() || rest < digit * 30 ? rest : rest * 11 / 20;
    draw(row.title(), firstWidth, strong, true, Qt::AlignLeft);
    if (firstWidth != rest)
        draw(second, rest - firstWidth - 2 * unit, weak, false, Qt::AlignLeft);
    if (noteWidth > 0) {
        painter->setFont(option.font);
        painter->setPen(weak);
        painter->drawText(
            QRect(option.rect.right() - 2 * unit - noteWidth, line.top(), noteWidth, line.height()),
            int(Qt::AlignRight | Qt::AlignVCenter), note);
    }
    painter->restore();
}

} // namespace naru::ui
