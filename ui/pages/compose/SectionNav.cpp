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

void SectionNav::show(const FormView &form)
{
    const auto &sections = form.sections();
    while (topLevelItemCount() > int(sections.size()))
        delete takeTopLevelItem(0);
    while (topLevelItemCount() < int(sections.size()))
        addTopLevelItem(new QTreeWidgetItem(this));
    for (int i = 0; i < int(sections.size()); ++i) {
        QTreeWidgetItem *item = topLevelItem(i);
        const clinical::FieldSpec &spec = sections[size_t(i)]->spec();
        const int count =
            listCount(const_cast<FormView &>(form).context().model.document().content, spec.key);
        const QString name = const_cast<FormView &>(form).context().label(spec);
        const Mark mark = markOf(form.stateOf(i));
        item->setText(0,
            QStringLiteral("%1 %2").arg(i + 1).arg(name)
                + (count > 0 ? QStringLiteral(" %1").arg(count) : QString()));
        item->setText(1, mark.symbol.isEmpty() ? mark.word : mark.symbol);
        item->setToolTip(0, name + QStringLiteral(": ") + mark.word);
        item->setData(0, Qt::AccessibleTextRole, name + QStringLiteral(", ") + mark.word);
        item->setForeground(1, m_theme.color(mark.token));
        item->setForeground(0, m_theme.color(mark.symbol.isEmpty() ? "textSecondary" : "text"));
        item->setSizeHint(0, QSize(0, m_theme.rowHeight()));
        QFont font = this->font();
        font.setBold(i == form.currentIndex());
        item->setFont(0, font);
    }
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
