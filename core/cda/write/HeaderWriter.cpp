#include "core/cda/write/HeaderWriter.h"

#include "core/base/Oid.h"

#include <QUuid>

namespace naru::cda {

using clinical::Document;
using clinical::Identifier;

namespace {
Identifier under(const clinical::Institution &institution, const QString &extension)
{
    return extension.isEmpty() ? Identifier() : Identifier{institution.oid, extension};
}

void organization(XmlOut &out, const char *element, const clinical::Institution &institution)
{
    out.start(element).id("id", {institution.oid, institution.number});
    if (!institution.name.isEmpty())
        out.leaf("name", institution.name);
    out.telecom(institution.phone).address(institution.address).end();
}

// Department as part of its institution: id root = institution, extension = department code.
void department(XmlOut &out, const char *element, const clinical::Department &department,
    const clinical::Institution &institution)
{
    out.start(element);
    if (!department.code.isEmpty())
        out.id("id", {institution.oid, department.code});
    if (!department.name.isEmpty())
        out.leaf("name", department.name);
    out.start("asOrganizationPartOf");
    organization(out, "wholeOrganization", institution);
    out.end().end();
}

void identity(XmlOut &out, const Document &d, const WriteProfile &profile, const FormTemplate &formTemplate)
{
    out.empty("realmCode", {{"code", profile.realmCode}});
    out.empty(
        "typeId", {{"root", base::oid("cdaTypeId").text()}, {"extension", QStringLiteral("POCD_HD000040")}});
    for (const QString &templateId : formTemplate.templateIds)
        out.id("templateId", {templateId, {}});
    out.setPlace(QStringLiteral("id"));
    out.id("id", d.id);
    out.coded("code", formTemplate.code);
    out.setPlace(QStringLiteral("title"));
    out.leaf("title", d.title.isEmpty() ? clinical::formTitleKo(d.form) : d.title);
    out.time("effectiveTime", d.effectiveTime);
    out.empty("confidentialityCode",
        {{"code", d.confidentiality}, {"codeSystem", base::oid("confidentiality").text()},
            {"nullFlavor", d.confidentiality.isEmpty() ? QStringLiteral("NI") : QString()}});
    out.empty("languageCode", {{"code", profile.languageCode}});
    out.setPlace(QStringLiteral("setId"));
    if (!d.setId.isEmpty())
        out.id("setId", {d.custodian.oid, d.setId});
    out.empty("versionNumber", {{"value", QString::number(d.version)}});
}

void patient(XmlOut &out, const clinical::Patient &p)
{
    out.setPlace(QStringLiteral("patient"));
    out.start("recordTarget").start("patientRole").id("id", p.localId);
    out.address(p.address).telecom(p.phone);
    out.start("patient").personName(p.name);
    const QString sex = clinical::sexToHl7(p.sex);
    out.empty("administrativeGenderCode",
        {{"code", sex}, {"codeSystem", sex.isEmpty() ? QString() : base::oid("administrativeGender").text()},
            {"nullFlavor", sex.isEmpty() ? QStringLiteral("UNK") : QString()}});
    out.time("birthTime", p.birthDate);
    if (p.guardian) {
        out.setPlace(QStringLiteral("patient.guardian"));
        out.start("guardian");
        if (!p.guardian->relation.isEmpty())
            out.empty("code", {{"code", p.guardian->relation}, {"codeSystem", base::oid("roleCode").text()}});
        out.address(p.guardian->address).telecom(p.guardian->phone);
        out.start("guardianPerson").personName(p.guardian->name).end().end();
    }
    out.end().end().end();
}

void author(XmlOut &out, const Document &d)
{
    out.setPlace(QStringLiteral("author"));
    const clinical::Practitioner &doctor = d.author;
    const bool absent = doctor.name.isEmpty() && doctor.licence.isEmpty();
    out.start("author", {{"nullFlavor", absent ? QStringLiteral("NI") : QString()}});
    out.time("time", d.effectiveTime).start("assignedAuthor").id("id", under(d.custodian, doctor.licence));
    out.address(d.custodian.address).telecom(doctor.phone);
    if (!absent)
        out.start("assignedPerson").personName(doctor.name).end();
    department(out, "representedOrganization", doctor.department, d.custodian);
    out.end().end();
}

void recipients(XmlOut &out, const Document &d)
{
    for (std::size_t i = 0; i < d.recipients.size(); ++i) {
        const clinical::Recipient &recipient = d.recipients[i];
        out.setPlace(QStringLiteral("recipients[%1]").arg(i));
        out.start("informationRecipient").start("intendedRecipient");
        out.id("id", under(recipient.institution, recipient.doctor.licence)).telecom(recipient.doctor.phone);
        if (!recipient.doctor.name.isEmpty())
            out.start("informationRecipient").personName(recipient.doctor.name).end();
        department(out, "receivedOrganization", recipient.department, recipient.institution);
        out.end().end();
    }
}

void authenticator(XmlOut &out, const Document &d)
{
    out.setPlace(QStringLiteral("authenticator"));
    const clinical::Practitioner &writer = d.authenticator;
    if (writer.name.isEmpty() && writer.userId.isEmpty())
        return;
    out.start("authenticator").time("time", d.effectiveTime);
    out.empty("signatureCode", {{"code", QStringLiteral("S")}}).start("assignedEntity");
    out.id("id", under(d.custodian, writer.userId)).telecom(writer.phone);
    out.start("assignedPerson").personName(writer.name).end().end().end();
}

// BPPC (ITI TF-3 5.1.2): exactly one id, a UUID or OID without extension. Made from the document's id, so
// that the same document is the same bytes again; upper case as HL7 v3 writes a UUID.
Identifier serviceEventId(const Document &d)
{
    constexpr QUuid oidNamespace(
        0x6ba7b812, 0x9dad, 0x11d1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8); // RFC 4122 C
    const QString name = d.id.root + QLatin1Char('^') + d.id.extension + QLatin1String("^serviceEvent");
    return {QUuid::createUuidV5(oidNamespace, name).toString(QUuid::WithoutBraces).toUpper(), {}};
}

void relations(XmlOut &out, const Document &d, const WriteProfile &profile)
{
    out.setPlace(QStringLiteral("inReplyTo"));
    if (!d.inReplyTo.isEmpty())
        out.start("inFulfillmentOf").start("order").id("id", d.inReplyTo).end().end();
    out.setPlace(QStringLiteral("consent.policy"));
    // Always written (korea-documents 3); in consent documents it says which policy holds, and from when.
    out.start("documentationOf")
        .start("serviceEvent", {{"classCode", QStringLiteral("ACT")}, {"moodCode", QStringLiteral("EVN")}});
    out.id("templateId", {base::oid("bppcServiceEvent").text(), {}}).id("id", serviceEventId(d));
    if (d.consent) {
        if (!d.consent->policy.isEmpty())
            out.coded("code",
                {d.consent->policy, base::oid("krPolicies").text(), base::oidTitle(d.consent->policy)});
        out.interval("effectiveTime", d.consent->date, d.consent->validUntil);
    }
    out.end().end();
    out.setPlace(QStringLiteral("replaces"));
    if (!d.replaces.isEmpty()) {
        out.start("relatedDocument", {{"typeCode", profile.relation}}).start("parentDocument");
        out.id("id", d.replaces);
        if (!d.setId.isEmpty())
            out.id("setId", {d.custodian.oid, d.setId});
        if (d.version > 1)
            out.empty("versionNumber", {{"value", QString::number(d.version - 1)}});
        out.end().end();
    }
}
} // namespace

void writeHeader(
    XmlOut &out, const Document &d, const WriteProfile &profile, const FormTemplate &formTemplate)
{
    identity(out, d, profile, formTemplate);
    patient(out, d.patient);
    author(out, d);
    out.setPlace(QStringLiteral("custodian"));
    out.start("custodian").start("assignedCustodian");
    organization(out, "representedCustodianOrganization", d.custodian);
    out.end().end();
    recipients(out, d);
    authenticator(out, d);
    relations(out, d, profile);
    out.setPlace(QStringLiteral("encounter"));
    out.start("componentOf").start("encompassingEncounter");
    if (!d.encounter.code.isEmpty())
        out.empty("code", {{"code", d.encounter.code}, {"codeSystem", base::oid("actCode").text()}});
    out.interval("effectiveTime", d.encounter.start, d.encounter.end).end().end();
}

} // namespace naru::cda
