// Values that cross the door between services and its users (ui, naructl, the C API). All plain, all
// copyable.
#pragma once

#include "core/base/Result.h"
#include "core/clinical/Document.h"
#include "core/clinical/HandOver.h"
#include "core/clinical/ReadDocument.h"
#include "core/services/TermTypes.h"

#include <QDateTime>
#include <QString>
#include <optional>
#include <vector>

namespace naru::services {

// Opaque local keys (UUID text); never a chart or resident number, so they may stand in arguments and logs.
using PatientKey = QString;
using DraftId = QString;
using OutboxId = QString;

struct PatientRow { // one line of a patient list
    PatientKey key{};
    QString name{};
    clinical::Sex sex = clinical::Sex::Unknown;
    base::Timestamp birthDate{};
    QString chartNumber{};
    bool identified = false; // the exchange knows this patient
    QDateTime updated{};
};

struct FieldDifference { // what a new hand-over would change in the stored patient
    QString field{}; // "phone", "address.basic"
    QString before{};
    QString after{};
};

struct ImportedPatient {
    PatientKey key{};
    bool created = false;
    clinical::HandOver handOver{};
    std::vector<FieldDifference> differences{};
};

// One candidate of the master patient index (PDQ).
struct Candidate {
    clinical::Patient patient{};
    int matchPercent = -1; // as the index reports it, -1 when it does not
};

enum class Light { None, Valid, ExpiringSoon, Expired, Withdrawn, PendingRegistration };

struct ConsentLight {
    clinical::Programme programme = clinical::Programme::Exchange;
    Light light = Light::None;
    base::Timestamp since{};
    base::Timestamp until{};
    QString documentId{};
};

// The words a patient reads before signing; from the site profile.
struct ConsentText {
    clinical::Programme programme = clinical::Programme::Exchange;
    QString title{}, recipient{}, purpose{}, items{}, period{}, refusal{};
    base::Timestamp validUntil{};
    QString version{};
};

struct ConsentAct { // one signing session
    PatientKey patient{};
    std::vector<clinical::Programme> programmes{};
    clinical::ConsentStatement::Signer signer = clinical::ConsentStatement::Signer::Self;
    QString signerName{}, signerPhone{}, signerRelation{}, identityCheck{}, signerReason{};
    bool agreedProvision = false, agreedSensitive = false;
    std::vector<clinical::Department> excludedDepartments{};
    QByteArray signaturePng{};
    QString withdrawalReason{}; // withdraw() only
};

struct DraftRow {
    DraftId id{};
    PatientKey patient{};
    PatientRow who{};
    clinical::Form form = clinical::Form::Unknown;
    QString recipientName{};
    QDateTime updated{};
    QString user{}, host{};
    int missing = 0; // errors that block sending
    bool recovered = false; // left behind by a program that did not close it
};

struct Draft {
    DraftId id{};
    PatientKey patient{};
    clinical::Document document{};
    QDateTime updated{};
    bool sealed = false; // queued or sent: read-only
    // Parts that this writer has known in the draft (DraftMerge.h): saving keeps those that others added and
    // that are not among them. Without a value, as in a draft that open() did not make, nothing is kept.
    std::optional<QStringList> seen{};
};

// The bytes that will be sent, read back by the reader everybody uses.
struct Preview {
    QByteArray bytes{};
    QString sha256{};
    clinical::ReadDocument read{};
    std::vector<clinical::RuleProblem> problems{};
};

enum class OutboxState { Held, Queued, Sending, Unknown, Done, Rejected, Recalled };
QString outboxStateKey(OutboxState state); // "held" "queued" "sending" "unknown" "done" "rejected" "recalled"

struct OutboxAttempt {
    QDateTime when{};
    QString endpoint{};
    QString outcome{}; // "accepted" "not-sent" "unknown" "rejected" "verified"
    QString errorCode{}; // stable code of errors.tsv
    QString detail{}; // English
};

struct OutboxRow {
    OutboxId id{};
    QString kind{}; // "referral" "consent" "withdrawal" "document" "replace" "deprecate" "images"
    OutboxState state = OutboxState::Queued;
    PatientKey patient{};
    PatientRow who{};
    QString title{};
    QString recipientName{};
    QString documentId{};
    QString sha256{};
    int attempts = 0;
    QString lastError{}; // stable code
    QDateTime created{}, updated{}, nextAttempt{}, heldUntil{};
    int images = 0, imagesStored = 0; // that go before it; those the archive has acknowledged
    qint64 imageBytes = 0;
    bool answered = false; // a return letter to it has arrived
    QString answeredBy{}; // its document id
};

// Search of other institutions: what was found, and for each source why it may not be all.
struct DocumentRow {
    QString id{}; // DocumentEntry.uniqueId
    clinical::Form form = clinical::Form::Unknown;
    clinical::CodedValue type{};
    QString title{};
    base::Timestamp created{};
    QString author{};
    QString institution{};
    QString institutionOid{};
    QString repositoryId{};
    QString repositoryName{};
    QString status{}; // "approved" "deprecated"
    QString mime{};
    qint64 size = -1;
    QString hash{}; // SHA-1 hex as registered
    bool local = false; // its bytes are stored here
    bool seen = false;
    bool sentByUs = false;
    QString replaces{}; // document id
    QString problem{}; // stable code when the stored copy cannot be read
    QString answersOutboxItem{}; // OutboxId when it answers a referral of ours
    PatientKey patient{}; // whose chart here; empty for a row that is known from the exchange only
    // A manifest of images (XDS-I.b): nothing to read, but a study to fetch. Its study may be empty until it
    // is retrieved.
    bool manifest = false;
    QString studyUid{}, accession{}, modalities{}; // "CT, SR"
    QString homeCommunityId{}; // of the entry; may be empty
};

enum class SourceOutcome { Found, Nothing, NoConsent, NotParticipating, Failed, NotAsked };
struct SourceResult { // one line of the table of sources
    QString key{}; // repository id, "registry", or institution OID
    QString name{};
    SourceOutcome outcome = SourceOutcome::NotAsked;
    int count = 0;
    base::Error error{}; // Failed
    qint64 milliseconds = 0;
};

struct SearchRequest {
    PatientKey patient{};
    QStringList typeCodes{}; // empty: all
    base::Timestamp from{}, to{};
    QString author{};
    QStringList institutionOids{};
    bool includeDeprecated = false;
    QString emergencyReason{}; // access without consent, audited
};

struct SearchResult {
    std::vector<DocumentRow> documents{};
    std::vector<SourceResult> sources{};
    QDateTime asked{};
    bool offline = false; // nothing could be asked; documents are the local ones
};

struct Stored { // a document whose bytes are here
    DocumentRow row{};
    QByteArray bytes{};
    QString sha1{};
    QString sha256{};
    bool hashMatches = true, sizeMatches = true; // against the registry's metadata
};

struct ProbeStep {
    QString key{}; // "form" "dns" "tcp" "tls" "serverCertificate" "clientCertificate" "http" "soap"
                   // "application" "clock"
    enum class State { NotDone, Ok, Failed } state = State::NotDone;
    QString detail{}; // what was seen, English, no secrets
    base::Error error{};
    qint64 milliseconds = 0;
};

struct ProbeResult {
    QString endpoint{}; // "registry" "repository:<id>" "pix" "pdq" "audit"
    QString title{};
    QString address{};
    std::vector<ProbeStep> steps{};
    bool ok() const
    {
        for (const ProbeStep &step : steps) {
            if (step.state != ProbeStep::State::Ok)
                return false;
        }
        return !steps.empty();
    }
};

struct AuditRow {
    qint64 sequence = 0;
    QDateTime when{};
    QString user{};
    QString workstation{};
    QString event{}; // stable key: "export" "query" "consent.given" ...
    QString outcome{}; // "success" "minor" "serious" "major"
    QString patientKey{};
    QString object{};
    bool delivered = false;
};

struct AuditVerdict {
    qint64 records = 0;
    bool intact = true;
    qint64 firstBad = -1;
    QString reason{};
};

struct HomeCounts { // tiles: always local
    int drafts = 0, waiting = 0, answers = 0, newAnswers = 0, rejected = 0, expiringConsents = 0, overdue = 0;
    QDateTime oldestDraft{}, oldestWaiting{};
};

} // namespace naru::services
