// The stored queries of ITI-18 (TF-2 3.18.4.1.2.3.7) as values. Quoting, lists and AND/OR are done by the
// encoder: texts are put in single quotes with quotes doubled, values of one list are alternatives (OR),
// several lists of one name must all hold (AND).
#pragma once

#include "core/base/Result.h"
#include "core/ihe/metadata/Metadata.h"

namespace naru::ihe {

struct QueryParameter {
    QString name{}; // "$XDSDocumentEntryPatientId"
    QStringList values{}; // OR; unquoted
    bool number = false; // written without quotes
    bool single = false; // written without parentheses (parameters that take one value)
    friend bool operator==(const QueryParameter &, const QueryParameter &) = default;
};

struct StoredQuery {
    QString name{}; // row of iti18/queries.tsv: "FindDocuments"
    bool leafClass = true; // false: ObjectRef
    QString homeCommunityId{}; // for cross-community gateways; usually empty
    std::vector<QueryParameter> parameters{}; // the same name twice: AND
    friend bool operator==(const StoredQuery &, const StoredQuery &) = default;

    StoredQuery &one(const char *name, const QString &value);
    StoredQuery &any(const char *name, const QStringList &values); // nothing when empty
    StoredQuery &codes(const char *name, const std::vector<clinical::CodedValue> &codes); // code^^system
    StoredQuery &time(
        const char *from, const char *to, const base::Timestamp &low, const base::Timestamp &high);
};

QString storedQueryId(const QString &name); // "urn:uuid:14d4debf-..."; empty when unknown

struct TimeRange { // either side may be null: open
    base::Timestamp from{}; // inclusive
    base::Timestamp to{}; // exclusive
    friend bool operator==(const TimeRange &, const TimeRange &) = default;
};

struct FindDocuments {
    clinical::Identifier patientId{};
    std::vector<Availability> status{Availability::Approved};
    std::vector<clinical::CodedValue> classCodes{}, typeCodes{}, formatCodes{}, practiceSettings{},
        facilityTypes{}, confidentialities{};
    std::vector<std::vector<clinical::CodedValue>> eventCodes{}; // outer AND, inner OR
    QStringList authorPersons{}; // SQL LIKE patterns: "%김나루%"
    TimeRange creation{}, serviceStart{}, serviceStop{};
    bool onDemand = false; // also On-Demand entries
    QStringList referenceIds{}; // CXi; makes it FindDocumentsByReferenceId. Not every registry has it.
    bool leafClass = true;
    StoredQuery toQuery() const;
    friend bool operator==(const FindDocuments &, const FindDocuments &) = default;
};

struct FindSubmissionSets {
    clinical::Identifier patientId{};
    std::vector<Availability> status{Availability::Approved};
    QStringList sourceIds{};
    TimeRange submission{};
    QStringList authorPersons{};
    std::vector<clinical::CodedValue> contentTypes{};
    bool leafClass = true;
    StoredQuery toQuery() const;
    friend bool operator==(const FindSubmissionSets &, const FindSubmissionSets &) = default;
};

struct FindFolders {
    clinical::Identifier patientId{};
    std::vector<Availability> status{Availability::Approved};
    TimeRange lastUpdate{};
    std::vector<std::vector<clinical::CodedValue>> codes{}; // outer AND, inner OR
    bool leafClass = true;
    StoredQuery toQuery() const;
    friend bool operator==(const FindFolders &, const FindFolders &) = default;
};

// Identifiers of one kind: entryUUIDs ("urn:uuid:...") or uniqueIds.
enum class IdKind { EntryUuid, UniqueId };

StoredQuery getDocuments(const QStringList &ids, IdKind kind);
StoredQuery getFolders(const QStringList &ids, IdKind kind);
StoredQuery getAssociations(const QStringList &entryUuids);
StoredQuery getDocumentsAndAssociations(const QStringList &ids, IdKind kind);
StoredQuery getSubmissionSets(const QStringList &entryUuidsOfMembers);
StoredQuery getSubmissionSetAndContents(const QString &id, IdKind kind);
StoredQuery getFolderAndContents(const QString &id, IdKind kind);
StoredQuery getFoldersForDocument(const QString &id, IdKind kind);
StoredQuery getRelatedDocuments(const QString &id, IdKind kind, const std::vector<Association::Type> &types);
StoredQuery getAll(const clinical::Identifier &patientId, const std::vector<Availability> &status);

} // namespace naru::ihe
