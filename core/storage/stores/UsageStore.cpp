#include "core/storage/stores/UsageStore.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace naru::storage {

namespace {
constexpr int recentLimit = 500;

security::SealPlace place(const QString &user, const QString &kind, const QByteArray &blind)
{
    return {QStringLiteral("usage"),
        user + QLatin1Char('|') + kind + QLatin1Char('|') + QString::fromLatin1(blind.toHex()),
        QStringLiteral("sealed")};
}

QByteArray packed(const QString &key, const QByteArray &value)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("key"), key},
                             {QStringLiteral("value"), QString::fromLatin1(value.toBase64())}})
        .toJson(QJsonDocument::Compact);
}
} // namespace

UsageStore::UsageStore(std::shared_ptr<Database> database, std::shared_ptr<const security::Sealer> sealer)
    : m_database(std::move(database))
    , m_sealer(std::move(sealer))
{
}

base::Status UsageStore::used(const QString &user, const QString &kind, const QString &key,
    const QByteArray &value, const QDateTime &when)
{
    const QByteArray blind = m_sealer->blindIndex(QStringLiteral("usage.") + kind, key);
    const QByteArray sealed =
        m_sealer->seal(security::Purpose::Records, place(user, kind, blind), packed(key, value));
    return m_database->inTransaction([&]() -> base::Status {
        {
            NARU_ASSIGN(Statement row,
                m_database->prepare(
                    "INSERT INTO usage VALUES (?,?,?,?,1,?,0) ON CONFLICT(owner, kind, blind_key) DO UPDATE "
                    "SET sealed = excluded.sealed, count = count + 1, last_used = excluded.last_used"));
            NARU_TRY(row.bindAll(user, kind, blind, sealed).bindTime(5, when).run());
        }
        NARU_ASSIGN(Statement old,
            m_database->prepare(
                "DELETE FROM usage WHERE owner = ?1 AND kind = ?2 AND favourite = 0 AND blind_key IN (SELECT "
                "blind_key FROM usage WHERE owner = ?1 AND kind = ?2 AND favourite = 0 ORDER BY last_used "
                "DESC LIMIT -1 OFFSET ?3)"));
        return old.bindAll(user, kind, recentLimit).run();
    });
}

base::Status UsageStore::setFavourite(
    const QString &user, const QString &kind, const QString &key, const QByteArray &value, bool favourite)
{
    const QByteArray blind = m_sealer->blindIndex(QStringLiteral("usage.") + kind, key);
    const QByteArray sealed =
        m_sealer->seal(security::Purpose::Records, place(user, kind, blind), packed(key, value));
    return m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(Statement row,
            m_database->prepare(
                "INSERT INTO usage VALUES (?,?,?,?,0,NULL,?) ON CONFLICT(owner, kind, blind_key) DO UPDATE "
                "SET sealed = excluded.sealed, favourite = excluded.favourite"));
        return row.bindAll(user, kind, blind, sealed, favourite).run();
    });
}

base::Result<QList<Usage>> UsageStore::select(
    const char *sql, const QString &user, const QString &kind, int limit) const
{
    NARU_ASSIGN(Statement row, m_database->prepare(sql));
    row.bindAll(user, kind, limit);
    return rows(row, user, kind);
}

base::Result<QList<Usage>> UsageStore::rows(Statement &row, const QString &user, const QString &kind) const
{
    QList<Usage> out;
    for (;;) {
        NARU_ASSIGN(const bool more, row.step());
        if (!more)
            return out;
        NARU_ASSIGN(const QByteArray plain,
            m_sealer->open(security::Purpose::Records, place(user, kind, row.blob(0)), row.blob(1)));
        const QJsonObject object = QJsonDocument::fromJson(plain).object();
        Usage usage;
        usage.key = object.value(QLatin1String("key")).toString();
        usage.value = QByteArray::fromBase64(object.value(QLatin1String("value")).toString().toLatin1());
        usage.count = int(row.number(2));
        usage.lastUsed = row.time(3);
        usage.favourite = row.flag(4);
        out.push_back(usage);
    }
}

base::Result<std::optional<Usage>> UsageStore::find(
    const QString &user, const QString &kind, const QString &key) const
{
    const QByteArray blind = m_sealer->blindIndex(QStringLiteral("usage.") + kind, key);
    NARU_ASSIGN(Statement row,
        m_database->prepare(
            "SELECT blind_key, sealed, count, last_used, favourite FROM usage WHERE owner = ? "
            "AND kind = ? AND blind_key = ?"));
    row.bindAll(user, kind, blind);
    NARU_ASSIGN(const QList<Usage> found, rows(row, user, kind));
    return found.isEmpty() ? std::nullopt : std::optional<Usage>(found.first());
}

base::Result<QList<Usage>> UsageStore::recents(const QString &user, const QString &kind, int limit) const
{
    return select(
        "SELECT blind_key, sealed, count, last_used, favourite FROM usage WHERE owner = ? AND kind = ? AND "
        "last_used IS NOT NULL ORDER BY last_used DESC LIMIT ?",
        user, kind, limit);
}

base::Result<QList<Usage>> UsageStore::favourites(const QString &user, const QString &kind) const
{
    return select(
        "SELECT blind_key, sealed, count, last_used, favourite FROM usage WHERE owner = ? AND kind = ? AND "
        "favourite = 1 ORDER BY count DESC, last_used DESC LIMIT ?",
        user, kind, -1);
}

base::Status UsageStore::remove(const QString &user, const QString &kind, const QString &key)
{
    const QByteArray blind = m_sealer->blindIndex(QStringLiteral("usage.") + kind, key);
    return m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(Statement row,
            m_database->prepare("DELETE FROM usage WHERE owner = ? AND kind = ? AND blind_key = ?"));
        return row.bindAll(user, kind, blind).run();
    });
}

} // namespace naru::storage
