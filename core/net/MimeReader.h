// Reads a multipart/related message (RFC 2046 5.1, RFC 2387, XOP) or a plain body, byte for byte, in pieces
// of any size. Whether it is multipart is decided by the bytes, not by the header: peers send plain SOAP
// under a multipart Content-Type and the other way round. The CRLF in front of a boundary belongs to the
// boundary, and only that one. Boundaries are compared as bytes. The message is complete right after
// "--boundary--", without a final CRLF. Failures: net.MimeBroken, net.MimeTruncated, net.MimeBudget.
#pragma once

#include "core/base/Result.h"
#include "core/net/ContentType.h"

#include <QByteArray>
#include <QByteArrayView>
#include <functional>
#include <vector>

namespace naru::net {

struct MimeLimits {
    int parts = 64;
    int headerBytes = 32 * 1024; // of one part
    int boundaryBytes = 70; // RFC 2046
    qint64 totalBytes = 4LL * 1024 * 1024 * 1024;
};

struct MimePart {
    int index = 0;
    QByteArray contentId{}; // without < >
    ContentType contentType{};
    QByteArray transferEncoding{}; // lower case; "base64" is decoded on the way
    bool isRoot = false; // named by the start parameter, else the first part
    QByteArray body{}; // only filled by readMime()
};

class MimeReader {
public:
    struct Handler {
        std::function<base::Status(const MimePart &)> begin{};
        std::function<base::Status(const MimePart &, QByteArrayView)> data{};
        std::function<base::Status(const MimePart &)> end{};
    };

    MimeReader(QByteArrayView contentType, Handler handler, MimeLimits limits = {});

    base::Status feed(QByteArrayView bytes);
    // After the last byte: net.MimeTruncated when the closing delimiter was not seen.
    base::Status finish();

    bool isMultipart() const { return m_multipart; }
    // The header and the body disagreed about being multipart, or the boundary had to be taken from the body.
    bool deviates() const { return m_deviates; }

private:
    enum class State { Sniff, Plain, Preamble, Header, Body, Done };
    base::Status sniff(bool last);
    base::Status step(bool &more);
    base::Status seekFirstDelimiter(bool &more);
    base::Status readHeader(bool &more);
    base::Status readBody(bool &more);
    base::Status passBody(qsizetype count);
    base::Status deliver(QByteArrayView bytes);
    base::Status startPart(QByteArrayView headers);
    base::Status endPart();
    // Looks at what follows "--boundary" at `at`: 0 not a delimiter, 1 delimiter, 2 closing, -1 more bytes
    // needed; sets `after`.
    int delimiterKind(qsizetype at, qsizetype &after) const;

    ContentType m_type{};
    Handler m_handler{};
    MimeLimits m_limits{};
    State m_state = State::Sniff;
    QByteArray m_buffer{};
    QByteArray m_boundary{}; // with the two leading dashes
    QByteArray m_lineEnd{}; // "\r\n", or "\n" for peers that use it throughout
    QByteArray m_base64Rest{};
    MimePart m_part{};
    qint64 m_total = 0;
    int m_parts = 0;
    bool m_multipart = false;
    bool m_deviates = false;
    bool m_bodyStart = false; // the line end of the blank line is still in the buffer
};

// Whole buffers.
base::Result<std::vector<MimePart>> readMime(
    QByteArrayView contentType, QByteArrayView bytes, MimeLimits limits = {});

// The part a cid: reference names: percent-decoded, without "cid:" and < >; empty when `href` is not a cid
// reference.
QByteArray contentIdOfHref(QByteArrayView href);

} // namespace naru::net
