// Patients of this workstation: who was handed over or searched, under an opaque key that logs and audits may
// carry. Name, chart number, everything is sealed; lookups by chart number and exchange id go through blind
// indexes.
#pragma once

#include "core/clinical/HandOver.h"
#include "core/security/Sealer.h"
#include "core/storage/Database.h"

#include <optional>

namespace naru::storage {

struct PatientRecord {
    QString key{}; // random UUID; the pseudonym of the audit trail
    clinical::Patient patient{};
    std::optional<clinical::HandOver> handOver{}; // the newest; its `patient` equals `patient`
    QDateTime created{}, updated{}, lastOpened{}; // UTC; lastOpened invalid when never
};

class PatientStore {
public:
    PatientStore(std::shared_ptr<Database> database, std::shared_ptr<const security::Sealer> sealer);

    base::Result<PatientRecord> get(const QString &key) const; // NotFound
    // By chart number (localId); nothing when unknown.
    base::Result<std::optional<PatientRecord>> findByLocalId(const clinical::Identifier &id) const;
    base::Result<std::optional<PatientRecord>> findByExchangeId(const clinical::Identifier &id) const;
    // Most recently opened or updated first. Reads and unseals every row: for thousands, not millions.
    base::Result<QList<PatientRecord>> list(int limit = 0) const;
    // Name, initial consonants (ㅎㄱㄷ), part of chart number, or birth date digits; in memory after
    // unsealing.
    base::Result<QList<PatientRecord>> search(const QString &text, int limit = 50) const;

    // Same localId: updated in place, key stays; the exchange id is kept when `patient` has none. Returns the
    // key.
    base::Result<QString> upsert(
        const clinical::Patient &patient, const std::optional<clinical::HandOver> &handOver = {});
    base::Status setExchangeId(const QString &key, const clinical::Identifier &id);
    base::Status setOpened(const QString &key, const QDateTime &when);
    base::Status remove(const QString &key);

private:
    base::Result<PatientRecord> record(const Statement &row) const;
    base::Result<std::optional<PatientRecord>> findBlind(const char *sql, const QByteArray &blind) const;
    QByteArray blind(const char *field, const clinical::Identifier &id) const;
    std::shared_ptr<Database> m_database{};
    std::shared_ptr<const security::Sealer> m_sealer{};
};

} // namespace naru::storage
