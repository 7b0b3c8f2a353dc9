#include "core/ihe/hl7v3/V3Message.h"

#include "core/base/Oid.h"
#include "core/ihe/Errors.h"
#include "core/ihe/metadata/Metadata.h"
#include "core/ihe/soap/Namespaces.h"
#include "core/ihe/soap/SoapParts.h"

#include <algorithm>
#include <tuple>

namespace naru::ihe {

const char V3Writer::hl7[] = "urn:hl7-org:v3";

V3Writer::V3Writer(
    const char *interaction, const V3Devices &devices, const base::Timestamp &created, const char *acceptAck)
    : m_xml(&m_out)
{
    m_xml.writeDefaultNamespace(QString::fromLatin1(hl7));
    start(interaction);
    attribute("ITSVersion", "XML_1.0");
    id("id", devices.sender, newV3Id());
    value("creationTime", created.toHl7());
    id("interactionId", base::oid("hl7v3Interactions").text(), QString::fromLatin1(interaction));
    code("processingCode", QStringLiteral("P"));
    code("processingModeCode", QStringLiteral("T"));
    code("acceptAckCode", QString::fromLatin1(acceptAck));
    device("receiver", devices.receiver);
    device("sender", devices.sender);
}

void V3Writer::device(const char *role, const QString &oid)
{
    start(role);
    attribute("typeCode", qstrcmp(role, "sender") == 0 ? "SND" : "RCV");
    start("device");
    attribute("classCode", "DEV");
    attribute("determinerCode", "INSTANCE");
    id("id", oid);
    end();
    end();
}

void V3Writer::attribute(const char *name, const QString &value)
{
    m_xml.writeAttribute(QString::fromLatin1(name), value);
}

void V3Writer::id(const char *element, const QString &root, const QString &extension)
{
    start(element);
    attribute("root", root);
    if (!extension.isEmpty())
        attribute("extension", extension);
    end();
}

void V3Writer::code(const char *element, const QString &value)
{
    start(element);
    attribute("code", value);
    end();
}

void V3Writer::text(const char *element, const QString &value)
{
    start(element);
    m_xml.writeCharacters(value);
    end();
}

void V3Writer::startControlAct(const char *trigger)
{
    start("controlActProcess");
    attribute("classCode", "CACT");
    attribute("moodCode", "EVN");
    start("code");
    attribute("code", trigger);
    attribute("codeSystem", base::oid("hl7v3Interactions").text());
    end();
}

QByteArray V3Writer::finish()
{
    m_xml.writeEndDocument();
    return m_out;
}

namespace {
V3Acknowledgement readAcknowledgement(const base::XmlElement &message)
{
    V3Acknowledgement out;
    if (const base::XmlElement *acknowledgement = message.child(QLatin1String("acknowledgement"))) {
        out.typeCode = acknowledgement->attribute(QLatin1String("typeCode")).trimmed().toUpper();
        if (const base::XmlElement *code = acknowledgement->child(QLatin1String("typeCode"));
            code && out.typeCode.isEmpty())
            out.typeCode = code->attribute(QLatin1String("code")).trimmed().toUpper();
        for (const base::XmlElement *detail : acknowledgement->all(QLatin1String("acknowledgementDetail"))) {
            const base::XmlElement *code = detail->child(QLatin1String("code"));
            out.details += ((code ? code->attribute(QLatin1String("code")) : QString()) + QLatin1Char(' ')
                + detail->value(QLatin1String("text")).simplified())
                               .trimmed();
        }
    }
    const base::XmlElement *code = message.path({"controlActProcess", "queryAck", "queryResponseCode"});
    if (code)
        out.queryResponse = code->attribute(QLatin1String("code")).trimmed().toUpper();
    return out;
}

clinical::Sex sexOf(const base::XmlElement *person)
{
    const base::XmlElement *code =
        person ? person->child(QLatin1String("administrativeGenderCode")) : nullptr;
    return code ? clinical::sexFromText(code->attribute(QLatin1String("code"))) : clinical::Sex::Unknown;
}

void addIds(const base::XmlElement &holder, std::vector<clinical::Identifier> &ids)
{
    for (const base::XmlElement *element : holder.all(QLatin1String("id"))) {
        const clinical::Identifier id = readId(*element);
        if (!id.extension.isEmpty() && std::find(ids.begin(), ids.end(), id) == ids.end())
            ids.push_back(id);
    }
}

clinical::Address addressOf(const base::XmlElement &element)
{
    clinical::Address out;
    const QString lines = element.value(QLatin1String("streetAddressLine"));
    for (const char *part : {"state", "city", "streetAddressLine"}) {
        for (const base::XmlElement *line : element.all(QLatin1String(part)))
            out.basic +=
                (out.basic.isEmpty() ? QString() : QStringLiteral(" ")) + line->allText().simplified();
    }
    out.detail = element.value(QLatin1String("additionalLocator"));
    out.postalCode = element.value(QLatin1String("postalCode"));
    if (out.basic.isEmpty() && lines.isEmpty())
        out.basic = element.text.simplified();
    return out;
}

void readName(const base::XmlElement &person, PatientIdentity &out)
{
    const base::XmlElement *name = person.child(QLatin1String("name"));
    if (!name)
        return;
    out.family = name->value(QLatin1String("family"));
    QStringList given;
    for (const base::XmlElement *part : name->all(QLatin1String("given")))
        given += part->allText().simplified();
    out.given = given.join(QLatin1Char(' '));
    if (out.family.isEmpty() && out.given.isEmpty())
        std::tie(out.family, out.given) = clinical::familyAndGiven(name->allText().simplified());
}
} // namespace

clinical::Identifier readId(const base::XmlElement &element)
{
    return {bareOid(element.attribute(QLatin1String("root"))),
        element.attribute(QLatin1String("extension")).trimmed()};
}

QString newV3Id()
{
    return base::newUuidUrn().mid(9).remove(QLatin1Char('-'));
}

base::Error v3Incomplete(const QString &what)
{
    return base::Error(errors::Query, what, {{QStringLiteral("what"), what}});
}

base::Status requireDevices(const V3Devices &devices, const base::Timestamp &created)
{
    if (devices.sender.isEmpty() || devices.receiver.isEmpty())
        return v3Incomplete(QStringLiteral("sender or receiver device is missing"));
    if (created.precision() < base::Timestamp::Precision::Second)
        return v3Incomplete(QStringLiteral("creation time is missing"));
    return {};
}

void writeName(V3Writer &writer, const char *element, const QString &family, const QString &given)
{
    writer.start(element);
    if (!family.isEmpty())
        writer.text("family", family);
    if (!given.isEmpty())
        writer.text("given", given);
    writer.end();
}

base::Result<V3Reply> readV3(Received &&received, bool query)
{
    NARU_ASSIGN(SoapReply soap, readEnvelope(received.root));
    NARU_TRY(checkReply(soap, received.messageId, received.answerAction));
    if (soap.body.name.isEmpty())
        return soapError(QStringLiteral("empty Body"));
    V3Reply out;
    out.message = std::move(soap.body);
    out.deviations = received.deviations + soap.deviations;
    if (out.message.namespaceUri != QLatin1String(ns::hl7))
        out.deviations += QStringLiteral("message outside the HL7 v3 namespace");
    out.acknowledgement = readAcknowledgement(out.message);
    const QString &response = out.acknowledgement.queryResponse;
    const bool answered = !query || response == QLatin1String("OK") || response == QLatin1String("NF");
    if (!out.acknowledgement.accepted() || !answered) {
        // Codes only: the detail texts may quote the person.
        QStringList what{out.acknowledgement.typeCode.isEmpty() ? QStringLiteral("no acknowledgement")
                                                                : out.acknowledgement.typeCode};
        if (query)
            what += response.isEmpty() ? QStringLiteral("no query response") : response;
        for (const QString &detail : out.acknowledgement.details)
            what += detail.section(QLatin1Char(' '), 0, 0);
        return base::Error(errors::Nak, what.join(QLatin1Char(' ')),
            {{QStringLiteral("what"), what.join(QLatin1Char(' '))}});
    }
    return out;
}

PatientIdentity readPatient(const base::XmlElement &patient)
{
    PatientIdentity out;
    addIds(patient, out.ids);
    if (const base::XmlElement *status = patient.child(QLatin1String("statusCode")))
        out.statusCode = status->attribute(QLatin1String("code")).toLower();
    const base::XmlElement *person = patient.child(QLatin1String("patientPerson"));
    out.sex = sexOf(person);
    if (person) {
        readName(*person, out);
        if (const base::XmlElement *birth = person->child(QLatin1String("birthTime")))
            out.birthDate = base::Timestamp::parseHl7(birth->attribute(QLatin1String("value"))).valueOr({});
        for (const base::XmlElement *telecom : person->all(QLatin1String("telecom"))) {
            const QString value = telecom->attribute(QLatin1String("value"));
            if (out.phone.isEmpty()
                && (value.startsWith(QLatin1String("tel:")) || !value.contains(QLatin1Char(':'))))
                out.phone = value.startsWith(QLatin1String("tel:")) ? value.mid(4) : value;
        }
        if (const base::XmlElement *address = person->child(QLatin1String("addr")))
            out.address = addressOf(*address);
    }
    // asOtherIDs stands in the person by the schema and beside it in the field.
    for (const base::XmlElement *holder : {person, &patient}) {
        for (const char *name : {"asOtherIDs", "asOtherIds"}) {
            for (const base::XmlElement *other :
                holder ? holder->all(QLatin1String(name)) : std::vector<const base::XmlElement *>())
                addIds(*other, out.ids);
        }
    }
    if (const base::XmlElement *quality = patient.path({"subjectOf1", "queryMatchObservation", "value"})) {
        bool ok = false;
        const int percent = quality->attribute(QLatin1String("value")).toInt(&ok);
        out.matchQuality = ok ? percent : -1;
    }
    return out;
}

QString PatientIdentity::name() const
{
    const bool hangul = !family.isEmpty() && family[0].script() == QChar::Script_Hangul;
    return hangul ? family + given : (given + QLatin1Char(' ') + family).trimmed();
}

QString PatientIdentity::idOf(const QString &authority) const
{
    for (const clinical::Identifier &id : ids) {
        if (id.root == authority)
            return id.extension;
    }
    return {};
}

} // namespace naru::ihe
