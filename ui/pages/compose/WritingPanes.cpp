#include "ui/pages/compose/WritingPanes.h"

#include "ui/forms/FormView.h"
#include "ui/pages/compose/PreviewPane.h"
#include "ui/pages/compose/SectionNav.h"
#include "ui/shell/Theme.h"

#include <QTabBar>

namespace naru::ui {

namespace {
constexpr int kLeastPaneCharacters = 34;
}

WritingPanes::WritingPanes(
    const Theme &theme, QTabBar *tabs, SectionNav *nav, FormView *form, PreviewPane *preview, QWidget *parent)
    : QSplitter(Qt::Horizontal, parent)
    , m_tabs(tabs)
    , m_nav(nav)
    , m_form(form)
    , m_preview(preview)
{
    m_tabs->addTab(tr("Write"));
    m_tabs->addTab(tr("Preview"));
    m_tabs->setAccessibleName(tr("Write or preview"));
    m_tabs->setObjectName(QStringLiteral("compose.tabs"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->hide();
    connect(m_tabs, &QTabBar::currentChanged, this, &WritingPanes::chosen);
    setChildrenCollapsible(false);
    setHandleWidth(qMax(3, theme.unit()));
    addWidget(m_nav);
    addWidget(m_form);
    addWidget(m_preview);
    setStretchFactor(0, 0);
    setStretchFactor(1, 5);
    setStretchFactor(2, 4);
}

bool WritingPanes::isPreviewChosen() const
{
    return m_tabs->currentIndex() == 1;
}

void WritingPanes::bringForm()
{
    if (m_narrow)
        m_tabs->setCurrentIndex(0);
}

void WritingPanes::bringOther()
{
    m_tabs->setCurrentIndex(1 - m_tabs->currentIndex());
}

void WritingPanes::place(int width)
{
    const int character = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    const int pane = character * kLeastPaneCharacters;
    // The form is never cut: what its editors need at least counts, beside the 34 characters.
    const int formLeast = qMax(pane, m_form->leastWidth());
    const int nav = m_nav->sizeHint().width();
    const bool narrow = width < nav + formLeast + pane + character * 4;
    const bool noNav = width < nav + formLeast + character * 4;
    const bool changed = narrow != m_narrow || !m_placed;
    m_narrow = narrow;
    m_placed = true;
    m_tabs->setVisible(narrow);
    m_form->setVisible(!narrow || !isPreviewChosen());
    m_preview->setVisible(!narrow || isPreviewChosen());
    m_nav->setVisible(!noNav && (!narrow || !isPreviewChosen()));
    m_nav->setFixedWidth(nav); // as wide as its longest name, never wider
    m_form->setMinimumWidth(narrow ? 0 : formLeast);
    m_preview->setMinimumWidth(narrow ? 0 : pane);
    if (changed && !narrow) {
        const int rest = width - nav;
        setSizes({nav, rest * 11 / 20, rest * 9 / 20});
    }
}

} // namespace naru::ui
