// Users of a profile and the lock.
#pragma once

#include "core/services/Profile.h"
#include "core/services/Types.h"

namespace naru::services {

enum class Role { Doctor, Staff, Admin };

struct Account {
    QString user{};
    QString displayName{};
    Role role = Role::Doctor;
};

class AccountService {
public:
    explicit AccountService(Profile::Internals &internals);

    Account current() const;
    std::vector<Account> list() const;
    base::Status add(const Account &account, const base::SecureBytes &passphrase);
    base::Status changePassphrase(const base::SecureBytes &before, const base::SecureBytes &after);
    base::Status setRole(const QString &user, Role role);
    // The lock page: data of patients leaves the views, background work goes on.
    void lock(const QString &cause); // "idle" "user" "screen"
    base::Status unlock(const QString &user,
        const base::SecureBytes &passphrase); // services.WrongPassphrase with attempts left
    bool locked() const;

private:
    Profile::Internals &m;
};

} // namespace naru::services
