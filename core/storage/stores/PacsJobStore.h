// Jobs for image archives: durable, one process at a time works on each. A job whose process died is free
// again. `details` is opaque here and sealed.
#pragma once

#include "core/security/Sealer.h"
#include "core/storage/Database.h"

#include <optional>

namespace naru::storage {

struct PacsJobRecord {
    QString id{}; // UUID
    QString kind{}; // "fetch" "send"
    QString node{}; // its name
    QString state{}; // "queued" "running" "done" "failed" "stopped"
    int attempts = 0;
    QDateTime nextAttempt{}; // invalid: at once
    QString lastError{}; // code
    QByteArray details{};
    QDateTime created{}, updated{};
};

class PacsJobStore {
public:
    PacsJobStore(std::shared_ptr<Database> database, std::shared_ptr<const security::Sealer> sealer);

    base::Result<QString> add(const QString &kind, const QString &node, const QByteArray &details);
    base::Result<PacsJobRecord> get(const QString &id) const; // NotFound
    base::Result<QList<PacsJobRecord>> list() const; // newest first
    // Takes the job for this process and counts an attempt: queued, or running by nobody who lives. False:
    // somebody else has it, or it has ended.
    base::Result<bool> claim(const QString &id);
    // The oldest that is due and free; none: empty.
    base::Result<std::optional<QString>> due(const QDateTime &now) const;
    base::Status keep(const QString &id, const QByteArray &details); // progress of a job of ours
    base::Status end(const QString &id, const QString &state, const QString &error,
        const QDateTime &nextAttempt, const QByteArray &details);
    // Due at once, whatever it was: a person asked. attempts begins anew.
    base::Status again(const QString &id);
    base::Status stop(const QString &id); // of a queued one
    base::Status remove(const QString &id); // of one that does not run

private:
    QByteArray sealed(const QString &id, const QByteArray &details) const;
    base::Result<PacsJobRecord> record(const Statement &row) const;
    std::shared_ptr<Database> m_database{};
    std::shared_ptr<const security::Sealer> m_sealer{};
};

} // namespace naru::storage
