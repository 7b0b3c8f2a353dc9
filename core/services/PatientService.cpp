#include "core/services/PatientService.h"

#include "core/base/Errors.h"
#include "core/base/Hangul.h"
#include "core/clinical/forms/FieldValues.h"
#include "core/handover/ReadHandOver.h"
#include "core/ihe/Errors.h"
#include "core/ihe/iti44/Iti44.h"
#include "core/ihe/iti45/Iti45.h"
#include "core/ihe/iti47/Iti47.h"
#include "core/services/Errors.h"
#include "core/services/Internals.h"

#include <QFile>

namespace naru::services {

namespace {
constexpr qint64 handOverLimit = 16LL * 1024 * 1024;

// Demographics by name, for conflicts and for what a new hand-over changes.
std::vector<std::pair<QString, QString>> demographics(const clinical::Patient &patient)
{
    return {{QStringLiteral("name"), patient.name}, {QStringLiteral("sex"), clinical::sexToHl7(patient.sex)},
        {QStringLiteral("birthDate"), patient.birthDate.toIso()}, {QStringLiteral("phone"), patient.phone},
        {QStringLiteral("address.basic"), patient.address.basic},
        {QStringLiteral("address.detail"), patient.address.detail},
        {QStringLiteral("address.postalCode"), patient.address.postalCode}};
}

std::vector<FieldDifference> differences(const clinical::Patient &before, const clinical::Patient &after)
{
    const auto old = demographics(before);
    const auto fresh = demographics(after);
    std::vector<FieldDifference> out;
    for (std::size_t i = 0; i < old.size(); ++i) {
        if (!fresh[i].second.isEmpty() && old[i].second != fresh[i].second)
            out.push_back({old[i].first, old[i].second, fresh[i].second});
    }
    return out;
}

// The same day, or one of them known less exactly: "1970" and "1970-05-06".
bool agreeing(const QString &one, const QString &other)
{
    return one.startsWith(other) || other.startsWith(one);
}

// The chart number alone does not make the same person: another name, sex or birth date stops the import.
// How a name is spaced is no other name, and who brings the same resident number may have changed it.
base::Status sameperson(const clinical::Patient &known, const clinical::Patient &incoming)
{
    const bool sameNumber =
        !known.residentNumber.isEmpty() && known.residentNumber == incoming.residentNumber;
    QStringList conflicting;
    for (const FieldDifference &difference : differences(known, incoming)) {
        const bool name = difference.field == QLatin1String("name") && !sameNumber
            && base::folded(difference.before) != base::folded(difference.after);
        const bool birth = difference.field == QLatin1String("birthDate")
            && !agreeing(difference.before.left(10), difference.after.left(10));
        if ((name || birth || difference.field == QLatin1String("sex")) && !difference.before.isEmpty())
            conflicting.append(difference.field);
    }
    if (conflicting.isEmpty())
        return {};
    return base::Error(
        errors::PatientConflict, {}, {{QStringLiteral("fields"), conflicting.join(QStringLiteral(", "))}});
}

// Gaps of a newer hand-over are filled with what is known.
clinical::Patient merged(clinical::Patient incoming, const clinical::Patient &known)
{
    if (incoming.phone.isEmpty())
        incoming.phone = known.phone;
    if (incoming.address.isEmpty())
        incoming.address = known.address;
    if (incoming.sex == clinical::Sex::Unknown)
        incoming.sex = known.sex;
    const QString birth = incoming.birthDate.toIso();
    if (known.birthDate.toIso().startsWith(birth)) // unknown, or known less exactly
        incoming.birthDate = known.birthDate;
    if (incoming.residentNumber.isEmpty())
        incoming.residentNumber = known.residentNumber;
    if (!incoming.guardian)
        incoming.guardian = known.guardian;
    return incoming;
}

// A message of HL7 version 2 tells what has just happened, results say; that it names no allergy does not
// mean that there is none any more.
clinical::HandOver withKnownAllergies(
    clinical::HandOver incoming, const std::optional<clinical::HandOver> &known)
{
    if (known && incoming.format == QLatin1String("hl7v2") && incoming.content.allergies.empty())
        incoming.content.allergies = known->content.allergies;
    return incoming;
}

ihe::V3Devices devices(const ihe::SiteProfile &site)
{
    return {site.senderDevice, site.receiverDevice};
}

ihe::PatientIdentity identityOf(const clinical::Patient &patient)
{
    ihe::PatientIdentity out;
    out.ids.push_back(patient.localId);
    std::tie(out.family, out.given) = clinical::familyAndGiven(patient.name);
    out.sex = patient.sex;
    out.birthDate = patient.birthDate;
    out.phone = patient.phone;
    out.address = patient.address;
    out.statusCode = QStringLiteral("active");
    return out;
}

// HL7 table 0357, 204 "unknown key identifier": the index's way of saying that it does not know the patient.
bool unknownKey(const base::Error &error)
{
    return error.is(ihe::errors::Nak)
        && error.arguments.value(QStringLiteral("what")).contains(QLatin1String("204"));
}

base::Result<clinical::Identifier> askIndex(
    Profile::Internals &m, const clinical::Patient &patient, const base::WorkContext &work)
{
    ihe::PixQuestion question;
    question.devices = devices(m.site);
    question.patient = patient.localId;
    question.domains = {m.site.patientIdAuthority};
    question.created = m.nowLocal();
    const auto answer = m.caller->run<ihe::Iti45>(m.site.pix, question, work);
    if (!answer && unknownKey(answer.error()))
        return clinical::Identifier{};
    if (!answer)
        return answer.error();
    clinical::Identifier found;
    for (const clinical::Identifier &id : answer->ids) {
        if (id.root != m.site.patientIdAuthority || id == found)
            continue;
        if (!found.isEmpty()) // two people, or one not yet merged: nobody may guess whose record this is
            return base::Error(errors::NotIdentified, QStringLiteral("the index gives several identifiers"));
        found = id;
    }
    return found;
}
} // namespace

PatientService::PatientService(Profile::Internals &internals)
    : m(internals)
{
}

base::Result<ImportedPatient> PatientService::importHandOver(const QByteArray &bytes)
{
    handover::ReadOptions options;
    options.institutionOid = m.clinic().institution.oid;
    auto read = handover::readHandOver(bytes, options);
    if (!read) {
        m.record(m.events().act(QStringLiteral("patient.import"), {}, {}, audit::Outcome::MinorFailure,
            QLatin1String(read.error().code.id)));
        return read.error();
    }
    ImportedPatient out;
    out.handOver = std::move(*read);
    clinical::Patient &patient = out.handOver.patient;
    if (patient.localId.extension.isEmpty())
        return base::Error(errors::NoChartNumber);
    // What the clinic's own EMR hands over is a chart number of this clinic, whatever name its system gives
    // the number range.
    patient.localId.root = options.institutionOid;
    patient.exchangeId = {}; // the index says that, not a file
    PatientKey conflicting;
    // One transaction around look and write: two hand-overs at once may not slip past each other's
    // comparison.
    const base::Status stored = m.stores.database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(const auto known, m.stores.patients->findByLocalId(patient.localId));
        out.created = !known;
        if (known) {
            if (const base::Status same = sameperson(known->patient, patient); !same) {
                conflicting = known->key;
                return same;
            }
            patient = merged(patient, known->patient);
            out.differences = differences(known->patient, patient);
        }
        NARU_ASSIGN(out.key,
            m.stores.patients->upsert(
                patient, withKnownAllergies(out.handOver, known ? known->handOver : std::nullopt)));
        NARU_ASSIGN([[maybe_unused]] const qint64 row,
            m.stores.audit->append(m.events().act(QStringLiteral("patient.import"), out.key)));
        return {};
    });
    if (!stored && !conflicting.isEmpty())
        m.record(m.events().act(QStringLiteral("patient.import"), conflicting, {},
            audit::Outcome::MinorFailure, QLatin1String(stored.error().code.id)));
    NARU_TRY(stored);
    m.changed(Change::Patients);
    return out;
}

