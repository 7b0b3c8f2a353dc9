// SOAP 1.2 with WS-Addressing as the exchange reads and writes it (W3C SOAP 1.2 part 1; IHE ITI TF-2x
// Appendix V), with its own MIME reader: nothing is shared with the client's stack.
#pragma once

#include "core/base/Xml.h"

#include <QByteArray>
#include <QHash>
#include <exception>
#include <functional>
#include <vector>

class QXmlStreamWriter;

namespace naru::practice {

namespace ns {
inline constexpr auto soap = "http://www.w3.org/2003/05/soap-envelope";
inline constexpr auto wsa = "http://www.w3.org/2005/08/addressing";
inline constexpr auto xop = "http://www.w3.org/2004/08/xop/include";
inline constexpr auto xdsb = "urn:ihe:iti:xds-b:2007";
inline constexpr auto rim = "urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0";
inline constexpr auto rs = "urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0";
inline constexpr auto query = "urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0";
inline constexpr auto lcm = "urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0";
inline constexpr auto hl7 = "urn:hl7-org:v3";
} // namespace ns

// Thrown while a request is read or answered; becomes a SOAP fault. No patient data in `reason`.
struct SoapFault : std::exception {
    SoapFault(QString code_, QString reason_, QString subcode_ = {})
        : code(std::move(code_))
        , subcode(std::move(subcode_))
        , reason(std::move(reason_))
    {
    }
    QString code; // "Sender" "Receiver" "MustUnderstand" "VersionMismatch"
    QString subcode; // "wsa:ActionNotSupported" or empty
    QString reason;
    const char *what() const noexcept override { return "SOAP fault"; }
};

struct SoapRequest {
    QString action{};
    QString messageId{};
    bool mtom = false; // the body really is multipart
    base::XmlElement body{}; // first element inside env:Body
    QHash<QString, QByteArray> parts{}; // Content-ID without <> -> bytes (views into the request, not copies)
    // The bytes of a Document element: xop:Include or inline base64. Throws SoapFault when neither is there.
    QByteArray binary(const base::XmlElement &element) const;
};

struct HttpAnswer {
    int status = 200;
    QByteArray contentType{};
    QByteArray body{};
    std::function<QByteArray()> next{}; // what follows `body`, a piece a call, until an empty one
};

struct MimePart {
    QByteArray contentId{};
    QByteArray contentType{};
    QByteArray bytes{};
};

// `bytes` must outlive the request. Throws SoapFault. `allowedActions` guards wsa:Action
// (ActionNotSupported).
SoapRequest readSoap(
    const QByteArray &bytes, const QByteArray &contentType, const QStringList &allowedActions);

// multipart/related only; throws SoapFault on broken framing.
std::vector<MimePart> readMultipart(const QByteArray &bytes, const QByteArray &boundary);
QByteArray mimeParameter(const QByteArray &contentType, const QByteArray &name);

using BodyWriter = std::function<void(QXmlStreamWriter &)>;
QByteArray writeEnvelope(const QString &action, const QString &relatesTo, const BodyWriter &body);
QByteArray writeFault(const SoapFault &fault, const QString &relatesTo);
HttpAnswer plainAnswer(const QByteArray &envelope);
HttpAnswer multipartAnswer(const QByteArray &envelope, const std::vector<MimePart> &parts);
HttpAnswer faultAnswer(const SoapFault &fault, const QString &relatesTo);

} // namespace naru::practice
