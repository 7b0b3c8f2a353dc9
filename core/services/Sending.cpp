#include "core/services/Sending.h"

#include "core/base/Digest.h"
#include "core/cda/write/CdaWriter.h"
#include "core/services/Errors.h"
#include "core/services/FactsJson.h"
#include "core/services/PatientService.h"
#include "core/storage/json/ClinicalJson.h"

namespace naru::services {

base::Result<clinical::Identifier> exchangeIdOf(
    Profile::Internals &in, const PatientKey &key, const base::WorkContext &work)
{
    NARU_ASSIGN(const clinical::Patient patient, in.patient(key));
    if (!patient.exchangeId.isEmpty() && patient.exchangeId.root == in.site.patientIdAuthority)
        return patient.exchangeId;
    auto asked = in.patients->identify(key, work);
    if (!asked)
        return base::Error(errors::NotIdentified).because(asked.error());
    return asked;
}

base::Result<clinical::Identifier> exchangeIdIfReachable(Profile::Internals &in, const PatientKey &patient)
{
    auto id = exchangeIdOf(in, patient, {});
    // Whatever the index says or does not say now, the document is not lost: it waits for the patient to be
    // identified.
    if (!id && id.error().is(errors::NotIdentified))
        return clinical::Identifier{};
    return id;
}

base::Result<OutboxId> queue(
    Profile::Internals &in, const SendRequest &request, const clinical::Identifier &exchangeId)
{
    SubmissionPlan plan;
    plan.document = request.document;
    plan.bytes = request.bytes;
    plan.withDocument = request.withDocument;
    plan.manifests = request.manifests;
    const bool pending = exchangeId.isEmpty();
    // A stand-in lets the metadata be checked and the ids be drawn now; pendingForOutbox() drops the request
    // made with it.
    plan.exchangeId =
        pending ? clinical::Identifier{in.site.patientIdAuthority, QStringLiteral("PENDING")} : exchangeId;
    plan.replacesUuid = request.replacesUuid;
    plan.submitted = base::Timestamp::fromDateTime(in.clock->nowUtc());
    NARU_ASSIGN(const ihe::FrozenSubmission frozen, freeze(in.site, plan));

    OutboxFacts facts;
    facts.kind = storage::outboxKindKey(request.kind);
    facts.form = request.document.form;
    facts.title = request.document.title.isEmpty() ? clinical::formTitleKo(request.document.form)
                                                   : request.document.title;
    if (!request.document.recipients.empty()) {
        facts.recipientName = request.document.recipients.front().institution.name;
        facts.recipientOid = request.document.recipients.front().institution.oid;
    }
    facts.documentId = request.document.id.root;
    facts.sha256 = base::sha256Hex(request.bytes);
    facts.replaces = request.replacesId;
    if (request.hold)
        facts.heldUntil = in.clock->nowUtc().addSecs(in.site.outbox.holdSeconds);
    facts.recallable = request.keepDocumentForRecall;
    facts.withDocument = request.withDocument;
    for (const SubmissionPlan::Manifest &manifest : request.manifests)
        facts.manifests.push_back(manifest.facts);
    // Of images alone it is what says whether they may leave; of an exception, why they may.
    const bool exception = request.document.exception.which != clinical::EmergencyException::Case::None;
    if (facts.recallable || pending || !request.withDocument || exception)
        facts.document = storage::toJsonText(request.document);
    facts.replacesUuid = request.replacesUuid;
    facts.sealedAt = plan.submitted;
    NARU_ASSIGN(storage::FrozenSubmission stored, forOutbox(in.site, frozen, facts));
    if (pending)
        stored = pendingForOutbox(stored);

    storage::NewOutboxItem item;
    item.kind = request.kind;
    item.patientKey = request.patient;
    item.held = request.hold || pending;
    item.dependsOn = request.dependsOn;
    item.uniqueKey = request.document.id.root;
    item.submission = stored;
    item.images = request.images;
    OutboxId id;
    const base::Status committed = in.stores.database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(id,
            in.stores.outbox->enqueue(
                item, in.events().act(QStringLiteral("document.queue"), request.patient, facts.documentId)));
        if (!request.draft.isEmpty())
            NARU_TRY(in.stores.drafts->discard(request.draft));
        return {};
    });
    NARU_TRY(committed);
    in.changed(Change::Outbox);
    return id;
}

QString pendingConsentItem(Profile::Internals &in, const PatientKey &patient)
{
    const auto records = in.stores.consents->byPatient(patient);
    if (!records)
        return {};
    for (const storage::ConsentRecord &record : *records) { // newest first
        if (record.outboxId.isEmpty() || record.state != storage::ConsentRecord::State::Queued)
            continue;
        const auto item = in.stores.outbox->get(record.outboxId);
        if (item && item->state != storage::OutboxState::Done
            && item->state != storage::OutboxState::Recalled)
            return record.outboxId;
    }
    return {};
}

cda::WriteProfile writeProfile(const ihe::SiteProfile &site)
{
    cda::WriteProfile profile = cda::WriteProfile::standard();
    for (auto it = site.codes.forms.cbegin(); it != site.codes.forms.cend(); ++it)
        profile.setDocumentCode(clinical::formFromKey(it.key()), it.value().typeCode);
    return profile;
}

base::Result<clinical::Identifier> newDocumentIdentifier(Profile::Internals &in, clinical::Form form)
{
    const clinical::Institution clinic = in.clinic().institution;
    const QString setting =
        QStringLiteral("requestSerial.") + in.today().toString(QStringLiteral("yyyyMMdd"));
    clinical::Identifier id;
    const base::Status drawn = in.stores.database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(const QString last, in.stores.settings->get(setting, QStringLiteral("0")));
        const int serial = last.toInt() + 1;
        NARU_TRY(in.stores.settings->set(setting, QString::number(serial)));
        NARU_ASSIGN(id.extension, cda::requestNumber(clinic, *in.clock, serial));
        return {};
    });
    NARU_TRY(drawn);
    NARU_ASSIGN(id.root, cda::newDocumentId(form, clinic, *in.clock, base::randomBytes));
    return id;
}

} // namespace naru::services
