#include "Wire.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QUuid>

namespace wire {

namespace {
QByteArray escaped(QByteArray text)
{
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
}

QByteArray slot(const QByteArray &name, const QByteArray &value)
{
    return "<rim:Slot name=\"" + name + "\"><rim:ValueList><rim:Value>" + escaped(value)
        + "</rim:Value></rim:ValueList></rim:Slot>";
}

QByteArray coded(
    const QByteArray &object, const QByteArray &scheme, const QByteArray &code, const QByteArray &system)
{
    return "<rim:Classification id=\"" + newUuid() + "\" classifiedObject=\"" + object
        + "\" classificationScheme=\"urn:uuid:" + scheme + "\" nodeRepresentation=\"" + code + "\">"
        + slot("codingScheme", system)
        + "<rim:Name><rim:LocalizedString value=\"x\"/></rim:Name></rim:Classification>";
}

QByteArray external(const QByteArray &object, const QByteArray &scheme, const QByteArray &value)
{
    return "<rim:ExternalIdentifier id=\"" + newUuid() + "\" registryObject=\"" + object
        + "\" identificationScheme=\"urn:uuid:" + scheme + "\" value=\"" + escaped(value)
        + "\"><rim:Name><rim:LocalizedString value=\"x\"/></rim:Name></rim:ExternalIdentifier>";
}

QByteArray entry(const Doc &doc, const QByteArray &omit)
{
    auto unless = [&omit](
                      const char *name, const QByteArray &xml) { return omit == name ? QByteArray() : xml; };
    const QByteArray system = "2.25.228318367124436357235209543843714479224";
    return "<rim:ExtrinsicObject id=\"" + doc.id + "\" mimeType=\"" + doc.mime
        + "\" objectType=\"urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1\">"
        + unless("creationTime", slot("creationTime", doc.creationTime)) + slot("languageCode", "ko-KR")
        + slot("sourcePatientId", "C1^^^&" + clinicOid + "&ISO") + doc.extraSlots
        + unless("classCode", coded(doc.id, "41a5887f-8865-4c09-adf7-e362475b143a", doc.classCode, system))
        + coded(doc.id, "f0306f51-975f-434e-a61c-c59651d33983", doc.typeCode, "2.16.840.1.113883.6.1")
        + coded(doc.id, "a09d5840-386c-46f2-b5ad-9c3699a4309d", doc.formatCode, system)
        + coded(doc.id, "f4f85eac-e6cb-4883-b524-f2705394840f", "N", "2.16.840.1.113883.5.25")
        + coded(doc.id, "f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1", "C001", system)
        + coded(doc.id, "cccf5598-8b07-4b77-a05e-ae952c785ead", doc.practice, system)
        + (doc.eventCode.isEmpty()
                ? QByteArray()
                : coded(doc.id, "2c6b8cb7-8b2a-4051-b291-b1ae6a575ef4", doc.eventCode, system))
        + external(doc.id, "58a6f841-87b3-4a3e-92fd-a8ffeff98427", doc.patient)
        + unless("uniqueId", external(doc.id, "2e82c1f6-a085-4c72-9da3-8640a32e42ab", doc.uniqueId))
        + "</rim:ExtrinsicObject>";
}
} // namespace

QByteArray newOid()
{
    // 2.25.<128 bit>: thirty digits of a random UUID are enough for tests.
    QByteArray digits;
    for (const char c : QUuid::createUuid().toRfc4122())
        digits += QByteArray::number(uchar(c));
    return "2.25.1" + digits.left(30);
}

QByteArray newUuid()
{
    return "urn:uuid:" + QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
}

QByteArray sha1(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toHex();
}

QByteArray association(
    const QByteArray &type, const QByteArray &source, const QByteArray &target, const QByteArray &slots_)
{
    return "<rim:Association id=\"" + newUuid() + "\" associationType=\"" + type + "\" sourceObject=\""
        + source + "\" targetObject=\"" + target + "\">" + slots_ + "</rim:Association>";
}

QByteArray folder(const QByteArray &id, const QByteArray &uniqueId, const QByteArray &patient)
{
    return "<rim:RegistryPackage id=\"" + id + "\"><rim:Classification id=\"" + newUuid()
        + "\" classifiedObject=\"" + id
        + "\" classificationNode=\"urn:uuid:d9d542f3-6cc4-48b6-8870-ea235fbc94c2\"/>"
        + external(id, "f64ffdf0-4b97-4e06-b79f-a52b38ec2f8a", patient)
        + external(id, "75df8f67-9973-4fbe-a900-df66cefecc5a", uniqueId) + "</rim:RegistryPackage>";
}

QByteArray objects(const Submission &s)
{
    const QByteArray set = "SubmissionSet01";
    QByteArray xml = "<lcm:SubmitObjectsRequest xmlns:lcm=\"urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0\" "
                     "xmlns:rim=\"urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0\"><rim:RegistryObjectList>";
    for (const Doc &doc : s.docs)
        xml += entry(doc, s.omit);
    const QByteArray patient =
        s.setPatient.isEmpty() && !s.docs.isEmpty() ? s.docs.first().patient : s.setPatient;
    xml += "<rim:RegistryPackage id=\"" + set + "\">" + slot("submissionTime", "20261101093100")
        + coded(set, "aa543740-bdda-424e-8c96-df4873be8500", "referral",
            "2.25.228318367124436357235209543843714479224")
        + external(set, "6b5aea1a-874d-4603-a4bc-96a0a7b38446", patient)
        + external(set, "96fdda7c-d067-4183-912e-bf5ee74998a8", s.setUniqueId)
        + external(set, "554ac39e-e3fe-47fe-b233-965d2a147832", clinicOid) + "</rim:RegistryPackage>";
    // The mark of the submission set beside the object, as many senders write it.
    xml += "<rim:Classification id=\"" + newUuid() + "\" classifiedObject=\"" + set
        + "\" classificationNode=\"urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd\"/>";
    for (const Doc &doc : s.docs) {
        if (s.member)
            xml += association("urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember", set, doc.id,
                slot("SubmissionSetStatus", "Original"));
    }
    return xml + s.extraObjects + "</rim:RegistryObjectList></lcm:SubmitObjectsRequest>";
}

QByteArray provideEnvelope(const Submission &s)
{
    QByteArray xml =
        "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
        "xmlns:a=\"http://www.w3.org/2005/08/addressing\">"
        "<s:Header><a:Action "
        "s:mustUnderstand=\"1\">urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b</a:Action>"
        "<a:MessageID>urn:uuid:5f3b0b7e-1111-4222-8333-000000000002</a:MessageID></s:Header><s:Body>"
        "<x:ProvideAndRegisterDocumentSetRequest xmlns:x=\"urn:ihe:iti:xds-b:2007\">"
        + objects(s);
    for (const Doc &doc : s.docs) {
        if (doc.sent)
            xml += "<x:Document id=\"" + doc.id
                + "\"><i:Include xmlns:i=\"http://www.w3.org/2004/08/xop/include\" href=\"cid:" + doc.id
                + "%40test\"/></x:Document>";
    }
    return xml + s.extraParts + "</x:ProvideAndRegisterDocumentSetRequest></s:Body></s:Envelope>";
}

Reply submit(PracticeProcess &p, const Submission &s, const QString &certificate, const char *path,
    long timeoutSeconds)
{
    const QByteArray boundary = "uuid:1f2e+id=7"; // characters that must be quoted
    QByteArray body = "--" + boundary
        + "\r\ncontent-id: <root@test>\r\nContent-Type: application/xop+xml; charset=UTF-8; "
          "type=\"application/soap+xml\"\r\n\r\n"
        + provideEnvelope(s);
    for (const Doc &doc : s.docs) {
        if (doc.sent)
            body += "\r\n--" + boundary
                + "\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: "
                  "binary\r\nContent-ID: <"
                + doc.id + "@test>\r\n\r\n" + doc.bytes;
    }
    body += "\r\n--" + boundary + "--";
    const QByteArray type = "multipart/related; boundary=\"" + boundary
        + "\"; type=\"application/xop+xml\"; start=\"<root@test>\"; start-info=\"application/soap+xml\"; "
          "action=\"urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b\"";
    return p.post(path, type, body, certificate, timeoutSeconds);
}

Reply query(PracticeProcess &p, const char *uuid, const QList<QPair<QByteArray, QByteArray>> &parameters,
    bool leafClass, const QString &certificate, long timeoutSeconds)
{
    QByteArray xml = "<q:AdhocQueryRequest xmlns:q=\"urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0\" "
                     "xmlns:rim=\"urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0\"><q:ResponseOption "
                     "returnComposedObjects=\"true\" returnType=\""
        + QByteArray(leafClass ? "LeafClass" : "ObjectRef") + "\"/><rim:AdhocQuery id=\"urn:uuid:" + uuid
        + "\">";
    for (const auto &[name, value] : parameters)
        xml += "<rim:Slot name=\"" + name + "\"><rim:ValueList><rim:Value>" + escaped(value)
            + "</rim:Value></rim:ValueList></rim:Slot>";
    return p.soap("/registry", "urn:ihe:iti:2007:RegistryStoredQuery",
        xml + "</rim:AdhocQuery></q:AdhocQueryRequest>", certificate, timeoutSeconds);
}

Reply findDocuments(PracticeProcess &p, const QByteArray &patient, const QString &certificate)
{
    return query(p, "14d4debf-8f97-4251-9a74-a90016b0af0d",
        {{"$XDSDocumentEntryPatientId", "'" + patient + "'"},
            {"$XDSDocumentEntryStatus", "('urn:oasis:names:tc:ebxml-regrep:StatusType:Approved')"}},
        true, certificate);
}

Reply getDocument(PracticeProcess &p, const QByteArray &uniqueId, const QString &certificate)
{
    return query(p, "5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4",
        {{"$XDSDocumentEntryUniqueId", "('" + uniqueId + "')"}}, true, certificate);
}

QString entryUuid(PracticeProcess &p, const QByteArray &uniqueId)
{
    const Reply reply = getDocument(p, uniqueId);
    return QRegularExpression(QStringLiteral("ExtrinsicObject id=\"([^\"]*)\""))
        .match(QString::fromUtf8(reply.body))
        .captured(1);
}

Retrieved retrieve(PracticeProcess &p, const QList<QByteArray> &uniqueIds, const QByteArray &repository,
    const char *path, const QString &certificate)
{
    QByteArray xml = "<x:RetrieveDocumentSetRequest xmlns:x=\"urn:ihe:iti:xds-b:2007\">";
    for (const QByteArray &id : uniqueIds)
        xml += "<x:DocumentRequest><x:RepositoryUniqueId>" + repository
            + "</x:RepositoryUniqueId><x:DocumentUniqueId>" + id
            + "</x:DocumentUniqueId></x:DocumentRequest>";
    Retrieved out;
    out.reply = p.soap(
        path, "urn:ihe:iti:2007:RetrieveDocumentSet", xml + "</x:RetrieveDocumentSetRequest>", certificate);
    const QByteArray boundary = "--"
        + QRegularExpression(QStringLiteral("boundary=\"([^\"]*)\""))
              .match(QString::fromLatin1(out.reply.type))
              .captured(1)
              .toLatin1();
    qsizetype at = out.reply.body.indexOf("\r\n" + boundary, 1); // end of the root part
    while (at >= 0 && boundary.size() > 2) {
        const qsizetype start = out.reply.body.indexOf("\r\n\r\n", at) + 4;
        const qsizetype end = out.reply.body.indexOf("\r\n" + boundary, at + 2);
        if (end < 0)
            break;
        out.documents.append(out.reply.body.mid(start, end - start));
        at = end;
    }
    return out;
}

namespace {
QByteArray v3(const char *interaction, const QByteArray &control)
{
    return QByteArray("<h:") + interaction
        + " xmlns:h=\"urn:hl7-org:v3\" ITSVersion=\"XML_1.0\"><h:id root=\"" + newOid()
        + "\"/><h:sender typeCode=\"SND\"><h:device><h:id "
          "root=\"2.25.241880896599680598473253027327566030574\"/></h:device></h:sender>"
          "<h:controlActProcess classCode=\"CACT\" moodCode=\"EVN\">"
        + control + "</h:controlActProcess></h:" + interaction + ">";
}
} // namespace

Reply feed(PracticeProcess &p, const QByteArray &chart, const QByteArray &family, const QByteArray &given,
    const QByteArray &birth, const QByteArray &sex, const QByteArray &otherIds, bool revise,
    const QByteArray &root, const QString &certificate)
{
    const char *interaction = revise ? "PRPA_IN201302UV02" : "PRPA_IN201301UV02";
    return p.soap("/pix", (QByteArray("urn:hl7-org:v3:") + interaction).constData(),
        v3(interaction,
            "<h:subject typeCode=\"SUBJ\"><h:registrationEvent><h:subject1><h:patient "
            "classCode=\"PAT\"><h:id root=\""
                + root + "\" extension=\"" + chart
                + "\"/><h:statusCode code=\"active\"/><h:patientPerson><h:name><h:family>" + family
                + "</h:family><h:given>" + given + "</h:given></h:name><h:administrativeGenderCode code=\""
                + sex + "\"/><h:birthTime value=\"" + birth + "\"/>" + otherIds
                + "</h:patientPerson></h:patient></h:subject1></h:registrationEvent></h:subject>"),
        certificate);
}

Reply pixQuery(PracticeProcess &p, const QByteArray &root, const QByteArray &extension,
    const QByteArray &dataSource, const QString &certificate)
{
    return p.soap("/pix", "urn:hl7-org:v3:PRPA_IN201309UV02",
        v3("PRPA_IN201309UV02",
            "<h:queryByParameter><h:queryId root=\"1.2.3\" extension=\"x1\"/><h:statusCode "
            "code=\"new\"/><h:parameterList>"
                + (dataSource.isEmpty()
                        ? QByteArray()
                        : "<h:dataSource><h:value root=\"" + dataSource + "\"/></h:dataSource>")
                + "<h:patientIdentifier><h:value root=\"" + root + "\" extension=\"" + extension
                + "\"/></h:patientIdentifier></h:parameterList></h:queryByParameter>"),
        certificate);
}

QByteArray newPatient(
    PracticeProcess &p, const QByteArray &chart, const QByteArray &root, const QString &certificate)
{
    feed(p, chart, "홍", "길동" + chart, "19610302", "M", {}, false, root, certificate);
    const Reply reply = pixQuery(p, root, chart, authority, certificate);
    const QByteArray key = QRegularExpression(QStringLiteral("root=\"") + QString::fromLatin1(authority)
        + QStringLiteral("\" extension=\"([0-9A-F]+)\""))
                               .match(QString::fromUtf8(reply.body))
                               .captured(1)
                               .toLatin1();
    return key + "^^^&" + authority + "&ISO";
}

Reply pdq(PracticeProcess &p, const QByteArray &parameters, const QByteArray &queryId, int quantity,
    const QString &certificate)
{
    return p.soap("/pdq", "urn:hl7-org:v3:PRPA_IN201305UV02",
        v3("PRPA_IN201305UV02",
            "<h:queryByParameter><h:queryId root=\"1.2.3\" extension=\"" + queryId
                + "\"/><h:statusCode code=\"new\"/>"
                + (quantity ? "<h:initialQuantity value=\"" + QByteArray::number(quantity) + "\"/>"
                            : QByteArray())
                + "<h:parameterList>" + parameters + "</h:parameterList></h:queryByParameter>"),
        certificate);
}

QByteArray consentCda(const QByteArray &policy, const QByteArray &date, const QList<QByteArray> &rows)
{
    QByteArray table;
    for (const QByteArray &row : rows)
        table += "<tr><th>" + row.split('|').value(0) + "</th><td>" + row.split('|').value(1) + "</td></tr>";
    return "<c:ClinicalDocument xmlns:c=\"urn:hl7-org:v3\" xmlns=\"urn:hl7-org:v3\"><c:effectiveTime value=\""
        + date + "\"/><c:documentationOf><c:serviceEvent><c:code code=\"" + policy
        + "\" codeSystem=\"1.2.410.100110.40.2.2\"/><c:effectiveTime><c:low value=\"" + date
        + "\"/></c:effectiveTime></c:serviceEvent></"
          "c:documentationOf><c:component><structuredBody><component><section><text><table><tbody>"
        + table
        + "</tbody></table></text></section></component></structuredBody></c:component></c:ClinicalDocument>";
}

Doc consentDoc(const QByteArray &patient, const QByteArray &policy, const QByteArray &date,
    const QList<QByteArray> &rows)
{
    Doc doc;
    doc.patient = patient;
    doc.classCode = "consent";
    doc.typeCode = "57016-8";
    doc.formatCode = "urn:ihe:iti:bppc:2007";
    doc.eventCode = policy;
    doc.bytes = consentCda(policy, date, rows);
    return doc;
}

bool giveConsent(PracticeProcess &p, const QByteArray &patient, const QList<QByteArray> &rows)
{
    return submit(p, {{consentDoc(patient, consentAll, "20261101", rows)}}).success();
}

QString value(const QJsonObject &attributes, const char *tag)
{
    return attributes.value(QLatin1String(tag))
        .toObject()
        .value(QLatin1String("Value"))
        .toArray()
        .at(0)
        .toVariant()
        .toString();
}

QJsonArray list(const Reply &reply)
{
    return QJsonDocument::fromJson(reply.body).array();
}

QList<QByteArray> files(const Reply &reply)
{
    QByteArray boundary = reply.type.mid(reply.type.indexOf("boundary=") + 9).split(';').first().trimmed();
    boundary.replace('"', "");
    QList<QByteArray> out;
    qsizetype at = reply.body.indexOf("--" + boundary);
    while (at >= 0) {
        const qsizetype next = reply.body.indexOf("--" + boundary, at + 2);
        const qsizetype start = reply.body.indexOf("\r\n\r\n", at);
        if (next < 0 || start < 0 || start > next)
            break;
        const QByteArray part = reply.body.mid(start + 4, next - start - 6);
        if (part.mid(128, 4) == "DICM")
            out.append(part);
        at = next;
    }
    return out;
}

} // namespace wire
