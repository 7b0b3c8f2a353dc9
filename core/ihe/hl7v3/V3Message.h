// Writing and reading the HL7 v3 transmission and control act wrappers (NE2008, MCCI/QUQI/MFMI) that the
// identity transactions share. Internal to core/ihe.
#pragma once

#include "core/base/Xml.h"
#include "core/ihe/Exchange.h"
#include "core/ihe/hl7v3/PatientIdentity.h"
#include "core/ihe/soap/Soap.h"

#include <QXmlStreamWriter>

namespace naru::ihe {

class V3Writer {
public:
    // Opens <interaction> with the transmission wrapper; processing and acceptance codes of the IHE profiles.
    V3Writer(const char *interaction, const V3Devices &devices, const base::Timestamp &created,
        const char *acceptAck);

    void start(const char *name)
    {
        m_xml.writeStartElement(QString::fromLatin1(hl7), QString::fromLatin1(name));
    }
    void end() { m_xml.writeEndElement(); }
    void attribute(const char *name, const QString &value);
    void attribute(const char *name, const char *value) { attribute(name, QString::fromLatin1(value)); }
    void id(const char *element, const QString &root, const QString &extension = {});
    void code(const char *element, const QString &value); // <element code="value"/>
    void text(const char *element, const QString &value);
    void value(const char *element, const QString &v) { start(element), attribute("value", v), end(); }
    void startControlAct(const char *trigger);
    QByteArray finish(); // closes whatever is open

private:
    void device(const char *role, const QString &oid);
    static const char hl7[];
    QByteArray m_out{};
    QXmlStreamWriter m_xml;
};

struct V3Reply {
    base::XmlElement message{}; // PRPA_IN..., MCCI_IN...
    const base::XmlElement *act() const { return message.child(QLatin1String("controlActProcess")); }
    V3Acknowledgement acknowledgement{};
    QStringList deviations{};
};

// Envelope, fault and acknowledgement. ihe.Nak unless the acknowledgement is AA/CA and, with `query`, the
// response code is OK or NF.
base::Result<V3Reply> readV3(Received &&received, bool query);

// Patient or person of a subject1 (ITI-47) or of a PIX answer.
PatientIdentity readPatient(const base::XmlElement &patient);
void writeName(V3Writer &writer, const char *element, const QString &family, const QString &given);
clinical::Identifier readId(const base::XmlElement &element);
QString newV3Id(); // extension for message and query ids
base::Status requireDevices(const V3Devices &devices, const base::Timestamp &created); // ihe.Query
base::Error v3Incomplete(const QString &what);

} // namespace naru::ihe
