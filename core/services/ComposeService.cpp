#include "core/services/ComposeService.h"

#include "core/base/Digest.h"
#include "core/base/Hangul.h"
#include "core/cda/read/CdaReader.h"
#include "core/cda/rules/Rules.h"
#include "core/cda/write/CdaWriter.h"
#include "core/services/ConsentMapping.h"
#include "core/services/DraftContent.h"
#include "core/services/DraftMerge.h"
#include "core/services/Errors.h"
#include "core/services/RecordService.h"
#include "core/services/Sending.h"
#include "core/services/images/ShareImages.h"
#include "core/storage/json/ClinicalJson.h"

namespace naru::services {

namespace {
int blocking(const std::vector<clinical::RuleProblem> &problems)
{
    int count = 0;
    for (const clinical::RuleProblem &problem : problems)
        count += problem.severity == clinical::RuleProblem::Severity::Error ? 1 : 0;
    return count;
}

cda::RuleOptions ruleOptions(const Profile::Internals &in)
{
    cda::RuleOptions options;
    options.today = in.today();
    options.participationKnown = true;
    options.partialConsentAllowed = in.site.consent.partial;
    return options;
}

base::Result<clinical::Document> documentOf(const QByteArray &json)
{
    return storage::fromJsonText<clinical::Document>(json);
}

base::Result<DraftRow> rowOf(Profile::Internals &in, const storage::DraftSummary &summary)
{
    DraftRow row;
    row.id = summary.id;
    row.patient = summary.patientKey;
    row.form = summary.form;
    row.updated = summary.updated;
    row.user = summary.owner;
    row.host = summary.host;
    if (const auto who = in.patientRow(summary.patientKey))
        row.who = *who;
    NARU_ASSIGN(const storage::Draft draft, in.stores.drafts->get(summary.id));
    NARU_ASSIGN(const clinical::Document document, documentOf(draft.journal));
    if (!document.recipients.empty())
        row.recipientName = document.recipients.front().institution.name;
    row.missing = blocking(cda::checkDocument(document, ruleOptions(in)));
    return row;
}

// The document a replacement refers to must be ours, this patient's and done; its entryUUID goes into the
// association.
base::Result<QString> originalUuid(
    Profile::Internals &in, const PatientKey &patient, const QString &documentId)
{
    NARU_ASSIGN(const auto stored, in.stores.documents->findByUniqueId(documentId, {}, patient));
    if (!stored) {
        NARU_ASSIGN(const auto elsewhere, in.stores.documents->findByUniqueId(documentId));
        return base::Error(elsewhere ? errors::OtherPatient : errors::NotOurs);
    }
    if (stored->direction != storage::StoredDocument::Direction::Sent)
        return base::Error(errors::NotOurs);
    return stored->entryUuid;
}

storage::OutboxKind kindOf(const clinical::Document &document, bool replaces)
{
    if (replaces)
        return storage::OutboxKind::Replace;
    return document.form == clinical::Form::Referral ? storage::OutboxKind::Referral
                                                     : storage::OutboxKind::Document;
}

base::Result<ComposeService::Sealed> enqueue(Profile::Internals &in, SendRequest request)
{
    if (const base::Status allowed = mayLeave(in, request.patient, request.document); !allowed) {
        in.record(in.events().act(QStringLiteral("document.queue"), request.patient, request.document.id.root,
            audit::Outcome::MinorFailure, QLatin1String(allowed.error().code.id)));
        return allowed.error();
    }
    if (!request.document.replaces.isEmpty()) {
        NARU_ASSIGN(request.replacesUuid, originalUuid(in, request.patient, request.document.replaces.root));
        request.replacesId = request.document.replaces.root;
        request.kind = storage::OutboxKind::Replace;
    }
    NARU_TRY(addImages(in, request));
    NARU_ASSIGN(const clinical::Identifier exchangeId, exchangeIdIfReachable(in, request.patient));
    request.dependsOn = pendingConsentItem(in, request.patient);
    OutboxId id;
    const base::Status committed = in.stores.database->inTransaction([&]() -> base::Status {
        if (request.document.exception.which != clinical::EmergencyException::Case::None) {
            NARU_TRY(in.stores.consents->addException({{}, request.patient, request.document.exception, {}}));
            NARU_TRY(in.stores.audit->append(in.events().consent(QStringLiteral("consent.emergency"),
                request.patient, request.document.id.root, request.document.exception.explanation)));
        }
        NARU_ASSIGN(id, queue(in, request, exchangeId));
        return {};
    });
    NARU_TRY(committed);
    return ComposeService::Sealed{id, request.document.id.root, base::sha256Hex(request.bytes)};
}
} // namespace

ComposeService::ComposeService(Profile::Internals &internals)
    : m(internals)
{
}

base::Result<Draft> ComposeService::create(
    clinical::Form form, const PatientKey &patient, const NewOptions &options)
{
    NARU_ASSIGN(const clinical::Document document, startDocument(m, form, patient, options));
    Draft draft;
    draft.patient = patient;
    draft.document = document;
    draft.updated = m.clock->nowUtc();
    const base::Status stored = m.stores.database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(
            draft.id, m.stores.drafts->create(m.userName(), patient, form, storage::toJsonText(document)));
        NARU_ASSIGN([[maybe_unused]] const qint64 row,
            m.stores.audit->append(m.events().act(QStringLiteral("draft.create"), patient, draft.id)));
        return {};
    });
    NARU_TRY(stored);
    m.changed(Change::Drafts);
    return draft;
}

