// What an audit trail needs to know of a transaction (ITI TF-2, the "Security Audit Considerations" of each
// transaction). Every call of Caller makes at least one, on success and on every failure.
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>
#include <vector>

namespace naru::ihe {

struct TransactionRecord {
    enum class Kind { Import, Export, Query, PatientRecord };
    struct Object {
        enum class Kind { Document, SubmissionSet };
        Kind kind = Kind::Document;
        QString uniqueId{};
        QString repositoryUniqueId{};
        QString homeCommunityId{};
        friend bool operator==(const Object &, const Object &) = default;
    };

    QString transaction{}; // "ITI-18"
    Kind kind = Kind::Query;
    char action = 'E'; // DICOM EventActionCode: C R U D E
    int outcome =
        0; // 0 success, 4 minor failure, 8 serious failure, 12 major failure (no answer came at all)
    QString outcomeText{}; // English, no patient data
    QString endpoint{}; // URL
    QString messageId{};
    QStringList patientIds{}; // CX
    std::vector<Object> objects{};
    QString queryId{}; // stored query UUID, or the v3 query id
    QByteArray queryPayload{}; // the query element as sent
    QDateTime startedUtc{};
    QDateTime endedUtc{};
    friend bool operator==(const TransactionRecord &, const TransactionRecord &) = default;
};

// Called on the thread of the transaction, possibly from several threads at once.
class AuditListener {
public:
    virtual ~AuditListener() = default;
    virtual void transaction(const TransactionRecord &record) = 0;
};

} // namespace naru::ihe
