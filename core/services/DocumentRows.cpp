#include "core/services/DocumentRows.h"

#include "core/base/Hangul.h"
#include "core/base/Oid.h"
#include "core/cda/read/CdaReader.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace naru::services {

namespace {
clinical::Form formOf(
    const ihe::SiteProfile &site, const clinical::CodedValue &type, const clinical::CodedValue &format)
{
    clinical::Form byType = clinical::Form::Unknown;
    for (auto it = site.codes.forms.cbegin(); it != site.codes.forms.cend(); ++it) {
        if (it->typeCode.code != type.code)
            continue;
        byType = clinical::formFromKey(it.key());
        if (it->formatCode.code == format.code)
            return byType;
    }
    return byType;
}

QString repositoryName(const ihe::SiteProfile &site, const QString &id)
{
    const ihe::RepositoryEndpoint *repository = site.repository(id);
    return repository ? repository->title.of(true) : id;
}
} // namespace

namespace {
bool isManifest(const ihe::SiteProfile &site, const ihe::DocumentEntry &entry)
{
    // Coding schemes differ between sites ("1.2.840.10008.2.6.1", "DCMUID"); the code is the SOP class.
    const QString code = entry.formatCode.code;
    return code == base::oid("sopKeyObjects").text()
        || (site.codes.manifest && code == site.codes.manifest->formatCode.code
            && entry.mimeType == QLatin1String("application/dicom"));
}

void describeManifest(const ihe::DocumentEntry &entry, DocumentRow &row)
{
    for (const ihe::ReferenceId &reference : entry.referenceIds) {
        if (reference.type.endsWith(QLatin1String(":accession")) && row.accession.isEmpty())
            row.accession = reference.id;
        else if (reference.type.endsWith(QLatin1String(":studyInstanceUID")) && row.studyUid.isEmpty())
            row.studyUid = reference.id;
    }
    QStringList modalities;
    for (const clinical::CodedValue &event : entry.eventCodes) {
        const bool modality = event.system == base::oid("dcm").text()
            || event.system.compare(QLatin1String("DCM"), Qt::CaseInsensitive) == 0;
        if (modality && !modalities.contains(event.code))
            modalities.append(event.code);
    }
    row.modalities = modalities.join(QStringLiteral(", "));
}
} // namespace

DocumentRow rowFromEntry(const Profile::Internals &in, const ihe::DocumentEntry &entry)
{
    DocumentRow row;
    row.id = entry.uniqueId;
    row.form = formOf(in.site, entry.typeCode, entry.formatCode);
    row.type = entry.typeCode;
    row.title = entry.title.isEmpty() ? entry.typeCode.display : entry.title;
    row.created = entry.creationTime.inKorea(); // registries keep UTC
    if (!entry.authors.empty()) {
        const ihe::Author &author = entry.authors.front();
        row.author = author.person.name();
        if (!author.institutions.empty()) {
            row.institution = author.institutions.front().name;
            row.institutionOid = author.institutions.front().id;
        }
    }
    row.repositoryId = entry.repositoryUniqueId;
    row.repositoryName = repositoryName(in.site, entry.repositoryUniqueId);
    row.status = entry.availability == ihe::Availability::Deprecated ? QStringLiteral("deprecated")
                                                                     : QStringLiteral("approved");
    row.mime = entry.mimeType;
    row.size = entry.size.value_or(-1);
    row.hash = entry.hash;
    row.sentByUs = row.institutionOid == in.clinic().institution.oid;
    row.homeCommunityId = entry.homeCommunityId;
    row.manifest = isManifest(in.site, entry);
    if (row.manifest)
        describeManifest(entry, row);
    return row;
}

QByteArray rowToJson(const DocumentRow &row)
{
    return QJsonDocument(
        QJsonObject{{QStringLiteral("form"), clinical::formKey(row.form)},
            {QStringLiteral("typeCode"), row.type.code}, {QStringLiteral("typeSystem"), row.type.system},
            {QStringLiteral("typeDisplay"), row.type.display}, {QStringLiteral("title"), row.title},
            {QStringLiteral("created"), row.created.toIso()}, {QStringLiteral("author"), row.author},
            {QStringLiteral("institution"), row.institution},
            {QStringLiteral("institutionOid"), row.institutionOid}, {QStringLiteral("hash"), row.hash},
            {QStringLiteral("registeredSize"), row.size}, {QStringLiteral("replaces"), row.replaces},
            {QStringLiteral("manifest"), row.manifest}, {QStringLiteral("studyUid"), row.studyUid},
            {QStringLiteral("accession"), row.accession}, {QStringLiteral("modalities"), row.modalities},
            {QStringLiteral("homeCommunityId"), row.homeCommunityId},
            {QStringLiteral("answers"), row.answersOutboxItem}})
        .toJson(QJsonDocument::Compact);
}

