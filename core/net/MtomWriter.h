// Writes SOAP 1.2 with attachments as MTOM/XOP: exact Content-Type, the root first, binary parts untouched
// and shared.
#pragma once

#include <QByteArray>
#include <vector>

namespace naru::net {

struct MtomAttachment {
    QByteArray
        contentId{}; // without < >; letters, digits, '.', '-', '@' so that no escaping is needed in href
    QByteArray contentType = "application/octet-stream";
    QByteArray bytes{};
    friend bool operator==(const MtomAttachment &, const MtomAttachment &) = default;
};

struct MtomMessage {
    QByteArray contentType{}; // for the HTTP header
    std::vector<QByteArray> body{}; // for HttpRequest::body
    QByteArray joined() const;
};

// `boundary` must not occur in any part (freshBoundary() is random enough); `action` goes into the parameter
// of that name.
MtomMessage writeMtom(const QByteArray &envelope, const std::vector<MtomAttachment> &attachments,
    const QByteArray &action, const QByteArray &boundary, const QByteArray &rootId = "root.message@naru");
QByteArray freshBoundary(); // "naru-" and 32 hexadecimal digits

} // namespace naru::net