base::Result<Draft> ComposeService::open(const DraftId &id)
{
    auto stored = m.stores.drafts->get(id);
    if (!stored)
        return base::Error(errors::NoDraft).because(stored.error());
    NARU_TRY(m.stores.drafts->open(id));
    NARU_ASSIGN(const clinical::Document document, documentOf(stored->journal));
    return Draft{
        id, stored->summary.patientKey, document, stored->summary.updated, false, draftParts(document)};
}

base::Status ComposeService::save(const Draft &draft)
{
    if (draft.sealed)
        return base::Error(errors::DraftSealed);
    const base::Status saved = m.stores.database->inTransaction([&]() -> base::Status {
        if (!draft.seen)
            return m.stores.drafts->journal(draft.id, storage::toJsonText(draft.document));
        NARU_ASSIGN(const storage::Draft stored, m.stores.drafts->get(draft.id));
        NARU_ASSIGN(const clinical::Document theirs, documentOf(stored.journal));
        clinical::Document whole = draft.document;
        takeUnseen(whole, theirs, *draft.seen);
        return m.stores.drafts->journal(draft.id, storage::toJsonText(whole));
    });
    NARU_TRY(saved);
    m.changed(Change::Drafts);
    return {};
}

base::Result<Draft> ComposeService::amend(
    const DraftId &id, const std::function<bool(clinical::Document &)> &change)
{
    Draft out;
    bool changed = false;
    const base::Status done = m.stores.database->inTransaction([&]() -> base::Status {
        auto stored = m.stores.drafts->get(id);
        if (!stored)
            return base::Error(errors::NoDraft).because(stored.error());
        NARU_ASSIGN(clinical::Document document, documentOf(stored->journal));
        changed = change(document);
        if (changed)
            NARU_TRY(m.stores.drafts->journal(id, storage::toJsonText(document)));
        out = {
            id, stored->summary.patientKey, document, stored->summary.updated, false, draftParts(document)};
        return {};
    });
    NARU_TRY(done);
    if (changed)
        m.changed(Change::Drafts);
    return out;
}

base::Status ComposeService::close(const DraftId &id)
{
    NARU_ASSIGN(const storage::Draft draft, m.stores.drafts->get(id));
    if (draft.summary.hasUnsaved())
        NARU_TRY(m.stores.drafts->save(id, draft.journal));
    NARU_TRY(m.stores.drafts->closeCleanly(id));
    m.changed(Change::Drafts);
    return {};
}

base::Status ComposeService::discard(const DraftId &id)
{
    NARU_ASSIGN(const storage::Draft draft, m.stores.drafts->get(id));
    const base::Status gone = m.stores.database->inTransaction([&]() -> base::Status {
        NARU_TRY(m.stores.drafts->discard(id));
        NARU_ASSIGN([[maybe_unused]] const qint64 row,
            m.stores.audit->append(
                m.events().act(QStringLiteral("draft.discard"), draft.summary.patientKey, id)));
        return {};
    });
    NARU_TRY(gone);
    m.changed(Change::Drafts);
    return {};
}

