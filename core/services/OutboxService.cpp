#include "core/services/OutboxService.h"

#include "core/services/DocumentRows.h"
#include "core/services/Errors.h"
#include "core/services/FactsJson.h"
#include "core/services/Internals.h"
#include "core/services/OutboxWorker.h"
#include "core/storage/json/ClinicalJson.h"

#include <QUrl>

namespace naru::services {

namespace {
struct StateRow {
    storage::OutboxState stored;
    OutboxState shown;
};
constexpr StateRow stateRows[] = {{storage::OutboxState::Held, OutboxState::Held},
    {storage::OutboxState::Queued, OutboxState::Queued},
    {storage::OutboxState::Sending, OutboxState::Sending},
    {storage::OutboxState::Unknown, OutboxState::Unknown}, {storage::OutboxState::Done, OutboxState::Done},
    {storage::OutboxState::Rejected, OutboxState::Rejected},
    {storage::OutboxState::Recalled, OutboxState::Recalled}};

OutboxState shown(storage::OutboxState state)
{
    for (const StateRow &row : stateRows) {
        if (row.stored == state)
            return row.shown;
    }
    return OutboxState::Unknown;
}

base::Result<OutboxRow> rowOf(Profile::Internals &in, const storage::OutboxItem &item)
{
    // An item whose seal is broken is still an item: it is shown, with what is wrong.
    const auto opened = in.outboxFacts(item.id);
    const OutboxFacts facts = opened ? *opened : OutboxFacts{};
    OutboxRow row;
    row.id = item.id;
    row.kind = storage::outboxKindKey(item.kind);
    row.state = shown(item.state);
    row.patient = item.patientKey;
    if (const auto who = in.patientRow(item.patientKey))
        row.who = *who;
    row.title = facts.title;
    row.recipientName = facts.recipientName;
    row.documentId = item.documentUniqueId.isEmpty() ? facts.documentId
                                                     : item.documentUniqueId; // a cancellation carries none
    row.sha256 = facts.sha256;
    row.attempts = item.attempts;
    row.lastError = item.lastError;
    if (!opened)
        row.lastError = QLatin1String(opened.error().code.id);
    else if (facts.pending)
        row.lastError = QLatin1String(errors::NotIdentified.id);
    row.created = item.created;
    row.updated = item.updated;
    row.nextAttempt = item.nextAttempt;
    row.heldUntil = facts.heldUntil;
    if (!facts.manifests.empty()) {
        if (const auto progress = in.stores.outbox->imageProgress(item.id)) {
            row.images = progress->total;
            row.imagesStored = progress->stored;
            row.imageBytes = progress->bytes;
        }
    }
    if (const auto answer = in.stores.settings->get(QStringLiteral("answered.") + item.id);
        answer && !answer->isEmpty()) {
        row.answered = true;
        row.answeredBy = *answer;
    }
    return row;
}

// English sentence of an error code; a registry's own code speaks for itself. No patient data: codes and host
// names only.
QString detailOf(const storage::OutboxAttempt &row, const QString &endpoint)
{
    QString text;
    if (row.error.isEmpty())
        text = row.ended.isValid() ? QStringLiteral("the endpoint confirmed the registration")
                                   : QStringLiteral("no answer recorded yet");
    else if (row.outcome == QLatin1String("verified"))
        text = QStringLiteral("no usable answer (%1), but the registry has it").arg(row.error);
    else if (!row.error.contains(QLatin1Char('.')))
        text = QStringLiteral("the endpoint refused with %1").arg(row.error);
    else
        text = row.outcome == QLatin1String("notSent")
            ? QStringLiteral("nothing left the clinic: %1").arg(row.error)
            : row.outcome == QLatin1String("unknown")
            ? QStringLiteral("no usable answer (%1); the registry is asked before anything is sent again")
                  .arg(row.error)
            : QStringLiteral("ended with %1").arg(row.error);
    const QString host = QUrl(endpoint).host();
    return host.isEmpty() ? text : host + QStringLiteral(": ") + text;
}

// Transition names of the store in the words of the door.
QString outcomeWord(const QString &transition)
{
    static const QHash<QString, QString> words{{QStringLiteral("done"), QStringLiteral("accepted")},
        {QStringLiteral("notSent"), QStringLiteral("not-sent")},
        {QStringLiteral("verified"), QStringLiteral("verified")}, {QString(), QStringLiteral("under-way")}};
    return words.value(transition, transition);
}
} // namespace

QString outboxStateKey(OutboxState state)
{
    for (const StateRow &row : stateRows) {
        if (row.shown == state)
            return storage::outboxStateKey(row.stored);
    }
    return {};
}

OutboxService::OutboxService(Profile::Internals &internals)
    : m(internals)
{
}

std::vector<OutboxRow> OutboxService::list()
{
    std::vector<OutboxRow> out;
    const auto items = m.stores.outbox->list();
    for (const storage::OutboxItem &item : items ? *items : QList<storage::OutboxItem>()) {
        if (auto row = rowOf(m, item))
            out.insert(out.begin(), *row);
    }
    return out;
}

base::Result<OutboxRow> OutboxService::get(const OutboxId &id)
{
    NARU_ASSIGN(const storage::OutboxItem item, m.stores.outbox->get(id));
    return rowOf(m, item);
}

std::vector<OutboxAttempt> OutboxService::attempts(const OutboxId &id)
{
    std::vector<OutboxAttempt> out;
    const auto rows = m.stores.outbox->attempts(id);
    const auto sealed = m.stores.outbox->submission(id);
    const auto item = m.stores.outbox->get(id);
    const auto destination = sealed && item ? destinationOf(m.site, item->kind, sealed->repository)
                                            : std::optional<ihe::Endpoint>();
    const QString endpoint = destination ? destination->url : QString();
    for (const storage::OutboxAttempt &row : rows ? *rows : QList<storage::OutboxAttempt>())
        out.push_back({row.started, endpoint, outcomeWord(row.outcome), row.error, detailOf(row, endpoint)});
    return out;
}

base::Result<QByteArray> OutboxService::documentBytes(const OutboxId &id)
{
    NARU_ASSIGN(const storage::FrozenSubmission stored, m.stores.outbox->submission(id));
    if (stored.documents.empty())
        return base::Error(errors::NoDocument);
    return stored.documents.front().bytes;
}

base::Result<OutboxService::RunReport> OutboxService::run(const base::WorkContext &work, bool skipHold)
{
    return OutboxWorker(m, work).run(skipHold);
}

base::Status OutboxService::retry(const OutboxId &id)
{
    NARU_ASSIGN(const storage::OutboxItem item, m.stores.outbox->get(id));
    m.retryTimes.succeeded(QStringLiteral("verify.") + id);
    m.retryTimes.succeeded(QStringLiteral("identify.") + item.patientKey);
    m.retryTimes.succeeded(QStringLiteral("images.") + id);
    if (item.state == storage::OutboxState::Unknown || item.state == storage::OutboxState::Held)
        return {}; // asked about, or identified, in the next round
    const base::Status again = m.stores.database->inTransaction([&]() -> base::Status {
        if (item.state != storage::OutboxState::Rejected)
            return m.stores.outbox->hurry(id);
        NARU_TRY(m.stores.outbox->retry(
            id, m.events().act(QStringLiteral("document.queue"), item.patientKey, item.documentUniqueId)));
        return settleConsent(m, item, storage::ConsentRecord::State::Queued);
    });
    NARU_TRY(again);
    m.changed(Change::Outbox);
    return {};
}

base::Status OutboxService::recall(const OutboxId &id)
{
    NARU_ASSIGN(const storage::OutboxItem item, m.stores.outbox->get(id));
    NARU_ASSIGN(const storage::FrozenSubmission sealed, m.stores.outbox->submission(id));
    const OutboxFacts facts = factsFromJson(sealed.facts);
    const base::Status recalled = m.stores.database->inTransaction([&]() -> base::Status {
        NARU_TRY(m.stores.outbox->recall(
            id, m.events().act(QStringLiteral("document.recall"), item.patientKey, facts.documentId)));
        NARU_TRY(settleConsent(m, item,
            storage::ConsentRecord::State::Refused)); // a consent that never got there permits nothing
        if (facts.recallable && !facts.document.isEmpty()) { // back on the desk
            NARU_ASSIGN(const QString draft,
                m.stores.drafts->create(m.userName(), item.patientKey, facts.form, facts.document));
            NARU_TRY(m.stores.drafts->save(draft, facts.document));
            NARU_TRY(m.stores.drafts->closeCleanly(draft));
        }
        return {};
    });
    if (!recalled)
        return base::Error(errors::CannotRecall).because(recalled.error());
    m.changed(Change::Outbox);
    m.changed(Change::Drafts);
    return {};
}

base::Status OutboxService::finishWithout(const OutboxId &id, const QString &reason)
{
    NARU_ASSIGN(const storage::OutboxItem item, m.stores.outbox->get(id));
    const base::Status ended = m.stores.database->inTransaction([&]() -> base::Status {
        NARU_TRY(m.stores.outbox->recall(id,
            m.events().act(QStringLiteral("document.recall"), item.patientKey, item.documentUniqueId,
                audit::Outcome::Success, reason)));
        return settleConsent(m, item, storage::ConsentRecord::State::Refused);
    });
    NARU_TRY(ended);
    m.changed(Change::Outbox);
    return {};
}

} // namespace naru::services
