#include "ui/pages/compose/SectionNav.h"

#include "ui/forms/ContentAccess.h"
#include "ui/forms/DocumentModel.h"
#include "ui/forms/FormView.h"
#include "ui/forms/SectionView.h"
#include "ui/shell/Theme.h"

#include <QHeaderView>

namespace naru::ui {

namespace {

struct Mark {
    QString symbol{}, word{};
    const char *token = "textSecondary";
};

Mark markOf(SectionState state)
{
    switch (state) {
    case SectionState::Done:
        return {QStringLiteral("✓"), SectionNav::tr("done"), "ok"};
    case SectionState::Unreviewed:
        return {QStringLiteral("?"), SectionNav::tr("not reviewed"), "warn"};
    case SectionState::Error:
        return {QStringLiteral("!"), SectionNav::tr("missing"), "error"};
    case SectionState::Editing:
        return {QStringLiteral("✎"), SectionNav::tr("writing"), "info"};
    case SectionState::Optional:
        break;
    }
    return {QString(), SectionNav::tr("optional"), "textSecondary"};
}

} // namespace

SectionNav::SectionNav(Theme &theme, QWidget *parent)
    : QTreeWidget(parent)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("compose.nav"));
    setAccessibleName(tr("Sections"));
    setColumnCount(2);
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(0, QHeaderView::Stretch);
    header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    connect(this, &QTreeWidget::itemActivated, this,
        [this](QTreeWidgetItem *item) { Q_EMIT chosen(indexOfTopLevelItem(item)); });
    connect(this, &QTreeWidget::itemClicked, this,
        [this](QTreeWidgetItem *item) { Q_EMIT chosen(indexOfTopLevelItem(item)); });
}

QSize SectionNav::sizeHint() const
{
    const int most = fontMetrics().horizontalAdvance(QLatin1Char('0')) * 36;
    return {qMin(most, m_wanted), fontMetrics().height() * 12};
}

void SectionNav::showRow(int row, const QString &name, int count, SectionState state, bool current)
{
    QTreeWidgetItem *item = topLevelItem(row);
    const Mark mark = markOf(state);
    item->setText(0,
        QStringLiteral("%1 %2").arg(row + 1).arg(name)
            + (count > 0 ? QStringLiteral(" %1").arg(count) : QString()));
    item->setText(1, mark.symbol.isEmpty() ? mark.word : mark.symbol);
    item->setToolTip(0, name + QStringLiteral(": ") + mark.word);
    item->setData(0, Qt::AccessibleTextRole, name + QStringLiteral(", ") + mark.word);
    item->setForeground(1, m_theme.color(mark.token));
    item->setForeground(0, m_theme.color(mark.symbol.isEmpty() ? "textSecondary" : "text"));
    item->setSizeHint(0, QSize(0, m_theme.rowHeight()));
    QFont font = this->font();
    font.setBold(current);
    item->setFont(0, font);
}

void SectionNav::show(const FormView &form, int attached)
{
    const auto &sections = form.sections();
    const int rows = int(sections.size()) + 1;
    while (topLevelItemCount() > rows)
        delete takeTopLevelItem(0);
    while (topLevelItemCount() < rows)
        addTopLevelItem(new QTreeWidgetItem(this));
    for (int i = 0; i < int(sections.size()); ++i) {
        const clinical::FieldSpec &spec = sections[size_t(i)]->spec();
        const int count =
            listCount(const_cast<FormView &>(form).context().model.document().content, spec.key);
        const QString name = const_cast<FormView &>(form).context().label(spec);
        showRow(i, name, count, form.stateOf(i), i == form.currentIndex());
    }
    showRow(rows - 1, tr("Attachments"), attached, attached > 0 ? SectionState::Done : SectionState::Optional,
        false);
    QFont bold = font();
    bold.setBold(true); // the current one is; the width must not change with it
    int name = 0, mark = 0;
    for (int i = 0; i < topLevelItemCount(); ++i) {
        name = qMax(name, QFontMetrics(bold).horizontalAdvance(topLevelItem(i)->text(0)));
        mark = qMax(mark, fontMetrics().horizontalAdvance(topLevelItem(i)->text(1)));
    }
    const int wanted =
        name + mark + m_theme.unit(9) + style()->pixelMetric(QStyle::PM_ScrollBarExtent, nullptr, this);
    if (wanted != m_wanted) {
        m_wanted = wanted;
        updateGeometry();
        Q_EMIT widthChanged();
    }
    if (!hasFocus() || !currentItem())
        setCurrentItem(topLevelItem(form.currentIndex()));
}

} // namespace naru::ui
