#include "ui/shell/Page.h"

#include "ui/shell/AppContext.h"

namespace naru::ui {

Page::Page(AppContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
}

void Page::focusFirst()
{
    const QList<QWidget *> all = panes();
    if (!all.isEmpty())
        all.first()->setFocus(Qt::OtherFocusReason);
}

} // namespace naru::ui
