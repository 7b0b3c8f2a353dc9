// multipart/related (RFC 2046, RFC 2387) byte for byte: the line break in front of a delimiter belongs to the
// delimiter, and only that one; a document keeps its own line ends.
#include "app/practice/soap/Soap.h"

#include "core/base/Digest.h"

#include <QByteArrayMatcher>

namespace naru::practice {

namespace {
constexpr int maxParts = 256;
constexpr qsizetype maxHeaders = 32 * 1024;

[[noreturn]] void broken(const char *what)
{
    throw SoapFault(
        QStringLiteral("Sender"), QStringLiteral("Broken multipart body: ") + QLatin1String(what));
}

MimePart readPart(const QByteArray &bytes, qsizetype from, qsizetype to)
{
    // A part without headers starts with the empty line at once.
    qsizetype headersEnd = from;
    qsizetype content = from + 2;
    if (bytes.mid(from, 2) != "\r\n") {
        headersEnd = bytes.indexOf("\r\n\r\n", from);
        if (headersEnd < 0 || headersEnd > to || headersEnd - from > maxHeaders)
            broken("part headers do not end");
        content = headersEnd + 4;
    }
    if (content > to)
        broken("a part without an empty line");
    MimePart part;
    for (const QByteArray &line : bytes.mid(from, headersEnd - from).split('\n')) {
        const qsizetype colon = line.indexOf(':');
        const QByteArray name = line.left(colon).trimmed().toLower();
        const QByteArray value = line.mid(colon + 1).trimmed();
        if (name == "content-id")
            part.contentId =
                value.startsWith('<') && value.endsWith('>') ? value.mid(1, value.size() - 2) : value;
        else if (name == "content-type")
            part.contentType = value;
        else if (name == "content-transfer-encoding" && value.toLower() != "binary"
            && value.toLower() != "8bit" && value.toLower() != "7bit")
            broken("transfer encoding is not binary");
    }
    part.bytes = QByteArray::fromRawData(bytes.constData() + content, to - content);
    return part;
}
} // namespace

std::vector<MimePart> readMultipart(const QByteArray &bytes, const QByteArray &boundary)
{
    const QByteArray first = "--" + boundary;
    const QByteArrayMatcher delimiter("\r\n" + first);
    qsizetype at = bytes.startsWith(first) ? 0 : delimiter.indexIn(bytes);
    if (at < 0)
        broken("the boundary does not occur");
    at += bytes.startsWith(first) ? first.size() : first.size() + 2;
    std::vector<MimePart> parts;
    while (bytes.mid(at, 2) != "--") {
        const qsizetype lineEnd = bytes.indexOf("\r\n", at); // white space may follow a boundary
        if (lineEnd < 0 || !bytes.mid(at, lineEnd - at).trimmed().isEmpty())
            broken("text after a boundary");
        // One step back, so that an empty part ("boundary CRLF CRLF boundary") is found.
        const qsizetype next = delimiter.indexIn(bytes, lineEnd);
        if (next < 0)
            broken("the closing delimiter is missing");
        if (parts.size() >= maxParts)
            broken("too many parts");
        parts.push_back(readPart(bytes, lineEnd + 2, next));
        at = next + 2 + first.size();
    }
    return parts;
}

HttpAnswer multipartAnswer(const QByteArray &envelope, const std::vector<MimePart> &parts)
{
    const QByteArray boundary = "MIMEBoundary_" + base::randomBytes(16).toHex();
    HttpAnswer answer;
    answer.contentType = "multipart/related; type=\"application/xop+xml\"; boundary=\"" + boundary
        + "\"; start=\"<root@practice.invalid>\"; start-info=\"application/soap+xml\"";
    qsizetype size = envelope.size() + 1024;
    for (const MimePart &part : parts)
        size += part.bytes.size() + 512;
    answer.body.reserve(size);
    answer.body += "--" + boundary
        + "\r\nContent-Type: application/xop+xml; charset=UTF-8; type=\"application/soap+xml\"\r\n"
          "Content-Transfer-Encoding: binary\r\nContent-ID: <root@practice.invalid>\r\n\r\n"
        + envelope;
    for (const MimePart &part : parts) {
        answer.body += "\r\n--" + boundary + "\r\nContent-Type: " + part.contentType
            + "\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <" + part.contentId + ">\r\n\r\n";
        answer.body += part.bytes;
    }
    answer.body += "\r\n--" + boundary + "--\r\n";
    return answer;
}

} // namespace naru::practice
