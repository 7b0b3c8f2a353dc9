#include "app/practice/seed/SeedDocuments.h"

#include "app/practice/seed/SeedCda.h"
#include "app/practice/seed/SeedConsentBody.h"
#include "app/practice/seed/SeedContent.h"
#include "core/base/Digest.h"
#include "core/base/Oid.h"
#include "core/terminology/ValueSets.h"

#include <algorithm>

namespace naru::practice {

using clinical::Form;
using clinical::Institution;

namespace {
constexpr int koreaOffset = 9 * 3600;

QString utcText(const QDateTime &moment)
{
    return moment.toUTC().toString(QStringLiteral("yyyyMMddHHmmss"));
}

QDateTime atClock(const QDate &day, SeedRandom &random)
{
    return QDateTime(day, QTime(random.between(8, 17), random.between(0, 59), random.between(0, 59)),
        Qt::OffsetFromUTC, koreaOffset);
}

bool hasDepartment(const Institution &institution, const QString &code)
{
    return std::any_of(institution.departments.begin(), institution.departments.end(),
        [&](const clinical::Department &one) { return one.code == code; });
}

const char *formOid(Form form)
{
    static constexpr const char *names[] = {"krForms", "krReferral", "krReturn", "krReply", "krSummary",
        "krImagingReport", "krEmergency", "krConsent", "krWithdrawal"};
    return names[int(form)];
}

QString metadataKey(Form form)
{
    static constexpr const char *keys[] = {
        "unknown", "referral", "return", "reply", "summary", "imaging", "emergency", "consent", "withdrawal"};
    return QLatin1String(keys[int(form)]);
}
} // namespace

clinical::Practitioner makeDoctor(const SeedTables &tables, const Institution &institution,
    const QString &departmentCode, SeedRandom &random)
{
    clinical::Practitioner doctor;
    doctor.name = makeDoctorName(tables, random);
    doctor.licence = QStringLiteral("99%1").arg(random.between(100, 999));
    doctor.userId = QStringLiteral("dr%1").arg(doctor.licence);
    doctor.phone = institution.phone;
    const QString code = hasDepartment(institution, departmentCode) || institution.departments.empty()
        ? departmentCode
        : institution.departments.front().code;
    const auto department = terminology::department(code);
    doctor.department = {code, department ? department->ko : QString()};
    return doctor;
}

const Institution &SeedDocuments::byOid(const QString &oid) const
{
    const auto it = std::find_if(
        m_institutions.begin(), m_institutions.end(), [&](const Institution &one) { return one.oid == oid; });
    return it == m_institutions.end() ? m_institutions.front() : *it;
}

const Institution &SeedDocuments::chooseHospital(const SeedCase &course, SeedRandom &random) const
{
    std::vector<const Institution *> fit;
    for (const Institution &one : m_institutions) {
        if (one.kind != QStringLiteral("의원") && one.exchanges && hasDepartment(one, course.department))
            fit.push_back(&one);
    }
    return fit.empty() ? m_institutions.front() : *fit[size_t(random.below(int(fit.size())))];
}

const Institution &SeedDocuments::chooseClinic(const SeedCase &course, SeedRandom &random) const
{
    std::vector<const Institution *> fit;
    for (const Institution &one : m_institutions) {
        const bool general =
            hasDepartment(one, QStringLiteral("0100")) || hasDepartment(one, QStringLiteral("2300"));
        if (one.kind == QStringLiteral("의원") && one.exchanges && one.oid != m_clinicOid
            && (general || hasDepartment(one, course.department)))
            fit.push_back(&one);
    }
    return fit.empty() ? m_institutions.front() : *fit[size_t(random.below(int(fit.size())))];
}

void SeedDocuments::fill(clinical::Document &document, const Visit &visit, SeedRandom &random) const
{
    SeedMoment moment;
    moment.time = document.effectiveTime;
    moment.progress = visit.progress;
    moment.years = std::max(1, int(visit.longAgo.daysTo(visit.day) / 365));
    moment.onset = base::Timestamp::fromDate(visit.onset);
    moment.readerName = makeDoctorName(m_tables, random);
    document.content = makeContent(m_tables, *visit.course, document.form, moment, random);
    if (document.form != Form::Emergency)
        return;
    document.content.transfer.arrived = document.effectiveTime;
    document.content.transfer.transferred = base::Timestamp::fromDateTime(
        document.effectiveTime.earliestUtc().addSecs(3300).toOffsetFromUtc(koreaOffset));
    document.content.transfer.transport = QStringLiteral("의료기관 구급차");
    document.content.transfer.vehicle = QStringLiteral("99가%1").arg(random.digits(4));
    document.content.transfer.escort = QStringLiteral("응급구조사 1인");
}

SeedDocument SeedDocuments::make(
    SeedPatient &patient, int patientIndex, const Visit &visit, SeedRandom &random)
{
    SeedDocument out;
    clinical::Document &document = out.document;
    document.form = visit.form;
    document.title = clinical::formTitleKo(visit.form);
    const bool fromClinic = visit.form == Form::Referral;
    const Institution &hospital =
        visit.hospitalOid.isEmpty() ? chooseHospital(*visit.course, random) : byOid(visit.hospitalOid);
    const Institution &clinic =
        visit.answers ? byOid(visit.answers->institutionOid) : chooseClinic(*visit.course, random);
    const Institution &author = fromClinic ? clinic : hospital;
    const Institution &receiver =
        fromClinic || visit.form == Form::Emergency ? chooseHospital(*visit.course, random) : clinic;
    const QString department = visit.form == Form::ImagingReport ? QStringLiteral("1600")
        : visit.form == Form::Emergency                          ? QStringLiteral("2400")
                                                                 : visit.course->department;
    document.author = makeDoctor(m_tables, author, department, random);
    document.authenticator = document.author;
    document.custodian = author;
    document.effectiveTime = base::Timestamp::fromDateTime(atClock(visit.day, random));
    document.patient = patient.patient;
    document.patient.localId = chartNumber(patient, author.oid, random);
    document.encounter.code = visit.form == Form::Emergency       ? QStringLiteral("EMER")
        : visit.form == Form::Return && visit.course->has("proc") ? QStringLiteral("IMP")
                                                                  : QStringLiteral("AMB");
    if (visit.form != Form::Summary && visit.form != Form::ImagingReport) {
        clinical::Recipient recipient;
        recipient.institution = receiver;
        recipient.doctor = visit.answers ? visit.answers->document.author
                                         : makeDoctor(m_tables, receiver, visit.course->department, random);
        recipient.department = recipient.doctor.department;
        document.recipients.push_back(recipient);
    }
    // Departments that patients may keep to themselves are marked as the national list of samples does.
    if (department == QLatin1String("0300"))
        document.confidentiality = QStringLiteral("R");
    fill(document, visit, random);
    if (visit.answers) {
        document.inReplyTo = visit.answers->document.id;
        out.repliesTo = visit.answers->uniqueId;
    }
    out.patientIndex = patientIndex;
    if (visit.form == Form::ImagingReport)
        out.studies = makeStudies(document, visit, m_serial + 1);
    seal(out, author, ++m_serial, random);
    for (SeedStudy &study : out.studies)
        study.reportUniqueId = out.uniqueId;
    return out;
}

// The images of each reading that has a phantom; the reading names the study.
std::vector<SeedStudy> SeedDocuments::makeStudies(
    clinical::Document &document, const Visit &visit, int serial) const
{
    std::vector<SeedStudy> out;
    const std::vector<QStringList> &rows = visit.course->all("img");
    const Institution &author = document.custodian;
    const clinical::Patient &patient = document.patient;
    const auto [family, given] = clinical::familyAndGiven(patient.name);
    for (std::size_t i = 0; i < rows.size() && i < document.content.readings.size(); ++i) {
        if (rows[i].value(4).isEmpty())
            continue;
        SeedStudy study;
        study.kind = rows[i].value(4);
        study.time = document.effectiveTime.earliestUtc()
                         .toOffsetFromUtc(koreaOffset)
                         .toString(QStringLiteral("yyyyMMddHHmmss"));
        study.studyUid = QStringLiteral("%1.%2.%3").arg(author.oid, study.time).arg(serial * 10 + int(i));
        study.accession = QStringLiteral("A%1").arg(serial * 10 + int(i), 8, 10, QLatin1Char('0'));
        study.description = rows[i].value(1);
        study.patientName = QStringLiteral("%1^%2==%1^%2").arg(family, given);
        study.patientId = patient.localId.extension;
        study.issuer = author.name;
        study.birth = patient.birthDate.toHl7().left(8);
        study.sex = clinical::sexToHl7(patient.sex);
        study.institution = author.name;
        study.institutionOid = author.oid;
        document.content.readings[i].studyUid = study.studyUid;
        document.content.readings[i].imageUrl =
            QStringLiteral("https://viewer.practice.invalid/view?accession=%1&kos_uid=%2")
                .arg(study.accession, study.manifestUid());
        out.push_back(study);
    }
    return out;
}

SeedDocument SeedDocuments::makeConsent(
    SeedPatient &patient, int patientIndex, bool withdrawal, const QDate &day, SeedRandom &random)
{
    SeedDocument out;
    clinical::Document &document = out.document;
    const Institution &author = byOid(patient.homeOid);
    document.form = withdrawal ? Form::Withdrawal : Form::Consent;
    document.title = clinical::formTitleKo(document.form);
    document.author = makeDoctor(
        m_tables, author, author.departments.empty() ? QString() : author.departments.front().code, random);
    document.authenticator = document.author;
    document.custodian = author;
    document.effectiveTime = base::Timestamp::fromDateTime(atClock(day, random));
    document.patient = patient.patient;
    clinical::ConsentStatement consent;
    consent.programmes = {clinical::Programme::Exchange};
    consent.policy = base::oid(withdrawal ? "krWithdrawAll" : "krConsentAll").text();
    consent.date = base::Timestamp::fromDate(day);
    consent.signerName = patient.patient.name;
    consent.signerPhone = patient.patient.phone;
    if (patient.patient.guardian) {
        consent.signer = clinical::ConsentStatement::Signer::LegalRepresentative;
        consent.signerName = patient.patient.guardian->name;
        consent.signerPhone = patient.patient.guardian->phone;
        consent.signerRelation = patient.patient.guardian->relation;
    }
    if (withdrawal) {
        consent.reason = QStringLiteral("더 이상 다른 의료기관과 기록을 나누기를 원하지 않음");
    } else {
        consent.excludedDepartments = patient.excludedDepartments;
        consent.recipientText = QStringLiteral("진료를 위해 기록을 조회하는 진료정보교류 참여 의료기관");
        consent.purposeText = QStringLiteral("이어지는 진료에 참고");
        consent.itemsText = QStringLiteral(
            "성명, 생년월일, 성별, 연락처, 진단, 약 처방, 검사 결과, 수술과 처치, 알레르기, 영상 판독");
        consent.periodText = QStringLiteral("동의한 날부터 철회할 때까지");
        consent.refusalText = QStringLiteral("동의하지 않아도 진료를 받을 수 있습니다.");
        consent.agreedProvision = true;
        consent.agreedSensitive = true;
    }
    consent.signaturePng = signatureStroke(consent.signerName);
    document.consent = consent;
    out.policies = {consent.policy};
    out.patientIndex = patientIndex;
    seal(out, author, ++m_serial, random);
    return out;
}

void SeedDocuments::seal(SeedDocument &one, const Institution &author, int serial, SeedRandom &random)
{
    clinical::Document &document = one.document;
    const QDateTime local = document.effectiveTime.earliestUtc().toOffsetFromUtc(koreaOffset);
    // <template OID>.<institution>.<time and six digits>; the request number is institution, day and a serial
    // of five.
    document.id.root = QStringLiteral("%1.%2.%3%4")
                           .arg(base::oid(formOid(document.form)).text(), author.number,
                               local.toString(QStringLiteral("yyyyMMddHHmmss")), random.digits(6));
    document.id.extension = author.number + local.toString(QStringLiteral("yyyyMMdd"))
        + QStringLiteral("%1").arg(serial % 100000, 5, 10, QLatin1Char('0'));
    one.metadataKey = metadataKey(document.form);
    one.uniqueId = document.id.root + QLatin1Char('^') + document.id.extension;
    one.entryUuid = random.uuidUrn();
    one.sourcePatientId = document.patient.localId;
    one.institutionOid = author.oid;
    one.creationTime = utcText(local);
    one.serviceStart = one.creationTime;
    one.serviceStop = utcText(local.addSecs(1800));
    one.repository = author.number.right(1).toInt() % 2;
    one.title = document.title;
    one.bytes = writeSeedCda(document, author);
    one.sha1Hex = base::sha1Hex(one.bytes);
}

} // namespace naru::practice
