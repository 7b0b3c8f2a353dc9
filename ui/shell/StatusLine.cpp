#include "ui/shell/StatusLine.h"

#include "core/services/RecordService.h"
#include "core/services/SiteService.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/NaruStyle.h"
#include "ui/shell/Theme.h"
#include "ui/text/Dates.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace naru::ui {

StatusLine::StatusLine(AppContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_online(new QLabel(this))
    , m_saved(new QLabel(this))
    , m_zoom(new QLabel(this))
    , m_outbox(new QPushButton(this))
    , m_keys(new QPushButton(tr("F1 keys"), this))
{
    setObjectName(QStringLiteral("status"));
    auto *row = new QHBoxLayout(this);
    row->addWidget(m_online);
    row->addWidget(m_outbox);
    row->addWidget(m_saved);
    row->addWidget(m_keys);
    row->addStretch();
    row->addWidget(m_zoom);
    setLook(m_outbox, "quiet");
    setLook(m_keys, "quiet");
    m_outbox->setFocusPolicy(
        Qt::NoFocus); // reachable by Ctrl+K and Alt+2 of the home page; Tab stays in the page
    m_keys->setFocusPolicy(Qt::NoFocus);
    m_outbox->setAccessibleName(tr("Open the outbox"));
    m_keys->setAccessibleName(tr("Keys"));
    m_online->setObjectName(QStringLiteral("status.online"));
    m_outbox->setObjectName(QStringLiteral("status.outbox"));
    m_saved->setObjectName(QStringLiteral("status.saved"));
    connect(m_outbox, &QPushButton::clicked, this, &StatusLine::outboxPressed);
    connect(m_keys, &QPushButton::clicked, this, &StatusLine::keysPressed);
    connect(&context.theme(), &Theme::changed, this, &StatusLine::refresh);
    connect(&context, &AppContext::changed, this, &StatusLine::refresh);
    refresh();
}

void StatusLine::refresh()
{
    const Theme &theme = m_context.theme();
    layout()->setContentsMargins(theme.unit(4), theme.unit(0.5), theme.unit(4), theme.unit(0.5));
    layout()->setSpacing(theme.unit(2));
    const services::SiteService &site = m_context.profile().site();
    const QDateTime last = site.lastContact();
    QPalette colors = theme.palette();
    if (site.online() && last.isValid()) {
        m_online->setText(QStringLiteral("● ") + tr("Online"));
        colors.setColor(QPalette::WindowText, theme.color("ok"));
    } else if (last.isValid()) {
        m_online->setText(QStringLiteral("○ ") + tr("Offline since %1").arg(text::time(last)));
        colors.setColor(QPalette::WindowText, theme.color("warn"));
    } else {
        m_online->setText(QStringLiteral("○ ") + tr("Not connected yet"));
        colors.setColor(QPalette::WindowText, theme.color("textSecondary"));
    }
    m_online->setPalette(colors);
    m_outbox->setText(tr("Waiting to be sent %1").arg(m_context.profile().records().counts(true).waiting));
    m_zoom->setText(tr("Zoom %1 %").arg(qRound(theme.zoom() * 100)));
    for (QLabel *label : {m_online, m_saved, m_zoom})
        label->setFont(theme.font(Theme::Face::Caption));
    for (QPushButton *button : {m_outbox, m_keys}) {
        button->setFont(theme.font(Theme::Face::Caption));
        button->setFixedHeight(theme.unit(4.8)); // one line of words, at large type too
    }
}

void StatusLine::setSaved(const QDateTime &when)
{
    m_saved->setText(tr("%1 saved").arg(text::clock(when)));
}

void StatusLine::setLocked(bool locked)
{
    m_outbox->setVisible(!locked);
    m_keys->setVisible(!locked);
    m_saved->setVisible(!locked);
}

QString StatusLine::text() const
{
    return QStringList{m_online->text(), m_outbox->text(), m_saved->text()}.join(QStringLiteral(" · "));
}

} // namespace naru::ui
