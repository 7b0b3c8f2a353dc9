// XDS.b metadata (IHE ITI TF-3 4.2.3): plain values, the same for what we submit and what we find. Times are
// UTC with the precision they were written with. Identifiers: `entryUuid` "urn:uuid:..." (or a symbolic name
// inside one submission), `uniqueId` an OID or "oid^ext" without urn:oid:. Codes: `system` is the
// codingScheme as received, `display` its Name.
#pragma once

#include "core/ihe/metadata/Hl7Fields.h"

#include <QMap>
#include <optional>

namespace naru::ihe {

enum class Availability { Unknown, Submitted, Approved, Deprecated };

struct Author {
    XdsPerson person{};
    std::vector<XdsOrganization> institutions{};
    QStringList roles{};
    QStringList specialties{};
    std::vector<XdsTelecom> telecoms{};
    friend bool operator==(const Author &, const Author &) = default;
};

// What every registry object has.
struct ObjectMetadata {
    QString entryUuid{};
    QString logicalId{}; // lid; empty unless metadata update is in use
    QString uniqueId{};
    QString homeCommunityId{}; // without urn:oid:
    Availability availability = Availability::Unknown;
    QString versionName{}; // VersionInfo/@versionName
    QString title{}; // Name
    QString comments{}; // Description
    clinical::Identifier patientId{}; // CX of the exchange
    QMap<QString, QStringList> extraSlots{}; // slots this program gives no meaning to
    friend bool operator==(const ObjectMetadata &, const ObjectMetadata &) = default;
};

struct DocumentEntry : ObjectMetadata {
    bool onDemand = false; // objectType of an On-Demand entry (ITI-61)
    QString mimeType{};
    QString hash{}; // SHA-1, lower-case hex; as received otherwise
    std::optional<qint64> size{};
    QString repositoryUniqueId{}; // without urn:oid:
    QString languageCode{};
    base::Timestamp creationTime{};
    base::Timestamp serviceStartTime{};
    base::Timestamp serviceStopTime{};
    clinical::Identifier sourcePatientId{};
    SourcePatientInfo sourcePatientInfo{};
    XdsPerson legalAuthenticator{};
    std::vector<ReferenceId> referenceIds{};
    QString uri{};
    QString documentAvailability{};
    std::vector<Author> authors{};
    clinical::CodedValue classCode{};
    clinical::CodedValue typeCode{};
    clinical::CodedValue formatCode{};
    clinical::CodedValue healthcareFacilityType{};
    clinical::CodedValue practiceSetting{};
    std::vector<clinical::CodedValue> confidentialityCodes{};
    std::vector<clinical::CodedValue> eventCodes{};
    friend bool operator==(const DocumentEntry &, const DocumentEntry &) = default;
};

struct SubmissionSet : ObjectMetadata {
    QString sourceId{}; // OID
    base::Timestamp submissionTime{};
    std::vector<Author> authors{};
    clinical::CodedValue contentType{};
    // intendedRecipient: organisation|person|telecom, any of them empty
    struct Recipient {
        XdsOrganization organization{};
        XdsPerson person{};
        XdsTelecom telecom{};
        friend bool operator==(const Recipient &, const Recipient &) = default;
    };
    std::vector<Recipient> intendedRecipients{};
    friend bool operator==(const SubmissionSet &, const SubmissionSet &) = default;
};

struct Folder : ObjectMetadata {
    std::vector<clinical::CodedValue> codes{};
    base::Timestamp lastUpdateTime{};
    friend bool operator==(const Folder &, const Folder &) = default;
};

struct Association {
    enum class Type {
        Unknown,
        HasMember,
        Replace,
        Append,
        Transform,
        TransformReplace,
        Signs,
        IsSnapshotOf,
        UpdateAvailability
    };
    QString entryUuid{};
    QString homeCommunityId{};
    Type type = Type::Unknown;
    QString typeText{}; // as received
    QString source{}; // entryUUID
    QString target{};
    bool original = true; // SubmissionSetStatus of a HasMember to a DocumentEntry; false: by reference
    QString previousVersion{};
    Availability availability = Availability::Unknown;
    clinical::CodedValue documentation{}; // associationDocumentation
    QMap<QString, QStringList> extraSlots{};
    friend bool operator==(const Association &, const Association &) = default;
};

// What a submission carries or a query returns.
struct RegistryContent {
    std::vector<DocumentEntry> documents{};
    std::vector<SubmissionSet> submissionSets{};
    std::vector<Folder> folders{};
    std::vector<Association> associations{};
    bool isEmpty() const
    {
        return documents.empty() && submissionSets.empty() && folders.empty() && associations.empty();
    }
    const DocumentEntry *documentByUniqueId(const QString &uniqueId) const;
    const DocumentEntry *documentByUuid(const QString &entryUuid) const;
    friend bool operator==(const RegistryContent &, const RegistryContent &) = default;
};

QString availabilityUrn(Availability availability); // "urn:oasis:names:tc:ebxml-regrep:StatusType:Approved"
Availability availabilityFromUrn(const QString &urn);
QString associationUrn(Association::Type type); // "urn:ihe:iti:2007:AssociationType:RPLC"
Association::Type associationFromUrn(const QString &urn);

// UTC, digits only, the same precision as `time` (XDS DTM; TF-3 table 4.2.3.1.7-2).
QString toXdsTime(const base::Timestamp &time);
// Lenient: quotes and zone suffixes are accepted; a null Timestamp when it is not a time. Digits without zone
// are UTC.
base::Timestamp fromXdsTime(const QString &text);
// Without "urn:oid:".
QString bareOid(const QString &text);

} // namespace naru::ihe
