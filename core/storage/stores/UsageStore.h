// What each user picks often: favourites and recents of diagnoses, medicines, recipients. Sealed: a list of
// diagnoses of a small clinic's day says more than it should.
#pragma once

#include "core/security/Sealer.h"
#include "core/storage/Database.h"

#include <optional>

namespace naru::storage {

struct Usage {
    QString key{}; // "1.2.410...|I10"; identity within its kind
    QByteArray value{}; // JSON of what was picked
    int count = 0;
    QDateTime lastUsed{}; // UTC
    bool favourite = false;
    friend bool operator==(const Usage &, const Usage &) = default;
};

class UsageStore {
public:
    UsageStore(std::shared_ptr<Database> database, std::shared_ptr<const security::Sealer> sealer);
    // kind: "diagnosis", "medication", "recipient", "phrase" ... At most 500 recents a user and kind; the
    // oldest go.
    base::Status used(const QString &user, const QString &kind, const QString &key, const QByteArray &value,
        const QDateTime &when);
    base::Status setFavourite(const QString &user, const QString &kind, const QString &key,
        const QByteArray &value, bool favourite);
    // One row, to change its value inside a transaction of the caller; nothing when it was never used.
    base::Result<std::optional<Usage>> find(
        const QString &user, const QString &kind, const QString &key) const;
    base::Result<QList<Usage>> recents(
        const QString &user, const QString &kind, int limit = 20) const; // newest first
    base::Result<QList<Usage>> favourites(const QString &user, const QString &kind) const; // most used first
    base::Status remove(const QString &user, const QString &kind, const QString &key);

private:
    base::Result<QList<Usage>> select(
        const char *sql, const QString &user, const QString &kind, int limit) const;
    base::Result<QList<Usage>> rows(Statement &row, const QString &user, const QString &kind) const;
    std::shared_ptr<Database> m_database{};
    std::shared_ptr<const security::Sealer> m_sealer{};
};

} // namespace naru::storage
