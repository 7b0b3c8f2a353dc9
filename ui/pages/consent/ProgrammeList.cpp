#include "ui/pages/consent/ProgrammeList.h"

#include "ui/shell/Theme.h"

#include <QHeaderView>
#include <QKeyEvent>

namespace naru::ui {

namespace {
constexpr int ProgrammeRole = Qt::UserRole;
}

ProgrammeList::ProgrammeList(const Theme &theme, const QString &name, const QString &label, QWidget *parent)
    : QTreeWidget(parent)
    , m_theme(theme)
{
    setObjectName(name);
    setAccessibleName(label);
    setColumnCount(2);
    setHeaderLabels({tr("Programme"), tr("State and what to do")});
    header()->setSectionResizeMode(0, QHeaderView::Stretch);
    header()->setSectionResizeMode(1, QHeaderView::Stretch);
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setFixedHeight(theme.rowHeight() * 4 + theme.unit(3));
}

void ProgrammeList::add(clinical::Programme programme, const QString &name, const QString &state,
    const text::Word &word, bool ticked)
{
    auto *item = new QTreeWidgetItem(this);
    item->setText(0, name);
    item->setSizeHint(0, QSize(0, m_theme.rowHeight()));
    item->setText(1, state);
    item->setForeground(1, m_theme.color(word.role));
    item->setData(0, ProgrammeRole, int(programme));
    item->setCheckState(0, ticked ? Qt::Checked : Qt::Unchecked);
}

std::vector<clinical::Programme> ProgrammeList::ticked() const
{
    std::vector<clinical::Programme> all;
    for (int i = 0; i < topLevelItemCount(); ++i) {
        const QTreeWidgetItem *item = topLevelItem(i);
        if (item->checkState(0) == Qt::Checked)
            all.push_back(clinical::Programme(item->data(0, ProgrammeRole).toInt()));
    }
    return all;
}

void ProgrammeList::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        Q_EMIT enterPressed();
    else
        QTreeWidget::keyPressEvent(event);
}

} // namespace naru::ui
