// The deployment as data: endpoints, code lists, OIDs, consent wording of one exchange
// (resources/sites/<name>/site.json, "schema": 1). Checked on load; the error ihe.Site names the key path
// ("endpoints.repositories[1].url").
#pragma once

#include "core/base/Result.h"
#include "core/clinical/Document.h"
#include "core/net/TlsIdentity.h"

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

namespace naru::ihe {

struct LocalText {
    QString ko{};
    QString en{};
    const QString &of(bool korean) const
    {
        return korean ? (ko.isEmpty() ? en : ko) : (en.isEmpty() ? ko : en);
    }
    friend bool operator==(const LocalText &, const LocalText &) = default;
};

struct Endpoint {
    QString url{};
    LocalText title{};
    int timeoutSeconds = 60;
    bool isConfigured() const { return !url.isEmpty(); }
    friend bool operator==(const Endpoint &, const Endpoint &) = default;
};

struct RepositoryEndpoint : Endpoint {
    QString id{}; // repositoryUniqueId, OID
    int documentsPerRequest = 5; // ITI-43 documents in one request
    bool submit = false; // where our own documents go
    QString submitUrl{}; // ITI-41, where a repository takes it at another address than ITI-43; empty: url
    friend bool operator==(const RepositoryEndpoint &, const RepositoryEndpoint &) = default;
};

// Where images lie. `url` is RAD-69 (empty: it has none); the others are ways in that a source may offer as
// well.
struct ImagingEndpoint : Endpoint {
    QString id{}; // repositoryUniqueId of RAD-69 and Retrieve Location UID of manifests, OID
    QString
        aeTitle{}; // Retrieve AE Title of manifests (PS3.3 C.17.2.1): where C-MOVE finds them; may be empty
    QString dicomweb{}; // base of QIDO-RS and WADO-RS, without a slash at its end; may be empty
    QString wado{}; // WADO-URI (RAD-55); may be empty
    QString stow{}; // base of STOW-RS, where our images go; empty: this source takes none
    QString
        stowSource{}; // query parameter that names the sending institution there ("SourceID"); may be empty
    // Query parameter for why images of a patient without consent may come (ETREAT); empty: none.
    QString stowPurpose{};
    int imagesPerRequest = 16; // of RAD-69
    bool direct = false; // a study without a manifest may be asked for by its UID
    friend bool operator==(const ImagingEndpoint &, const ImagingEndpoint &) = default;
};

struct AuditEndpoint {
    QString host{};
    quint16 port = 6514;
    // JSON "confirmation": "closeNotify" (default) or "ordinaryEnd", for receivers that never send a
    // close_notify (rsyslog with gtls). The latter can be forged on the network; see
    // core/net/SyslogTlsSender.h.
    bool ordinaryEndConfirms = false;
    LocalText title{};
    bool isConfigured() const { return !host.isEmpty(); }
    friend bool operator==(const AuditEndpoint &, const AuditEndpoint &) = default;
};

struct FormCodes {
    clinical::CodedValue classCode{}; // JSON "class"
    clinical::CodedValue typeCode{}; // "type"
    clinical::CodedValue formatCode{}; // "format"
    friend bool operator==(const FormCodes &, const FormCodes &) = default;
};

struct ProgrammeTexts {
    LocalText title{}, recipient{}, purpose{}, items{}, period{},
        refusal{}; // {{until}} in period is for the caller
    friend bool operator==(const ProgrammeTexts &, const ProgrammeTexts &) = default;
};

// What is registered of a manifest (XDS-I.b, IHE RAD TF-3 4.68.4.1.2.3).
struct ManifestCodes : FormCodes {
    bool bodyParts = true; // the body part is an event code beside the modality
    friend bool operator==(const ManifestCodes &, const ManifestCodes &) = default;
};

struct SiteCodes {
    QMap<QString, FormCodes> forms{}; // by clinical::formKey()
    std::optional<ManifestCodes> manifest{}; // none: no images are shared
    QMap<QString, clinical::CodedValue> facilityType{}; // by kind of institution: 의원, 병원, ...
    QString practiceSettingSystem{}; // OID; the codes are the department codes
    QMap<QString, clinical::CodedValue> confidentiality{}; // N R V
    QMap<QString, clinical::CodedValue> submissionContent{}; // referral consent other
    friend bool operator==(const SiteCodes &, const SiteCodes &) = default;
};

struct SiteConsent {
    QString textVersion{};
    int validityMonths = 0; // 0: no limit
    bool partial = false; // consent for some departments or institutions only
    std::vector<clinical::Department> sensitiveDepartments{};
    QMap<QString, ProgrammeTexts> programmes{}; // by clinical::programmeKey()
    friend bool operator==(const SiteConsent &, const SiteConsent &) = default;
};

struct SiteOutbox {
    int holdSeconds = 10;
    int retryMaxMinutes = 15;
    int verifyGapSeconds = 60;
    int unansweredDays = 14;
    friend bool operator==(const SiteOutbox &, const SiteOutbox &) = default;
};

// How manifests are named: <root>.<yyyyMMddHHmmss><digits>.
struct SiteImages {
    QString kosRoot{}; // OID; empty: the clinic's
    bool kosTime = true;
    int kosDigits = 23;
    QString viewerUrl{}; // link in documents, with {kos} and {accession}; may be empty
    friend bool operator==(const SiteImages &, const SiteImages &) = default;
};

struct SiteClinic {
    clinical::Institution
        institution{}; // number, oid, name, phone, kind, address; one department: the clinic's own
    clinical::Department department{};
    clinical::Practitioner doctor{}; // default author
    friend bool operator==(const SiteClinic &, const SiteClinic &) = default;
};

struct SiteProfile {
    QString name{};
    LocalText title{};
    QString homeCommunityId{}; // OID without urn:oid: (may be empty)
    QString patientIdAuthority{}; // OID of the exchange's patient identifiers
    QString policySystem{}; // OID of the consent policies
    QString sourceIdRoot{}; // OID under which our submission sets name their source
    net::TlsIdentity tls{}; // paths made absolute against the file
    Endpoint registry{};
    std::vector<RepositoryEndpoint> repositories{};
    std::vector<ImagingEndpoint> imaging{}; // none: this exchange gives no images
    Endpoint pix{};
    Endpoint pdq{};
    AuditEndpoint audit{};
    QString senderDevice{}, receiverDevice{}; // OIDs, hl7v3
    bool sendResidentNumber = false;
    QString institutionsFile{}; // absolute
    SiteClinic clinic{};
    SiteCodes codes{};
    SiteConsent consent{};
    SiteOutbox outbox{};
    SiteImages images{};
    QString file{}; // where it was read from, absolute; empty when parsed from bytes

    static base::Result<SiteProfile> load(const QString &file);
    // Relative paths are resolved against `directory`.
    static base::Result<SiteProfile> parse(const QByteArray &json, const QString &directory);

    const RepositoryEndpoint *repository(
        const QString &id) const; // by repositoryUniqueId; nullptr when unknown
    const RepositoryEndpoint *submitRepository() const; // the first with submit = true
    const FormCodes *form(clinical::Form form) const;
    const ImagingEndpoint *imagingSource(const QString &id) const; // nullptr when unknown
    const ImagingEndpoint *imageArchive() const; // the first with `stow`; nullptr: our images go nowhere
    // Problems that do not prevent loading, one English line each, starting with the key path (files that are
    // missing).
    QStringList warnings() const;
    friend bool operator==(const SiteProfile &, const SiteProfile &) = default;
};

} // namespace naru::ihe
