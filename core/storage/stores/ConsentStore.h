// Consents and withdrawals as signed, and how far their registration came.
#pragma once

#include "core/clinical/Document.h"
#include "core/security/Sealer.h"
#include "core/storage/Database.h"

namespace naru::storage {

struct ConsentRecord {
    enum class State { Local, Queued, Registered, Refused, Withdrawn };
    QString id{}; // UUID
    QString patientKey{};
    bool withdrawal = false;
    State state = State::Local;
    clinical::ConsentStatement statement{};
    QString documentUniqueId{}; // of the registered document
    QString outboxId{};
    QDateTime created{}, updated{}; // UTC
    friend bool operator==(const ConsentRecord &, const ConsentRecord &) = default;
};

// A transfer without consent; kept beside the consents because both answer "why was this allowed?".
struct ExceptionRecord {
    QString id{};
    QString patientKey{};
    clinical::EmergencyException exception{};
    QDateTime created{};
    friend bool operator==(const ExceptionRecord &, const ExceptionRecord &) = default;
};

QString consentStateKey(ConsentRecord::State state); // "local" "queued" "registered" "refused" "withdrawn"

class ConsentStore {
public:
    ConsentStore(std::shared_ptr<Database> database, std::shared_ptr<const security::Sealer> sealer);

    base::Result<QString> add(ConsentRecord record); // id is made when empty; returns it
    base::Result<ConsentRecord> get(const QString &id) const;
    base::Result<QList<ConsentRecord>> byPatient(const QString &patientKey) const; // newest first
    // State, document and outbox id; empty strings leave what is there.
    base::Status setState(const QString &id, ConsentRecord::State state, const QString &documentUniqueId = {},
        const QString &outboxId = {});

    base::Result<QString> addException(ExceptionRecord record);
    base::Result<QList<ExceptionRecord>> exceptions(const QString &patientKey) const; // newest first

private:
    base::Result<ConsentRecord> record(const Statement &row) const;
    std::shared_ptr<Database> m_database{};
    std::shared_ptr<const security::Sealer> m_sealer{};
};

} // namespace naru::storage
