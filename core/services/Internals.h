// What the services of one profile share. Of this room only.
#pragma once

#include "core/audit/EventBuilder.h"
#include "core/ihe/Caller.h"
#include "core/ihe/site/SiteProfile.h"
#include "core/jobs/JobQueue.h"
#include "core/security/Vault.h"
#include "core/services/Directory.h"
#include "core/services/Profile.h"
#include "core/services/RetryTimes.h"
#include "core/services/Types.h"
#include "core/storage/stores/Stores.h"

#include <QHash>
#include <atomic>
#include <list>
#include <map>
#include <mutex>

namespace naru::services {

class AuditBridge;
class BackgroundWork;
class TermDesk;

// Facts of an outbox item that are shown in lists; sealed with it, and kept here once opened because they
// never change once the item is no longer pending.
// What is registered of one manifest; its bytes are a document of the item.
struct ManifestFacts {
    QString documentId{}; // SOP instance UID of the manifest
    QString studyUid{}, accession{}, title{};
    QString modalities{}; // "CT, SR"
    QString bodyPart{};
    base::Timestamp created{}, studyTime{};
    friend bool operator==(const ManifestFacts &, const ManifestFacts &) = default;
};

struct OutboxFacts {
    QString kind{}, title{}, recipientName{}, recipientOid{}, documentId{}, sha256{}, sourceId{}, replaces{};
    clinical::Form form = clinical::Form::Unknown;
    clinical::Identifier exchangeId{};
    QDateTime heldUntil{};
    QByteArray document{}; // JSON of clinical::Document, so that a recalled item becomes a draft again; not
                           // in the cache
    bool recallable = false; // `document` makes a draft again
    bool pending =
        false; // sealed while the exchange did not know the patient: metadata is frozen once it does
    QString replacesUuid{}; // of a pending item
    QString entryUuid{}; // of the registered entry that a cancellation is about
    base::Timestamp sealedAt{}; // submission time of a pending item
    bool withDocument = true; // false: manifests alone; `document` then says whose and from whom
    std::vector<ManifestFacts> manifests{};
};

struct Profile::Internals {
    OpenOptions options{};
    base::ClockPtr clock{};
    std::unique_ptr<security::Vault> vault{};
    std::shared_ptr<const security::Sealer> sealer{};
    storage::Stores stores{};
    ihe::SiteProfile site{};
    Directory directory{};
    std::shared_ptr<const TermDesk> terms{};
    security::User user{};
    int failedSignIns = 0; // of this user since the last time; the trail was sealed while they happened
    mutable std::mutex userMutex{};
    std::atomic<bool> locked{false};
    std::atomic<bool> online{true};
    std::atomic<qint64> lastContactMs{0};

    std::unique_ptr<AuditBridge> auditBridge{};
    std::unique_ptr<ihe::Caller> caller{};

    // Shared with the tokens that Profile::listen() gives out: they may outlive the profile.
    struct Listeners {
        std::mutex mutex{};
        std::map<int, Profile::Listener> byId{};
        int next = 1;
    };
    std::shared_ptr<Listeners> listeners = std::make_shared<Listeners>();

    // Of `site`, only the clinic changes after opening (settings page): everybody reads it through clinic().
    mutable std::mutex siteMutex{};
    RetryTimes retryTimes{};

    mutable std::mutex factsMutex{};
    QHash<OutboxId, OutboxFacts> facts{};

    std::unique_ptr<PatientService> patients{};
    std::unique_ptr<ConsentService> consents{};
    std::unique_ptr<ComposeService> compose{};
    std::unique_ptr<OutboxService> outbox{};
    std::unique_ptr<RecordService> records{};
    std::unique_ptr<AuditService> audit{};
    std::unique_ptr<SiteService> siteService{};
    std::unique_ptr<TermService> termService{};
    std::unique_ptr<AccountService> accounts{};
    std::unique_ptr<SettingsService> settings{};
    std::unique_ptr<ImageService> images{};
    std::unique_ptr<PacsService> pacs{};
    std::unique_ptr<ImageSharing> sharing{};
    std::unique_ptr<BackgroundWork> background{}; // last: stops first

    Internals();
    ~Internals();

    QString userName() const;
    ihe::SiteClinic clinic() const;
    audit::EventBuilder events() const; // for the current user
    void record(
        const audit::AuditEvent &event); // a lost audit row is reported on standard error, never silent
    void changed(Change what);
    base::Timestamp nowLocal() const; // Korean time, second precision
    QDate today() const;
    base::Result<PatientRow> patientRow(const PatientKey &key) const;
    base::Result<clinical::Patient> patient(const PatientKey &key) const;
    PatientRow rowOf(const storage::PatientRecord &record) const;
    base::Result<OutboxFacts> outboxFacts(const OutboxId &id);
};

// While alive, transactions of this thread are audited as concerning this patient (pseudonymous key).
class AuditSubject {
public:
    explicit AuditSubject(const QString &patientKey);
    ~AuditSubject();
    AuditSubject(const AuditSubject &) = delete;
    AuditSubject &operator=(const AuditSubject &) = delete;
    static const QString &current();

private:
    QString m_before{};
};

} // namespace naru::services