std::vector<DraftRow> ComposeService::list(bool everyone)
{
    std::vector<DraftRow> out;
    const auto drafts = m.stores.drafts->list(everyone ? QString() : m.userName());
    const auto orphans = m.stores.drafts->orphans();
    for (const storage::DraftSummary &summary : drafts ? *drafts : QList<storage::DraftSummary>()) {
        auto row = rowOf(m, summary);
        if (!row)
            continue;
        for (const storage::DraftSummary &orphan : orphans ? *orphans : QList<storage::DraftSummary>())
            row->recovered = row->recovered || orphan.id == summary.id;
        out.push_back(*row);
    }
    return out;
}

std::vector<DraftRow> ComposeService::recoverable()
{
    std::vector<DraftRow> out;
    const auto orphans = m.stores.drafts->orphans(m.userName());
    for (const storage::DraftSummary &summary : orphans ? *orphans : QList<storage::DraftSummary>()) {
        if (auto row = rowOf(m, summary)) {
            row->recovered = true;
            out.push_back(*row);
        }
    }
    return out;
}

// What a draft falls back to: its last save; one that was never saved, what it started from.
base::Result<clinical::Document> ComposeService::lastSave(const DraftId &id)
{
    NARU_ASSIGN(const storage::Draft draft, m.stores.drafts->get(id));
    if (!draft.saved.isEmpty())
        return documentOf(draft.saved);
    NARU_ASSIGN(clinical::Document document, documentOf(draft.journal));
    NARU_ASSIGN(const storage::PatientRecord record, m.stores.patients->get(draft.summary.patientKey));
    document.content = record.handOver ? record.handOver->content : clinical::Content{};
    document.recipients.clear();
    return document;
}

base::Result<std::vector<FieldDifference>> ComposeService::recoveryDifference(const DraftId &id)
{
    NARU_ASSIGN(const storage::Draft draft, m.stores.drafts->get(id));
    NARU_ASSIGN(const clinical::Document journal, documentOf(draft.journal));
    NARU_ASSIGN(const clinical::Document saved, lastSave(id));
    return fieldDifferences(saved, journal);
}

base::Status ComposeService::recover(const DraftId &id, bool useJournal)
{
    NARU_ASSIGN(const storage::Draft draft, m.stores.drafts->get(id));
    NARU_ASSIGN(const clinical::Document saved, lastSave(id));
    NARU_TRY(m.stores.drafts->open(id));
    if (!useJournal && !draft.saved.isEmpty())
        NARU_TRY(m.stores.drafts->revertToSaved(id));
    else if (!useJournal)
        NARU_TRY(m.stores.drafts->journal(id, storage::toJsonText(saved)));
    NARU_TRY(m.stores.drafts->closeCleanly(id));
    m.record(m.events().act(QStringLiteral("draft.recover"), draft.summary.patientKey, id));
    m.changed(Change::Drafts);
    return {};
}

std::vector<clinical::RuleProblem> ComposeService::check(const clinical::Document &document)
{
    return cda::checkDocument(document, ruleOptions(m));
}

base::Result<Preview> ComposeService::preview(const clinical::Document &document)
{
    Preview out;
    NARU_ASSIGN(out.bytes, cda::writeDocument(document, writeProfile(m.site)));
    out.sha256 = base::sha256Hex(out.bytes);
    NARU_ASSIGN(out.read, cda::readDocument(out.bytes));
    out.problems = check(document);
    return out;
}

base::Result<clinical::Content> ComposeService::contentOf(const QString &documentId)
{
    NARU_ASSIGN(const Stored stored, m.records->stored(documentId));
    NARU_ASSIGN(const clinical::ReadDocument read, cda::readDocument(stored.bytes));
    return read.document.content;
}

