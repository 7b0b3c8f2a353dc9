#include "core/services/DraftContent.h"

#include "core/base/Errors.h"
#include "core/cda/read/CdaReader.h"
#include "core/clinical/forms/FieldValues.h"
#include "core/services/Errors.h"
#include "core/services/RecordService.h"
#include "core/services/Sending.h"
#include "core/storage/json/ClinicalJson.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <map>

namespace naru::services {

namespace {
// Every entry of earlier content says which document it came from, and that nobody has looked at it yet.
template <typename List> void markSource(List &list, const clinical::Source &source)
{
    for (auto &entry : list)
        entry.source = source;
}

void markAll(clinical::Content &content, const clinical::Source &source)
{
    markSource(content.problems, source);
    markSource(content.medications, source);
    markSource(content.dischargeMedications, source);
    markSource(content.labs, source);
    markSource(content.procedures, source);
    markSource(content.allergies, source);
    markSource(content.immunizations, source);
    markSource(content.vitals, source);
    markSource(content.infections, source);
    markSource(content.readings, source);
    content.social.source = source;
    for (clinical::Text *text :
        {&content.reason, &content.opinion, &content.history, &content.keyResults, &content.plan}) {
        if (!text->isEmpty())
            text->source = source;
    }
}

clinical::Source sourceOf(const clinical::ReadDocument &read)
{
    clinical::Source source;
    source.kind = clinical::Source::Kind::Document;
    source.label =
        clinical::formTitleKo(read.document.form) + QLatin1Char(' ') + read.document.custodian.name;
    source.documentId = read.document.id.root;
    source.asOf = read.document.effectiveTime;
    return source;
}

// An answer goes back to who wrote: institution, department and doctor of the document answered.
void answer(clinical::Document &document, const clinical::Document &original)
{
    document.inReplyTo = original.id;
    clinical::Recipient recipient;
    recipient.institution = original.custodian;
    recipient.institution.exchanges =
        true; // it wrote to us through the exchange; the directory may know better
    recipient.department = original.author.department;
    recipient.doctor = original.author;
    document.recipients = {recipient};
    document.content.problems = original.content.problems;
    markSource(document.content.problems,
        clinical::Source{clinical::Source::Kind::Document, clinical::formTitleKo(original.form),
            original.id.root, original.effectiveTime, {}, false});
}

// Of this patient only: a document id that slipped in from another chart may not bring its content along.
base::Result<clinical::ReadDocument> readStored(
    Profile::Internals &in, const PatientKey &patient, const QString &documentId)
{
    NARU_ASSIGN(const auto document, in.stores.documents->findByUniqueId(documentId, {}, patient));
    if (!document) {
        NARU_TRY(in.records->stored(documentId)); // not kept at all is another answer
        return base::Error(errors::OtherPatient);
    }
    NARU_ASSIGN(const QByteArray bytes, in.stores.documents->bytes(document->id));
    return cda::readDocument(bytes);
}

base::Result<clinical::Recipient> recipientFrom(const Profile::Internals &in, const QJsonObject &object)
{
    clinical::Recipient recipient;
    const QString wanted = object.value(QStringLiteral("institution")).toString();
    const clinical::Institution *institution = in.directory.byOid(wanted);
    if (!institution) {
        const auto hits = in.directory.search(wanted, 2);
        if (hits.empty())
            return base::Error(errors::NoInstitution, {}, {{QStringLiteral("what"), wanted}});
        if (hits.size() > 1 && hits.front().name != wanted)
            return base::Error(errors::AmbiguousInstitution, {}, {{QStringLiteral("what"), wanted}});
        institution = in.directory.byOid(hits.front().oid);
    }
    recipient.institution = *institution;
    const QString department = object.value(QStringLiteral("department")).toString();
    recipient.department.code = department;
    for (const clinical::Department &row : institution->departments) {
        if (row.code == department || row.name == department)
            recipient.department = row;
    }
    recipient.doctor.name = object.value(QStringLiteral("doctor")).toString();
    recipient.doctor.licence = object.value(QStringLiteral("licence")).toString();
    return recipient;
}
} // namespace

base::Result<clinical::Document> startDocument(Profile::Internals &in, clinical::Form form,
    const PatientKey &key, const ComposeService::NewOptions &options)
{
    NARU_ASSIGN(const storage::PatientRecord record, in.stores.patients->get(key));
    clinical::Document document;
    document.form = form;
    NARU_ASSIGN(document.id, newDocumentIdentifier(in, form));
    document.title = clinical::formTitleKo(form);
    document.effectiveTime = in.nowLocal();
    document.patient = record.patient;
    document.patient.residentNumber.clear();
    document.author = in.clinic().doctor;
    if (record.handOver && record.handOver->doctor && !record.handOver->doctor->name.isEmpty())
        document.author = *record.handOver->doctor;
    if (document.author.department.code.isEmpty())
        document.author.department = in.clinic().department;
    document.authenticator = document.author;
    document.authenticator.userId = in.userName();
    document.custodian = in.clinic().institution;
    if (record.handOver && options.withHandOver) {
        document.content = record.handOver->content;
        document.encounter = record.handOver->encounter;
    }
    if (!options.fromDocument.isEmpty()) {
        NARU_ASSIGN(const clinical::ReadDocument read, readStored(in, key, options.fromDocument));
        document.content = read.document.content;
        markAll(document.content, sourceOf(read));
    }
    if (!options.replaces.isEmpty()) {
        NARU_ASSIGN(const clinical::ReadDocument read, readStored(in, key, options.replaces));
        const clinical::Identifier fresh = document.id;
        const base::Timestamp now = document.effectiveTime;
        const clinical::Patient patient = document.patient;
        document = read.document;
        document.replaces = read.document.id;
        document.version = read.document.version + 1;
        document.id = fresh;
        document.effectiveTime = now;
        document.patient = patient;
    }
    if (!options.inReplyTo.isEmpty()) {
        NARU_ASSIGN(const clinical::ReadDocument read, readStored(in, key, options.inReplyTo));
        answer(document, read.document);
    }
    // What was read from CDA names institutions but not what they take part in.
    for (clinical::Recipient &recipient : document.recipients) {
        if (const clinical::Institution *known = in.directory.byOid(recipient.institution.oid))
            recipient.institution = *known;
    }
    return document;
}

base::Result<clinical::Document> filledFromJson(
    const Profile::Internals &in, clinical::Document document, const QByteArray &json)
{
    QJsonParseError parse{};
    const QJsonDocument parsed = QJsonDocument::fromJson(json, &parse);
    if (!parsed.isObject())
        return base::Error(base::errors::JsonBroken, parse.errorString(),
            {{QStringLiteral("what"), QStringLiteral("offset %1").arg(parse.offset)}});
    QJsonObject object = parsed.object();
    if (const QJsonValue recipient = object.take(QStringLiteral("recipient")); recipient.isObject()) {
        NARU_ASSIGN(const clinical::Recipient value, recipientFrom(in, recipient.toObject()));
        document.recipients = {value};
    }
    if (const QJsonValue title = object.take(QStringLiteral("title")); title.isString())
        document.title = title.toString();
    if (const QJsonValue level = object.take(QStringLiteral("confidentiality")); level.isString())
        document.confidentiality = level.toString();
    // Texts may be given as plain strings.
    for (const char *name : {"reason", "opinion", "history", "keyResults", "plan"}) {
        const QJsonValue value = object.value(QLatin1String(name));
        if (value.isString())
            object.insert(QLatin1String(name), QJsonObject{{QStringLiteral("text"), value}});
    }
    // What the JSON names replaces that part of the content; the rest stays as handed over.
    QJsonObject content = storage::toJson(document.content);
    for (auto it = object.constBegin(); it != object.constEnd(); ++it)
        content.insert(it.key(), it.value());
    storage::JsonNotes notes;
    NARU_ASSIGN(document.content, storage::fromJson<clinical::Content>(content, &notes));
    if (!notes.unknown.isEmpty())
        return base::Error(
            errors::JsonMember, {}, {{QStringLiteral("what"), notes.unknown.join(QStringLiteral(", "))}});
    return document;
}

std::vector<FieldDifference> fieldDifferences(
    const clinical::Document &before, const clinical::Document &after)
{
    std::map<QString, std::pair<QString, QString>> byPath;
    for (const clinical::FieldValue &value : clinical::fieldValues(before))
        byPath[value.path].first = value.text;
    for (const clinical::FieldValue &value : clinical::fieldValues(after))
        byPath[value.path].second = value.text;
    std::vector<FieldDifference> out;
    for (const auto &[path, texts] : byPath) {
        if (texts.first != texts.second)
            out.push_back({path, texts.first, texts.second});
    }
    return out;
}

} // namespace naru::services
