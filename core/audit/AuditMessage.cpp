#include "core/audit/AuditMessage.h"

#include "core/audit/Errors.h"

#include <QXmlStreamWriter>

namespace naru::audit {

namespace {
base::Error missing(const char *what)
{
    return base::Error(errors::Invalid, {}, {{QStringLiteral("what"), QLatin1String(what)}});
}

// Attributes of type xs:token and XML 1.0: control characters cannot be written at all.
QString clean(const QString &text)
{
    QString out = text;
    for (QChar &c : out) {
        if (c.unicode() < 0x20 || c.unicode() == 0xFFFE || c.unicode() == 0xFFFF || c.unicode() == 0x7F)
            c = QLatin1Char(' ');
    }
    return out;
}

class Writer {
public:
    explicit Writer(QByteArray *out)
        : m_xml(out)
    {
        m_xml.writeStartDocument();
    }

    void message(const AuditEvent &event)
    {
        m_xml.writeStartElement(QStringLiteral("AuditMessage"));
        identification(event);
        for (const ActiveParticipant &each : event.participants)
            participant(each);
        source(event.source);
        for (const ParticipantObject &each : event.objects)
            object(each);
        m_xml.writeEndElement();
        m_xml.writeEndDocument();
    }

private:
    void attribute(const char *name, const QString &value)
    {
        m_xml.writeAttribute(QLatin1String(name), clean(value));
    }
    void attributeIf(const char *name, const QString &value)
    {
        if (!value.isEmpty())
            attribute(name, value);
    }
    void attributeIf(const char *name, int value)
    {
        if (value != 0)
            attribute(name, QString::number(value));
    }
    void code(const char *element, const EventCode &value)
    {
        m_xml.writeStartElement(QLatin1String(element));
        attribute("csd-code", value.code);
        attribute("codeSystemName", value.system);
        attributeIf("displayName", value.text);
        attribute("originalText", value.text);
        m_xml.writeEndElement();
    }
    void identification(const AuditEvent &event)
    {
        m_xml.writeStartElement(QStringLiteral("EventIdentification"));
        attribute("EventActionCode", event.action);
        attribute("EventDateTime", event.time.toUTC().toString(Qt::ISODateWithMs));
        attribute("EventOutcomeIndicator", QString::number(int(event.outcome)));
        code("EventID", event.eventId);
        for (const EventCode &type : event.types)
            code("EventTypeCode", type);
        if (!event.outcomeDescription.isEmpty())
            m_xml.writeTextElement(
                QStringLiteral("EventOutcomeDescription"), clean(event.outcomeDescription));
        for (const EventCode &purpose : event.purposeOfUse)
            code("PurposeOfUse", purpose);
        m_xml.writeEndElement();
    }
    void participant(const ActiveParticipant &value)
    {
        m_xml.writeStartElement(QStringLiteral("ActiveParticipant"));
        attribute("UserID", value.userId);
        attributeIf("AlternativeUserID", value.alternativeUserId);
        attributeIf("UserName", value.userName);
        attribute("UserIsRequestor", value.requestor ? QStringLiteral("true") : QStringLiteral("false"));
        if (value.networkAccessPointType != 0) {
            attribute("NetworkAccessPointID", value.networkAccessPoint);
            attributeIf("NetworkAccessPointTypeCode", value.networkAccessPointType);
        }
        for (const EventCode &role : value.roles)
            code("RoleIDCode", role);
        if (!value.mediaType.isEmpty()) {
            m_xml.writeStartElement(QStringLiteral("MediaIdentifier"));
            code("MediaType", value.mediaType);
            m_xml.writeEndElement();
        }
        m_xml.writeEndElement();
    }
    void source(const AuditSource &value)
    {
        m_xml.writeStartElement(QStringLiteral("AuditSourceIdentification"));
        attributeIf("AuditEnterpriseSiteID", value.enterpriseSiteId);
        attribute("AuditSourceID", value.sourceId);
        for (const QString &type : value.typeCodes) {
            m_xml.writeEmptyElement(QStringLiteral("AuditSourceTypeCode"));
            attribute("csd-code", type);
        }
        m_xml.writeEndElement();
    }
    void object(const ParticipantObject &value)
    {
        m_xml.writeStartElement(QStringLiteral("ParticipantObjectIdentification"));
        attribute("ParticipantObjectID", value.id);
        attributeIf("ParticipantObjectTypeCode", value.typeCode);
        attributeIf("ParticipantObjectTypeCodeRole", value.role);
        attributeIf("ParticipantObjectDataLifeCycle", value.lifeCycle);
        attributeIf("ParticipantObjectSensitivity", value.sensitivity);
        code("ParticipantObjectIDTypeCode", value.idType);
        if (!value.query.isEmpty())
            m_xml.writeTextElement(
                QStringLiteral("ParticipantObjectQuery"), QString::fromLatin1(value.query.toBase64()));
        else if (!value.name.isEmpty())
            m_xml.writeTextElement(QStringLiteral("ParticipantObjectName"), clean(value.name));
        for (const ObjectDetail &detail : value.details) {
            m_xml.writeEmptyElement(QStringLiteral("ParticipantObjectDetail"));
            attribute("type", detail.type);
            attribute("value", QString::fromLatin1(detail.value.toBase64()));
        }
        m_xml.writeEndElement();
    }

