#include "ui/pages/documents/SectionTree.h"

#include "ui/shell/Theme.h"

#include <QSignalBlocker>

namespace naru::ui {

namespace {
int indexOf(const QTreeWidgetItem *item)
{
    return item->data(0, Qt::UserRole).toInt();
}
} // namespace

SectionTree::SectionTree(const Theme &theme, QWidget *parent)
    : QTreeWidget(parent)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("reader.sections"));
    setAccessibleName(tr("Sections"));
    setColumnCount(1);
    setHeaderHidden(true);
    setFrameShape(QFrame::NoFrame);
    setRootIsDecorated(false);
    setIndentation(3 * theme.unit());
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(this, &QTreeWidget::itemClicked, this,
        [this](const QTreeWidgetItem *item) { Q_EMIT looked(indexOf(item)); });
    connect(this, &QTreeWidget::itemActivated, this,
        [this](const QTreeWidgetItem *item) { Q_EMIT entered(indexOf(item)); });
    connect(this, &QTreeWidget::currentItemChanged, this, [this](const QTreeWidgetItem *item) {
        if (item && hasFocus())
            Q_EMIT looked(indexOf(item));
    });
}

void SectionTree::setSections(const std::vector<CdaView::SectionRow> &sections)
{
    clear();
    int number = 0;
    for (size_t i = 0; i < sections.size(); ++i) {
        const CdaView::SectionRow &row = sections[i];
        auto *item = new QTreeWidgetItem(this);
        QString words = row.depth == 0 ? QStringLiteral("%1 %2").arg(++number).arg(row.title)
                                       : QString(row.depth * 3, QLatin1Char(' ')) + row.title;
        if (row.count > 0)
            words += QStringLiteral(" (%1)").arg(row.count);
        if (row.warnings > 0)
            words += QStringLiteral("  !");
        item->setText(0, words);
        item->setToolTip(
            0, row.warnings > 0 ? tr("%1: text and coded values differ").arg(row.title) : row.title);
        item->setData(0, Qt::UserRole, int(i));
        item->setSizeHint(0, QSize(0, m_theme.rowHeight()));
    }
    if (topLevelItemCount() > 0)
        setCurrentItem(topLevelItem(0));
}

void SectionTree::follow(int index)
{
    if (hasFocus() || index >= topLevelItemCount())
        return;
    const QSignalBlocker blocker(this);
    setCurrentItem(topLevelItem(index));
}

} // namespace naru::ui
