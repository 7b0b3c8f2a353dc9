#include "app/practice/world/SeedMetadata.h"

#include "core/base/Digest.h"
#include "core/base/Oid.h"

namespace naru::practice {

namespace {
Classification coded(const char *scheme, const QJsonObject &code)
{
    return {base::newUuidUrn(), QLatin1String(scheme), {}, code.value(QStringLiteral("code")).toString(),
        code.value(QStringLiteral("display")).toString(),
        {{QStringLiteral("codingScheme"), {code.value(QStringLiteral("system")).toString()}}}};
}

QJsonObject code(const QString &value, const QString &system, const QString &display)
{
    return {{QStringLiteral("code"), value}, {QStringLiteral("system"), system},
        {QStringLiteral("display"), display}};
}

QString xon(const clinical::Institution &institution)
{
    return institution.name + QStringLiteral("^^^^^^^^^") + institution.oid;
}

Classification author(
    const char *scheme, const clinical::Practitioner &doctor, const clinical::Institution &institution)
{
    const auto [family, given] = clinical::familyAndGiven(doctor.name);
    Classification out{base::newUuidUrn(), QLatin1String(scheme), {}, {}, {}, {}};
    out.slots.insert(QStringLiteral("authorPerson"),
        {QStringLiteral("%1^%2^%3^^^^^^&%4&ISO").arg(doctor.licence, family, given, institution.oid)});
    out.slots.insert(QStringLiteral("authorInstitution"), {xon(institution)});
    if (!doctor.department.name.isEmpty())
        out.slots.insert(QStringLiteral("authorSpecialty"), {doctor.department.name});
    return out;
}

ExternalId external(const char *scheme, const char *name, const QString &value)
{
    return {base::newUuidUrn(), QLatin1String(scheme), QLatin1String(name), value};
}

void addSlot(RegistryObject &object, const char *name, const QString &value)
{
    if (!value.isEmpty())
        object.slots.insert(QLatin1String(name), {value});
}

QJsonObject formCodes(const QJsonObject &codes, const QString &key)
{
    return key == QLatin1String("manifest")
        ? codes.value(key).toObject()
        : codes.value(QStringLiteral("forms")).toObject().value(key).toObject();
}

RegistryObject entry(const SeedDocument &document, const clinical::Institution &institution,
    const QString &patientCx, const Site &site)
{
    const QJsonObject codes = site.codes();
    const QJsonObject form = formCodes(codes, document.metadataKey);
    const clinical::Practitioner &doctor = document.document.author;
    const clinical::Patient &patient = document.document.patient;
    RegistryObject out;
    out.id = QStringLiteral("Document01");
    out.objectType = QLatin1String(xds::documentType);
    out.mimeType = document.mimeType;
    out.title = document.title;
    addSlot(out, "creationTime", document.creationTime);
    addSlot(out, "languageCode", document.languageCode);
    addSlot(out, "serviceStartTime", document.serviceStart);
    addSlot(out, "serviceStopTime", document.serviceStop);
    addSlot(out, "sourcePatientId", document.sourcePatientId.toCx());
    const auto [family, given] = clinical::familyAndGiven(patient.name);
    out.slots.insert(QStringLiteral("sourcePatientInfo"),
        {QStringLiteral("PID-3|") + document.sourcePatientId.toCx(),
            QStringLiteral("PID-5|") + family + QLatin1Char('^') + given,
            QStringLiteral("PID-7|") + patient.birthDate.toHl7().left(8),
            QStringLiteral("PID-8|") + clinical::sexToHl7(patient.sex)});
    if (!document.repliesTo.isEmpty())
        addSlot(out, "urn:ihe:iti:xds:2013:referenceIdList",
            document.repliesTo + QStringLiteral("^^^^urn:ihe:iti:xds:2013:uniqueId"));
    if (!document.references.isEmpty())
        out.slots.insert(QStringLiteral("urn:ihe:iti:xds:2013:referenceIdList"), document.references);
    const QString kind = institution.kind.isEmpty() ? QStringLiteral("병원") : institution.kind;
    const QString system = codes.value(QStringLiteral("practiceSettingSystem")).toString();
    const QString department =
        doctor.department.code.isEmpty() ? QStringLiteral("0100") : doctor.department.code;
    QJsonObject facility = codes.value(QStringLiteral("facilityType")).toObject().value(kind).toObject();
    if (facility.isEmpty())
        facility =
            codes.value(QStringLiteral("facilityType")).toObject().value(QStringLiteral("병원")).toObject();
    out.classifications = {author(xds::documentAuthor, doctor, institution),
        coded(xds::classCode, form.value(QStringLiteral("class")).toObject()),
        coded(xds::typeCode, form.value(QStringLiteral("type")).toObject()),
        coded(xds::formatCode, form.value(QStringLiteral("format")).toObject()),
        coded(xds::confidentiality,
            codes.value(QStringLiteral("confidentiality"))
                .toObject()
                .value(document.document.confidentiality)
                .toObject()),
        coded(xds::facility, facility),
        coded(xds::practice, code(department, system, doctor.department.name))};
    for (const QString &policy : document.policies)
        out.classifications.push_back(
            coded(xds::eventCode, code(policy, site.policySystem(), base::oidTitle(policy))));
    for (const clinical::CodedValue &event : document.events)
        out.classifications.push_back(coded(xds::eventCode, code(event.code, event.system, event.display)));
    out.externalIds = {external(xds::documentPatient, "XDSDocumentEntry.patientId", patientCx),
        external(xds::documentUnique, "XDSDocumentEntry.uniqueId", document.uniqueId)};
    return out;
}
} // namespace

std::vector<RegistryObject> seedSubmission(const SeedDocument &document,
    const clinical::Institution &institution, const QString &patientCx, const Site &site)
{
    RegistryObject set;
    set.kind = ObjectKind::SubmissionSet;
    set.id = QStringLiteral("SubmissionSet01");
    set.title = document.title;
    addSlot(set, "submissionTime", document.creationTime);
    const QJsonObject contents = site.codes().value(QStringLiteral("submissionContent")).toObject();
    const QString group = formCodes(site.codes(), document.metadataKey)
                              .value(QStringLiteral("class"))
                              .toObject()
                              .value(QStringLiteral("code"))
                              .toString();
    set.classifications = {Classification{base::newUuidUrn(), {}, QLatin1String(xds::setNode), {}, {}, {}},
        coded(xds::contentType,
            contents.value(contents.contains(group) ? group : QStringLiteral("other")).toObject()),
        author(xds::setAuthor, document.document.author, institution)};
    const QString unique = base::Oid::fromNewUuid().text();
    set.externalIds = {external(xds::setPatient, "XDSSubmissionSet.patientId", patientCx),
        external(xds::setUnique, "XDSSubmissionSet.uniqueId", unique),
        external(xds::setSource, "XDSSubmissionSet.sourceId", institution.oid)};
    RegistryObject member;
    member.kind = ObjectKind::Association;
    member.id = QStringLiteral("Member01");
    member.type = QLatin1String(xds::hasMember);
    member.source = set.id;
    member.target = QStringLiteral("Document01");
    member.slots.insert(QStringLiteral("SubmissionSetStatus"), {QStringLiteral("Original")});
    return {set, entry(document, institution, patientCx, site), member};
}

} // namespace naru::practice