    QXmlStreamWriter m_xml;
};

// RFC 5424 6: printable US-ASCII without spaces, bounded; "-" when nothing is left.
QByteArray headerField(const QString &text, int limit)
{
    QByteArray out;
    for (const QChar c : text) {
        if (c.unicode() > 0x20 && c.unicode() < 0x7F && out.size() < limit)
            out += char(c.unicode());
    }
    return out.isEmpty() ? QByteArray("-") : out;
}

// RFC 5424 6.3.3: the quote, the backslash and the bracket are escaped.
QByteArray parameter(const QString &text)
{
    QByteArray out;
    for (const char c : text.toUtf8()) {
        if (c == '"' || c == '\\' || c == ']')
            out += '\\';
        out += c;
    }
    return out;
}
} // namespace

base::Result<QByteArray> toXml(const AuditEvent &event)
{
    if (event.eventId.isEmpty())
        return missing("EventID");
    if (!event.time.isValid())
        return missing("EventDateTime");
    if (event.participants.empty())
        return missing("ActiveParticipant");
    if (event.source.sourceId.isEmpty())
        return missing("AuditSourceID");
    for (const ParticipantObject &object : event.objects) {
        if (object.id.isEmpty() || object.idType.isEmpty())
            return missing("ParticipantObjectID");
    }
    QByteArray out;
    Writer(&out).message(event);
    out.replace('\n', QByteArray()); // after the declaration only; text cannot hold one
    return out;
}

base::Result<QByteArray> toSyslog(const AuditEvent &event, const SyslogFacts &facts)
{
    NARU_ASSIGN(const QByteArray xml, toXml(event));
    QByteArray data =
        '[' + headerField(facts.structuredDataId, 32) + " uuid=\"" + parameter(event.uuid) + '"';
    if (facts.sequence > 0)
        data += " seq=\"" + QByteArray::number(facts.sequence) + '"';
    data += ']';
    // RFC 5424 7.3.1: sequenceId is 1 to 2147483647 and starts over.
    if (facts.sequence > 0)
        data += "[meta sequenceId=\"" + QByteArray::number((facts.sequence - 1) % 2147483647 + 1) + "\"]";
    return "<85>1 " + event.time.toUTC().toString(Qt::ISODateWithMs).toLatin1() + ' '
        + headerField(facts.host, 255) + ' ' + headerField(facts.application, 48) + ' '
        + headerField(facts.processId, 128) + " IHE+RFC-3881 " + data + " \xEF\xBB\xBF" + xml;
}

} // namespace naru::audit
