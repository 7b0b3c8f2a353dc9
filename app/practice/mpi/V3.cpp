#include "app/practice/mpi/V3.h"

#include "core/base/Hangul.h"
#include "core/base/Oid.h"

#include <QDateTime>
#include <QXmlStreamWriter>

namespace naru::practice {

namespace {
using base::XmlElement;

QString hl7()
{
    return QLatin1String(ns::hl7);
}

void device(QXmlStreamWriter &xml, const char *role, const char *type, const clinical::Identifier &id)
{
    xml.writeStartElement(hl7(), QLatin1String(role));
    xml.writeAttribute(QStringLiteral("typeCode"), QLatin1String(type));
    xml.writeStartElement(hl7(), QStringLiteral("device"));
    xml.writeAttribute(QStringLiteral("classCode"), QStringLiteral("DEV"));
    xml.writeAttribute(QStringLiteral("determinerCode"), QStringLiteral("INSTANCE"));
    writeId(xml, id);
    xml.writeEndElement();
    xml.writeEndElement();
}

QString phoneOf(const XmlElement &person)
{
    for (const XmlElement *telecom : person.all(QLatin1String("telecom"))) {
        const QString value = telecom->attribute(QLatin1String("value"));
        if (!value.startsWith(QLatin1String("mailto:")))
            return value.startsWith(QLatin1String("tel:")) ? value.mid(4) : value;
    }
    return {};
}

clinical::Address addressOf(const XmlElement &person)
{
    const XmlElement *addr = person.child(QLatin1String("addr"));
    if (!addr)
        return {};
    QString basic = addr->value(QLatin1String("streetAddressLine"));
    if (basic.isEmpty())
        basic = addr->text.trimmed();
    return {base::normalized(basic), base::normalized(addr->value(QLatin1String("additionalLocator"))),
        addr->value(QLatin1String("postalCode"))};
}
} // namespace

clinical::Identifier readId(const XmlElement &element)
{
    return {element.attribute(QLatin1String("root")), element.attribute(QLatin1String("extension"))};
}

QString readPersonName(const XmlElement &name, QString *family, QString *given)
{
    const QString last = base::normalized(name.value(QLatin1String("family")));
    QString first;
    for (const XmlElement *part : name.all(QLatin1String("given")))
        first += (first.isEmpty() ? QString() : QStringLiteral(" ")) + base::normalized(part->allText());
    if (family)
        *family = last;
    if (given)
        *given = first;
    if (last.isEmpty() && first.isEmpty())
        return base::normalized(name.allText());
    const bool hangul =
        !last.isEmpty() && last.front().unicode() >= 0xAC00 && last.front().unicode() <= 0xD7A3;
    return hangul || first.isEmpty() ? last + first : first + QLatin1Char(' ') + last;
}

PersonFeed readFeed(const XmlElement &message)
{
    PersonFeed feed;
    const XmlElement *patient =
        message.path({"controlActProcess", "subject", "registrationEvent", "subject1", "patient"});
    if (!patient)
        throw SoapFault(
            QStringLiteral("Sender"), QStringLiteral("registrationEvent/subject1/patient is missing"));
    auto take = [&](const XmlElement &element, bool chart) {
        const clinical::Identifier id = readId(element);
        if (looksLikeResidentNumber(id.extension))
            feed.residentNumbers.append(id.extension);
        else if (chart && !id.root.isEmpty() && !id.extension.isEmpty())
            feed.person.ids.push_back(id);
    };
    for (const XmlElement *id : patient->all(QLatin1String("id")))
        take(*id, true);
    const XmlElement *person = patient->child(QLatin1String("patientPerson"));
    if (!person)
        return feed;
    for (const XmlElement *id : person->all(QLatin1String("id")))
        take(*id, false);
    for (const XmlElement *other : person->all(QLatin1String("asOtherIDs"))) {
        for (const XmlElement *id : other->all(QLatin1String("id")))
            take(*id, false);
    }
    if (const XmlElement *name = person->child(QLatin1String("name")))
        feed.person.name = readPersonName(*name, &feed.person.family, &feed.person.given);
    if (feed.person.family.isEmpty())
        std::tie(feed.person.family, feed.person.given) = clinical::familyAndGiven(feed.person.name);
    if (const XmlElement *sex = person->child(QLatin1String("administrativeGenderCode")))
        feed.person.sex = sex->attribute(QLatin1String("code"));
    if (const XmlElement *birth = person->child(QLatin1String("birthTime")))
        feed.person.birth = birth->attribute(QLatin1String("value")).left(8);
    feed.person.phone = phoneOf(*person);
    feed.person.address = addressOf(*person);
    return feed;
}

void writeId(QXmlStreamWriter &xml, const clinical::Identifier &id)
{
    xml.writeEmptyElement(hl7(), QStringLiteral("id"));
    xml.writeAttribute(QStringLiteral("root"), id.root);
    if (!id.extension.isEmpty())
        xml.writeAttribute(QStringLiteral("extension"), id.extension);
}

void writeCode(QXmlStreamWriter &xml, const char *element, const QString &code)
{
    xml.writeEmptyElement(hl7(), QLatin1String(element));
    xml.writeAttribute(QStringLiteral("code"), code);
}

void writeCustodian(QXmlStreamWriter &xml, const V3Context &context)
{
    xml.writeStartElement(hl7(), QStringLiteral("custodian"));
    xml.writeAttribute(QStringLiteral("typeCode"), QStringLiteral("CST"));
    xml.writeStartElement(hl7(), QStringLiteral("assignedEntity"));
    xml.writeAttribute(QStringLiteral("classCode"), QStringLiteral("ASSIGNED"));
    writeId(xml, {context.authority, {}});
    xml.writeEndElement();
    xml.writeEndElement();
}

namespace {
void writeAcknowledgement(QXmlStreamWriter &xml, const XmlElement &request, const V3Ack &ack)
{
    xml.writeStartElement(hl7(), QStringLiteral("acknowledgement"));
    writeCode(xml, "typeCode", ack.type);
    xml.writeStartElement(hl7(), QStringLiteral("targetMessage"));
    const XmlElement *id = request.child(QLatin1String("id"));
    writeId(xml, id ? readId(*id) : clinical::Identifier{});
    xml.writeEndElement();
    if (!ack.code.isEmpty() || !ack.text.isEmpty()) {
        xml.writeStartElement(hl7(), QStringLiteral("acknowledgementDetail"));
        xml.writeAttribute(QStringLiteral("typeCode"), QStringLiteral("E"));
        if (!ack.code.isEmpty()) {
            xml.writeEmptyElement(hl7(), QStringLiteral("code"));
            xml.writeAttribute(QStringLiteral("code"), ack.code);
        }
        xml.writeTextElement(hl7(), QStringLiteral("text"), ack.text);
        xml.writeEndElement();
    }
    xml.writeEndElement();
}
} // namespace

void writeMessage(QXmlStreamWriter &xml, const QString &interaction, const XmlElement &request,
    const V3Context &context, const V3Ack &ack, const BodyWriter &control)
{
    xml.writeDefaultNamespace(hl7());
    xml.writeStartElement(hl7(), interaction);
    xml.writeAttribute(QStringLiteral("ITSVersion"), QStringLiteral("XML_1.0"));
    writeId(xml, {base::newUuidUrn().mid(9), {}});
    xml.writeEmptyElement(hl7(), QStringLiteral("creationTime"));
    xml.writeAttribute(QStringLiteral("value"),
        QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMddHHmmss")) + QStringLiteral("+0000"));
    xml.writeEmptyElement(hl7(), QStringLiteral("interactionId"));
    xml.writeAttribute(QStringLiteral("root"), base::oid("hl7v3Interactions").text());
    xml.writeAttribute(QStringLiteral("extension"), interaction);
    writeCode(xml, "processingCode", QStringLiteral("P"));
    writeCode(xml, "processingModeCode", QStringLiteral("T"));
    writeCode(xml, "acceptAckCode", QStringLiteral("NE"));
    const XmlElement *asker = request.path({"sender", "device", "id"});
    device(xml, "receiver", "RCV", asker ? readId(*asker) : clinical::Identifier{});
    device(xml, "sender", "SND", {context.sender, {}});
    writeAcknowledgement(xml, request, ack);
    if (control) {
        xml.writeStartElement(hl7(), QStringLiteral("controlActProcess"));
        xml.writeAttribute(QStringLiteral("classCode"), QStringLiteral("CACT"));
        xml.writeAttribute(QStringLiteral("moodCode"), QStringLiteral("EVN"));
        xml.writeEmptyElement(hl7(), QStringLiteral("code"));
        xml.writeAttribute(
            QStringLiteral("code"), QString(interaction).replace(QLatin1String("_IN"), QLatin1String("_TE")));
        xml.writeAttribute(QStringLiteral("codeSystem"), base::oid("hl7v3Interactions").text());
        control(xml);
        xml.writeEndElement();
    }
    xml.writeEndElement();
}

void writePerson(QXmlStreamWriter &xml, const Person &person, bool demographics)
{
    xml.writeStartElement(hl7(), QStringLiteral("patientPerson"));
    xml.writeAttribute(QStringLiteral("classCode"), QStringLiteral("PSN"));
    xml.writeAttribute(QStringLiteral("determinerCode"), QStringLiteral("INSTANCE"));
    xml.writeStartElement(hl7(), QStringLiteral("name"));
    xml.writeTextElement(hl7(), QStringLiteral("family"), person.family);
    xml.writeTextElement(hl7(), QStringLiteral("given"), person.given);
    xml.writeEndElement();
    if (demographics) {
        if (!person.phone.isEmpty()) {
            xml.writeEmptyElement(hl7(), QStringLiteral("telecom"));
            xml.writeAttribute(QStringLiteral("value"), QStringLiteral("tel:") + person.phone);
        }
        writeCode(xml, "administrativeGenderCode", person.sex);
        xml.writeEmptyElement(hl7(), QStringLiteral("birthTime"));
        xml.writeAttribute(QStringLiteral("value"), person.birth);
        if (!person.address.isEmpty()) {
            xml.writeStartElement(hl7(), QStringLiteral("addr"));
            xml.writeTextElement(hl7(), QStringLiteral("streetAddressLine"), person.address.basic);
            if (!person.address.detail.isEmpty())
                xml.writeTextElement(hl7(), QStringLiteral("additionalLocator"), person.address.detail);
            xml.writeTextElement(hl7(), QStringLiteral("postalCode"), person.address.postalCode);
            xml.writeEndElement();
        }
    }
    xml.writeEndElement();
}

void copyElement(QXmlStreamWriter &xml, const XmlElement &element)
{
    xml.writeStartElement(hl7(), element.name);
    for (const base::XmlAttribute &attribute : element.attributes) {
        if (attribute.namespaceUri.isEmpty()) // a resident number is never handed back
            xml.writeAttribute(attribute.name,
                looksLikeResidentNumber(attribute.value) ? QStringLiteral("withheld") : attribute.value);
    }
    if (!element.text.trimmed().isEmpty())
        xml.writeCharacters(element.text);
    for (const XmlElement &child : element.children)
        copyElement(xml, child);
    xml.writeEndElement();
}

} // namespace naru::practice
