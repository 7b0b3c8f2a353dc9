#include "core/services/Deprecation.h"

#include "core/base/Errors.h"
#include "core/ihe/iti57/Iti57.h"
#include "core/services/DocumentRows.h"
#include "core/services/Errors.h"
#include "core/services/Sending.h"
#include "core/storage/Errors.h"

namespace naru::services {

namespace {
constexpr qsizetype reasonLimit = 256; // FreeFormText of rim.xsd

// The identifier the entry was registered with; the patient's present one only when the item is gone.
base::Result<clinical::Identifier> registeredPatient(
    Profile::Internals &in, const storage::StoredDocument &document)
{
    NARU_ASSIGN(const auto sent, in.stores.outbox->inState(storage::OutboxState::Done));
    for (const storage::OutboxItem &item : sent) {
        if (item.documentUniqueId != document.documentUniqueId)
            continue;
        NARU_ASSIGN(const OutboxFacts facts, in.outboxFacts(item.id));
        if (!facts.exchangeId.isEmpty())
            return facts.exchangeId;
    }
    return exchangeIdOf(in, document.patientKey, {});
}

ihe::Author sender(const Profile::Internals &in)
{
    ihe::Author author;
    const clinical::Institution home = in.clinic().institution;
    std::tie(author.person.family, author.person.given) =
        clinical::familyAndGiven(in.events().session().userName);
    author.institutions.push_back({home.name, home.oid, {}});
    return author;
}

ihe::StatusUpdate updateOf(const Profile::Internals &in, const storage::StoredDocument &document,
    const OutboxFacts &facts, const QString &reason)
{
    ihe::StatusUpdate update;
    update.entryUuid = document.entryUuid;
    update.set.title = facts.title;
    update.set.comments = reason;
    update.set.patientId = facts.exchangeId;
    update.set.sourceId = in.clinic().institution.oid;
    update.set.submissionTime = facts.sealedAt;
    update.set.authors.push_back(sender(in));
    update.set.contentType = in.site.codes.submissionContent.value(QStringLiteral("other"));
    return update;
}

base::Status mayBeCancelled(
    const storage::StoredDocument &document, const DocumentRow &row, const QString &reason)
{
    // Without the statement, an earlier one would decide again what the patient permits.
    if (row.form == clinical::Form::Consent || row.form == clinical::Form::Withdrawal)
        return base::Error(errors::ConsentStays);
    if (document.status == QLatin1String("deprecated"))
        return base::Error(errors::AlreadyDeprecated);
    if (document.entryUuid.isEmpty())
        return base::Error(errors::NotOurs);
    if (reason.size() > reasonLimit)
        return base::Error(base::errors::Invalid, {}, {{QStringLiteral("what"), QStringLiteral("reason")}});
    return {};
}
} // namespace

base::Result<OutboxId> queueDeprecation(
    Profile::Internals &in, const storage::StoredDocument &document, const QString &reason)
{
    const DocumentRow row = rowFromStored(in, document);
    NARU_TRY(mayBeCancelled(document, row, reason));
    OutboxFacts facts;
    facts.kind = storage::outboxKindKey(storage::OutboxKind::Deprecate);
    facts.form = row.form;
    facts.title = row.title;
    facts.documentId = document.documentUniqueId;
    facts.entryUuid = document.entryUuid;
    facts.heldUntil = in.clock->nowUtc().addSecs(in.site.outbox.holdSeconds);
    facts.sealedAt = base::Timestamp::fromDateTime(in.clock->nowUtc());
    NARU_ASSIGN(facts.exchangeId, registeredPatient(in, document));
    NARU_ASSIGN(const ihe::FrozenSubmission frozen, ihe::prepare(updateOf(in, document, facts, reason)));

    storage::NewOutboxItem item;
    item.kind = storage::OutboxKind::Deprecate;
    item.patientKey = document.patientKey;
    item.held = true;
    item.uniqueKey = QStringLiteral("deprecate|") + document.documentUniqueId;
    NARU_ASSIGN(item.submission, forOutbox(in.site, frozen, facts));
    audit::AuditEvent event =
        in.events().act(QStringLiteral("document.deprecate"), document.patientKey, document.documentUniqueId);
    event.reason = reason;
    auto id = in.stores.outbox->enqueue(item, event);
    if (!id && id.error().is(storage::errors::Duplicate))
        return base::Error(errors::AlreadyDeprecated).because(id.error());
    NARU_TRY(id);
    in.changed(Change::Outbox);
    return id;
}

} // namespace naru::services
