// What has to reach the exchange exactly once. A submission is frozen (bytes and identifiers) and committed
// before the first connection; every retry sends the same bytes and ids. Each change of state is a row of
// tables/outbox_transitions.tsv, checked against the state and attempt the caller saw (compare and set), in
// one transaction with its audit record.
//
//   held -> queued -> sending -> done | rejected | unknown;  sending -> queued (certainly not sent)
//   unknown -> done | rejected | queued (seen to be absent twice);  held, queued, rejected -> recalled;
//   rejected -> queued;  queued -> rejected (its images were refused before anything of it left)
//
// Images of an item are stored in the archive before it may be sent: instances kept elsewhere, named when the
// item is enqueued, acknowledged one by one. An item with images that are not acknowledged is not claimed.
#pragma once

#include "core/audit/AuditEvent.h"
#include "core/security/Sealer.h"
#include "core/storage/Database.h"
#include "core/storage/stores/AuditStore.h"

#include <optional>
#include <vector>

namespace naru::storage {

enum class OutboxKind { Referral, Consent, Withdrawal, Document, Replace, Deprecate, Images };
enum class OutboxState { Held, Queued, Sending, Unknown, Done, Rejected, Recalled };
QString outboxKindKey(
    OutboxKind kind); // "referral" "consent" "withdrawal" "document" "replace" "deprecate" "images"
QString outboxStateKey(OutboxState state); // "held" "queued" "sending" "unknown" "done" "rejected" "recalled"

struct FrozenDocument {
    QString documentUniqueId{};
    QString entryUuid{}; // urn:uuid:
    QString mimeType{};
    QString contentId{}; // MIME part
    QByteArray bytes{};
    QString sha1{}; // 40 lower-case digits
    qint64 size = 0;
    friend bool operator==(const FrozenDocument &, const FrozenDocument &) = default;
};

// Never changed once stored.
struct FrozenSubmission {
    std::vector<FrozenDocument> documents{};
    QByteArray submitObjectsRequest{}; // XML of the request below the SOAP body
    QString boundary{}; // MIME
    QString submissionSetUniqueId{};
    QString submissionSetUuid{};
    QString folderUniqueId{};
    QByteArray bodySha256{}; // 32 bytes over what is sent apart from WS-Addressing MessageID and tokens
    QString repository{}; // site profile key of the endpoint
    QByteArray facts{}; // JSON for display: title, recipient, form ...; sealed as well
    friend bool operator==(const FrozenSubmission &, const FrozenSubmission &) = default;
};

struct OutboxItem {
    QString id{}; // UUID
    OutboxKind kind = OutboxKind::Document;
    QString patientKey{};
    OutboxState state = OutboxState::Held;
    int attempts = 0;
    QString lastError{}; // error code
    QDateTime nextAttempt{}; // UTC; invalid: at once
    QString dependsOn{}; // item that must be done before
    int absentChecks = 0; // times the registry said it does not have it, in a row
    QDateTime lastAbsent{};
    QString documentUniqueId{}; // of the first document
    QString submissionSetUniqueId{};
    QString sha1{}; // of the first document
    qint64 size = 0;
    QDateTime created{}, updated{};
    friend bool operator==(const OutboxItem &, const OutboxItem &) = default;
};

struct OutboxImage { // an instance that goes before the item
    int number = 0; // order, from 0
    QString instanceKey{}; // of ImageStore
    qint64 bytes = 0;
    friend bool operator==(const OutboxImage &, const OutboxImage &) = default;
};

struct ImageProgress {
    int total = 0, stored = 0; // instances; stored: acknowledged by the archive
    qint64 bytes = 0, storedBytes = 0;
    friend bool operator==(const ImageProgress &, const ImageProgress &) = default;
};

struct NewOutboxItem {
    OutboxKind kind = OutboxKind::Document;
    QString patientKey{};
    bool held = false; // waits for release() (consent missing, second signature)
    QString dependsOn{};
    QString uniqueKey{}; // business key against double registration (institution|patient|date|document|kind);
                         // blinded
    FrozenSubmission submission{};
    std::vector<OutboxImage> images{};
};

struct OutboxAttempt {
    int number = 0;
    QDateTime started{}, ended{}; // ended invalid: never reported back
    QString outcome{}; // transition name, or "verified" (unknown, then found in the registry); empty while
                       // under way
    QString error{};
    friend bool operator==(const OutboxAttempt &, const OutboxAttempt &) = default;
};

// Held by the one process that sends; vanishes with it, however it ends.
class OutboxLease {
public:
    static base::Result<OutboxLease> acquire(const Database &database, int milliseconds = 0); // WorkerBusy
private:
    explicit OutboxLease(security::FileLock lock)
        : m_lock(std::move(lock))
    {
    }
    security::FileLock m_lock{};
};

class OutboxStore {
public:
    OutboxStore(std::shared_ptr<Database> database, std::shared_ptr<const security::Sealer> sealer,
        std::shared_ptr<AuditStore> audit, base::ClockPtr clock = {});

