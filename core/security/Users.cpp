#include "core/security/Users.h"

#include <array>
#include <utility>

namespace naru::security {

namespace {
constexpr std::array<std::pair<Role, const char *>, 3> roles{
    {{Role::Staff, "staff"}, {Role::Doctor, "doctor"}, {Role::Admin, "admin"}}};
}

QString roleKey(Role role)
{
    for (const auto &[value, key] : roles) {
        if (value == role)
            return QLatin1String(key);
    }
    return {};
}

Role roleFromKey(const QString &key, bool *known)
{
    for (const auto &[value, name] : roles) {
        if (key == QLatin1String(name)) {
            if (known)
                *known = true;
            return value;
        }
    }
    if (known)
        *known = false;
    return Role::Staff;
}

} // namespace naru::security
