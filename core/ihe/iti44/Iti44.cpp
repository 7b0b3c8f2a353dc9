#include "core/ihe/iti44/Iti44.h"

#include "core/ihe/hl7v3/V3Message.h"

namespace naru::ihe {

const TransactionInfo Iti44Add::info{"ITI-44", "urn:hl7-org:v3:PRPA_IN201301UV02",
    "urn:hl7-org:v3:MCCI_IN000002UV01", false, true, false, TransactionRecord::Kind::PatientRecord, 'C'};
const TransactionInfo Iti44Revise::info{"ITI-44", "urn:hl7-org:v3:PRPA_IN201302UV02",
    "urn:hl7-org:v3:MCCI_IN000002UV01", false, true, false, TransactionRecord::Kind::PatientRecord, 'U'};

namespace {
void writePerson(V3Writer &xml, const PatientIdentity &patient)
{
    xml.start("patientPerson");
    xml.attribute("classCode", "PSN");
    xml.attribute("determinerCode", "INSTANCE");
    writeName(xml, "name", patient.family, patient.given);
    if (!patient.phone.isEmpty())
        xml.value("telecom", QStringLiteral("tel:") + patient.phone);
    if (const QString sex = clinical::sexToHl7(patient.sex); !sex.isEmpty())
        xml.code("administrativeGenderCode", sex);
    if (!patient.birthDate.isNull())
        xml.value("birthTime", patient.birthDate.toHl7());
    if (!patient.address.isEmpty()) {
        xml.start("addr");
        xml.text("streetAddressLine", patient.address.basic);
        if (!patient.address.detail.isEmpty())
            xml.text("additionalLocator", patient.address.detail);
        if (!patient.address.postalCode.isEmpty())
            xml.text("postalCode", patient.address.postalCode);
        xml.end();
    }
    for (std::size_t i = 1; i < patient.ids.size(); ++i) {
        xml.start("asOtherIDs");
        xml.attribute("classCode", "PAT");
        xml.id("id", patient.ids[i].root, patient.ids[i].extension);
        xml.start("scopingOrganization");
        xml.attribute("classCode", "ORG");
        xml.attribute("determinerCode", "INSTANCE");
        xml.id("id", patient.ids[i].root);
        xml.end();
        xml.end();
    }
    xml.end();
}

void writeProvider(V3Writer &xml, const clinical::Institution &provider)
{
    xml.start("providerOrganization");
    xml.attribute("classCode", "ORG");
    xml.attribute("determinerCode", "INSTANCE");
    xml.id("id", provider.oid);
    xml.text("name", provider.name);
    xml.start("contactParty");
    xml.attribute("classCode", "CON");
    if (!provider.phone.isEmpty())
        xml.value("telecom", QStringLiteral("tel:") + provider.phone);
    xml.end();
    xml.end();
}

// PRPA_MT201301UV02 / PRPA_MT201302UV02 in an MFMI registration event.
Outgoing feed(const FeedQuestion &question, const char *interaction, const char *trigger)
{
    V3Writer xml(interaction, question.devices, question.created, "AL");
    xml.startControlAct(trigger);
    xml.start("subject");
    xml.attribute("typeCode", "SUBJ");
    xml.start("registrationEvent");
    xml.attribute("classCode", "REG");
    xml.attribute("moodCode", "EVN");
    xml.start("id");
    xml.attribute("nullFlavor", "NA");
    xml.end();
    xml.code("statusCode", QStringLiteral("active"));
    xml.start("subject1");
    xml.attribute("typeCode", "SBJ");
    xml.start("patient");
    xml.attribute("classCode", "PAT");
    xml.id("id", question.patient.ids.front().root, question.patient.ids.front().extension);
    xml.code("statusCode", QStringLiteral("active"));
    writePerson(xml, question.patient);
    writeProvider(xml, question.provider);
    xml.end();
    xml.end();
    xml.start("custodian");
    xml.attribute("typeCode", "CST");
    xml.start("assignedEntity");
    xml.attribute("classCode", "ASSIGNED");
    xml.id("id", question.provider.oid);
    return {xml.finish(), {}, {}};
}
} // namespace

base::Status Iti44Add::validate(const Question &question)
{
    NARU_TRY(requireDevices(question.devices, question.created));
    const auto &ids = question.patient.ids;
    if (ids.empty() || ids.front().root.isEmpty() || ids.front().extension.isEmpty())
        return v3Incomplete(QStringLiteral("our own patient identifier is missing"));
    if (question.patient.family.isEmpty() && question.patient.given.isEmpty())
        return v3Incomplete(QStringLiteral("the name is missing"));
    if (question.provider.oid.isEmpty())
        return v3Incomplete(QStringLiteral("the institution is missing"));
    return {};
}

base::Result<Outgoing> Iti44Add::encode(const Question &question)
{
    return feed(question, "PRPA_IN201301UV02", "PRPA_TE201301UV02");
}

base::Result<Outgoing> Iti44Revise::encode(const Question &question)
{
    return feed(question, "PRPA_IN201302UV02", "PRPA_TE201302UV02");
}

base::Result<FeedAnswer> Iti44Add::decode(const Question &, Received &&received)
{
    NARU_ASSIGN(V3Reply reply, readV3(std::move(received), false));
    return FeedAnswer{std::move(reply.acknowledgement), std::move(reply.deviations)};
}

std::vector<TransactionRecord> Iti44Add::audit(const Question &question, const Answer *)
{
    TransactionRecord record;
    for (const clinical::Identifier &id : question.patient.ids)
        record.patientIds += id.toCx();
    return {record};
}

} // namespace naru::ihe