    // Returns the id; durable when it returns. Duplicate when a live item has the same submission set id,
    // first document id or uniqueKey.
    base::Result<QString> enqueue(
        const NewOutboxItem &item, const std::optional<audit::AuditEvent> &event = {});
    // An item held because the exchange did not know the patient yet has documents and ids, but no request.
    // This adds the request, once, while nothing has left: WrongState unless held and without one; Invalid
    // when a document or an id differs.
    base::Status complete(
        const QString &id, const FrozenSubmission &submission, const audit::AuditEvent &event);
    base::Result<OutboxItem> get(const QString &id) const;
    base::Result<FrozenSubmission> submission(const QString &id) const; // SealBroken when it was touched
    base::Result<QList<OutboxItem>> list() const; // oldest first
    base::Result<QList<OutboxItem>> inState(OutboxState state) const;
    base::Result<QList<OutboxAttempt>> attempts(const QString &id) const;
    base::Result<std::optional<QDateTime>>
    nextDue() const; // earliest time at which claimNext may give something

    // By people.
    base::Status release(
        const QString &id, const std::optional<audit::AuditEvent> &event = {}); // held -> queued
    base::Status recall(
        const QString &id, const std::optional<audit::AuditEvent> &event = {}); // before it was sent
    base::Status retry(
        const QString &id, const std::optional<audit::AuditEvent> &event = {}); // rejected -> queued
    base::Status hurry(const QString &id); // queued: nextAttempt = at once

    // By the worker, under the lease.
    // Oldest queued item that is due and whose dependsOn has ended (done, rejected or recalled) -> sending,
    // attempt counted; committed on return, so connect() comes after. Nothing when none is due.
    base::Result<std::optional<OutboxItem>> claimNext();
    base::Result<OutboxItem> claim(const QString &id); // this one, WrongState when it may not be sent now
    // The following take the item as claimed; WrongState when state or attempt changed since.
    base::Status notSent(const OutboxItem &item, const QString &error, const QDateTime &nextAttempt);
    base::Status done(
        const OutboxItem &item, const audit::AuditEvent &event); // also unknown -> done (verified)
    base::Status rejected(const OutboxItem &item, const QString &error, const audit::AuditEvent &event);
    base::Status unknown(
        const OutboxItem &item, const QString &error, const std::optional<audit::AuditEvent> &event = {});
    // The registry does not have it. After two such answers at least `apart` seconds from each other ->
    // queued again (same ids), not before `nextAttempt`; true when that happened.
    base::Result<bool> absent(const OutboxItem &item, int apart = 60, const QDateTime &nextAttempt = {});
    // Items that wait for their images alone, oldest first: queued, due, nothing they depend on under way.
    base::Result<QList<OutboxItem>> imagesDue() const;
    base::Result<std::vector<OutboxImage>> waitingImages(
        const QString &id) const; // not acknowledged, in order
    // Acknowledged; durable with its audit record when it returns.
    base::Status imagesStored(
        const QString &id, const std::vector<int> &numbers, const audit::AuditEvent &event);
    base::Result<ImageProgress> imageProgress(const QString &id) const;
    // An image of this study waits to be stored for an item that is not at its end.
    base::Result<bool> awaitsStudy(const QString &studyKey) const;
    // Queued items whose images could not be stored: later, or not at all.
    base::Status postpone(const OutboxItem &item, const QString &error, const QDateTime &nextAttempt);
    base::Status refuse(const OutboxItem &item, const QString &error, const audit::AuditEvent &event);
    // At start, under the lease: whatever is `sending` was cut off -> unknown. How many.
    base::Result<int> recoverSending();

private:
    struct Change;
    base::Status addImages(const QString &id, const std::vector<OutboxImage> &images);
    base::Status apply(const char *transition, const QString &id, const Change &change,
        const std::optional<audit::AuditEvent> &event);
    base::Result<QList<OutboxItem>> select(const char *sql, const QString &argument) const;
    QDateTime now() const;
    std::shared_ptr<Database> m_database{};
    std::shared_ptr<const security::Sealer> m_sealer{};
    std::shared_ptr<AuditStore> m_audit{};
    base::ClockPtr m_clock{};
};

} // namespace naru::storage
