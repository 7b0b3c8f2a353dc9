#include "core/services/OutboxWorker.h"

#include "core/cda/read/CdaReader.h"
#include "core/ihe/iti18/Iti18.h"
#include "core/ihe/iti57/Iti57.h"
#include "core/services/ConsentMapping.h"
#include "core/services/DocumentRows.h"
#include "core/services/Errors.h"
#include "core/services/FactsJson.h"
#include "core/services/Sending.h"
#include "core/services/images/UploadImages.h"
#include "core/storage/Errors.h"
#include "core/storage/json/ClinicalJson.h"

#include <QRandomGenerator>

#include <algorithm>
#include <cstdio>

namespace naru::services {

namespace {
// What a refusal is called in lists: the peer's own first code, so that help can be looked up by it.
QString refusalCode(const ihe::Delivery &delivery)
{
    if (delivery.response.refusedForConsent()) // XDSRegistryError would tell nobody what to do
        return QLatin1String(errors::NoConsent.id);
    const QString codes = delivery.response.codes();
    return codes.isEmpty() ? QLatin1String(errors::Refused.id) : codes.section(QLatin1String(", "), 0, 0);
}

QString errorCode(const ihe::Delivery &delivery)
{
    return delivery.error ? QString::fromLatin1(delivery.error->code.id) : refusalCode(delivery);
}
} // namespace

base::Result<OutboxService::RunReport> OutboxWorker::run(bool skipHold)
{
    auto lease = storage::OutboxLease::acquire(*m.stores.database);
    if (!lease)
        return base::Error(errors::WorkerBusy).because(lease.error());
    NARU_ASSIGN([[maybe_unused]] const int cutOff, m.stores.outbox->recoverSending());
    NARU_TRY(releaseHeld(skipHold));
    NARU_TRY(resolveUnknown(skipHold));
    NARU_TRY(sendDue());
    NARU_TRY(storeImages(skipHold));
    NARU_TRY(sendDue());
    NARU_ASSIGN(const auto items, m.stores.outbox->list());
    for (const storage::OutboxItem &item : items) {
        m_report.waiting +=
            item.state == storage::OutboxState::Queued || item.state == storage::OutboxState::Held ? 1 : 0;
        m_report.unknown += item.state == storage::OutboxState::Unknown ? 1 : 0;
    }
    return m_report;
}

// An endpoint that does not take connections is not asked again for every item of a long queue.
base::Status OutboxWorker::sendDue()
{
    while (!m_work.stopRequested() && !m_endpointDown) {
        NARU_ASSIGN(const auto item, m.stores.outbox->claimNext());
        if (!item)
            break;
        m.changed(Change::Outbox);
        m_work.report("send", m_report.done);
        if (const base::Status sent = sendOne(*item); !sent && !onlyThisItem(sent, *item))
            return sent;
        m.changed(Change::Outbox);
    }
    return {};
}

base::Status OutboxWorker::storeImages(bool hurry)
{
    NARU_ASSIGN(const auto items, m.stores.outbox->imagesDue());
    for (const storage::OutboxItem &item : items) {
        if (m_work.stopRequested())
            break;
        if (!hurry && !m.retryTimes.due(QStringLiteral("images.") + item.id, m.clock->nowUtc()))
            continue;
        if (const base::Status done = storeImagesOf(item); !done && !onlyThisItem(done, item))
            return done;
        m.changed(Change::Outbox);
    }
    return {};
}

// The archive must have every image before the document that names them leaves. Nothing of the item itself
// has left meanwhile: it stays queued, and a break costs one batch at most.
base::Status OutboxWorker::storeImagesOf(const storage::OutboxItem &item)
{
    NARU_ASSIGN(const storage::FrozenSubmission stored, m.stores.outbox->submission(item.id));
    NARU_ASSIGN(OutboxFacts facts, m.outboxFacts(item.id));
    if (const base::Status allowed = mayStillLeave(item, stored); !allowed)
        return refuse(item, stored, facts, QLatin1String(allowed.error().code.id));
    facts.document = factsFromJson(stored.facts).document; // says under which exception they may go
    NARU_ASSIGN(const UploadImages::Outcome outcome,
        UploadImages(m, item, facts, m_work).run([this]() -> base::Status { return sendDue(); }));
    const QString wait = QStringLiteral("images.") + item.id;
    if (!outcome.error) {
        m.retryTimes.succeeded(wait);
        return {};
    }
    const QString code = QLatin1String(outcome.error->code.id);
    if (outcome.refused)
        return refuse(item, stored, facts, code);
    if (m_work.stopRequested())
        return {};
    m.retryTimes.failed(wait, m.clock->nowUtc());
    return m.stores.outbox->postpone(item, code, m.clock->nowUtc().addSecs(2));
}

base::Status OutboxWorker::refuse(const storage::OutboxItem &item, const storage::FrozenSubmission &stored,
    const OutboxFacts &facts, const QString &code)
{
    NARU_TRY(m.stores.outbox->refuse(
        item, code, exportEvent(item, stored, facts, audit::Outcome::SeriousFailure, code)));
    ++m_report.rejected;
    return {};
}

base::Status OutboxWorker::releaseHeld(bool skipHold)
{
    NARU_ASSIGN(const auto held, m.stores.outbox->inState(storage::OutboxState::Held));
    for (const storage::OutboxItem &item : held) {
        if (const base::Status released = releaseOne(item, skipHold);
            !released && !onlyThisItem(released, item))
            return released;
    }
    return {};
}

// One damaged item may not stop the others; a full or broken database stops everything.
bool OutboxWorker::onlyThisItem(const base::Status &status, const storage::OutboxItem &item)
{
    const base::Error &error = status.error();
    if (error.has(storage::errors::Full) || error.has(storage::errors::OpenFailed)
        || error.has(storage::errors::Busy) || error.has(storage::errors::Failed))
        return false;
    std::fprintf(stderr, "outbox: item %s: %s\n", qUtf8Printable(item.id),
        qUtf8Printable(QLatin1String(error.code.id)));
    return true;
}

base::Status OutboxWorker::releaseOne(const storage::OutboxItem &item, bool skipHold)
{
    NARU_ASSIGN(const OutboxFacts facts, m.outboxFacts(item.id));
    if (facts.pending)
        NARU_TRY(identify(item, skipHold));
    NARU_ASSIGN(const OutboxFacts now, m.outboxFacts(item.id));
    // A clock set back since holds nothing: the recall time would last for as long as it was wrong.
    const QDateTime moment = m.clock->nowUtc();
    const bool recallTime = now.heldUntil.isValid() && now.heldUntil > moment && item.created <= moment;
    if (now.pending || (!skipHold && recallTime))
        return {};
    const base::Status released = m.stores.outbox->release(item.id);
    return !released && released.error().is(storage::errors::WrongState) ? base::Status()
                                                                         : released; // recalled meanwhile
}

// The patient first, then the metadata is frozen; no byte of the document has left before.
base::Status OutboxWorker::identify(const storage::OutboxItem &item, bool skipHold)
{
    const QString wait = QStringLiteral("identify.") + item.patientKey;
    if (!skipHold && !m.retryTimes.due(wait, m.clock->nowUtc()))
        return {};
    const auto exchangeId = exchangeIdOf(m, item.patientKey, m_work);
    if (!exchangeId) {
        m.retryTimes.failed(wait, m.clock->nowUtc());
        return {}; // stays held, its row says why
    }
    m.retryTimes.succeeded(wait);
    NARU_ASSIGN(const storage::FrozenSubmission pending, m.stores.outbox->submission(item.id));
    NARU_ASSIGN(const storage::FrozenSubmission complete, completePending(m.site, pending, *exchangeId));
    NARU_TRY(m.stores.outbox->complete(item.id, complete,
        m.events().act(QStringLiteral("document.queue"), item.patientKey, item.documentUniqueId)));
    const std::lock_guard lock(m.factsMutex);
    m.facts.remove(item.id);
    return {};
}

// A patient who withdrew after the document was sealed (perhaps during days without network) decides what
// leaves now.
base::Status OutboxWorker::mayStillLeave(
    const storage::OutboxItem &item, const storage::FrozenSubmission &stored)
{
    if (item.kind == storage::OutboxKind::Consent || item.kind == storage::OutboxKind::Withdrawal
        || stored.documents.empty())
        return {};
    const OutboxFacts facts = factsFromJson(stored.facts);
    if (!facts.document.isEmpty()) { // knows an emergency exception, which CDA tells in words only
        NARU_ASSIGN(
            const clinical::Document document, storage::fromJsonText<clinical::Document>(facts.document));
        return mayLeave(m, item.patientKey, document);
    }
    NARU_ASSIGN(const clinical::ReadDocument read, cda::readDocument(stored.documents.front().bytes));
    return mayLeave(m, item.patientKey, read.document);
}

QDateTime OutboxWorker::nextAttempt(int attempts) const
{
    // Full jitter between one second and the site's limit.
    const qint64 ceiling =
        std::min<qint64>(qint64(m.site.outbox.retryMaxMinutes) * 60'000, 1000LL << std::min(attempts, 20));
    return m.clock->nowUtc().addMSecs(
        1000 + qint64(QRandomGenerator::global()->bounded(double(std::max<qint64>(ceiling, 1)))));
}

audit::AuditEvent OutboxWorker::exportEvent(const storage::OutboxItem &item,
    const storage::FrozenSubmission &stored, const OutboxFacts &facts, audit::Outcome outcome,
    const QString &code) const
{
    audit::SubmissionFacts submission;
    submission.submissionSetUniqueId = stored.submissionSetUniqueId;
    for (const storage::FrozenDocument &document : stored.documents)
        submission.documentUniqueIds.append(document.documentUniqueId);
    submission.repositoryUniqueId = stored.repository;
    const auto destination = destinationOf(m.site, item.kind, stored.repository);
    const audit::Peer peer{destination ? destination->url : QString(), {}};
    if (item.kind == storage::OutboxKind::Deprecate) {
        submission.documentUniqueIds.append(facts.documentId);
        return m.events().documentsUpdated(
            submission, item.patientKey, facts.exchangeId.toCx(), peer, outcome, code);
    }
    return m.events().documentsExported(
        submission, item.patientKey, facts.exchangeId.toCx(), peer, outcome, code);
}

ihe::Delivery OutboxWorker::deliver(const storage::OutboxItem &item, const storage::FrozenSubmission &stored,
    const ihe::FrozenSubmission &frozen) const
{
    if (item.kind == storage::OutboxKind::Deprecate)
        return ihe::deliverUpdate(*m.caller, m.site.registry, frozen, m_work);
    return ihe::deliver(*m.caller, *m.site.repository(stored.repository), frozen, m_work);
}

base::Status OutboxWorker::sendOne(const storage::OutboxItem &item)
{
    NARU_ASSIGN(const storage::FrozenSubmission stored, m.stores.outbox->submission(item.id));
    NARU_ASSIGN(const OutboxFacts facts, m.outboxFacts(item.id));
    const ihe::FrozenSubmission frozen = fromOutbox(stored);
    if (!destinationOf(m.site, item.kind, stored.repository))
        return m.stores.outbox->notSent(
            item, QLatin1String(errors::NoRepository.id), nextAttempt(item.attempts));
    if (frozen.sha256Hex()
        != QString::fromLatin1(stored.bodySha256.toHex())) // never send what was not sealed
        return finishRejected(item, facts, QLatin1String(errors::ContentMismatch.id));
    if (const base::Status allowed = mayStillLeave(item, stored); !allowed)
        return finishRejected(item, facts, QLatin1String(allowed.error().code.id));

    const ihe::Delivery delivery = deliver(item, stored, frozen);
    switch (delivery.state) {
    case ihe::Delivery::State::Accepted:
        return finishDone(item, stored, facts);
    case ihe::Delivery::State::DefiniteNotSent:
        m_endpointDown =
            delivery.error && QLatin1String(delivery.error->code.id).startsWith(QLatin1String("net."));
        return later(item, stored, facts, errorCode(delivery));
    case ihe::Delivery::State::Rejected:
        if (delivery.retryLater)
            return later(item, stored, facts, errorCode(delivery));
        return finishRejected(item, facts, refusalCode(delivery));
    case ihe::Delivery::State::Unknown:
        break;
    }
    NARU_TRY(m.stores.outbox->unknown(item, errorCode(delivery),
        exportEvent(item, stored, facts, audit::Outcome::SeriousFailure, errorCode(delivery))));
    NARU_ASSIGN(const storage::OutboxItem unknown, m.stores.outbox->get(item.id));
    return resolve(unknown); // the registry often answers at once
}

base::Status OutboxWorker::later(const storage::OutboxItem &item, const storage::FrozenSubmission &stored,
    const OutboxFacts &facts, const QString &code)
{
    return m.stores.database->inTransaction([&]() -> base::Status {
        NARU_TRY(
            m.stores.audit->append(exportEvent(item, stored, facts, audit::Outcome::MinorFailure, code)));
        return m.stores.outbox->notSent(item, code, nextAttempt(item.attempts));
    });
}

base::Status OutboxWorker::finishDone(
    const storage::OutboxItem &item, const storage::FrozenSubmission &stored, const OutboxFacts &facts)
{
    // The stored copy comes first: written twice it replaces itself, while a done item without a copy would
    // be a gap.
    for (const storage::FrozenDocument &document : stored.documents)
        NARU_TRY(storeSent(m, item, document, facts, stored.repository));
    const base::Status done = m.stores.database->inTransaction([&]() -> base::Status {
        NARU_TRY(m.stores.outbox->done(item, exportEvent(item, stored, facts, audit::Outcome::Success, {})));
        if (!facts.replaces.isEmpty())
            NARU_TRY(markDeprecated(m, facts.replaces));
        if (item.kind == storage::OutboxKind::Deprecate)
            NARU_TRY(markDeprecated(m, facts.documentId));
        return settleConsent(m, item, storage::ConsentRecord::State::Registered);
    });
    NARU_TRY(done);
    ++m_report.done;
    m.changed(Change::Documents);
    m.changed(Change::Consents);
    return {};
}

base::Status OutboxWorker::finishRejected(
    const storage::OutboxItem &item, const OutboxFacts &facts, const QString &code)
{
    NARU_ASSIGN(const storage::FrozenSubmission stored, m.stores.outbox->submission(item.id));
    const base::Status rejected = m.stores.database->inTransaction([&]() -> base::Status {
        NARU_TRY(m.stores.outbox->rejected(
            item, code, exportEvent(item, stored, facts, audit::Outcome::SeriousFailure, code)));
        return settleConsent(m, item, storage::ConsentRecord::State::Refused);
    });
    NARU_TRY(rejected);
    ++m_report.rejected;
    m.changed(Change::Consents);
    return {};
}

base::Status OutboxWorker::resolveUnknown(bool skipHold)
{
    NARU_ASSIGN(const auto items, m.stores.outbox->inState(storage::OutboxState::Unknown));
    for (const storage::OutboxItem &item : items) {
        if (m_work.stopRequested())
            break;
        const int apart = verifyGap();
        const bool tooSoon = item.absentChecks > 0 && item.lastAbsent.isValid()
            && item.lastAbsent.secsTo(m.clock->nowUtc()) < apart && item.lastAbsent <= m.clock->nowUtc();
        if (!skipHold
            && (tooSoon || !m.retryTimes.due(QStringLiteral("verify.") + item.id, m.clock->nowUtc())))
            continue;
        const base::Status resolved = resolve(item);
        if (!resolved)
            m.retryTimes.failed(QStringLiteral("verify.") + item.id, m.clock->nowUtc()); // not every second
        if (!resolved && !onlyThisItem(resolved, item))
            return resolved;
    }
    return {};
}

// Absent twice counts only when the slowest server must have finished in between; a site that sets 0 wants no
// waiting.
int OutboxWorker::verifyGap() const
{
    const int gap = m.site.outbox.verifyGapSeconds;
    const ihe::RepositoryEndpoint *repository = m.site.submitRepository();
    return gap > 0 && repository ? std::max(gap, repository->timeoutSeconds) : gap;
}

// What goes again waits longer each time: an endpoint that loses everything is not sent it every minute.
base::Status OutboxWorker::absent(const storage::OutboxItem &item)
{
    NARU_ASSIGN([[maybe_unused]] const bool again,
        m.stores.outbox->absent(item, verifyGap(), nextAttempt(item.attempts)));
    return {};
}

base::Status OutboxWorker::resolve(const storage::OutboxItem &item)
{
    NARU_ASSIGN(const storage::FrozenSubmission stored, m.stores.outbox->submission(item.id));
    NARU_ASSIGN(const OutboxFacts facts, m.outboxFacts(item.id));
    const AuditSubject subject(item.patientKey);
    if (item.kind == storage::OutboxKind::Deprecate)
        return resolveDeprecation(item, stored, facts);
    const auto bySet = m.caller->run<ihe::Iti18>(m.site.registry,
        ihe::getSubmissionSetAndContents(stored.submissionSetUniqueId, ihe::IdKind::UniqueId), m_work);
    auto answer = bySet;
    if (bySet && !bySet->uncertain && bySet->content.documents.empty())
        answer = m.caller->run<ihe::Iti18>(
            m.site.registry, ihe::getDocuments({item.documentUniqueId}, ihe::IdKind::UniqueId), m_work);
    const QString wait = QStringLiteral("verify.") + item.id;
    if (!answer || answer->uncertain) {
        m.retryTimes.failed(wait, m.clock->nowUtc());
        return {}; // still unknown; asked again later
    }
    m.retryTimes.succeeded(wait);
    const ihe::DocumentEntry *entry = answer->content.documentByUniqueId(item.documentUniqueId);
    if (!entry)
        return absent(item);
    // Somebody else's bytes, or another person, under our id: a person has to look.
    for (const storage::FrozenDocument &document : stored.documents) {
        const ihe::DocumentEntry *one = answer->content.documentByUniqueId(document.documentUniqueId);
        if (!one) // a submission is registered whole or not at all; its manifests came with its document
            continue;
        const bool sameBytes = one->hash.isEmpty() || one->hash.toLower() == document.sha1.toLower();
        const bool samePatient = one->patientId.isEmpty() || one->patientId == facts.exchangeId;
        if (!sameBytes || !samePatient)
            return finishRejected(item, facts, QLatin1String(errors::ContentMismatch.id));
    }
    return finishDone(item, stored, facts);
}

// What counts is the entry's present status, whoever set it.
base::Status OutboxWorker::resolveDeprecation(
    const storage::OutboxItem &item, const storage::FrozenSubmission &stored, const OutboxFacts &facts)
{
    const auto answer = m.caller->run<ihe::Iti18>(
        m.site.registry, ihe::getDocuments({facts.entryUuid}, ihe::IdKind::EntryUuid), m_work);
    const QString wait = QStringLiteral("verify.") + item.id;
    if (!answer || answer->uncertain) {
        m.retryTimes.failed(wait, m.clock->nowUtc());
        return {}; // still unknown; asked again later
    }
    m.retryTimes.succeeded(wait);
    const ihe::DocumentEntry *entry = answer->content.documentByUuid(facts.entryUuid);
    if (entry && entry->availability == ihe::Availability::Deprecated)
        return finishDone(item, stored, facts);
    return absent(item);
}

} // namespace naru::services
