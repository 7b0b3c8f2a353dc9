#include "ui/pages/compose/ComposeFooter.h"

#include "ui/shell/NaruStyle.h"
#include "ui/shell/Theme.h"
#include "ui/text/Dates.h"
#include "ui/widgets/FlowRow.h"

#include <QLabel>
#include <QPushButton>
#include <QTabBar>

namespace naru::ui {

ComposeFooter::ComposeFooter(const Theme &theme, QTabBar *tabs, QWidget *parent)
    : QWidget(parent)
    , m_saved(new QLabel(this))
    , m_preview(new QLabel(this))
    , m_missing(new QPushButton(this))
    , m_unreviewed(new QPushButton(this))
    , m_send(new QPushButton(tr("Send (Ctrl+Enter)"), this))
{
    const int unit = theme.unit();
    auto *row = new FlowRow(this, 3 * unit, unit);
    row->setContentsMargins(2 * unit, unit, 4 * unit, unit);
    m_missing->setFlat(true);
    m_unreviewed->setFlat(true);
    m_missing->setObjectName(QStringLiteral("compose.footer.missing"));
    m_unreviewed->setObjectName(QStringLiteral("compose.footer.unreviewed"));
    m_send->setObjectName(QStringLiteral("compose.footer.send"));
    setLook(m_send, "primary");
    for (QLabel *label : {m_saved, m_preview}) {
        label->setTextFormat(Qt::PlainText);
        label->setForegroundRole(QPalette::PlaceholderText);
    }
    for (QWidget *widget : QList<QWidget *>{tabs, m_missing, m_unreviewed, m_saved, m_preview, m_send})
        row->addWidget(widget);
    row->setRightFrom(5); // the main act stands at the right end
    connect(m_missing, &QPushButton::clicked, this, &ComposeFooter::missingClicked);
    connect(m_unreviewed, &QPushButton::clicked, this, &ComposeFooter::unreviewedClicked);
    connect(m_send, &QPushButton::clicked, this, &ComposeFooter::sendClicked);
}

void ComposeFooter::showCounts(int missing, int unreviewed, bool previewCurrent)
{
    m_missing->setText(
        missing > 0 ? tr("! %n required left (F8)", nullptr, missing) : tr("✓ nothing missing"));
    m_unreviewed->setText(
        unreviewed > 0 ? tr("? %n not reviewed (F7)", nullptr, unreviewed) : tr("✓ all reviewed"));
    m_missing->setAccessibleName(m_missing->text());
    m_unreviewed->setAccessibleName(m_unreviewed->text());
    m_preview->setText(previewCurrent ? tr("preview current") : tr("preview updating"));
}

void ComposeFooter::showSaved(const QDateTime &when)
{
    m_saved->setText(when.isValid() ? tr("saved %1").arg(text::clock(when)) : QString());
}

void ComposeFooter::setSendEnabled(bool on)
{
    m_send->setEnabled(on);
}

void ComposeFooter::setBrief(bool on)
{
    for (QLabel *label : {m_saved, m_preview})
        label->setVisible(!on);
}

} // namespace naru::ui
