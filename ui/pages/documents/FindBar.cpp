#include "ui/pages/documents/FindBar.h"

#include "ui/shell/Theme.h"
#include "ui/widgets/HangulLineEdit.h"

#include <QHBoxLayout>
#include <QLabel>

namespace naru::ui {

FindBar::FindBar(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_edit(new HangulLineEdit(this))
    , m_count(new QLabel(this))
{
    const int unit = theme.unit();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(3 * unit, unit, 3 * unit, unit);
    m_edit->setObjectName(QStringLiteral("reader.find"));
    m_edit->setAccessibleName(tr("Find in this document"));
    m_edit->setPlaceholderText(tr("Find in this document"));
    row->addWidget(m_edit, 1);
    row->addWidget(m_count);
    connect(m_edit, &HangulLineEdit::liveTextChanged, this, &FindBar::textChanged);
    connect(m_edit, &HangulLineEdit::submitted, this, &FindBar::nextWanted);
}

void FindBar::open()
{
    show();
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

QString FindBar::text() const
{
    return m_edit->liveText();
}

void FindBar::showMatches(int count)
{
    m_count->setText(text().isEmpty() ? QString()
            : count > 0               ? tr("%n found", nullptr, count)
                                      : tr("not in this document"));
}

} // namespace naru::ui
