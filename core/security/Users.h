// Who may use a profile, and as what.
#pragma once

#include <QDateTime>
#include <QString>

namespace naru::security {

enum class Role { Staff, Doctor, Admin };

QString roleKey(Role role); // "staff" "doctor" "admin"
Role roleFromKey(const QString &key, bool *known = nullptr); // Staff when unknown: the least

struct User {
    QString name{}; // account, 1 to 64 of letters (any script), digits . - _
    QString displayName{}; // "김나루"
    QString licence{}; // 면허번호, doctors only
    Role role = Role::Staff;
    int failedAttempts = 0;
    QDateTime lockedUntil{}; // UTC; invalid when not locked out
    friend bool operator==(const User &, const User &) = default;
};

} // namespace naru::security
