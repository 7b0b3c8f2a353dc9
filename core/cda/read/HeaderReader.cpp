#include "core/cda/read/HeaderReader.h"

#include "core/base/Oid.h"

namespace naru::cda {

using base::XmlElement;
using namespace clinical;

namespace {
Institution readOrganization(const XmlElement *element)
{
    Institution out;
    const Identifier id = readIdentifier(childOf(element, "id"));
    out.oid = id.root;
    out.number = id.extension;
    out.name = readText(childOf(element, "name"));
    out.phone = readTelecom(element);
    out.address = readAddress(element);
    return out;
}

Department readDepartment(const XmlElement *element)
{
    return {readIdentifier(childOf(element, "id")).extension, readText(childOf(element, "name"))};
}

void readPatient(const XmlElement &root, Patient &patient)
{
    const XmlElement *role = pathOf(&root, {"recordTarget", "patientRole"});
    patient.localId = readIdentifier(childOf(role, "id"));
    patient.address = readAddress(role);
    patient.phone = readTelecom(role);
    const XmlElement *person = childOf(role, "patient");
    patient.name = readPersonName(person);
    patient.sex = sexFromText(attributeOf(childOf(person, "administrativeGenderCode"), "code"));
    patient.birthDate = readTime(childOf(person, "birthTime"));
    if (const XmlElement *element = childOf(person, "guardian")) {
        Guardian guardian;
        guardian.relation = attributeOf(childOf(element, "code"), "code");
        guardian.name = readPersonName(childOf(element, "guardianPerson"));
        guardian.phone = readTelecom(element);
        guardian.address = readAddress(element);
        patient.guardian = guardian;
    }
}

void readAuthor(const XmlElement &root, Practitioner &author)
{
    // The first human author: a document may be made by a device as well.
    const XmlElement *assigned = nullptr;
    for (const XmlElement *element : root.all(QLatin1String("author"))) {
        const XmlElement *candidate = childOf(element, "assignedAuthor");
        if (!assigned || (childOf(candidate, "assignedPerson") && !childOf(assigned, "assignedPerson")))
            assigned = candidate;
    }
    author.licence = readIdentifier(childOf(assigned, "id")).extension;
    author.phone = readTelecom(assigned);
    author.name = readPersonName(childOf(assigned, "assignedPerson"));
    if (author.name.isEmpty())
        author.name = readText(pathOf(assigned, {"assignedAuthoringDevice", "softwareName"}));
    author.department = readDepartment(childOf(assigned, "representedOrganization"));
}

void readRecipients(const XmlElement &root, std::vector<Recipient> &recipients)
{
    for (const XmlElement *element : root.all(QLatin1String("informationRecipient"))) {
        const XmlElement *intended = childOf(element, "intendedRecipient");
        Recipient recipient;
        recipient.doctor.licence = readIdentifier(childOf(intended, "id")).extension;
        recipient.doctor.phone = readTelecom(intended);
        recipient.doctor.name = readPersonName(childOf(intended, "informationRecipient"));
        const XmlElement *organization = childOf(intended, "receivedOrganization");
        const XmlElement *whole = pathOf(organization, {"asOrganizationPartOf", "wholeOrganization"});
        if (whole) {
            recipient.department = readDepartment(organization);
            recipient.institution = readOrganization(whole);
        } else {
            recipient.institution = readOrganization(organization);
        }
        recipients.push_back(std::move(recipient));
    }
}
} // namespace

void readHeader(const XmlElement &root, Document &d)
{
    d.id = readIdentifier(childOf(&root, "id"));
    const Identifier set = readIdentifier(childOf(&root, "setId"));
    d.setId = set.extension.isEmpty() ? set.root : set.extension;
    const QString version = attributeOf(childOf(&root, "versionNumber"), "value");
    d.version = version.isEmpty() ? 1 : version.toInt();
    d.title = readText(childOf(&root, "title"));
    d.effectiveTime = readTime(childOf(&root, "effectiveTime"));
    d.confidentiality = attributeOf(childOf(&root, "confidentialityCode"), "code");
    readPatient(root, d.patient);
    readAuthor(root, d.author);
    const XmlElement *authenticator = childOf(&root, "authenticator");
    const XmlElement *entity =
        childOf(authenticator ? authenticator : childOf(&root, "legalAuthenticator"), "assignedEntity");
    d.authenticator.userId = readIdentifier(childOf(entity, "id")).extension;
    d.authenticator.phone = readTelecom(entity);
    d.authenticator.name = readPersonName(childOf(entity, "assignedPerson"));
    d.custodian = readOrganization(
        pathOf(&root, {"custodian", "assignedCustodian", "representedCustodianOrganization"}));
    readRecipients(root, d.recipients);
    d.inReplyTo = readIdentifier(pathOf(&root, {"inFulfillmentOf", "order", "id"}));
    for (const XmlElement *related : root.all(QLatin1String("relatedDocument"))) {
        if (d.replaces.isEmpty())
            d.replaces = readIdentifier(pathOf(related, {"parentDocument", "id"}));
    }
    const XmlElement *encounter = pathOf(&root, {"componentOf", "encompassingEncounter"});
    d.encounter.code = attributeOf(childOf(encounter, "code"), "code");
    d.encounter.start = readTime(childOf(encounter, "effectiveTime"));
    d.encounter.end = readHigh(childOf(encounter, "effectiveTime"));
}

} // namespace naru::cda
