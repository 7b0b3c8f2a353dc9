#include "ui/widgets/viewport/ViewportGrid.h"

#include "ui/shell/Theme.h"
#include "ui/widgets/viewport/Viewport.h"

#include <QGridLayout>

#include <algorithm>

namespace naru::ui {

ViewportGrid::ViewportGrid(Theme &theme, text::Language language, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_language(language)
    , m_layout(new QGridLayout(this))
{
    setObjectName(QStringLiteral("imaging.grid"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(1);
}

Viewport *ViewportGrid::make()
{
    auto *view = new Viewport(m_theme, m_language, this);
    connect(view, &Viewport::activated, this, [this, view] { activate(int(m_views.indexOf(view))); });
    return view;
}

void ViewportGrid::setGrid(int rows, int columns)
{
    setAlone(-1);
    rows = std::clamp(rows, 1, 3);
    columns = std::clamp(columns, 1, 4); // four: mammograms with their priors
    if (rows == m_rows && columns == m_columns)
        return;
    m_rows = rows;
    m_columns = columns;
    while (m_views.size() > rows * columns) {
        Viewport *view = m_views.takeLast();
        view->setProvider(nullptr);
        view->hide();
        view->deleteLater();
    }
    QList<Viewport *> fresh;
    while (m_views.size() < rows * columns) {
        m_views.append(make());
        fresh.append(m_views.last());
    }
    for (int i = 0; i < m_views.size(); ++i) {
        m_views[i]->setObjectName(QStringLiteral("imaging.view.%1").arg(i + 1));
        m_layout->removeWidget(m_views[i]);
        m_layout->addWidget(m_views[i], i / columns, i % columns);
    }
    stretch();
    for (Viewport *view : std::as_const(fresh)) {
        view->show();
        Q_EMIT viewAdded(view);
    }
    const int wanted = std::min(m_active, int(m_views.size()) - 1);
    m_active = -1;
    activate(wanted);
}

// A row or column without a visible view must ask for nothing.
void ViewportGrid::stretch()
{
    const auto has = [this](int mine, int count, int alone) {
        return mine < count && (m_alone < 0 || mine == alone) ? 1 : 0;
    };
    for (int i = 0; i < 4; ++i) {
        m_layout->setRowStretch(i, has(i, m_rows, m_alone / std::max(1, m_columns)));
        m_layout->setColumnStretch(i, has(i, m_columns, m_alone % std::max(1, m_columns)));
    }
}

void ViewportGrid::setAlone(int index)
{
    if (index < 0 || index >= m_views.size() || m_views.size() < 2)
        index = -1;
    if (index == m_alone)
        return;
    m_alone = index;
    for (int i = 0; i < m_views.size(); ++i)
        m_views[i]->setVisible(index < 0 || i == index);
    stretch();
    if (index >= 0)
        activate(index);
}

void ViewportGrid::activate(int index)
{
    if (index < 0 || index >= m_views.size())
        return;
    if (m_alone >= 0 && index != m_alone) // what is asked for must be seen
        setAlone(index);
    if (index == m_active)
        return;
    m_active = index;
    for (int i = 0; i < m_views.size(); ++i)
        m_views[i]->setActive(i == index && m_views.size() > 1);
    Q_EMIT activeChanged();
}

} // namespace naru::ui
