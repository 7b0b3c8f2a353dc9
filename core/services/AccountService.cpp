#include "core/services/AccountService.h"

#include "core/services/Errors.h"
#include "core/services/ImageService.h"
#include "core/services/Internals.h"

namespace naru::services {

namespace {
security::Role toVault(Role role)
{
    return role == Role::Admin ? security::Role::Admin
        : role == Role::Doctor ? security::Role::Doctor
                               : security::Role::Staff;
}

Role fromVault(security::Role role)
{
    return role == security::Role::Admin ? Role::Admin
        : role == security::Role::Doctor ? Role::Doctor
                                         : Role::Staff;
}

Account accountOf(const security::User &user)
{
    return {user.name, user.displayName.isEmpty() ? user.name : user.displayName, fromVault(user.role)};
}
} // namespace

AccountService::AccountService(Profile::Internals &internals)
    : m(internals)
{
}

Account AccountService::current() const
{
    const std::lock_guard lock(m.userMutex);
    return accountOf(m.user);
}

std::vector<Account> AccountService::list() const
{
    std::vector<Account> out;
    const auto users = m.vault->users();
    for (const security::User &user : users ? *users : QList<security::User>())
        out.push_back(accountOf(user));
    return out;
}

base::Status AccountService::add(const Account &account, const base::SecureBytes &passphrase)
{
    security::User user;
    user.name = account.user;
    user.displayName = account.displayName;
    user.role = toVault(account.role);
    const base::Status added = m.vault->addUser(user, passphrase);
    m.record(m.events().act(QStringLiteral("user.change"), {}, account.user,
        added ? audit::Outcome::Success : audit::Outcome::MinorFailure,
        added ? QString() : QString::fromLatin1(added.error().code.id)));
    return added;
}

base::Status AccountService::changePassphrase(const base::SecureBytes &before, const base::SecureBytes &after)
{
    const QString name = m.userName();
    const base::Status changed = m.vault->changePassphrase(name, before, after);
    m.record(m.events().act(QStringLiteral("user.change"), {}, name,
        changed ? audit::Outcome::Success : audit::Outcome::MinorFailure,
        changed ? QString() : QString::fromLatin1(changed.error().code.id)));
    return changed;
}

base::Status AccountService::setRole(const QString &user, Role role)
{
    const base::Status changed = m.vault->setRole(user, toVault(role));
    m.record(m.events().act(QStringLiteral("user.change"), {}, user,
        changed ? audit::Outcome::Success : audit::Outcome::MinorFailure));
    return changed;
}

void AccountService::lock(const QString &cause)
{
    Q_UNUSED(cause)
    if (m.locked.exchange(true))
        return;
    m.images->forgetOpened();
    m.record(m.events().login(QStringLiteral("lock"), m.userName()));
    m.changed(Change::Lock);
}

base::Status AccountService::unlock(const QString &user, const base::SecureBytes &passphrase)
{
    const auto unlocked = m.vault->unlock(user, passphrase);
    if (!unlocked) {
        m.record(m.events().login(QStringLiteral("login.failure"), user, audit::Outcome::MinorFailure,
            QLatin1String(unlocked.error().code.id)));
        return unlocked.error();
    }
    {
        const std::lock_guard lock(m.userMutex);
        m.user = *unlocked;
    }
    m.locked = false;
    m.record(m.events().login(QStringLiteral("unlock"), user));
    m.changed(Change::Lock);
    return {};
}

bool AccountService::locked() const
{
    return m.locked;
}

} // namespace naru::services
