#include "app/practice/mpi/Identity.h"

#include "core/base/Hangul.h"

#include <QDateTime>
#include <QXmlStreamWriter>

namespace naru::practice {

namespace {
using base::XmlElement;
const QString hl7 = QLatin1String(ns::hl7);
constexpr int maxMatches = 500;
constexpr int maxWaiting = 200;
constexpr qint64 keepMilliseconds = 10 * 60 * 1000;

const XmlElement *parameter(const XmlElement &list, const char *name)
{
    return list.path({name, "value"});
}

void readName(const XmlElement &value, PersonQuery &query)
{
    QString family, given;
    QString name = readPersonName(value, &family, &given);
    query.namePrefix = value.attribute(QLatin1String("use")).contains(QLatin1String("SRCH"));
    while (name.endsWith(QLatin1Char('*')) || name.endsWith(QLatin1Char('%'))) {
        name.chop(1);
        query.namePrefix = true;
    }
    if (!family.isEmpty() && given.isEmpty() && !query.namePrefix && family.size() <= 2)
        query.family = family; // a family name alone
    else
        query.name = name;
}

void readBirth(const XmlElement &value, PersonQuery &query)
{
    const QString day = value.attribute(QLatin1String("value")).left(8);
    if (!day.isEmpty()) {
        query.birthFrom = query.birthTo = day;
        return;
    }
    if (const XmlElement *low = value.child(QLatin1String("low")))
        query.birthFrom = low->attribute(QLatin1String("value")).left(8);
    if (const XmlElement *high = value.child(QLatin1String("high")))
        query.birthTo = high->attribute(QLatin1String("value")).left(8);
}

PersonQuery readParameters(const XmlElement &list)
{
    PersonQuery query;
    if (const XmlElement *value = parameter(list, "livingSubjectName"))
        readName(*value, query);
    if (const XmlElement *value = parameter(list, "livingSubjectBirthTime"))
        readBirth(*value, query);
    if (const XmlElement *value = parameter(list, "livingSubjectAdministrativeGender"))
        query.sex = value->attribute(QLatin1String("code"));
    for (const XmlElement *id : list.all(QLatin1String("livingSubjectId"))) {
        if (const XmlElement *value = id->child(QLatin1String("value")))
            query.ids.push_back(readId(*value));
    }
    if (const XmlElement *value = parameter(list, "patientTelecom")) {
        for (const QChar c : value->attribute(QLatin1String("value"))) {
            if (c.isDigit())
                query.phone += c;
        }
    }
    return query;
}

bool isEmpty(const PersonQuery &q)
{
    return q.name.isEmpty() && q.family.isEmpty() && q.birthFrom.isEmpty() && q.birthTo.isEmpty()
        && q.ids.empty() && q.phone.isEmpty() && q.resident.isEmpty();
}

QString keyOf(const clinical::Identifier &id)
{
    return id.root + QLatin1Char('|') + id.extension;
}

// Hands out up to `count` people from a stored result.
template <typename Waiting, typename Page> void handOut(Waiting &waiting, std::size_t count, Page &page)
{
    while (waiting.next < waiting.people.size() && page.people.size() < count)
        page.people.push_back(waiting.people[waiting.next++]);
    page.total = qsizetype(waiting.people.size());
    page.remaining = qsizetype(waiting.people.size() - waiting.next);
    page.parameters = waiting.parameters;
    page.code = page.people.empty() ? QStringLiteral("NF") : QStringLiteral("OK");
}
} // namespace

HttpAnswer Identity::pdq(const SoapRequest &request, const Viewer &viewer)
{
    if (request.body.namespaceUri != hl7)
        throw SoapFault(QStringLiteral("Sender"), QStringLiteral("The body is no HL7 v3 message"));
    dropOld();
    if (request.body.name == QLatin1String("PRPA_IN201305UV02"))
        return pdqAnswer(request, viewer, firstPage(request, viewer));
    if (request.body.name != QLatin1String("QUQI_IN000003UV01"))
        throw SoapFault(QStringLiteral("Sender"), QStringLiteral("This message is not supported here"));
    const XmlElement *status = request.body.path({"controlActProcess", "queryContinuation", "statusCode"});
    if (request.action.endsWith(QLatin1String("_Cancel"))
        || (status && status->attribute(QLatin1String("code")) == QLatin1String("aborted")))
        return cancel(request, viewer);
    return pdqAnswer(request, viewer, nextPage(request, viewer));
}

Identity::Page Identity::firstPage(const SoapRequest &request, const Viewer &viewer)
{
    Page page;
    const XmlElement *asked = request.body.path({"controlActProcess", "queryByParameter"});
    const XmlElement *list = asked ? asked->child(QLatin1String("parameterList")) : nullptr;
    if (!list)
        throw SoapFault(
            QStringLiteral("Sender"), QStringLiteral("queryByParameter/parameterList is missing"));
    if (const XmlElement *id = asked->child(QLatin1String("queryId")))
        page.queryId = readId(*id);
    page.parameters = *asked;
    PersonQuery query = readParameters(*list);
    std::erase_if(query.ids, [&](const clinical::Identifier &id) {
        if (!looksLikeResidentNumber(id.extension))
            return false;
        query.resident = m_mpi.residentToken(id.extension);
        return true;
    });
    if (isEmpty(query)) { // sex alone would list everybody
        page.code = QStringLiteral("AE");
        page.ack = {QStringLiteral("AE"), QStringLiteral("101"),
            QStringLiteral("Name, birth time, id or telecom is required")};
        return page;
    }
    Waiting waiting;
    for (Person &person : m_mpi.search(query, maxMatches)) {
        if (visible(person, viewer))
            waiting.people.push_back(std::move(person));
    }
    const XmlElement *quantity = asked->child(QLatin1String("initialQuantity"));
    const int limit = quantity ? quantity->attribute(QLatin1String("value")).toInt() : 0;
    waiting.parameters = *asked;
    waiting.owner = viewer.institution;
    waiting.touched = QDateTime::currentMSecsSinceEpoch();
    handOut(waiting, limit > 0 ? std::size_t(limit) : std::size_t(maxMatches), page);
    if (page.remaining > 0) {
        const std::lock_guard guard(m_mutex);
        if (m_waiting.size() < maxWaiting)
            m_waiting[keyOf(page.queryId)] = std::move(waiting);
    }
    return page;
}

Identity::Page Identity::nextPage(const SoapRequest &request, const Viewer &viewer)
{
    Page page;
    const XmlElement *more = request.body.path({"controlActProcess", "queryContinuation"});
    const XmlElement *id = more ? more->child(QLatin1String("queryId")) : nullptr;
    if (!id)
        throw SoapFault(QStringLiteral("Sender"), QStringLiteral("queryContinuation/queryId is missing"));
    page.queryId = readId(*id);
    const XmlElement *quantity = more->child(QLatin1String("continuationQuantity"));
    const int limit = quantity ? quantity->attribute(QLatin1String("value")).toInt() : 0;
    const std::lock_guard guard(m_mutex);
    const auto waiting = m_waiting.find(keyOf(page.queryId));
    if (waiting == m_waiting.end() || waiting->owner != viewer.institution) {
        page.code = QStringLiteral("AE");
        page.ack = {
            QStringLiteral("AE"), QStringLiteral("204"), QStringLiteral("No query of this id is waiting")};
        return page;
    }
    if (const XmlElement *start = more->child(QLatin1String("startResultNumber"))) {
        const int number = start->attribute(QLatin1String("value")).toInt();
        if (number >= 1 && std::size_t(number) <= waiting->people.size())
            waiting->next = std::size_t(number) - 1;
    }
    waiting->touched = QDateTime::currentMSecsSinceEpoch();
    handOut(*waiting, limit > 0 ? std::size_t(limit) : std::size_t(maxMatches), page);
    if (page.remaining == 0)
        m_waiting.erase(waiting);
    return page;
}

HttpAnswer Identity::cancel(const SoapRequest &request, const Viewer &viewer)
{
    V3Ack ack{QStringLiteral("AE"), QStringLiteral("204"), QStringLiteral("No query of this id is waiting")};
    if (const XmlElement *id = request.body.path({"controlActProcess", "queryContinuation", "queryId"})) {
        const std::lock_guard guard(m_mutex);
        const auto waiting = m_waiting.find(keyOf(readId(*id)));
        if (waiting != m_waiting.end() && waiting->owner == viewer.institution) {
            m_waiting.erase(waiting);
            ack = {QStringLiteral("AA"), {}, {}};
        }
    }
    const QString interaction = QStringLiteral("MCCI_IN000002UV01");
    return plainAnswer(writeEnvelope(QStringLiteral("urn:hl7-org:v3:") + interaction, request.messageId,
        [&](QXmlStreamWriter &xml) { writeMessage(xml, interaction, request.body, m_context, ack, {}); }));
}

void Identity::dropOld()
{
    const std::lock_guard guard(m_mutex);
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    m_waiting.removeIf(
        [now](QHash<QString, Waiting>::iterator it) { return now - it->touched > keepMilliseconds; });
}

void Identity::writeMatch(QXmlStreamWriter &xml, const Person &person, const Viewer &viewer) const
{
    const bool given = m_consent.of(m_mpi.cxOf(person)).given;
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
    writeId(xml, {m_mpi.authority(), person.key});
    for (const clinical::Identifier &id : person.ids) {
        if (given || id.root == viewer.institution)
            writeId(xml, id);
    }
    writeCode(xml, "statusCode", QStringLiteral("active"));
    writePerson(xml, person, true);
    xml.writeStartElement(hl7, QStringLiteral("subjectOf1"));
    xml.writeStartElement(hl7, QStringLiteral("queryMatchObservation"));
    xml.writeAttribute(QStringLiteral("classCode"), QStringLiteral("OBS"));
    xml.writeAttribute(QStringLiteral("moodCode"), QStringLiteral("EVN"));
    writeCode(xml, "code", QStringLiteral("IHE_PDQ"));
    xml.writeEmptyElement(hl7, QStringLiteral("value"));
    xml.writeAttribute(QStringLiteral("http://www.w3.org/2001/XMLSchema-instance"), QStringLiteral("type"),
        QStringLiteral("INT"));
    xml.writeAttribute(QStringLiteral("value"), QStringLiteral("100"));
    for (int i = 0; i < 4; ++i) // up to and with subject1
        xml.writeEndElement();
    writeCustodian(xml, m_context);
    xml.writeEndElement();
    xml.writeEndElement();
}

HttpAnswer Identity::pdqAnswer(const SoapRequest &request, const Viewer &viewer, const Page &page) const
{
    const QString interaction = QStringLiteral("PRPA_IN201306UV02");
    return plainAnswer(writeEnvelope(
        QStringLiteral("urn:hl7-org:v3:") + interaction, request.messageId, [&](QXmlStreamWriter &out) {
            writeMessage(out, interaction, request.body, m_context, page.ack, [&](QXmlStreamWriter &xml) {
                for (const Person &person : page.people)
                    writeMatch(xml, person, viewer);
                xml.writeStartElement(hl7, QStringLiteral("queryAck"));
                xml.writeEmptyElement(hl7, QStringLiteral("queryId"));
                xml.writeAttribute(QStringLiteral("root"), page.queryId.root);
                xml.writeAttribute(QStringLiteral("extension"), page.queryId.extension);
                writeCode(xml, "queryResponseCode", page.code);
                auto quantity = [&xml](const char *name, qsizetype value) {
                    xml.writeEmptyElement(hl7, QLatin1String(name));
                    xml.writeAttribute(QStringLiteral("value"), QString::number(value));
                };
                quantity("resultTotalQuantity", page.total);
                quantity("resultCurrentQuantity", qsizetype(page.people.size()));
                quantity("resultRemainingQuantity", page.remaining);
                xml.writeEndElement();
                if (page.parameters.name == QLatin1String("queryByParameter"))
                    copyElement(xml, page.parameters);
            });
        }));
}

} // namespace naru::practice
