#include "app/ctl/Command.h"
#include "app/ctl/Errors.h"
#include "app/ctl/Say.h"
#include "core/services/AccountService.h"

#include <QMap>

namespace naru::ctl {

using namespace services;

namespace {
const QMap<QString, Role> &roles()
{
    static const QMap<QString, Role> table{{QStringLiteral("doctor"), Role::Doctor},
        {QStringLiteral("staff"), Role::Staff}, {QStringLiteral("admin"), Role::Admin}};
    return table;
}

base::Result<Role> roleFrom(const QString &word)
{
    if (!roles().contains(word))
        return base::Error(ctl::errors::Usage, {},
            {{QStringLiteral("what"), QStringLiteral("a role is doctor, staff or admin")}});
    return roles().value(word);
}

// The second passphrase of an act never stands in an argument either.
base::Result<base::SecureBytes> newPassphrase()
{
    if (!qEnvironmentVariableIsSet("NARU_NEW_PASSPHRASE"))
        return base::Error(ctl::errors::Usage, {},
            {{QStringLiteral("what"), QStringLiteral("the new passphrase comes from NARU_NEW_PASSPHRASE")}});
    return base::SecureBytes{QByteArrayView(qgetenv("NARU_NEW_PASSPHRASE"))};
}

base::Result<int> add(Session &session, const Arguments &arguments, Output &)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    Account account;
    account.user = arguments.positional.first();
    account.displayName = arguments.value("name", account.user);
    NARU_ASSIGN(account.role, roleFrom(arguments.value("role", QStringLiteral("doctor"))));
    NARU_ASSIGN(const base::SecureBytes passphrase, newPassphrase());
    NARU_TRY(profile->accounts().add(account, passphrase));
    return 0;
}

base::Result<int> list(Session &session, const Arguments &, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    QJsonArray rows;
    QList<QStringList> lines;
    for (const Account &account : profile->accounts().list()) {
        rows.append(
            QJsonObject{{QStringLiteral("user"), account.user}, {QStringLiteral("name"), account.displayName},
                {QStringLiteral("role"), roles().key(account.role)}});
        lines.append({account.user, account.displayName, roles().key(account.role)});
    }
    output.setJson(rows);
    output.table({say::word("user"), say::word("name"), say::word("role")}, lines);
    return 0;
}

base::Result<int> passwd(Session &session, const Arguments &, Output &)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    NARU_ASSIGN(const base::SecureBytes after, newPassphrase());
    const base::SecureBytes before{QByteArrayView(qgetenv("NARU_PASSPHRASE"))};
    NARU_TRY(profile->accounts().changePassphrase(before, after));
    return 0;
}

base::Result<int> role(Session &session, const Arguments &arguments, Output &)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    NARU_ASSIGN(const Role wanted, roleFrom(arguments.positional.at(1)));
    NARU_TRY(profile->accounts().setRole(arguments.positional.first(), wanted));
    return 0;
}
} // namespace

std::vector<Command> userCommands()
{
    return {
        {"user", "add", "NAME", 1, 1, "Adds a user (passphrase from NARU_NEW_PASSPHRASE)",
            {{"name", "TEXT", "display name"}, {"role", "ROLE", "doctor, staff, admin"}}, add},
        {"user", "list", "", 0, 0, "Users of this profile", {}, list},
        {"user", "passwd", "", 0, 0, "Changes the own passphrase (NARU_PASSPHRASE to NARU_NEW_PASSPHRASE)",
            {}, passwd},
        {"user", "role", "NAME ROLE", 2, 2, "Changes a role", {}, role},
    };
}

} // namespace naru::ctl
