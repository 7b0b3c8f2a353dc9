#include "core/storage/stores/SettingsStore.h"

namespace naru::storage {

SettingsStore::SettingsStore(std::shared_ptr<Database> database)
    : m_database(std::move(database))
{
}

base::Result<QString> SettingsStore::get(const QString &key, const QString &fallback) const
{
    NARU_ASSIGN(Statement row, m_database->prepare("SELECT value FROM setting WHERE key = ?"));
    NARU_ASSIGN(const bool found, row.bindAll(key).step());
    return found ? row.text(0) : fallback;
}

base::Status SettingsStore::set(const QString &key, const QString &value)
{
    return m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(Statement row,
            m_database->prepare(
                "INSERT INTO setting VALUES (?,?) ON CONFLICT(key) DO UPDATE SET value = excluded.value"));
        return row.bindAll(key, value).run();
    });
}

base::Status SettingsStore::remove(const QString &key)
{
    return m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(Statement row, m_database->prepare("DELETE FROM setting WHERE key = ?"));
        return row.bindAll(key).run();
    });
}

base::Result<QMap<QString, QString>> SettingsStore::all(const QString &prefix) const
{
    NARU_ASSIGN(
        Statement row, m_database->prepare("SELECT key, value FROM setting WHERE substr(key, 1, ?) = ?"));
    row.bindAll(qint64(prefix.size()), prefix);
    QMap<QString, QString> out;
    for (;;) {
        NARU_ASSIGN(const bool more, row.step());
        if (!more)
            return out;
        out.insert(row.text(0), row.text(1));
    }
}

} // namespace naru::storage
