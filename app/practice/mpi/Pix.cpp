#include "app/practice/mpi/Identity.h"

#include <QXmlStreamWriter>
#include <algorithm>

namespace naru::practice {

namespace {
using base::XmlElement;
const QString hl7 = QLatin1String(ns::hl7);

HttpAnswer v3Answer(const SoapRequest &request, const QString &interaction, const BodyWriter &body)
{
    return plainAnswer(
        writeEnvelope(QStringLiteral("urn:hl7-org:v3:") + interaction, request.messageId, body));
}
} // namespace

bool Identity::visible(const Person &person, const Viewer &viewer) const
{
    return Mpi::registeredBy(person, viewer.institution) || m_consent.of(m_mpi.cxOf(person)).given;
}

HttpAnswer Identity::pix(const SoapRequest &request, const Viewer &viewer)
{
    if (request.body.namespaceUri != hl7)
        throw SoapFault(QStringLiteral("Sender"), QStringLiteral("The body is no HL7 v3 message"));
    if (request.body.name == QLatin1String("PRPA_IN201301UV02"))
        return feed(request, viewer, false);
    if (request.body.name == QLatin1String("PRPA_IN201302UV02"))
        return feed(request, viewer, true);
    if (request.body.name == QLatin1String("PRPA_IN201309UV02"))
        return pixQuery(request, viewer);
    throw SoapFault(QStringLiteral("Sender"), QStringLiteral("This message is not supported here"));
}

// Whoever has a chart number of a person here is found to treat that person, consent or not: so nobody may
// claim, or revise by, a number of somebody else's range or the index's own key.
HttpAnswer Identity::feed(const SoapRequest &request, const Viewer &viewer, bool revise)
{
    const PersonFeed feed = readFeed(request.body);
    V3Ack ack{QStringLiteral("AA"), {}, {}};
    const bool foreign = !viewer.exchange
        && std::any_of(feed.person.ids.begin(), feed.person.ids.end(),
            [&viewer](const clinical::Identifier &id) { return id.root != viewer.institution; });
    if (foreign)
        ack = {QStringLiteral("AE"), QStringLiteral("204"),
            QStringLiteral("patient/id is not of the sender's number range")};
    else if (feed.person.ids.empty())
        ack = {QStringLiteral("AE"), QStringLiteral("101"), QStringLiteral("patient/id is required")};
    else if (feed.person.name.isEmpty())
        ack = {QStringLiteral("AE"), QStringLiteral("101"), QStringLiteral("patientPerson/name is required")};
    else if (revise && !m_mpi.revise(feed))
        ack = {QStringLiteral("AE"), QStringLiteral("204"), QStringLiteral("Unknown key identifier")};
    else if (!revise && !m_mpi.add(feed))
        ack = {QStringLiteral("AE"), QStringLiteral("205"),
            QStringLiteral("The identifiers belong to different persons")};
    const QString interaction = QStringLiteral("MCCI_IN000002UV01");
    return v3Answer(request, interaction,
        [&](QXmlStreamWriter &xml) { writeMessage(xml, interaction, request.body, m_context, ack, {}); });
}

HttpAnswer Identity::pixQuery(const SoapRequest &request, const Viewer &viewer)
{
    const XmlElement *query = request.body.path({"controlActProcess", "queryByParameter"});
    const XmlElement *asked = query ? query->path({"parameterList", "patientIdentifier", "value"}) : nullptr;
    if (!asked)
        throw SoapFault(
            QStringLiteral("Sender"), QStringLiteral("parameterList/patientIdentifier/value is missing"));
    clinical::Identifier id = readId(*asked);
    QStringList domains;
    bool unknownDomain = false;
    for (const XmlElement *source :
        query->child(QLatin1String("parameterList"))->all(QLatin1String("dataSource"))) {
        if (const XmlElement *value = source->child(QLatin1String("value")))
            domains.append(value->attribute(QLatin1String("root")));
    }
    for (const QString &domain : domains)
        unknownDomain = unknownDomain || (!m_mpi.knowsAuthority(domain) && domain != viewer.institution);
    auto person = m_mpi.byId(id);
    if (person && !visible(*person, viewer))
        person.reset(); // withheld and unknown look the same
    std::vector<clinical::Identifier> ids;
    if (person) {
        const bool given = m_consent.of(m_mpi.cxOf(*person)).given;
        ids.push_back({m_mpi.authority(), person->key});
        for (const clinical::Identifier &other : person->ids) {
            if (given || other.root == viewer.institution)
                ids.push_back(other);
        }
        std::erase_if(ids, [&](const clinical::Identifier &other) {
            return other == id || (!domains.isEmpty() && !domains.contains(other.root));
        });
    }
    V3Ack ack{QStringLiteral("AA"), {}, {}};
    QString code = ids.empty() ? QStringLiteral("NF") : QStringLiteral("OK");
    if (!person || unknownDomain) { // ITI TF-2 3.45.4.2.3 cases 3 to 5
        ack = {QStringLiteral("AE"), QStringLiteral("204"), QStringLiteral("Unknown key identifier")};
        code = QStringLiteral("AE");
        ids.clear();
    }
    const QString interaction = QStringLiteral("PRPA_IN201310UV02");
    return v3Answer(request, interaction, [&](QXmlStreamWriter &out) {
        writeMessage(out, interaction, request.body, m_context, ack, [&](QXmlStreamWriter &xml) {
            if (!ids.empty()) {
                xml.writeStartElement(hl7, QStringLiteral("subject"));
                xml.writeAttribute(QStringLiteral("typeCode"), QStringLiteral("SUBJ"));
                xml.writeStartElement(hl7, QStringLiteral("registrationEvent"));
                xml.writeAttribute(QStringLiteral("classCode"), QStringLiteral("REG"));
                xml.writeAttribute(QStringLiteral("moodCode"), QStringLiteral("EVN"));
                writeCode(xml, "statusCode", QStringLiteral("active"));
                xml.writeStartElement(hl7, QStringLiteral("subject1"));
                xml.writeAttribute(QStringLiteral("typeCode"), QStringLiteral("SBJ"));
                xml.writeStartElement(hl7, QStringLiteral("patient"));
                xml.writeAttribute(QStringLiteral("classCode"), QStringLiteral("PAT"));
                for (const clinical::Identifier &found : ids)
                    writeId(xml, found);
                writeCode(xml, "statusCode", QStringLiteral("active"));
                writePerson(xml, *person, false);
                xml.writeEndElement();
                xml.writeEndElement();
                writeCustodian(xml, m_context);
                xml.writeEndElement();
                xml.writeEndElement();
            }
            xml.writeStartElement(hl7, QStringLiteral("queryAck"));
            if (const XmlElement *queryId = query->child(QLatin1String("queryId"))) {
                xml.writeEmptyElement(hl7, QStringLiteral("queryId"));
                xml.writeAttribute(QStringLiteral("root"), queryId->attribute(QLatin1String("root")));
                xml.writeAttribute(
                    QStringLiteral("extension"), queryId->attribute(QLatin1String("extension")));
            }
            writeCode(xml, "queryResponseCode", code);
            xml.writeEndElement();
            copyElement(xml, *query);
        });
    });
}

} // namespace naru::practice
