#include "core/services/RecordService.h"

#include "core/base/Digest.h"
#include "core/base/Errors.h"
#include "core/base/Hangul.h"
#include "core/cda/read/CdaReader.h"
#include "core/cda/render/Diff.h"
#include "core/cda/render/Render.h"
#include "core/cda/rules/Rules.h"
#include "core/ihe/iti43/Iti43.h"
#include "core/jobs/RunAll.h"
#include "core/services/ComposeService.h"
#include "core/services/ConsentMapping.h"
#include "core/services/ConsentService.h"
#include "core/services/Deprecation.h"
#include "core/services/DocumentRows.h"
#include "core/services/DraftContent.h"
#include "core/services/Errors.h"
#include "core/services/OutboxService.h"
#include "core/services/PatientService.h"
#include "core/services/Search.h"
#include "core/services/images/Manifests.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>
#include <map>

namespace naru::services {

namespace {
// Registries write the hash as hex; some write Base64 of the same bytes (a deviation, but not another
// document).
bool hashAgrees(const QString &registered, const QByteArray &bytes)
{
    const QByteArray sha1 = base::sha1(bytes);
    return registered.isEmpty() || registered.toLower() == QString::fromLatin1(sha1.toHex())
        || registered == QString::fromLatin1(sha1.toBase64());
}

Stored storedFrom(const DocumentRow &row, const QByteArray &bytes)
{
    Stored out;
    out.row = row;
    out.bytes = bytes;
    out.sha1 = base::sha1Hex(bytes);
    out.sha256 = base::sha256Hex(bytes);
    out.hashMatches = hashAgrees(row.hash, bytes);
    out.sizeMatches = row.size < 0 || row.size == bytes.size();
    return out;
}

// A manifest that cannot be read leads nowhere; what it names completes the row.
base::Status keepable(
    Profile::Internals &in, const PatientKey &patient, const QByteArray &bytes, DocumentRow &row)
{
    NARU_ASSIGN(const clinical::Patient known, in.patient(patient));
    NARU_ASSIGN(const imaging::KeyObjectDocument manifest, readManifest(in, bytes));
    if (namesAnother(known, manifest))
        return base::Error(errors::OtherPatient);
    if (row.studyUid.isEmpty())
        row.studyUid = manifest.studies.front().studyUid;
    return {};
}

base::Result<Stored> keep(Profile::Internals &in, const PatientKey &patient, const DocumentRow &row,
    const ihe::RetrievedDocument &document)
{
    if (document.state != ihe::RetrievedDocument::State::Received) {
        QStringList codes;
        for (const ihe::RegistryError &error : document.errors)
            codes.append(error.code);
        return base::Error(
            errors::NotDelivered, {}, {{QStringLiteral("codes"), codes.join(QStringLiteral(", "))}});
    }
    Stored out = storedFrom(row, document.bytes);
    if (!out.hashMatches || !out.sizeMatches)
        return base::Error(errors::ContentMismatch);
    // Whatever the registry says, pages that name another person do not go into this chart.
    if (row.manifest) {
        NARU_TRY(keepable(in, patient, document.bytes, out.row));
    } else if (const auto read = cda::readDocument(document.bytes)) {
        NARU_ASSIGN(const clinical::Patient known, in.patient(patient));
        if (namesSomebodyElse(known, read->document.patient))
            return base::Error(errors::OtherPatient);
    }
    storage::StoredDocument stored;
    stored.patientKey = patient;
    stored.documentUniqueId = row.id;
    stored.repositoryUniqueId = row.repositoryId;
    stored.mimeType = row.mime;
    stored.status = row.status;
    stored.metadata = rowToJson(out.row);
    stored.seen = row.manifest; // nothing that a person reads
    const base::Status kept = in.stores.database->inTransaction([&]() -> base::Status {
        // One id is one document, and documents are opened by it: other bytes under an id that is kept
        // already would be shown in its place, in this chart or in another patient's.
        NARU_ASSIGN(const auto same, in.stores.documents->findByUniqueId(row.id));
        if (same && same->sha1 != out.sha1)
            return base::Error(errors::ContentMismatch);
        // Reading our own document back does not make it another's: it can still be replaced and cancelled.
        NARU_ASSIGN(
            const auto before, in.stores.documents->findByUniqueId(row.id, row.repositoryId, patient));
        if (before && before->direction == storage::StoredDocument::Direction::Sent) {
            stored.direction = before->direction;
            stored.entryUuid = before->entryUuid;
        }
        NARU_TRY(in.stores.documents->put(stored, document.bytes));
        return {};
    });
    NARU_TRY(kept);
    out.row.local = true;
    return out;
}

using ByRepository = std::map<QString, std::vector<std::size_t>>;

// One repository's share of a retrieval; writes into the slots of its own documents only.
void retrieveFrom(Profile::Internals &in, const QString &repositoryId,
    const std::vector<std::size_t> &indices, const PatientKey &patient, const std::vector<DocumentRow> &rows,
    std::vector<base::Result<Stored>> &out, const base::WorkContext &work)
{
    const AuditSubject subject(patient);
    const ihe::RepositoryEndpoint *repository = in.site.repository(repositoryId);
    if (!repository) {
        for (const std::size_t index : indices)
            out[index] = base::Error(errors::NoRepository);
        return;
    }
    std::vector<ihe::DocumentReference> references;
    references.reserve(indices.size());
    for (const std::size_t index : indices)
        references.push_back({repositoryId, rows[index].id, {}});
    const auto answer = ihe::retrieveAll(*in.caller, *repository, references, work);
    for (std::size_t i = 0; i < indices.size(); ++i) {
        if (!answer)
            out[indices[i]] = answer.error();
        else if (i < answer->documents.size()
            && answer->documents[i].state == ihe::RetrievedDocument::State::Missing
            && !answer->errors.empty())
            out[indices[i]] = answer->errors.front();
        else if (i < answer->documents.size())
            out[indices[i]] = keep(in, patient, rows[indices[i]], answer->documents[i]);
    }
}
} // namespace

RecordService::RecordService(Profile::Internals &internals)
    : m(internals)
{
}

base::Result<SearchResult> RecordService::search(
    const SearchRequest &request, const base::WorkContext &work, const Arrived &arrived)
{
    return Search(m, request, work, arrived).run();
}

std::vector<DocumentRow> RecordService::local(const PatientKey &patient)
{
    std::vector<DocumentRow> out;
    const auto documents = m.stores.documents->byPatient(patient);
    for (const storage::StoredDocument &document : documents ? *documents : QList<storage::StoredDocument>())
        out.push_back(rowFromStored(m, document));
    std::stable_sort(out.begin(), out.end(),
        [](const DocumentRow &a, const DocumentRow &b) { return b.created < a.created; });
    return out;
}

std::vector<base::Result<Stored>> RecordService::retrieve(
    const PatientKey &patient, const std::vector<DocumentRow> &rows, const base::WorkContext &work)
{
    std::vector<base::Result<Stored>> out(
        rows.size(), base::Result<Stored>(base::Error(base::errors::Stopped)));
    ByRepository byRepository;
    for (std::size_t i = 0; i < rows.size(); ++i)
        byRepository[rows[i].repositoryId].push_back(i);
    std::vector<jobs::Work<int>> tasks;
    for (const auto &[repository, indices] : byRepository) {
        tasks.push_back([this, &repository = repository, &indices = indices, &patient, &rows, &out](
                            const base::WorkContext &inner) -> base::Result<int> {
            retrieveFrom(m, repository, indices, patient, rows, out, inner);
            return 0;
        });
    }
    (void)jobs::runAll<int>(tasks, 8, work); // each document has its own result
    m.changed(Change::Documents);
    return out;
}

base::Result<Stored> RecordService::stored(const QString &documentId)
{
    NARU_ASSIGN(const auto document, m.stores.documents->findByUniqueId(documentId));
    if (!document)
        return base::Error(errors::NoDocument);
    NARU_ASSIGN(const QByteArray bytes, m.stores.documents->bytes(document->id));
    return storedFrom(rowFromStored(m, *document), bytes);
}

base::Result<clinical::ReadDocument> RecordService::read(const QString &documentId, const QString &purpose)
{
    NARU_ASSIGN(const auto document, m.stores.documents->findByUniqueId(documentId));
    if (!document)
        return base::Error(errors::NoDocument);
    NARU_ASSIGN(const QByteArray bytes, m.stores.documents->bytes(document->id));
    auto read = cda::readDocument(bytes);
    m.record(
        m.events().documentUsed(QStringLiteral("document.open"), document->patientKey, documentId, purpose));
    if (read && !document->seen) {
        NARU_TRY(m.stores.documents->setSeen(document->id));
        m.changed(Change::Documents);
    }
    return read;
}

base::Status RecordService::exportTo(const QString &documentId, const QString &path)
{
    NARU_ASSIGN(const auto document, m.stores.documents->findByUniqueId(documentId));
    if (!document)
        return base::Error(errors::NoDocument);
    NARU_ASSIGN(const QByteArray bytes, m.stores.documents->bytes(document->id));
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        return base::Error(base::errors::Io, file.errorString(), {{QStringLiteral("what"), path}});
    // The record first: nothing lies outside of which the trail does not know, whenever the power goes.
    audit::AuditEvent event =
        m.events().documentUsed(QStringLiteral("document.export"), document->patientKey, documentId);
    NARU_TRY(m.stores.audit->append(event));
    m.changed(Change::Audit);
    if (file.commit())
        return {};
    event.uuid.clear(); // a record of its own
    event.outcome = audit::Outcome::MinorFailure;
    m.record(event);
    return base::Error(base::errors::Io, file.errorString(), {{QStringLiteral("what"), path}});
}

base::Result<std::vector<FieldDifference>> RecordService::diff(const QString &olderId, const QString &newerId)
{
    NARU_ASSIGN(const Stored older, stored(olderId));
    NARU_ASSIGN(const Stored newer, stored(newerId));
    NARU_ASSIGN(const clinical::ReadDocument before, cda::readDocument(older.bytes));
    NARU_ASSIGN(const clinical::ReadDocument after, cda::readDocument(newer.bytes));
    return diffBytes(before, after);
}

base::Result<OutboxId> RecordService::deprecate(const QString &documentId, const QString &reason)
{
    NARU_ASSIGN(const auto document, m.stores.documents->findByUniqueId(documentId));
    if (!document || document->direction != storage::StoredDocument::Direction::Sent)
        return base::Error(errors::NotOurs);
    return queueDeprecation(m, *document, reason);
}

namespace {
struct Waiting { // a referral of ours without an answer
    OutboxId outbox{};
    PatientKey patient{};
    QString documentId{};
    QString recipientOid{};
    QDateTime sent{};
};

std::vector<Waiting> unanswered(Profile::Internals &in)
{
    std::vector<Waiting> out;
    const auto items = in.stores.outbox->inState(storage::OutboxState::Done);
    for (const storage::OutboxItem &item : items ? *items : QList<storage::OutboxItem>()) {
        if (item.kind != storage::OutboxKind::Referral)
            continue;
        const auto answered = in.stores.settings->get(QStringLiteral("answered.") + item.id);
        const auto facts = in.outboxFacts(item.id);
        if ((answered && !answered->isEmpty()) || !facts)
            continue;
        out.push_back({item.id, item.patientKey, facts->documentId, facts->recipientOid, item.created});
    }
    return out;
}

// By reference first; letters that do not name what they answer match by sender and time.
const Waiting *answeredBy(
    const std::vector<Waiting> &waiting, const PatientKey &patient, const clinical::Document &letter)
{
    for (const Waiting &item : waiting) {
        if (item.patient == patient && !letter.inReplyTo.isEmpty()
            && letter.inReplyTo.root == item.documentId)
            return &item;
    }
    if (!letter.inReplyTo.isEmpty())
        return nullptr;
    for (const Waiting &item : waiting) {
        if (item.patient == patient && item.recipientOid == letter.custodian.oid
            && letter.effectiveTime.earliestUtc() >= item.sent.addSecs(-60))
            return &item;
    }
    return nullptr;
}
} // namespace

base::Result<int> RecordService::fetchAnswers(const base::WorkContext &work)
{
    const std::vector<Waiting> waiting = unanswered(m);
    std::map<PatientKey, QDateTime> patients;
    for (const Waiting &item : waiting) {
        const auto [at, fresh] = patients.emplace(item.patient, item.sent);
        if (!fresh)
            at->second = std::min(at->second, item.sent);
    }
    int fetched = 0;
    for (const auto &[patient, since] : patients) {
        SearchRequest request;
        request.patient = patient;
        request.typeCodes = QStringList{QStringLiteral("return"), QStringLiteral("reply")};
        request.from = base::Timestamp::fromDateTime(since.addSecs(-3600).toUTC());
        NARU_ASSIGN(const SearchResult found, search(request, work));
        std::vector<DocumentRow> fresh;
        std::vector<base::Result<Stored>> letters;
        for (const DocumentRow &row : found.documents) {
            if (row.sentByUs)
                continue;
            if (!row.local)
                fresh.push_back(row);
            else // fetched by hand, or before a crash that came between storing and noting: an answer all the
                 // same
                letters.push_back(stored(row.id));
        }
        for (auto &result :
            fresh.empty() ? std::vector<base::Result<Stored>>() : retrieve(patient, fresh, work)) {
            fetched += result ? 1 : 0;
            letters.push_back(std::move(result));
        }
        for (auto &result : letters) {
            if (!result)
                continue; // named again in the next round
            const auto read = cda::readDocument(result->bytes);
            const Waiting *answered = read ? answeredBy(waiting, patient, read->document) : nullptr;
            if (!answered)
                continue;
            NARU_TRY(m.stores.settings->set(QStringLiteral("answered.") + answered->outbox, result->row.id));
            m.changed(Change::Outbox);
        }
    }
    return fetched;
}

std::vector<DocumentRow> RecordService::arrivals()
{
    std::vector<DocumentRow> out;
    const auto patients = m.stores.patients->list();
    for (const storage::PatientRecord &patient : patients ? *patients : QList<storage::PatientRecord>()) {
        const auto unseen = m.stores.documents->unseen(patient.key);
        if (!unseen || *unseen == 0)
            continue;
        for (const DocumentRow &row : local(patient.key)) {
            if (!row.seen && !row.sentByUs)
                out.push_back(row);
        }
    }
    return out;
}

HomeCounts RecordService::counts(bool everyone)
{
    HomeCounts counts;
    for (const DraftRow &row : m.compose->list(everyone)) {
        ++counts.drafts;
        if (!counts.oldestDraft.isValid() || row.updated < counts.oldestDraft)
            counts.oldestDraft = row.updated;
    }
    const QDateTime overdueBefore = m.clock->nowUtc().addDays(-m.site.outbox.unansweredDays);
    for (const OutboxRow &row : m.outbox->list()) {
        const bool waiting = row.state == OutboxState::Held || row.state == OutboxState::Queued
            || row.state == OutboxState::Sending || row.state == OutboxState::Unknown;
        counts.waiting += waiting ? 1 : 0;
        if (waiting && (!counts.oldestWaiting.isValid() || row.created < counts.oldestWaiting))
            counts.oldestWaiting = row.created;
        counts.rejected += row.state == OutboxState::Rejected ? 1 : 0;
        counts.answers += row.answered ? 1 : 0;
        counts.overdue += row.kind == QLatin1String("referral") && row.state == OutboxState::Done
                && !row.answered && row.created < overdueBefore
            ? 1
            : 0;
    }
    if (const auto unseen = m.stores.documents->unseen())
        counts.newAnswers = *unseen;
    for (const PatientRow &patient : m.patients->list()) {
        for (const ConsentLight &light : m.consents->lights(patient.key))
            counts.expiringConsents += light.light == Light::ExpiringSoon ? 1 : 0;
    }
    return counts;
}

base::Result<clinical::ReadDocument> readBytes(const QByteArray &bytes)
{
    return cda::readDocument(bytes);
}

std::vector<clinical::RuleProblem> checkBytes(const QByteArray &bytes)
{
    cda::RuleOptions options; // "today" is Korea's, wherever this machine's clock believes to be
    options.today = QDateTime::currentDateTimeUtc().toOffsetFromUtc(9 * 3600).date();
    return cda::checkBytes(bytes, options).problems;
}

QString renderText(const clinical::ReadDocument &document)
{
    return cda::plainText(document);
}

QString renderHtml(const clinical::ReadDocument &document)
{
    return cda::html(document);
}

namespace {
// Where images of the document can be had: of its readings, and of radiology results with a manifest.
QJsonArray readingsJson(const clinical::Content &content)
{
    QJsonArray out;
    for (const clinical::ImageReading &one : content.readings)
        out.append(QJsonObject{{QStringLiteral("studyUid"), one.studyUid},
            {QStringLiteral("seriesUid"), one.seriesUid}, {QStringLiteral("sopUid"), one.sopUid},
            {QStringLiteral("examined"), one.examined.toIso()}, {QStringLiteral("imageUrl"), one.imageUrl},
            {QStringLiteral("conclusion"), one.conclusion}});
    return out;
}

QJsonArray manifestsJson(const clinical::Content &content)
{
    QJsonArray out;
    for (const clinical::LabResult &one : content.labs) {
        if (!one.kosUid.isEmpty())
            out.append(QJsonObject{{QStringLiteral("kosUid"), one.kosUid},
                {QStringLiteral("accession"), one.accessionNumber}, {QStringLiteral("item"), one.item},
                {QStringLiteral("viewerUrl"), one.viewerUrl}});
    }
    return out;
}
} // namespace

QByteArray renderJson(const clinical::ReadDocument &document)
{
    QJsonObject json = cda::json(document);
    json.insert(QStringLiteral("readings"), readingsJson(document.document.content));
    json.insert(QStringLiteral("manifests"), manifestsJson(document.document.content));
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

std::vector<FieldDifference> diffBytes(
    const clinical::ReadDocument &older, const clinical::ReadDocument &newer)
{
    std::vector<FieldDifference> out;
    for (const cda::DiffRow &row : cda::diffDocuments(older, newer))
        out.push_back({row.place, row.before, row.after});
    return out;
}

} // namespace naru::services
