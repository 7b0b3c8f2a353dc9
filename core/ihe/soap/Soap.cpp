#include "core/ihe/soap/Soap.h"

#include "core/ihe/Errors.h"
#include "core/ihe/soap/Namespaces.h"
#include "core/ihe/soap/SoapParts.h"

#include <QRegularExpression>

namespace naru::ihe {

namespace {
constexpr qsizetype detailLimit = 2000;

bool isTrue(const QString &text)
{
    return text == QLatin1String("1") || text == QLatin1String("true");
}

QString localPart(const QString &qname)
{
    return qname.mid(qname.lastIndexOf(QLatin1Char(':')) + 1).trimmed();
}

// The reason is the peer's text: it may quote an identifier, which must not reach a log.
QString withoutNumbers(const QString &text)
{
    static const QRegularExpression longNumber(QStringLiteral("[0-9]{6,}"));
    return QString(text).replace(longNumber, QStringLiteral("#")).left(500);
}

QByteArray element(const char *name, const QString &text, const char *attributes = "")
{
    return QByteArray("<") + name + attributes + '>' + text.toHtmlEscaped().toUtf8() + "</" + name + '>';
}
} // namespace

QByteArray writeEnvelope(const SoapHeader &header, const QByteArray &body)
{
    QByteArray out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<soap:Envelope xmlns:soap=\"";
    out += ns::soap12;
    out += "\" xmlns:wsa=\"";
    out += ns::addressing;
    out += "\"><soap:Header>";
    out += element("wsa:Action", header.action, " soap:mustUnderstand=\"true\"");
    out += element("wsa:MessageID", header.messageId);
    out += "<wsa:ReplyTo><wsa:Address>http://www.w3.org/2005/08/addressing/anonymous</wsa:Address></"
           "wsa:ReplyTo>";
    out += element("wsa:To", header.to, " soap:mustUnderstand=\"true\"");
    out += header.security;
    out += "</soap:Header><soap:Body>";
    out += body;
    out += "</soap:Body></soap:Envelope>";
    return out;
}

base::Error soapError(const QString &what)
{
    return base::Error(errors::Soap, what, {{QStringLiteral("what"), what}});
}

void readHeaderBlock(const base::XmlElement &block, SoapReply &reply)
{
    const bool addressing = block.namespaceUri == QLatin1String(ns::addressing)
        || block.namespaceUri == QLatin1String(ns::addressing2004);
    if (!addressing) {
        if (block.namespaceUri != QLatin1String(ns::security)
            && isTrue(block.attribute(QLatin1String("mustUnderstand"))))
            reply.notUnderstood += block.name;
        return;
    }
    const QString text = block.text.trimmed();
    if (block.name == QLatin1String("Action"))
        reply.action = text;
    else if (block.name == QLatin1String("MessageID"))
        reply.messageId = text;
    else if (block.name == QLatin1String("RelatesTo"))
        reply.relatesTo = text;
}

SoapFault readFault(const base::XmlElement &fault, SoapReply &reply)
{
    SoapFault out;
    if (const base::XmlElement *code = fault.child(QLatin1String("Code"))) {
        out.code = localPart(code->value(QLatin1String("Value")));
        if (const base::XmlElement *sub = code->child(QLatin1String("Subcode")))
            out.subcode = localPart(sub->value(QLatin1String("Value")));
    }
    if (const base::XmlElement *reason = fault.child(QLatin1String("Reason")))
        out.reason = reason->allText().simplified();
    if (fault.child(QLatin1String("faultcode")) || fault.child(QLatin1String("faultstring"))) {
        if (fault.namespaceUri == QLatin1String(ns::soap12))
            reply.deviations += QStringLiteral("SOAP 1.1 fault in a SOAP 1.2 envelope");
        if (out.code.isEmpty())
            out.code = localPart(fault.value(QLatin1String("faultcode")));
        if (out.reason.isEmpty())
            out.reason = fault.value(QLatin1String("faultstring")).simplified();
    }
    if (out.reason.isEmpty()) // illegal text directly in Fault or Code has been seen
        out.reason = fault.allText().simplified().left(detailLimit);
    for (const char *name : {"Detail", "detail"}) {
        if (const base::XmlElement *detail = fault.child(QLatin1String(name)))
            out.detail = detail->allText().simplified().left(detailLimit);
    }
    return out;
}

base::Result<SoapReply> readEnvelope(const QByteArray &bytes, const base::XmlBudget &budget)
{
    if (bytes.trimmed().isEmpty())
        return base::Error(errors::Empty, QStringLiteral("no bytes"));
    base::Result<base::XmlElement> root = base::parseXml(bytes, budget);
    if (!root)
        return soapError(QStringLiteral("broken XML")).because(root.error());
    if (root->name != QLatin1String("Envelope")
        || (root->namespaceUri != QLatin1String(ns::soap12)
            && root->namespaceUri != QLatin1String(ns::soap11)))
        return soapError(QStringLiteral("no SOAP envelope"));
    SoapReply out;
    if (root->namespaceUri == QLatin1String(ns::soap11))
        out.deviations += QStringLiteral("SOAP 1.1 envelope");
    if (const base::XmlElement *header = root->child(QLatin1String("Header"))) {
        for (const base::XmlElement &block : header->children)
            readHeaderBlock(block, out);
    }
    for (base::XmlElement &part : root->children) {
        if (part.name != QLatin1String("Body"))
            continue;
        if (part.children.empty())
            return out;
        if (part.children[0].name == QLatin1String("Fault"))
            out.fault = readFault(part.children[0], out);
        else
            out.body = std::move(part.children[0]);
        return out;
    }
    return soapError(QStringLiteral("no Body"));
}

base::Status checkReply(SoapReply &reply, const QString &messageId, const QString &answerAction)
{
    if (reply.fault) {
        const SoapFault &fault = *reply.fault;
        const QString reason = withoutNumbers(fault.reason);
        return base::Error(errors::SoapFault, fault.code + QStringLiteral(": ") + reason,
            {{QStringLiteral("reason"), reason}, {QStringLiteral("code"), fault.code},
                {QStringLiteral("subcode"), fault.subcode}});
    }
    if (!reply.notUnderstood.isEmpty()) {
        const QString what = reply.notUnderstood.join(QStringLiteral(", "));
        return base::Error(errors::MustUnderstand, what, {{QStringLiteral("what"), what}});
    }
    if (!reply.relatesTo.isEmpty() && !messageId.isEmpty() && reply.relatesTo != messageId)
        return base::Error(errors::WrongAnswer, QStringLiteral("RelatesTo is not our MessageID"));
    if (reply.relatesTo.isEmpty())
        reply.deviations += QStringLiteral("no RelatesTo");
    if (reply.action != answerAction && !answerAction.isEmpty())
        reply.deviations += QStringLiteral("Action of the answer is ")
            + (reply.action.isEmpty() ? QStringLiteral("missing") : reply.action);
    return {};
}

} // namespace naru::ihe
