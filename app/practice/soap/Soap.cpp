#include "app/practice/soap/Soap.h"

#include "core/base/Digest.h"
#include "core/base/Oid.h"

#include <QUrl>
#include <QXmlStreamWriter>

namespace naru::practice {

namespace {
QString str(const char *text)
{
    return QLatin1String(text);
}

// Of the headers marked mustUnderstand only WS-Addressing and WS-Security are known here; the rest is
// refused, as SOAP 1.2 part 1, 2.4 demands.
bool understood(const base::XmlElement &header)
{
    return header.namespaceUri == QLatin1String(ns::wsa)
        || header.namespaceUri.startsWith(QLatin1String("http://docs.oasis-open.org/wss/"));
}

QString readHeaders(const base::XmlElement &envelope, SoapRequest &request)
{
    const base::XmlElement *header = envelope.child(QLatin1String("Header"));
    if (!header)
        return {};
    for (const base::XmlElement &entry : header->children) {
        const QString must = entry.attribute(QLatin1String("mustUnderstand"), str(ns::soap)).trimmed();
        if ((must == QLatin1String("1") || must == QLatin1String("true")) && !understood(entry))
            throw SoapFault(QStringLiteral("MustUnderstand"),
                QStringLiteral("The header {%1}%2 is not understood").arg(entry.namespaceUri, entry.name));
        if (entry.namespaceUri != QLatin1String(ns::wsa))
            continue;
        if (entry.name == QLatin1String("Action"))
            request.action = entry.allText().trimmed();
        else if (entry.name == QLatin1String("MessageID"))
            request.messageId = entry.allText().trimmed();
    }
    return request.action;
}

// The root part: the one that `start` names, else the first (RFC 2387 3.2).
QByteArray splitParts(const QByteArray &bytes, const QByteArray &contentType, SoapRequest &request)
{
    const QByteArray boundary = mimeParameter(contentType, "boundary");
    if (boundary.isEmpty() || boundary.size() > 70)
        throw SoapFault(
            QStringLiteral("Sender"), QStringLiteral("multipart/related without a usable boundary"));
    const std::vector<MimePart> parts = readMultipart(bytes, boundary);
    QByteArray start = mimeParameter(contentType, "start");
    if (start.startsWith('<') && start.endsWith('>'))
        start = start.mid(1, start.size() - 2);
    const MimePart *root = nullptr;
    for (const MimePart &part : parts) {
        if (!root && (start.isEmpty() || part.contentId == start))
            root = &part;
        else
            request.parts.insert(QString::fromUtf8(part.contentId), part.bytes);
    }
    if (!root)
        throw SoapFault(QStringLiteral("Sender"), QStringLiteral("the root part named by start is missing"));
    request.mtom = true;
    return root->bytes;
}
} // namespace

QByteArray SoapRequest::binary(const base::XmlElement &element) const
{
    if (const base::XmlElement *include = element.child(QLatin1String("Include"))) {
        const QString href = include->attribute(QLatin1String("href"));
        if (!href.startsWith(QLatin1String("cid:")))
            throw SoapFault(QStringLiteral("Sender"), QStringLiteral("xop:Include/@href is not a cid: URL"));
        const QString id = QUrl::fromPercentEncoding(href.mid(4).toUtf8());
        for (const QString &key : {id, href.mid(4)}) {
            const auto part = parts.constFind(key);
            if (part != parts.cend())
                return *part;
        }
        throw SoapFault(
            QStringLiteral("Sender"), QStringLiteral("xop:Include names a part that is not there"));
    }
    const auto decoded =
        QByteArray::fromBase64Encoding(element.allText().simplified().remove(QLatin1Char(' ')).toLatin1(),
            QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        throw SoapFault(QStringLiteral("Sender"), QStringLiteral("an inline document is not base64"));
    return *decoded;
}

SoapRequest readSoap(
    const QByteArray &bytes, const QByteArray &contentType, const QStringList &allowedActions)
{
    SoapRequest request;
    const QByteArray head = bytes.left(256).trimmed();
    const bool multipart = contentType.trimmed().toLower().startsWith("multipart/related");
    const QByteArray root =
        multipart && !head.startsWith('<') ? splitParts(bytes, contentType, request) : bytes;
    // Inline base64 is refused above 64 MiB by the XML budget; larger documents come as MTOM.
    const auto tree = base::parseXml(root, base::XmlBudget{.bytes = 96LL << 20, .textBytes = 96LL << 20});
    if (!tree)
        throw SoapFault(
            QStringLiteral("Sender"), QStringLiteral("The envelope cannot be read: ") + tree.error().detail);
    if (tree->name != QLatin1String("Envelope"))
        throw SoapFault(QStringLiteral("Sender"), QStringLiteral("No SOAP envelope"));
    if (tree->namespaceUri != QLatin1String(ns::soap))
        throw SoapFault(QStringLiteral("VersionMismatch"), QStringLiteral("SOAP 1.2 is spoken here"));
    readHeaders(*tree, request);
    const base::XmlElement *body = tree->child(QLatin1String("Body"));
    if (!body || body->children.empty())
        throw SoapFault(QStringLiteral("Sender"), QStringLiteral("The body is empty"));
    if (request.action.isEmpty())
        throw SoapFault(QStringLiteral("Sender"), QStringLiteral("wsa:Action is missing"),
            QStringLiteral("wsa:MessageAddressingHeaderRequired"));
    // HTTP's action parameter, when there, must say the same (WS-Addressing 1.0 SOAP binding 5).
    QByteArray httpAction = mimeParameter(contentType, "action");
    if (httpAction.isEmpty())
        httpAction = mimeParameter(mimeParameter(contentType, "start-info"), "action");
    if (!allowedActions.contains(request.action)
        || (!httpAction.isEmpty() && QString::fromUtf8(httpAction) != request.action))
        throw SoapFault(QStringLiteral("Sender"),
            QStringLiteral("The action is not supported at this address"),
            QStringLiteral("wsa:ActionNotSupported"));
    request.body = body->children.front();
    return request;
}

QByteArray mimeParameter(const QByteArray &contentType, const QByteArray &name)
{
    qsizetype at = contentType.indexOf(';');
    while (at >= 0 && at < contentType.size()) {
        const qsizetype equals = contentType.indexOf('=', at);
        if (equals < 0)
            return {};
        const QByteArray key = contentType.mid(at + 1, equals - at - 1).trimmed().toLower();
        QByteArray value;
        qsizetype i = equals + 1;
        while (i < contentType.size() && contentType[i] == ' ')
            ++i;
        if (i < contentType.size() && contentType[i] == '"') {
            for (++i; i < contentType.size() && contentType[i] != '"'; ++i) {
                if (contentType[i] == '\\' && i + 1 < contentType.size())
                    ++i;
                value += contentType[i];
            }
            at = contentType.indexOf(';', i);
        } else {
            const qsizetype end = contentType.indexOf(';', i);
            value = contentType.mid(i, end < 0 ? -1 : end - i).trimmed();
            at = end;
        }
        if (key == name)
            return value;
    }
    return {};
}

namespace {
void writeAddress(QXmlStreamWriter &xml, const char *name, const QString &value)
{
    xml.writeTextElement(str(ns::wsa), str(name), value);
}

QByteArray envelope(const QString &action, const QString &relatesTo, const BodyWriter &body)
{
    QByteArray out;
    QXmlStreamWriter xml(&out);
    xml.writeStartDocument();
    xml.writeNamespace(str(ns::soap), QStringLiteral("env"));
    xml.writeNamespace(str(ns::wsa), QStringLiteral("wsa"));
    xml.writeStartElement(str(ns::soap), QStringLiteral("Envelope"));
    xml.writeStartElement(str(ns::soap), QStringLiteral("Header"));
    xml.writeStartElement(str(ns::wsa), QStringLiteral("Action"));
    xml.writeAttribute(str(ns::soap), QStringLiteral("mustUnderstand"), QStringLiteral("true"));
    xml.writeCharacters(action);
    xml.writeEndElement();
    writeAddress(xml, "MessageID", base::newUuidUrn());
    if (!relatesTo.isEmpty())
        writeAddress(xml, "RelatesTo", relatesTo);
    xml.writeEndElement();
    xml.writeStartElement(str(ns::soap), QStringLiteral("Body"));
    body(xml);
    xml.writeEndDocument();
    return out;
}
} // namespace

QByteArray writeEnvelope(const QString &action, const QString &relatesTo, const BodyWriter &body)
{
    return envelope(action, relatesTo, body);
}

QByteArray writeFault(const SoapFault &fault, const QString &relatesTo)
{
    return envelope(QStringLiteral("http://www.w3.org/2005/08/addressing/soap/fault"), relatesTo,
        [&](QXmlStreamWriter &xml) {
            const QString env = str(ns::soap);
            xml.writeStartElement(env, QStringLiteral("Fault"));
            xml.writeStartElement(env, QStringLiteral("Code"));
            xml.writeTextElement(env, QStringLiteral("Value"), QStringLiteral("env:") + fault.code);
            if (!fault.subcode.isEmpty()) {
                xml.writeStartElement(env, QStringLiteral("Subcode"));
                xml.writeTextElement(env, QStringLiteral("Value"), fault.subcode);
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.writeStartElement(env, QStringLiteral("Reason"));
            xml.writeStartElement(env, QStringLiteral("Text"));
            xml.writeAttribute(QStringLiteral("http://www.w3.org/XML/1998/namespace"), QStringLiteral("lang"),
                QStringLiteral("en"));
            xml.writeCharacters(fault.reason);
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeEndElement();
        });
}

HttpAnswer plainAnswer(const QByteArray &bytes)
{
    return {200, QByteArrayLiteral("application/soap+xml; charset=UTF-8"), bytes};
}

HttpAnswer faultAnswer(const SoapFault &fault, const QString &relatesTo)
{
    // SOAP 1.2 part 2, table 20: Sender is 400, everything else 500.
    return {fault.code == QLatin1String("Sender") ? 400 : 500,
        QByteArrayLiteral("application/soap+xml; charset=UTF-8"), writeFault(fault, relatesTo)};
}

} // namespace naru::practice
