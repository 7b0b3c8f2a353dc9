#include "app/practice/seed/SeedCda.h"

#include "app/practice/seed/SeedSections.h"
#include "app/practice/seed/SeedXml.h"
#include "core/base/Oid.h"

namespace naru::practice {

using clinical::Document;
using clinical::Form;
using clinical::Institution;

namespace {
struct FormRow {
    Form form;
    const char *oidName;
    const char *loinc;
};
// The document code of the transfer note is not public: it is written with its LOINC parent "Transfer summary
// note".
constexpr FormRow formRows[] = {{Form::Referral, "krReferral", "57133-1"},
    {Form::Return, "krReturn", "18761-7"}, {Form::Reply, "krReply", "11488-4"},
    {Form::Summary, "krSummary", "34133-9"}, {Form::ImagingReport, "krImagingReport", "18748-4"},
    {Form::Emergency, "krEmergency", "18761-7"}, {Form::Consent, "krConsent", "57016-8"},
    {Form::Withdrawal, "krWithdrawal", "57016-8"}};

const FormRow &formRow(Form form)
{
    for (const FormRow &row : formRows) {
        if (row.form == form)
            return row;
    }
    return formRows[0];
}

void identity(SeedXml &xml, const Document &document)
{
    const FormRow &row = formRow(document.form);
    xml.empty("realmCode", {{"code", QStringLiteral("KR")}});
    xml.empty(
        "typeId", {{"root", base::oid("cdaTypeId").text()}, {"extension", QStringLiteral("POCD_HD000040")}});
    xml.empty("templateId", {{"root", base::oid(row.oidName).text()}});
    xml.id(document.id.root, document.id.extension);
    clinical::CodedValue code;
    code.code = QLatin1String(row.loinc);
    code.system = base::oid("loinc").text();
    code.display = document.title;
    xml.coded("code", code);
    xml.text("title", document.title);
    xml.empty("effectiveTime", {{"value", document.effectiveTime.toHl7()}});
    xml.empty("confidentialityCode",
        {{"code", document.confidentiality}, {"codeSystem", base::oid("confidentiality").text()}});
    xml.empty("languageCode", {{"code", QStringLiteral("ko")}});
}

void guardian(SeedXml &xml, const clinical::Guardian &one)
{
    xml.open("guardian", {{"classCode", QStringLiteral("GUARD")}});
    xml.empty("code", {{"code", one.relation}, {"codeSystem", base::oid("roleCode").text()}});
    xml.address(one.address);
    xml.telecom(one.phone);
    xml.open("guardianPerson");
    xml.personName(one.name);
    xml.close();
    xml.close();
}

void recordTarget(SeedXml &xml, const clinical::Patient &patient)
{
    xml.open("recordTarget", {{"typeCode", QStringLiteral("RCT")}});
    xml.open("patientRole", {{"classCode", QStringLiteral("PAT")}});
    xml.id(patient.localId.root, patient.localId.extension);
    xml.address(patient.address);
    xml.telecom(patient.phone);
    xml.open("patient");
    xml.personName(patient.name);
    const QString sex = clinical::sexToHl7(patient.sex);
    xml.empty("administrativeGenderCode",
        {{"code", sex.isEmpty() ? QStringLiteral("UN") : sex},
            {"codeSystem", base::oid("administrativeGender").text()}});
    xml.empty("birthTime", {{"value", patient.birthDate.toHl7()}});
    if (patient.guardian)
        guardian(xml, *patient.guardian);
    for (int k = 0; k < 3; ++k)
        xml.close();
}

void organisation(
    SeedXml &xml, const char *element, const Institution &institution, const clinical::Department &department)
{
    xml.open(element);
    xml.id(institution.oid, department.code);
    xml.text("name", department.name);
    xml.open("asOrganizationPartOf");
    xml.open("wholeOrganization");
    xml.id(institution.oid, institution.number);
    xml.text("name", institution.name);
    xml.telecom(institution.phone);
    xml.address(institution.address);
    for (int k = 0; k < 3; ++k)
        xml.close();
}

void author(SeedXml &xml, const Document &document, const Institution &institution)
{
    xml.open("author", {{"typeCode", QStringLiteral("AUT")}});
    xml.empty("time", {{"value", document.effectiveTime.toHl7()}});
    xml.open("assignedAuthor", {{"classCode", QStringLiteral("ASSIGNED")}});
    xml.id(institution.oid, document.author.licence);
    xml.address(institution.address);
    xml.telecom(document.author.phone);
    xml.open("assignedPerson");
    xml.personName(document.author.name);
    xml.close();
    organisation(xml, "representedOrganization", institution, document.author.department);
    xml.close();
    xml.close();
}

void custodian(SeedXml &xml, const Institution &institution)
{
    xml.open("custodian");
    xml.open("assignedCustodian");
    xml.open("representedCustodianOrganization");
    xml.id(institution.oid, institution.number);
    xml.text("name", institution.name);
    xml.telecom(institution.phone);
    xml.address(institution.address);
    for (int k = 0; k < 3; ++k)
        xml.close();
}

void recipient(SeedXml &xml, const clinical::Recipient &one)
{
    xml.open("informationRecipient", {{"typeCode", QStringLiteral("PRCP")}});
    xml.open("intendedRecipient");
    if (one.doctor.licence.isEmpty())
        xml.empty("id", {{"nullFlavor", QStringLiteral("UNK")}});
    else
        xml.id(one.institution.oid, one.doctor.licence);
    xml.telecom(one.institution.phone);
    if (!one.doctor.name.isEmpty()) {
        xml.open("informationRecipient");
        xml.personName(one.doctor.name);
        xml.close();
    }
    organisation(xml, "receivedOrganization", one.institution, one.department);
    xml.close();
    xml.close();
}

void authenticator(SeedXml &xml, const Document &document, const Institution &institution)
{
    xml.open("authenticator");
    xml.empty("time", {{"value", document.effectiveTime.toHl7()}});
    xml.empty("signatureCode", {{"code", QStringLiteral("S")}});
    xml.open("assignedEntity");
    xml.id(institution.oid, document.authenticator.userId);
    xml.telecom(document.authenticator.phone);
    xml.open("assignedPerson");
    xml.personName(document.authenticator.name);
    for (int k = 0; k < 3; ++k)
        xml.close();
}

void acts(SeedXml &xml, const Document &document)
{
    if (!document.inReplyTo.isEmpty()) {
        xml.open("inFulfillmentOf");
        xml.open("order");
        xml.id(document.inReplyTo.root, document.inReplyTo.extension);
        xml.close();
        xml.close();
    }
    xml.open("documentationOf");
    xml.open("serviceEvent", {{"classCode", QStringLiteral("ACT")}, {"moodCode", QStringLiteral("EVN")}});
    xml.empty("templateId", {{"root", base::oid("bppcServiceEvent").text()}});
    // ITI TF-3 5.1.2: one id without extension; an OID of its own under the document's.
    const QString event = document.id.root + QStringLiteral(".1");
    xml.empty("id", {{"root", event.size() <= 64 ? event : document.id.root}});
    if (document.consent) {
        xml.empty(
            "code", {{"code", document.consent->policy}, {"codeSystem", base::oid("krPolicies").text()}});
        xml.open("effectiveTime");
        xml.empty("low", {{"value", document.consent->date.toHl7()}});
        if (!document.consent->validUntil.isNull())
            xml.empty("high", {{"value", document.consent->validUntil.toHl7()}});
        xml.close();
    }
    xml.close();
    xml.close();
    xml.open("componentOf");
    xml.open("encompassingEncounter");
    xml.empty("code", {{"code", document.encounter.code}, {"codeSystem", base::oid("actCode").text()}});
    xml.empty("effectiveTime", {{"nullFlavor", QStringLiteral("UNK")}});
    xml.close();
    xml.close();
}
} // namespace

QByteArray writeSeedCda(const Document &document, const Institution &institution)
{
    QByteArray out;
    SeedXml xml(&out);
    xml.raw().writeStartDocument(QStringLiteral("1.0"));
    xml.raw().writeDefaultNamespace(QStringLiteral("urn:hl7-org:v3"));
    xml.raw().writeNamespace(
        QStringLiteral("http://www.w3.org/2001/XMLSchema-instance"), QStringLiteral("xsi"));
    xml.raw().writeNamespace(QStringLiteral("urn:hl7-org:sdtc"), QStringLiteral("sdtc"));
    xml.raw().writeStartElement(QStringLiteral("ClinicalDocument"));
    identity(xml, document);
    recordTarget(xml, document.patient);
    author(xml, document, institution);
    custodian(xml, institution);
    for (const clinical::Recipient &one : document.recipients)
        recipient(xml, one);
    authenticator(xml, document, institution);
    acts(xml, document);
    writeSeedBody(xml, document);
    xml.raw().writeEndDocument();
    return out;
}

} // namespace naru::practice
