// The SQLite side of the audit repository: distinct messages, their indexed fields, and what was rejected
// with its reason.
#pragma once

#include "app/practice/audit/AuditRepository.h"
#include "app/practice/audit/SyslogFrame.h"

#include <mutex>

struct sqlite3;

namespace naru::practice {

class AuditStore {
public:
    AuditStore() = default;
    ~AuditStore();
    AuditStore(const AuditStore &) = delete;
    AuditStore &operator=(const AuditStore &) = delete;

    base::Status open(const QString &path);
    void close();
    // Takes one frame's message: parses, indexes, stores or rejects it. Errors: base.Io only, when the
    // database refuses.
    base::Status accept(const QByteArray &message, const QString &peer);
    base::Status reject(const QByteArray &bytes, const QString &peer, const QString &reason);
    AuditCounts counts() const;
    qint64 countEvent(const QString &eventId) const;

private:
    qint64 number(const char *sql, const QString &argument = {}) const;
    base::Status insert(const char *sql, const QList<QByteArray> &values, bool *changed = nullptr);

    sqlite3 *m_database = nullptr;
    mutable std::mutex m_mutex{};
    qint64 m_duplicates = 0;
};

} // namespace naru::practice
