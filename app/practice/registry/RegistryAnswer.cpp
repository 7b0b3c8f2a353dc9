#include "app/practice/registry/RegistryAnswer.h"

#include "app/practice/soap/Soap.h"

#include <QXmlStreamWriter>

namespace naru::practice {

void RegistryAnswer::fail(const char *code, const QString &context, const QString &location)
{
    errors.push_back({QLatin1String(code), context, location});
}

QString RegistryAnswer::status() const
{
    if (errors.empty())
        return QStringLiteral("urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success");
    return partial ? QStringLiteral("urn:ihe:iti:2007:ResponseStatusType:PartialSuccess")
                   : QStringLiteral("urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Failure");
}

void writeErrorList(QXmlStreamWriter &xml, const RegistryAnswer &answer)
{
    if (answer.errors.empty())
        return;
    const QString rs = QLatin1String(ns::rs);
    const QString severity = QStringLiteral("urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:Error");
    xml.writeStartElement(rs, QStringLiteral("RegistryErrorList"));
    xml.writeAttribute(QStringLiteral("highestSeverity"), severity);
    for (const RegistryError &error : answer.errors) {
        xml.writeEmptyElement(rs, QStringLiteral("RegistryError"));
        xml.writeAttribute(QStringLiteral("errorCode"), error.code);
        xml.writeAttribute(QStringLiteral("codeContext"), error.context);
        if (!error.location.isEmpty())
            xml.writeAttribute(QStringLiteral("location"), error.location);
        xml.writeAttribute(QStringLiteral("severity"), severity);
    }
    xml.writeEndElement();
}

void writeRegistryResponse(QXmlStreamWriter &xml, const RegistryAnswer &answer)
{
    const QString rs = QLatin1String(ns::rs);
    xml.writeStartElement(rs, QStringLiteral("RegistryResponse"));
    xml.writeAttribute(QStringLiteral("status"), answer.status());
    writeErrorList(xml, answer);
    xml.writeEndElement();
}

} // namespace naru::practice