base::Result<ImportedPatient> PatientService::importFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return base::Error(base::errors::Io, file.errorString(), {{QStringLiteral("what"), path}});
    const QByteArray bytes = file.read(handOverLimit + 1);
    if (bytes.size() > handOverLimit)
        return base::Error(base::errors::TooLarge, {}, {{QStringLiteral("what"), path}});
    return importHandOver(bytes);
}

base::Result<clinical::Patient> PatientService::get(const PatientKey &key)
{
    return m.patient(key);
}

base::Result<clinical::Content> PatientService::handedOver(const PatientKey &key)
{
    NARU_ASSIGN(const storage::PatientRecord record, m.stores.patients->get(key));
    return record.handOver ? record.handOver->content : clinical::Content{};
}

std::vector<clinical::HandOverNote> PatientService::handOverNotes(const PatientKey &key)
{
    const auto record = m.stores.patients->get(key);
    return record && record->handOver ? record->handOver->notes : std::vector<clinical::HandOverNote>{};
}

std::vector<PatientRow> PatientService::list(const QString &query, int limit)
{
    const QString wanted = base::normalized(query);
    const auto records =
        wanted.isEmpty() ? m.stores.patients->list(limit) : m.stores.patients->search(wanted, limit);
    std::vector<PatientRow> out;
    if (records) {
        for (const storage::PatientRecord &record : *records)
            out.push_back(m.rowOf(record));
    }
    return out;
}