DocumentRow rowFromStored(const Profile::Internals &in, const storage::StoredDocument &document)
{
    const QJsonObject object = QJsonDocument::fromJson(document.metadata).object();
    const auto text = [&object](const char *name) { return object.value(QLatin1String(name)).toString(); };
    DocumentRow row;
    row.id = document.documentUniqueId;
    row.form = clinical::formFromKey(text("form"));
    row.type.code = text("typeCode");
    row.type.system = text("typeSystem");
    row.type.display = text("typeDisplay");
    row.title = text("title");
    if (const auto created = base::Timestamp::parseIso(text("created")))
        row.created = *created;
    row.author = text("author");
    row.institution = text("institution");
    row.institutionOid = text("institutionOid");
    row.repositoryId = document.repositoryUniqueId;
    row.repositoryName = repositoryName(in.site, document.repositoryUniqueId);
    row.status = document.status;
    row.mime = document.mimeType;
    row.size = document.size;
    row.hash = document.sha1;
    row.local = true;
    row.seen = document.seen;
    row.sentByUs = document.direction == storage::StoredDocument::Direction::Sent;
    row.replaces = text("replaces");
    row.answersOutboxItem = text("answers");
    row.manifest = object.value(QLatin1String("manifest")).toBool();
    row.studyUid = text("studyUid");
    row.accession = text("accession");
    row.modalities = text("modalities");
    row.homeCommunityId = text("homeCommunityId");
    row.patient = document.patientKey;
    return row;
}

namespace {
base::Status putSent(Profile::Internals &in, const storage::OutboxItem &item,
    const storage::FrozenDocument &document, DocumentRow row, const QString &repository)
{
    row.institution = in.clinic().institution.name;
    row.institutionOid = in.clinic().institution.oid;
    storage::StoredDocument stored;
    stored.patientKey = item.patientKey;
    stored.direction = storage::StoredDocument::Direction::Sent;
    stored.documentUniqueId = document.documentUniqueId;
    stored.entryUuid = document.entryUuid;
    stored.repositoryUniqueId = repository;
    stored.mimeType = document.mimeType;
    stored.status = QStringLiteral("approved");
    stored.metadata = rowToJson(row);
    stored.seen = true;
    NARU_ASSIGN([[maybe_unused]] const QString id, in.stores.documents->put(stored, document.bytes));
    return {};
}

base::Status storeSentManifest(Profile::Internals &in, const storage::OutboxItem &item,
    const storage::FrozenDocument &document, const ManifestFacts &manifest, const QString &repository)
{
    DocumentRow row;
    row.manifest = true;
    row.studyUid = manifest.studyUid;
    row.accession = manifest.accession;
    row.modalities = manifest.modalities;
    row.title = manifest.title;
    row.created = manifest.created;
    if (in.site.codes.manifest)
        row.type = in.site.codes.manifest->typeCode;
    return putSent(in, item, document, row, repository);
}
} // namespace

base::Status storeSent(Profile::Internals &in, const storage::OutboxItem &item,
    const storage::FrozenDocument &document, const OutboxFacts &facts, const QString &repository)
{
    DocumentRow row;
    const auto manifest = std::find_if(facts.manifests.begin(), facts.manifests.end(),
        [&document](const ManifestFacts &one) { return one.documentId == document.documentUniqueId; });
    if (manifest != facts.manifests.end())
        return storeSentManifest(in, item, document, *manifest, repository);
    row.form = facts.form;
    if (const ihe::FormCodes *codes = in.site.form(facts.form))
        row.type = codes->typeCode;
    row.title = facts.title;
    row.created = base::Timestamp::fromDateTime(item.created.toOffsetFromUtc(9 * 3600));
    if (const auto read = cda::readDocument(document.bytes)) {
        row.created = read->document.effectiveTime;
        row.author = read->document.author.name;
    }
    row.replaces = facts.replaces;
    return putSent(in, item, document, row, repository);
}

bool namesSomebodyElse(const clinical::Patient &known, const clinical::Patient &named)
{
    const bool otherBirth = !named.birthDate.isNull() && !known.birthDate.isNull()
        && named.birthDate.date() != known.birthDate.date();
    const bool otherName =
        !named.name.isEmpty() && base::normalized(named.name) != base::normalized(known.name);
    return otherBirth && otherName;
}

base::Status settleConsent(
    Profile::Internals &in, const storage::OutboxItem &item, storage::ConsentRecord::State state)
{
    if (item.kind != storage::OutboxKind::Consent && item.kind != storage::OutboxKind::Withdrawal)
        return {};
    // What the exchange refuses the patient has said all the same: here the withdrawal stays in force, or the
    // consent before it would permit again. Only one that was taken back before it left counts no more.
    const bool left = item.state != storage::OutboxState::Held && item.state != storage::OutboxState::Queued;
    if (item.kind == storage::OutboxKind::Withdrawal && left
        && state == storage::ConsentRecord::State::Refused)
        state = storage::ConsentRecord::State::Local;
    NARU_ASSIGN(const auto records, in.stores.consents->byPatient(item.patientKey));
    for (const storage::ConsentRecord &record : records) {
        if (record.outboxId == item.id)
            NARU_TRY(in.stores.consents->setState(record.id, state));
    }
    return {};
}

base::Status markDeprecated(Profile::Internals &in, const QString &documentId)
{
    NARU_ASSIGN(const auto stored, in.stores.documents->findByUniqueId(documentId));
    return stored ? in.stores.documents->setStatus(stored->id, QStringLiteral("deprecated")) : base::Status();
}

} // namespace naru::services
