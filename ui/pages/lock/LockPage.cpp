#include "ui/pages/lock/LockPage.h"

#include "core/services/AccountService.h"
#include "core/services/SiteService.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/lock/MiddleColumn.h"
#include "ui/pages/lock/Refusal.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"
#include "ui/widgets/PasswordEdit.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSysInfo>
#include <QVBoxLayout>

namespace naru::ui {

Page *LockPage::make(AppContext &context, const PageRequest &, QWidget *parent)
{
    return new LockPage(context, parent);
}

LockPage::LockPage(AppContext &context, QWidget *parent)
    : Page(context, parent)
{
    Theme &theme = context.theme();
    setObjectName(QStringLiteral("lock"));
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    auto *middle = new MiddleColumn(theme, QStringLiteral("lock.scroll"), this);
    whole->addWidget(middle);
    QWidget *box = middle->box();
    QVBoxLayout *column = middle->column();
    column->addWidget(pageTitle(theme, tr("Locked"), box));
    const QString clinic = context.profile().site().clinic().name;
    column->addWidget(
        secondary(theme, QStringList{clinic, QSysInfo::machineHostName()}.join(QStringLiteral(" · ")), box));
    m_user = new QComboBox;
    m_user->setObjectName(QStringLiteral("lock.user"));
    const QString current = context.profile().accounts().current().user;
    for (const services::Account &account : context.profile().accounts().list()) {
        m_user->addItem(account.displayName.isEmpty() ? account.user : account.displayName, account.user);
        if (account.user == current)
            m_user->setCurrentIndex(m_user->count() - 1);
    }
    column->addWidget(labelled(theme, tr("User"), m_user, box));
    m_password = new PasswordEdit(theme, tr("Passphrase"), QStringLiteral("lock.password"), box);
    column->addWidget(m_password);
    m_strip = new MessageStrip(theme, box);
    column->addWidget(m_strip);
    auto *open = pushButton(tr("Open (Enter)"), QStringLiteral("lock.open"), box, "primary");
    column->addWidget(open, 0, Qt::AlignLeft);
    column->addWidget(secondary(theme, tr("Drafts are saved. Sending goes on."), box));
    middle->keepInView(m_strip);
    setFocusProxy(m_password);
    connect(m_password, &PasswordEdit::submitted, this, &LockPage::unlock);
    connect(open, &QPushButton::clicked, this, &LockPage::unlock);
}

void LockPage::unlock()
{
    if (m_trying)
        return;
    if (m_password->isEmpty()) {
        m_strip->show(MessageStrip::Kind::Info, tr("Type the passphrase"), {});
        return;
    }
    m_trying = true;
    const auto profile = context().sharedProfile();
    const QString user = m_user->currentData().toString();
    auto secret = std::make_shared<base::SecureBytes>(m_password->take());
    m_strip->clear();
    // The key derivation takes its time on purpose; the window stays alive meanwhile.
    UiJob::start<bool>(
        context().queue(), this,
        [profile, user, secret](const base::WorkContext &) -> base::Result<bool> {
            NARU_TRY(profile->accounts().unlock(user, *secret));
            return true;
        },
        [this](const base::Result<bool> &result) {
            m_trying = false;
            if (!result) {
                showRefusal(*m_strip, result.error(), context().language(), tr("It stays locked"));
                m_password->setFocus(Qt::OtherFocusReason);
            }
        });
}

QString LockPage::title() const
{
    return tr("Locked");
}

QList<QWidget *> LockPage::panes() const
{
    return {m_password, m_user};
}

} // namespace naru::ui