base::Result<PatientKey> PatientService::save(const clinical::Patient &patient, const PatientKey &key)
{
    clinical::Patient value = patient;
    value.name = base::normalized(value.name);
    if (value.localId.extension.isEmpty())
        return base::Error(errors::NoChartNumber);
    if (value.localId.root.isEmpty())
        value.localId.root = m.clinic().institution.oid;
    NARU_ASSIGN(const auto known, m.stores.patients->findByLocalId(value.localId));
    if (known && known->key != key) {
        NARU_TRY(sameperson(known->patient, value));
        if (!key.isEmpty()) // editing one patient may not write over another, however alike
            return base::Error(
                errors::PatientConflict, {}, {{QStringLiteral("fields"), QStringLiteral("localId")}});
        value = merged(value, known->patient); // who is entered once more is not emptied by it
    }
    // All demographics of two people can be the same; the index tells them apart.
    if (known && !known->patient.exchangeId.isEmpty() && !value.exchangeId.isEmpty()
        && known->patient.exchangeId != value.exchangeId)
        return base::Error(
            errors::PatientConflict, {}, {{QStringLiteral("fields"), QStringLiteral("exchangeId")}});
    NARU_ASSIGN(const PatientKey stored, m.stores.patients->upsert(value));
    m.record(m.events().act(QStringLiteral("patient.import"), stored));
    m.changed(Change::Patients);
    return stored;
}

void PatientService::opened(const PatientKey &key, const QString &door)
{
    Q_UNUSED(door)
    const auto record = m.stores.patients->get(key);
    if (!record)
        return;
    (void)m.stores.patients->setOpened(key, m.clock->nowUtc()); // only orders the list
    const clinical::Identifier &exchange = record->patient.exchangeId;
    m.record(m.events().patientViewed(key, exchange.isEmpty() ? QString() : exchange.toCx()));
}

base::Result<std::vector<Candidate>> PatientService::find(
    const FindRequest &request, const base::WorkContext &work)
{
    ihe::PdqQuestion question;
    question.devices = devices(m.site);
    question.queryId = ihe::newQueryId(question.devices);
    std::tie(question.family, question.given) = clinical::familyAndGiven(base::normalized(request.name));
    if (!question.given.isEmpty())
        question.given += QLatin1Char('*');
    question.sex = request.sex;
    question.birthDate = request.birthDate;
    if (!request.id.isEmpty())
        question.ids = {
            {request.id.root.isEmpty() ? m.clinic().institution.oid : request.id.root, request.id.extension}};
    question.quantity = 25;
    question.created = m.nowLocal();
    NARU_ASSIGN(const ihe::PdqAnswer answer, ihe::findPatients(*m.caller, m.site.pdq, question, 100, work));
    std::vector<Candidate> out;
    for (const ihe::PatientIdentity &person : answer.patients) {
        Candidate candidate;
        candidate.matchPercent = person.matchQuality;
        clinical::Patient &patient = candidate.patient;
        patient.name = person.name();
        patient.sex = person.sex;
        patient.birthDate = person.birthDate;
        patient.phone = person.phone;
        patient.address = person.address;
        for (const clinical::Identifier &id : person.ids) {
            if (id.root == m.site.patientIdAuthority)
                patient.exchangeId = id;
            else if (id.root == m.clinic().institution.oid)
                patient.localId = id;
        }
        out.push_back(candidate);
    }
    return out;
}

base::Result<clinical::Identifier> PatientService::identify(
    const PatientKey &key, const base::WorkContext &work)
{
    const AuditSubject subject(key);
    NARU_ASSIGN(const clinical::Patient patient, m.patient(key));
    if (!patient.exchangeId.isEmpty() && patient.exchangeId.root == m.site.patientIdAuthority)
        return patient.exchangeId;
    NARU_ASSIGN(clinical::Identifier id, askIndex(m, patient, work));
    if (id.isEmpty()) {
        ihe::FeedQuestion feed;
        feed.devices = devices(m.site);
        feed.patient = identityOf(patient);
        feed.provider = m.clinic().institution;
        feed.created = m.nowLocal();
        NARU_ASSIGN(
            [[maybe_unused]] const ihe::FeedAnswer fed, m.caller->run<ihe::Iti44Add>(m.site.pix, feed, work));
        NARU_ASSIGN(id, askIndex(m, patient, work));
    }
    if (id.isEmpty())
        return base::Error(errors::NotIdentified);
    NARU_TRY(m.stores.patients->setExchangeId(key, id));
    m.changed(Change::Patients);
    return id;
}

base::Result<std::vector<clinical::Identifier>> PatientService::identifiers(
    const clinical::Identifier &id, const base::WorkContext &work)
{
    ihe::PixQuestion question;
    question.devices = devices(m.site);
    question.patient = id;
    question.created = m.nowLocal();
    NARU_ASSIGN(const ihe::PixAnswer answer, m.caller->run<ihe::Iti45>(m.site.pix, question, work));
    return answer.ids;
}

} // namespace naru::services
