#include "core/net/MtomWriter.h"

#include "core/base/Digest.h"

namespace naru::net {

QByteArray MtomMessage::joined() const
{
    QByteArray out;
    for (const QByteArray &piece : body)
        out += piece;
    return out;
}

QByteArray freshBoundary()
{
    return "naru-" + base::randomBytes(16).toHex();
}

MtomMessage writeMtom(const QByteArray &envelope, const std::vector<MtomAttachment> &attachments,
    const QByteArray &action, const QByteArray &boundary, const QByteArray &rootId)
{
    MtomMessage out;
    out.contentType = "multipart/related; boundary=\"" + boundary
        + "\"; type=\"application/xop+xml\"; start=\"<" + rootId
        + ">\"; start-info=\"application/soap+xml\"; action=\"" + action + "\"";
    out.body.push_back("--" + boundary
        + "\r\nContent-Type: application/xop+xml; charset=UTF-8; "
          "type=\"application/soap+xml\"\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <"
        + rootId + ">\r\n\r\n");
    out.body.push_back(envelope);
    for (const MtomAttachment &attachment : attachments) {
        out.body.push_back("\r\n--" + boundary + "\r\nContent-Type: " + attachment.contentType
            + "\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <" + attachment.contentId + ">\r\n\r\n");
        out.body.push_back(attachment.bytes);
    }
    out.body.push_back("\r\n--" + boundary + "--\r\n");
    return out;
}

} // namespace naru::net