base::Result<Preview> ComposeService::sealPreview(const DraftId &id)
{
    NARU_ASSIGN(Draft draft, open(id));
    draft.document.effectiveTime = m.nowLocal();
    NARU_TRY(save(draft));
    return preview(draft.document);
}

base::Result<ComposeService::Sealed> ComposeService::send(
    const DraftId &id, const QString &expectedSha256, const clinical::EmergencyException &exception)
{
    const auto found = m.stores.drafts->get(id);
    if (!found)
        return base::Error(errors::NoDraft).because(found.error());
    const storage::Draft &stored = *found;
    NARU_ASSIGN(clinical::Document document, documentOf(stored.journal));
    SendRequest request;
    NARU_ASSIGN(request.bytes, cda::writeDocument(document, writeProfile(m.site)));
    if (base::sha256Hex(request.bytes) != expectedSha256)
        return base::Error(errors::PreviewChanged);
    if (exception.which != clinical::EmergencyException::Case::None) {
        document.exception = exception;
        document.exception.decidedBy =
            exception.decidedBy.isEmpty() ? document.author.name : exception.decidedBy;
        document.exception.decidedAt = exception.decidedAt.isNull() ? m.nowLocal() : exception.decidedAt;
        NARU_ASSIGN(request.bytes, cda::writeDocument(document, writeProfile(m.site)));
    }
    const int errorCount = blocking(check(document));
    if (errorCount > 0)
        return base::Error(
            errors::DocumentInvalid, {}, {{QStringLiteral("count"), QString::number(errorCount)}});
    request.patient = stored.summary.patientKey;
    request.document = document;
    request.kind = kindOf(document, false);
    request.draft = id;
    auto sealed = enqueue(m, request);
    if (sealed)
        m.changed(Change::Drafts);
    return sealed;
}

base::Result<Draft> ComposeService::applyJson(const DraftId &id, const QByteArray &json)
{
    NARU_ASSIGN(Draft draft, open(id));
    NARU_ASSIGN(draft.document, filledFromJson(m, draft.document, json));
    NARU_TRY(save(draft));
    return draft;
}

base::Result<ComposeService::Sealed> ComposeService::sendBytes(
    const PatientKey &patient, const QByteArray &cda, const QString &replaces)
{
    NARU_ASSIGN(const clinical::ReadDocument read, cda::readDocument(cda));
    NARU_ASSIGN(const clinical::Patient known, m.patient(patient));
    const clinical::Patient &named = read.document.patient;
    const bool otherBirth = !named.birthDate.isNull() && !known.birthDate.isNull()
        && named.birthDate.date() != known.birthDate.date();
    const bool otherName = !named.name.isEmpty() && !known.name.isEmpty()
        && base::normalized(named.name) != base::normalized(known.name);
    if (named.localId.extension != known.localId.extension || otherBirth || otherName)
        return base::Error(errors::OtherPatient);
    cda::RuleOptions options = ruleOptions(m);
    options.participationKnown = false; // CDA does not say it; the exchange will
    const cda::Report report = cda::checkBytes(cda, options);
    if (!report.valid())
        return base::Error(errors::DocumentInvalid, {},
            {{QStringLiteral("count"), QString::number(blocking(report.problems))}});
    SendRequest request;
    request.patient = patient;
    request.document = read.document;
    if (request.document.custodian.kind.isEmpty())
        request.document.custodian.kind = m.clinic().institution.kind;
    if (!replaces.isEmpty())
        request.document.replaces = {replaces, {}};
    request.bytes = cda;
    request.kind = kindOf(read.document, !replaces.isEmpty());
    request.keepDocumentForRecall = false;
    return enqueue(m, request);
}

std::vector<clinical::Institution> ComposeService::institutions(const QString &query, int limit)
{
    std::vector<clinical::Institution> rows = m.directory.search(query, limit);
    std::erase_if(
        rows, [this](const clinical::Institution &row) { return row.oid == m.clinic().institution.oid; });
    return rows;
}

base::Result<clinical::Institution> ComposeService::institution(const QString &oid)
{
    const clinical::Institution *row = m.directory.byOid(oid);
    if (!row)
        return base::Error(errors::NoInstitution, {}, {{QStringLiteral("what"), oid}});
    return *row;
}

} // namespace naru::services
