#include "ui/pages/documents/DifferenceList.h"

#include "core/base/Hangul.h"
#include "ui/shell/Theme.h"

#include <QHeaderView>

namespace naru::ui {

DifferenceList::DifferenceList(const Theme &theme, QWidget *parent)
    : QTreeWidget(parent)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("reader.diff"));
    setAccessibleName(tr("What changed between the versions"));
    setRootIsDecorated(false);
    setWordWrap(true);
    setHeaderLabels({tr("Item"), tr("Earlier"), tr("This version")});
    header()->setSectionResizeMode(QHeaderView::Stretch);
}

void DifferenceList::setDifferences(const std::vector<services::FieldDifference> &differences)
{
    clear();
    for (const services::FieldDifference &difference : differences) {
        auto *item = new QTreeWidgetItem(this);
        item->setText(0, difference.field);
        item->setText(
            1, difference.before.isEmpty() ? tr("(none)") : base::withVisibleControls(difference.before));
        item->setText(
            2, difference.after.isEmpty() ? tr("(none)") : base::withVisibleControls(difference.after));
        item->setBackground(1, m_theme.color("diffRemoved"));
        item->setBackground(2, m_theme.color(difference.before.isEmpty() ? "diffAdded" : "diffChanged"));
    }
    if (topLevelItemCount() == 0)
        (new QTreeWidgetItem(this))->setText(0, tr("Nothing differs."));
    setCurrentItem(topLevelItem(0));
}

bool DifferenceList::goToNext()
{
    const int count = topLevelItemCount();
    if (count > 0)
        setCurrentItem(topLevelItem((indexOfTopLevelItem(currentItem()) + 1) % count));
    return count > 0;
}

} // namespace naru::ui
