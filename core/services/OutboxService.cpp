#include "core/services/OutboxService.h"

#include "core/services/Errors.h"
#include "core/services/Internals.h"
#include "core/services/OutboxWorker.h"
#include "core/storage/json/ClinicalJson.h"

namespace naru::services {

namespace {
struct StateRow {
    storage::OutboxState stored;
    OutboxState shown;
};
constexpr StateRow stateRows[] = {{storage::OutboxState::Held, OutboxState::Held}, {storage::OutboxState::Queued, OutboxState::Queued},
    {storage::OutboxState::Sending, OutboxState::Sending}, {storage::OutboxState::Unknown, OutboxState::Unknown},
    {storage::OutboxState::Done, OutboxState::Done}, {storage::OutboxState::Rejected, OutboxState::Rejected},
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
    NARU_ASSIGN(const OutboxFacts facts, in.outboxFacts(item.id));
    OutboxRow row;
    row.id = item.id;
    row.kind = storage::outboxKindKey(item.kind);
    row.state = shown(item.state);
    row.patient = item.patientKey;
    if (const auto who = in.patientRow(item.patientKey))
        row.who = *who;
    row.title = facts.title;
    row.recipientName = facts.recipientName;
    row.documentId = facts.documentId;
    row.sha256 = facts.sha256;
    row.attempts = item.attempts;
    row.lastError = item.lastError;
    row.created = item.created;
    row.updated = item.updated;
    row.nextAttempt = item.nextAttempt;
    row.heldUntil = facts.heldUntil;
    if (const auto answer = in.stores.settings->get(QStringLiteral("answered.") + item.id); answer && !answer->isEmpty()) {
        row.answered = true;
        row.answeredBy = *answer;
    }
    return row;
}

// Transition names of the store in the words of the door.
QString outcomeWord(const QString &transition)
{
    static const QHash<QString, QString> words{{QStringLiteral("done"), QStringLiteral("accepted")},
        {QStringLiteral("notSent"), QStringLiteral("not-sent")}, {QStringLiteral("verified"), QStringLiteral("verified")},
        {QString(), QStringLiteral("under-way")}};
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
    for (const storage::OutboxAttempt &row : rows ? *rows : QList<storage::OutboxAttempt>())
        out.push_back({row.started, {}, outcomeWord(row.outcome), row.error, {}});
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
    const base::Status again = item.state == storage::OutboxState::Rejected ? m.stores.outbox->retry(id) : m.stores.outbox->hurry(id);
    NARU_TRY(again);
    m.changed(Change::Outbox);
    return {};
}

base::Status OutboxService::recall(const OutboxId &id)
{
    NARU_ASSIGN(const storage::OutboxItem item, m.stores.outbox->get(id));
    NARU_ASSIGN(const OutboxFacts facts, m.outboxFacts(id));
    const base::Status recalled = m.stores.database->inTransaction([&]() -> base::Status {
        NARU_TRY(m.stores.outbox->recall(id, m.events().act(QStringLiteral("document.recall"), item.patientKey, facts.documentId)));
        if (!facts.document.isEmpty()) { // back on the desk
            NARU_ASSIGN(const QString draft, m.stores.drafts->create(m.userName(), item.patientKey, facts.form, facts.document));
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
    Q_UNUSED(reason)
    NARU_ASSIGN(const storage::OutboxItem item, m.stores.outbox->get(id));
    NARU_TRY(m.stores.outbox->recall(id, m.events().act(QStringLiteral("document.recall"), item.patientKey, item.documentUniqueId)));
    m.changed(Change::Outbox);
    return {};
}

} // namespace naru::services
