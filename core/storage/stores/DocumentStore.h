// Documents sent and retrieved. Bytes are sealed in files of their own (<folder>/documents/<hex SHA-256 of
// the sealed file>), written before the row that names them; what people read of them is sealed in the row.
#pragma once

#include "core/security/Sealer.h"
#include "core/storage/Database.h"

#include <optional>

namespace naru::storage {

struct StoredDocument {
    enum class Direction { Sent, Retrieved };
    QString id{}; // local UUID
    QString patientKey{};
    Direction direction = Direction::Retrieved;
    // Sealed as one JSON value:
    QString documentUniqueId{};
    QString entryUuid{};
    QString repositoryUniqueId{};
    QString homeCommunityId{};
    QString mimeType{};
    QString sha1{}; // of the plain bytes
    qint64 size = 0;
    QString status{}; // availability as last seen: "approved" "deprecated"
    QByteArray metadata{}; // JSON for display and filters (title, typeCode, author, institution, times)
    // In the clear:
    QDateTime stored{};
    bool seen = false;
    friend bool operator==(const StoredDocument &, const StoredDocument &) = default;
};

// How the last look for a patient's documents went at one repository or registry.
struct SearchOutcome {
    QString patientKey{};
    QString source{}; // site profile key
    QDateTime when{};
    QString error{}; // error code; empty: answered
    int found = 0;
    friend bool operator==(const SearchOutcome &, const SearchOutcome &) = default;
};

class DocumentStore {
public:
    DocumentStore(std::shared_ptr<Database> database, std::shared_ptr<const security::Sealer> sealer);

    // Fills id, sha1, size and stored when empty. The same documentUniqueId of the same repository and
    // patient replaces the row (id and seen stay). Returns the id; durable when it returns.
    base::Result<QString> put(StoredDocument document, const QByteArray &bytes);
    base::Result<StoredDocument> get(const QString &id) const;
    base::Result<QByteArray> bytes(const QString &id) const; // SealBroken when touched, base.Io when gone
    base::Result<QList<StoredDocument>> byPatient(const QString &patientKey) const; // newest first
    // The newest of that id; of this repository, of this patient, when they are named.
    base::Result<std::optional<StoredDocument>> findByUniqueId(const QString &documentUniqueId,
        const QString &repositoryUniqueId = {}, const QString &patientKey = {}) const;
    base::Status setSeen(const QString &id, bool seen = true);
    base::Status setStatus(const QString &id, const QString &status);
    base::Result<int> unseen(const QString &patientKey = {}) const;
    base::Status remove(const QString &id); // row first, then the file
    // Files without a row, older than an hour (a write may be under way). How many went.
    base::Result<int> sweepOrphans(int olderThanSeconds = 3600);

    base::Status recordSearch(const SearchOutcome &outcome); // the newest of each source is kept
    base::Result<QList<SearchOutcome>> searches(const QString &patientKey) const;

private:
    base::Result<StoredDocument> record(const Statement &row) const;
    QString path(const QString &file) const;
    std::shared_ptr<Database> m_database{};
    std::shared_ptr<const security::Sealer> m_sealer{};
};

} // namespace naru::storage
