#include "core/services/OutboxWorker.h"

#include "core/ihe/iti18/Iti18.h"
#include "core/services/DocumentRows.h"
#include "core/services/Errors.h"

#include <QRandomGenerator>

#include <algorithm>

namespace naru::services {

namespace {
// What a refusal is called in lists: the peer's own first code, so that help can be looked up by it.
QString refusalCode(const ihe::Delivery &delivery)
{
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
    NARU_TRY(resolveUnknown());
    while (!m_work.stopRequested()) {
        NARU_ASSIGN(const auto item, m.stores.outbox->claimNext());
        if (!item)
            break;
        m.changed(Change::Outbox);
        m_work.report("send", m_report.done);
        NARU_TRY(sendOne(*item));
        m.changed(Change::Outbox);
    }
    NARU_ASSIGN(const auto items, m.stores.outbox->list());
    for (const storage::OutboxItem &item : items) {
        m_report.waiting += item.state == storage::OutboxState::Queued || item.state == storage::OutboxState::Held ? 1 : 0;
        m_report.unknown += item.state == storage::OutboxState::Unknown ? 1 : 0;
    }
    return m_report;
}

base::Status OutboxWorker::releaseHeld(bool skipHold)
{
    NARU_ASSIGN(const auto held, m.stores.outbox->inState(storage::OutboxState::Held));
    for (const storage::OutboxItem &item : held) {
        NARU_ASSIGN(const OutboxFacts facts, m.outboxFacts(item.id));
        if (skipHold || !facts.heldUntil.isValid() || facts.heldUntil <= m.clock->nowUtc())
            NARU_TRY(m.stores.outbox->release(item.id));
    }
    return {};
}

QDateTime OutboxWorker::nextAttempt(int attempts) const
{
    // Full jitter between one second and the site's limit.
    const qint64 ceiling = std::min<qint64>(qint64(m.site.outbox.retryMaxMinutes) * 60'000, 1000LL << std::min(attempts, 20));
    return m.clock->nowUtc().addMSecs(1000 + qint64(QRandomGenerator::global()->bounded(double(std::max<qint64>(ceiling, 1)))));
}

audit::AuditEvent OutboxWorker::exportEvent(const storage::OutboxItem &item, const storage::FrozenSubmission &stored, const OutboxFacts &facts,
    audit::Outcome outcome, const QString &code) const
{
    audit::SubmissionFacts submission;
    submission.submissionSetUniqueId = stored.submissionSetUniqueId;
    for (const storage::FrozenDocument &document : stored.documents)
        submission.documentUniqueIds.append(document.documentUniqueId);
    submission.repositoryUniqueId = stored.repository;
    const ihe::RepositoryEndpoint *repository = m.site.repository(stored.repository);
    return m.events().documentsExported(submission, item.patientKey, facts.exchangeId.toCx(), {repository ? repository->url : QString(), {}}, outcome, code);
}

base::Status OutboxWorker::sendOne(const storage::OutboxItem &item)
{
    NARU_ASSIGN(const storage::FrozenSubmission stored, m.stores.outbox->submission(item.id));
    NARU_ASSIGN(const OutboxFacts facts, m.outboxFacts(item.id));
    const ihe::FrozenSubmission frozen = fromOutbox(stored);
    const ihe::RepositoryEndpoint *repository = m.site.repository(stored.repository);
    if (!repository)
        return m.stores.outbox->notSent(item, QLatin1String(errors::NoRepository.id), nextAttempt(item.attempts));
    if (frozen.sha256Hex() != QString::fromLatin1(stored.bodySha256.toHex())) // never send what was not sealed
        return finishRejected(item, facts, QLatin1String(errors::ContentMismatch.id));

    const ihe::Delivery delivery = ihe::deliver(*m.caller, *repository, frozen, m_work);
    switch (delivery.state) {
    case ihe::Delivery::State::Accepted:
        return finishDone(item, stored, facts);
    case ihe::Delivery::State::DefiniteNotSent:
        m.record(exportEvent(item, stored, facts, audit::Outcome::MinorFailure, errorCode(delivery)));
        return m.stores.outbox->notSent(item, errorCode(delivery), nextAttempt(item.attempts));
    case ihe::Delivery::State::Rejected:
        if (delivery.retryLater)
            return m.stores.outbox->notSent(item, errorCode(delivery), nextAttempt(item.attempts));
        return finishRejected(item, facts, refusalCode(delivery));
    case ihe::Delivery::State::Unknown:
        break;
    }
    NARU_TRY(m.stores.outbox->unknown(item, errorCode(delivery), exportEvent(item, stored, facts, audit::Outcome::SeriousFailure, errorCode(delivery))));
    NARU_ASSIGN(const storage::OutboxItem unknown, m.stores.outbox->get(item.id));
    return resolve(unknown); // the registry often answers at once
}

base::Status OutboxWorker::finishDone(const storage::OutboxItem &item, const storage::FrozenSubmission &stored, const OutboxFacts &facts)
{
    // The stored copy comes first: written twice it replaces itself, while a done item without a copy would be a gap.
    for (const storage::FrozenDocument &document : stored.documents)
        NARU_TRY(storeSent(m, item, document, facts, stored.repository));
    const base::Status done = m.stores.database->inTransaction([&]() -> base::Status {
        NARU_TRY(m.stores.outbox->done(item, exportEvent(item, stored, facts, audit::Outcome::Success, {})));
        return settleConsent(m, item, storage::ConsentRecord::State::Registered);
    });
    NARU_TRY(done);
    if (!facts.replaces.isEmpty())
        NARU_TRY(markReplaced(m, facts.replaces));
    ++m_report.done;
    m.changed(Change::Documents);
    m.changed(Change::Consents);
    return {};
}

base::Status OutboxWorker::finishRejected(const storage::OutboxItem &item, const OutboxFacts &facts, const QString &code)
{
    NARU_ASSIGN(const storage::FrozenSubmission stored, m.stores.outbox->submission(item.id));
    const base::Status rejected = m.stores.database->inTransaction([&]() -> base::Status {
        NARU_TRY(m.stores.outbox->rejected(item, code, exportEvent(item, stored, facts, audit::Outcome::SeriousFailure, code)));
        return settleConsent(m, item, storage::ConsentRecord::State::Refused);
    });
    NARU_TRY(rejected);
    ++m_report.rejected;
    m.changed(Change::Consents);
    return {};
}

base::Status OutboxWorker::resolveUnknown()
{
    NARU_ASSIGN(const auto items, m.stores.outbox->inState(storage::OutboxState::Unknown));
    for (const storage::OutboxItem &item : items) {
        if (m_work.stopRequested())
            break;
        NARU_TRY(resolve(item));
    }
    return {};
}

base::Status OutboxWorker::resolve(const storage::OutboxItem &item)
{
    NARU_ASSIGN(const storage::FrozenSubmission stored, m.stores.outbox->submission(item.id));
    NARU_ASSIGN(const OutboxFacts facts, m.outboxFacts(item.id));
    const AuditSubject subject(item.patientKey);
    const auto bySet = m.caller->run<ihe::Iti18>(
        m.site.registry, ihe::getSubmissionSetAndContents(stored.submissionSetUniqueId, ihe::IdKind::UniqueId), m_work);
    auto answer = bySet;
    if (bySet && !bySet->uncertain && bySet->content.documents.empty())
        answer = m.caller->run<ihe::Iti18>(m.site.registry, ihe::getDocuments({item.documentUniqueId}, ihe::IdKind::UniqueId), m_work);
    if (!answer || answer->uncertain)
        return {}; // still unknown; asked again in the next round
    const ihe::DocumentEntry *entry = answer->content.documentByUniqueId(item.documentUniqueId);
    if (!entry) {
        NARU_ASSIGN([[maybe_unused]] const bool again, m.stores.outbox->absent(item, m.site.outbox.verifyGapSeconds));
        return {};
    }
    if (entry->hash.toLower() != item.sha1.toLower()) // somebody else's bytes under our id: a person has to look
        return finishRejected(item, facts, QLatin1String(errors::ContentMismatch.id));
    return finishDone(item, stored, facts);
}

} // namespace naru::services
