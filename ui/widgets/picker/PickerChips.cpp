#include "ui/widgets/picker/PickerChips.h"

#include "ui/widgets/FlowLayout.h"
#include "ui/widgets/picker/PickerChip.h"
#include "ui/widgets/picker/PickerWords.h"

#include <QKeyEvent>
#include <QPushButton>

namespace naru::ui {

PickerChips::PickerChips(QWidget *parent)
    : QWidget(parent)
{
    auto *flow = new FlowLayout(this);
    flow->setContentsMargins(0, 0, 0, 0);
    flow->setSpacing(fontMetrics().height() / 4);
    hide();
}

void PickerChips::setChips(const std::vector<CodeChoice> &chosen, int main, bool mainMark)
{
    qDeleteAll(findChildren<QPushButton *>(QString(), Qt::FindDirectChildrenOnly));
    for (int i = 0; i < int(chosen.size()); ++i) {
        const CodeChoice &choice = chosen[size_t(i)];
        const QString name = choice.qualified() ? choice.coded.text() : choice.title();
        QString text = choice.code.isEmpty() ? name : choice.code + QLatin1Char(' ') + name;
        if (mainMark)
            text = (i == main ? tr("main") : tr("side")) + QStringLiteral(" · ") + text;
        CodeChoice minded = choice;
        minded.mainAllowed = choice.mainAllowed || !mainMark || i != main;
        QStringList warnings = PickerWords::warnings(minded);
        auto *chip = new PickerChip(text, warnings.join(QStringLiteral(" · ")), this);
        for (QString &warning : warnings)
            warning = PickerWords::withoutSymbol(warning);
        chip->setObjectName(QStringLiteral("codePicker.chip"));
        chip->setAccessibleName(tr("%1, Delete removes").arg(text));
        if (chosen.size() > 1)
            warnings << tr("Alt+Up and Alt+Down change the order");
        chip->setAccessibleDescription(warnings.join(QStringLiteral(". ")));
        chip->installEventFilter(this);
        chip->setProperty("chip", i);
        connect(chip, &QPushButton::clicked, this, [this, i] { Q_EMIT removeRequested(i); });
        layout()->addWidget(chip);
        chip->show();
    }
    setVisible(!chosen.empty());
    updateGeometry();
}

bool PickerChips::focusLast()
{
    const auto chips = findChildren<QPushButton *>(QString(), Qt::FindDirectChildrenOnly);
    if (chips.isEmpty())
        return false;
    chips.last()->setFocus(Qt::BacktabFocusReason);
    return true;
}

void PickerChips::focusChip(int index)
{
    const auto chips = findChildren<QPushButton *>(QString(), Qt::FindDirectChildrenOnly);
    if (index >= 0 && index < chips.size())
        chips.at(index)->setFocus(Qt::OtherFocusReason);
}

bool PickerChips::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress || !watched->property("chip").isValid())
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const int index = watched->property("chip").toInt();
    const bool alt = key->modifiers() & Qt::AltModifier;
    switch (key->key()) {
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        Q_EMIT removeRequested(index);
        return true;
    case Qt::Key_Space:
        Q_EMIT mainRequested(index);
        return true;
    case Qt::Key_Up:
    case Qt::Key_Left:
        if (alt)
            Q_EMIT moveRequested(index, -1);
        else
            focusChip(index - 1);
        return true;
    case Qt::Key_Down:
    case Qt::Key_Right:
        if (alt)
            Q_EMIT moveRequested(index, 1);
        else if (index + 1 < findChildren<QPushButton *>(QString(), Qt::FindDirectChildrenOnly).size())
            focusChip(index + 1);
        else
            Q_EMIT leaveRequested();
        return true;
    default:
        return QWidget::eventFilter(watched, event);
    }
}

} // namespace naru::ui
