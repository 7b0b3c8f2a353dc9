#include "core/imaging/objects/Subject.h"
#include "core/base/Oid.h"
#include "core/imaging/objects/Attributes.h"

namespace naru::imaging {

Subject subjectOf(const ImageFacts &facts)
{
    Subject out;
    out.patientName = facts.patientName;
    out.patientId = facts.patientId;
    out.issuerOfPatientId = facts.issuerOfPatientId;
    out.birthDate = facts.birthDate;
    out.sex = facts.sex;
    out.studyUid = facts.studyUid;
    out.studyDate = facts.studyDate;
    out.studyTime = facts.studyTime;
    out.studyDescription = facts.studyDescription;
    out.accession = facts.accession;
    return out;
}

Subject subjectOf(const DataSetValue &set)
{
    Subject out;
    out.patientName = set.text(attr::PatientName);
    out.patientId = set.text(attr::PatientId);
    out.issuerOfPatientId = set.text(attr::IssuerOfPatientId);
    out.birthDate = set.text(attr::BirthDate);
    out.sex = set.text(attr::Sex);
    out.studyUid = set.text(attr::StudyUid);
    out.studyDate = set.text(attr::StudyDate);
    out.studyTime = set.text(attr::StudyTime);
    out.studyId = set.text(attr::StudyId);
    out.studyDescription = set.text(attr::StudyDescription);
    out.accession = set.text(attr::Accession);
    out.referringPhysician = set.text(attr::ReferringPhysician);
    return out;
}

void putHeader(
    const ObjectHeader &header, const QString &sopClass, const QString &modality, DataSetValue &set)
{
    const Subject &subject = header.subject;
    const QDateTime made = header.made.isValid() ? header.made : QDateTime::currentDateTime();
    set.setText(attr::CharacterSet, QStringLiteral("ISO_IR 192"));
    set.setText(attr::SopClass, sopClass);
    set.setText(attr::SopUid, header.sopUid.isEmpty() ? newUid() : header.sopUid);
    // Patient and study: type 2, present even when nothing is known.
    set.setText(attr::PatientName, subject.patientName);
    set.setText(attr::PatientId, subject.patientId);
    if (!subject.issuerOfPatientId.isEmpty())
        set.setText(attr::IssuerOfPatientId, subject.issuerOfPatientId);
    set.setText(attr::BirthDate, subject.birthDate);
    set.setText(attr::Sex, subject.sex);
    set.setText(attr::StudyUid, subject.studyUid);
    set.setText(attr::StudyDate, subject.studyDate);
    set.setText(attr::StudyTime, subject.studyTime);
    set.setText(attr::StudyId, subject.studyId);
    set.setText(attr::Accession, subject.accession);
    set.setText(attr::ReferringPhysician, subject.referringPhysician);
    if (!subject.studyDescription.isEmpty())
        set.setText(attr::StudyDescription, subject.studyDescription);
    set.setText(attr::Modality, modality);
    set.setText(attr::SeriesUid, header.seriesUid.isEmpty() ? newUid() : header.seriesUid);
    set.setNumber(attr::SeriesNumber, header.seriesNumber);
    set.setNumber(attr::InstanceNumber, header.instanceNumber);
    set.setText(attr::SeriesDate, dicomDate(made));
    set.setText(attr::SeriesTime, dicomTime(made));
    if (!header.seriesDescription.isEmpty())
        set.setText(attr::SeriesDescription, header.seriesDescription);
    const bool own = header.manufacturer.isEmpty();
    set.setText(attr::Manufacturer, own ? QStringLiteral("Naru") : header.manufacturer);
    set.setText(attr::ModelName, header.model.isEmpty() && own ? QStringLiteral("Naru") : header.model);
    set.setText(attr::SoftwareVersion,
        header.version.isEmpty() && own ? QStringLiteral(NARU_VERSION) : header.version);
    set.setText(
        attr::DeviceSerial, QStringLiteral("1")); // type 1 in enhanced equipment; a program has no other
    if (!header.institution.isEmpty())
        set.setText(attr::Institution, header.institution);
}

ObjectHeader headerOf(const DataSetValue &set)
{
    ObjectHeader out;
    out.subject = subjectOf(set);
    out.sopUid = set.text(attr::SopUid);
    out.seriesUid = set.text(attr::SeriesUid);
    out.seriesNumber = set.integer(attr::SeriesNumber);
    out.instanceNumber = set.integer(attr::InstanceNumber);
    out.seriesDescription = set.text(attr::SeriesDescription);
    out.made = fromDicom(set.text(attr::SeriesDate), set.text(attr::SeriesTime));
    out.institution = set.text(attr::Institution);
    out.manufacturer = set.text(attr::Manufacturer);
    out.model = set.text(attr::ModelName);
    out.version = set.text(attr::SoftwareVersion);
    return out;
}

QString newUid()
{
    return base::Oid::fromNewUuid().text();
}

QString dicomDate(const QDateTime &time)
{
    return time.toString(QStringLiteral("yyyyMMdd"));
}

QString dicomTime(const QDateTime &time)
{
    return time.toString(QStringLiteral("HHmmss"));
}

QDateTime fromDicom(const QString &date, const QString &time)
{
    const QDate day = QDate::fromString(date.left(8), QStringLiteral("yyyyMMdd"));
    if (!day.isValid())
        return {};
    const QTime hour =
        QTime::fromString(time.left(6).leftJustified(6, QLatin1Char('0')), QStringLiteral("HHmmss"));
    return QDateTime(day, hour.isValid() ? hour : QTime(0, 0));
}

} // namespace naru::imaging
