#include "core/net/MimeReader.h"

#include "core/net/Errors.h"

#include <utility>

namespace naru::net {

namespace {
base::Error broken(const QString &what)
{
    return base::Error(errors::MimeBroken, what, {{QStringLiteral("what"), what}});
}
base::Error budget(const QString &what)
{
    return base::Error(errors::MimeBudget, what, {{QStringLiteral("what"), what}});
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

QByteArray withoutAngles(QByteArray id)
{
    id = id.trimmed();
    if (id.startsWith('<') && id.endsWith('>'))
        id = id.mid(1, id.size() - 2);
    return id;
}
} // namespace

MimeReader::MimeReader(QByteArrayView contentType, Handler handler, MimeLimits limits)
    : m_type(ContentType::parse(contentType))
    , m_handler(std::move(handler))
    , m_limits(limits)
{
}

base::Status MimeReader::feed(QByteArrayView bytes)
{
    m_total += bytes.size();
    if (m_total > m_limits.totalBytes)
        return budget(QStringLiteral("total size"));
    if (m_state == State::Done)
        return {}; // the epilogue is ignored (RFC 2046 5.1.1)
    if (m_state == State::Plain)
        return deliver(bytes);
    m_buffer.append(bytes.data(), bytes.size());
    if (m_state == State::Sniff)
        NARU_TRY(sniff(false));
    for (bool more = m_state != State::Sniff; more;)
        NARU_TRY(step(more));
    return {};
}

base::Status MimeReader::finish()
{
    if (m_state == State::Sniff)
        NARU_TRY(sniff(true));
    for (bool more = m_state != State::Sniff; more;)
        NARU_TRY(step(more));
    if (m_state == State::Plain) {
        m_state = State::Done;
        return endPart();
    }
    // "--boundary--" may be the very last bytes, without a line end.
    if (m_state == State::Done)
        return {};
    return base::Error(errors::MimeTruncated, QStringLiteral("no closing boundary"));
}

// The first bytes decide: "--" is multipart, anything else is one plain body.
base::Status MimeReader::sniff(bool last)
{
    qsizetype at = 0;
    while (at < m_buffer.size() && isSpace(m_buffer[at]))
        ++at;
    if (m_buffer.size() - at < 2 && !last)
        return {};
    const bool declared = m_type.type.startsWith("multipart/");
    const QByteArray named = m_type.parameter("boundary");
    const bool dashes = QByteArrayView(m_buffer).sliced(at).startsWith("--");
    const bool xml = at < m_buffer.size() && (m_buffer[at] == '<' || uchar(m_buffer[at]) == 0xEF);
    m_multipart = dashes || (declared && !xml && !named.isEmpty()); // a preamble may come first
    if (!m_multipart) {
        m_deviates = declared;
        m_state = State::Plain;
        m_part = {};
        m_part.isRoot = true;
        m_part.contentType = m_type;
        ++m_parts;
        if (m_handler.begin)
            NARU_TRY(m_handler.begin(m_part));
        const QByteArray held = std::exchange(m_buffer, {});
        return deliver(held);
    }
    QByteArray boundary = named;
    if (dashes && !QByteArrayView(m_buffer).sliced(at + 2).startsWith(boundary))
        boundary.clear();
    if (boundary.isEmpty()) { // from the first line
        const qsizetype end = m_buffer.indexOf('\n', at);
        if (end < 0 && !last && m_buffer.size() - at < m_limits.boundaryBytes + 8)
            return {};
        boundary = m_buffer.mid(at + 2, end < 0 ? -1 : end - at - 2).trimmed();
        m_deviates = true;
    }
    m_deviates = m_deviates || !declared;
    if (boundary.isEmpty() || boundary.size() > m_limits.boundaryBytes)
        return budget(QStringLiteral("boundary length"));
    m_boundary = "--" + boundary;
    m_state = State::Preamble;
    return {};
}

base::Status MimeReader::step(bool &more)
{
    more = false;
    switch (m_state) {
    case State::Preamble:
        return seekFirstDelimiter(more);
    case State::Header:
        return readHeader(more);
    case State::Body:
        return readBody(more);
    default:
        return {};
    }
}

int MimeReader::delimiterKind(qsizetype at, qsizetype &after) const
{
    if (at + 2 <= m_buffer.size() && m_buffer[at] == '-' && m_buffer[at + 1] == '-') {
        after = at + 2;
        return 2;
    }
    if (at + 1 == m_buffer.size() && m_buffer[at] == '-')
        return -1;
    while (at < m_buffer.size() && (m_buffer[at] == ' ' || m_buffer[at] == '\t')) // transport padding
        ++at;
    if (at >= m_buffer.size())
        return -1;
    if (m_buffer[at] == '\n') {
        after = at + 1;
        return 1;
    }
    if (m_buffer[at] != '\r')
        return 0; // the boundary is only the beginning of a longer text
    if (at + 1 >= m_buffer.size())
        return -1;
    after = at + 2;
    return m_buffer[at + 1] == '\n' ? 1 : 0;
}

base::Status MimeReader::seekFirstDelimiter(bool &more)
{
    qsizetype from = 0;
    for (;;) {
        const qsizetype at = m_buffer.indexOf(m_boundary, from);
        if (at < 0) {
            if (m_buffer.size() > m_limits.headerBytes)
                return budget(QStringLiteral("preamble"));
            return {};
        }
        qsizetype after = 0;
        const int kind =
            at == 0 || m_buffer[at - 1] == '\n' ? delimiterKind(at + m_boundary.size(), after) : 0;
        if (kind == -1)
            return {};
        if (kind == 2)
            return broken(QStringLiteral("no part"));
        if (kind == 1) {
            m_lineEnd = m_buffer[after - 2] == '\r' ? "\r\n" : "\n";
            m_buffer.remove(0, after);
            m_state = State::Header;
            more = true;
            return {};
        }
        from = at + 1;
    }
}

base::Status MimeReader::readHeader(bool &more)
{
    const QByteArray blank = m_lineEnd + m_lineEnd;
    if (m_buffer.startsWith(m_lineEnd)) { // no header at all
        more = true;
        m_bodyStart = true;
        return startPart({});
    }
    const qsizetype end = m_buffer.indexOf(blank);
    if ((end < 0 ? m_buffer.size() : end) > m_limits.headerBytes)
        return budget(QStringLiteral("part header"));
    if (end < 0)
        return {};
    const QByteArray headers = m_buffer.left(end);
    // The second line end stays: in a part without body it belongs to the next delimiter.
    m_buffer.remove(0, end + m_lineEnd.size());
    m_bodyStart = true;
    more = true;
    return startPart(headers);
}

base::Status MimeReader::startPart(QByteArrayView headers)
{
    if (++m_parts > m_limits.parts)
        return budget(QStringLiteral("number of parts"));
    m_part = {};
    m_part.index = m_parts - 1;
    QByteArray text = headers.toByteArray();
    text.replace("\r\n", "\n").replace("\n ", " ").replace("\n\t", " "); // folded lines
    for (const QByteArray &line : text.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon < 0)
            continue;
        const QByteArray name = line.left(colon).trimmed().toLower();
        const QByteArray value = line.mid(colon + 1).trimmed();
        if (name == "content-id")
            m_part.contentId = withoutAngles(value);
        else if (name == "content-type")
            m_part.contentType = ContentType::parse(value);
        else if (name == "content-transfer-encoding")
            m_part.transferEncoding = value.toLower();
    }
    if (m_part.transferEncoding == "quoted-printable")
        return broken(QStringLiteral("quoted-printable part"));
    const QByteArray start = withoutAngles(m_type.parameter("start"));
    m_part.isRoot = start.isEmpty() ? m_part.index == 0 : m_part.contentId == start;
    m_base64Rest.clear();
    m_state = State::Body;
    return m_handler.begin ? m_handler.begin(m_part) : base::Status{};
}

base::Status MimeReader::endPart()
{
    if (!m_base64Rest.isEmpty())
        return broken(QStringLiteral("base64 part"));
    return m_handler.end ? m_handler.end(m_part) : base::Status{};
}

base::Status MimeReader::deliver(QByteArrayView bytes)
{
    if (bytes.isEmpty() || !m_handler.data)
        return {};
    if (m_part.transferEncoding != "base64")
        return m_handler.data(m_part, bytes);
    for (const char c : bytes) {
        if (!isSpace(c))
            m_base64Rest += c;
    }
    const qsizetype whole = m_base64Rest.size() / 4 * 4;
    const auto decoded = QByteArray::fromBase64Encoding(
        m_base64Rest.left(whole), QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return broken(QStringLiteral("base64 part"));
    m_base64Rest.remove(0, whole);
    return decoded.decoded.isEmpty() ? base::Status{} : m_handler.data(m_part, decoded.decoded);
}

base::Status MimeReader::passBody(qsizetype count)
{
    if (count <= 0)
        return {};
    NARU_TRY(deliver(QByteArrayView(m_buffer).first(count)));
    m_buffer.remove(0, count);
    return {};
}

base::Status MimeReader::readBody(bool &more)
{
    const QByteArray mark = m_lineEnd + m_boundary;
    if (m_bodyStart) {
        qsizetype after = 0;
        if (m_buffer.size() < mark.size() && mark.startsWith(m_buffer))
            return {};
        const int kind = m_buffer.startsWith(mark) ? delimiterKind(mark.size(), after) : 0;
        if (kind == -1)
            return {};
        if (kind == 0)
            m_buffer.remove(0, m_lineEnd.size());
        m_bodyStart = false;
    }
    qsizetype from = 0;
    for (;;) {
        const qsizetype at = m_buffer.indexOf(mark, from);
        if (at < 0) {
            // Keep what may be the beginning of a delimiter.
            return passBody(m_buffer.size() - mark.size() + 1);
        }
        qsizetype after = 0;
        const int kind = delimiterKind(at + mark.size(), after);
        if (kind == -1)
            return passBody(at);
        if (kind == 0) {
            from = at + 1;
            continue;
        }
        NARU_TRY(passBody(at));
        m_buffer.remove(0, after - at);
        m_state = kind == 2 ? State::Done : State::Header;
        more = kind == 1;
        return endPart();
    }
}

base::Result<std::vector<MimePart>> readMime(
    QByteArrayView contentType, QByteArrayView bytes, MimeLimits limits)
{
    std::vector<MimePart> parts;
    MimeReader::Handler handler;
    handler.begin = [&parts](const MimePart &part) {
        parts.push_back(part);
        return base::Status{};
    };
    handler.data = [&parts](const MimePart &, QByteArrayView data) {
        parts.back().body.append(data.data(), data.size());
        return base::Status{};
    };
    MimeReader reader(contentType, std::move(handler), limits);
    NARU_TRY(reader.feed(bytes));
    NARU_TRY(reader.finish());
    return parts;
}

QByteArray contentIdOfHref(QByteArrayView href)
{
    const QByteArray text = href.toByteArray().trimmed();
    if (text.left(4).toLower() != "cid:")
        return {};
    return withoutAngles(QByteArray::fromPercentEncoding(text.mid(4)));
}

} // namespace naru::net
