#include "ui/widgets/picker/PickerChip.h"

#include "ui/widgets/picker/PaletteScheme.h"

#include <QStyleOptionButton>
#include <QStylePainter>

namespace naru::ui {

namespace {
const QString kGap = QStringLiteral("  ");
const QString kCross = QStringLiteral("×");
} // namespace

PickerChip::PickerChip(const QString &name, const QString &warning, QWidget *parent)
    : QPushButton(parent)
    , m_name(name)
    , m_warning(warning)
{
    QStringList parts{name, warning, kCross};
    parts.removeAll(QString());
    setText(parts.join(kGap));
}

void PickerChip::paintEvent(QPaintEvent *event)
{
    if (m_warning.isEmpty()) {
        QPushButton::paintEvent(event);
        return;
    }
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    option.text.clear();
    painter.drawControl(QStyle::CE_PushButton, option);
    const QFontMetrics fm = option.fontMetrics;
    const QRect room = style()->subElementRect(QStyle::SE_PushButtonContents, &option, this);
    int x = room.left() + qMax(0, (room.width() - fm.horizontalAdvance(text())) / 2);
    const Theme::Scheme scheme = schemeOf(palette());
    const QColor plain =
        palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::ButtonText);
    const auto draw = [&](const QString &words, const QColor &colour) {
        painter.setPen(colour);
        painter.drawText(QRect(x, room.top(), room.right() - x + 1, room.height()),
            Qt::AlignLeft | Qt::AlignVCenter, words);
        x += fm.horizontalAdvance(words);
    };
    draw(m_name + kGap, plain);
    draw(m_warning, isEnabled() ? Theme::color(QStringLiteral("warn"), scheme) : plain);
    draw(kGap + kCross, plain);
}

} // namespace naru::ui
