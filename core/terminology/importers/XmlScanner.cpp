#include "core/terminology/importers/XmlScanner.h"

#include "core/terminology/Errors.h"
#include "core/terminology/importers/Table.h"

#include <cstring>

namespace naru::terminology::importing {

namespace {
constexpr qint64 Piece = 256 * 1024;

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

QByteArrayView localName(QByteArrayView name)
{
    const qsizetype colon = name.indexOf(':');
    return colon < 0 ? name : name.sliced(colon + 1);
}

// Enough of a name to tell the elements of a workbook apart: its length and its first seven bytes.
quint64 keyOf(QByteArrayView name)
{
    quint64 key = quint64(name.size() & 0xFF);
    for (qsizetype i = 0; i < name.size() && i < 7; ++i)
        key = key << 8 | uchar(name[i]);
    return key;
}

bool appendCodePoint(QByteArrayView digits, QByteArray &out)
{
    bool ok = false;
    const uint code = digits.startsWith('x') ? digits.sliced(1).toByteArray().toUInt(&ok, 16)
                                             : digits.toByteArray().toUInt(&ok, 10);
    if (!ok || code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
        return false;
    const char32_t point = code;
    out += QString::fromUcs4(&point, 1).toUtf8();
    return true;
}
} // namespace

XmlScanner::XmlScanner(std::unique_ptr<ByteSource> source)
    : m_source(std::move(source))
{
}

base::Error XmlScanner::broken(const char *what) const
{
    return base::Error(errors::ImportWorkbook, m_source->name() + QStringLiteral(": ") + QLatin1String(what),
        {{QStringLiteral("what"), m_source->name() + QStringLiteral(": ") + QLatin1String(what)}});
}

base::Status XmlScanner::fill()
{
    if (m_buffer.size() - m_at > MaxRowBytes)
        return broken("a token that is too long");
    m_buffer.remove(0, m_at);
    m_at = 0;
    const qsizetype old = m_buffer.size();
    m_buffer.resize(old + Piece);
    const base::Result<qint64> got = m_source->read(m_buffer.data() + old, Piece);
    m_buffer.resize(old + (got ? *got : 0));
    if (!got)
        return got.error();
    m_atEnd = *got == 0;
    return {};
}

// Positions are counted from m_at, because fill() moves the token.
base::Result<qsizetype> XmlScanner::find(char c, qsizetype from)
{
    for (;;) {
        const qsizetype left = m_buffer.size() - m_at - from;
        const char *start = m_buffer.constData() + m_at + from;
        if (const void *hit = left > 0 ? std::memchr(start, c, std::size_t(left)) : nullptr)
            return from + qsizetype(static_cast<const char *>(hit) - start);
        if (m_atEnd)
            return qsizetype(-1);
        from = m_buffer.size() - m_at;
        NARU_TRY(fill());
    }
}

base::Result<qsizetype> XmlScanner::findText(const char *text, qsizetype from)
{
    const qsizetype length = qsizetype(std::strlen(text));
    for (;;) {
        NARU_ASSIGN(const qsizetype hit, find(text[0], from));
        if (hit < 0)
            return qsizetype(-1);
        while (!m_atEnd && m_buffer.size() - m_at < hit + length)
            NARU_TRY(fill());
        if (QByteArrayView(m_buffer).sliced(m_at + hit).startsWith(QByteArrayView(text, length)))
            return hit;
        from = hit + 1;
    }
}

// UTF-16 shows in the first four bytes, with a byte order mark or without.
base::Status XmlScanner::start()
{
    m_started = true;
    while (!m_atEnd && m_buffer.size() < 4)
        NARU_TRY(fill());
    const QByteArray first = m_buffer.left(4);
    if (first.startsWith("\xFF\xFE") || first.startsWith("\xFE\xFF") || first.contains('\0'))
        return broken("not UTF-8");
    return {};
}

base::Result<XmlScanner::Kind> XmlScanner::next()
{
    if (m_pendingEnd) {
        m_pendingEnd = false;
        --m_depth;
        return Kind::End;
    }
    for (;;) {
        if (!m_started)
            NARU_TRY(start());
        NARU_ASSIGN(const qsizetype open, find('<', 0));
        if (open < 0) {
            if (m_depth > 0)
                return broken("ends inside an element");
            return Kind::Finish;
        }
        if (open > 0 && m_depth > 0) {
            m_text = QByteArrayView(m_buffer).sliced(m_at, open);
            m_literal = false;
            m_at += open;
            return Kind::Text;
        }
        m_at += open;
        bool isToken = false;
        Kind kind = Kind::Finish;
        NARU_TRY(markup(isToken, kind));
        if (isToken)
            return kind;
    }
}

base::Status XmlScanner::markup(bool &isToken, Kind &kind)
{
    while (!m_atEnd && m_buffer.size() - m_at < 2)
        NARU_TRY(fill());
    const char second = m_buffer.size() - m_at < 2 ? '\0' : m_buffer[m_at + 1];
    if (second == '!' || second == '?')
        return special(isToken, kind);
    // The '>' that ends the tag: not one inside an attribute value.
    qsizetype end = 1;
    for (char quote = 0;;) {
        const char *data = m_buffer.constData() + m_at;
        const qsizetype size = m_buffer.size() - m_at;
        for (; end < size; ++end) {
            const char c = data[end];
            if (quote != 0)
                quote = c == quote ? char(0) : quote;
            else if (c == '>')
                break;
            else if (c == '"' || c == '\'')
                quote = c;
        }
        if (end < size)
            break;
        if (m_atEnd)
            return broken("ends inside a tag");
        NARU_TRY(fill());
    }
    isToken = true;
    kind = second == '/' ? Kind::End : Kind::Start;
    if (!tag(end))
        return broken("elements that do not nest");
    return {};
}

bool XmlScanner::tag(qsizetype end)
{
    QByteArrayView inside = QByteArrayView(m_buffer).sliced(m_at + 1, end - 1);
    m_at += end + 1;
    m_attributes = {};
    if (inside.startsWith('/')) {
        const QByteArrayView name = inside.sliced(1).trimmed();
        m_name = localName(name);
        return m_depth > 0 && keyOf(name) == m_open[std::size_t(m_depth--)];
    }
    m_pendingEnd = inside.endsWith('/');
    if (m_pendingEnd)
        inside.chop(1);
    qsizetype length = 0;
    while (length < inside.size() && !isBlank(inside[length]))
        ++length;
    if (length == 0 || m_depth == MaxDepth)
        return false;
    m_open[std::size_t(++m_depth)] = keyOf(inside.first(length));
    m_name = localName(inside.first(length));
    m_attributes = inside.sliced(length);
    return !m_name.isEmpty();
}

base::Status XmlScanner::special(bool &isToken, Kind &kind)
{
    while (!m_atEnd && m_buffer.size() - m_at < 9)
        NARU_TRY(fill());
    const QByteArrayView here = QByteArrayView(m_buffer).sliced(m_at);
    const bool comment = here.startsWith("<!--"), data = here.startsWith("<![CDATA[");
    if (!comment && !data && !here.startsWith("<?"))
        return broken("a document type, which is never accepted");
    const char *close = comment ? "-->" : data ? "]]>" : "?>";
    NARU_ASSIGN(const qsizetype end, findText(close, comment ? 4 : data ? 9 : 2));
    if (end < 0)
        return broken("ends inside a comment");
    const QByteArrayView whole = QByteArrayView(m_buffer).sliced(m_at, end);
    if (whole.startsWith("<?xml ")) {
        const QByteArray declaration = whole.toByteArray().toLower();
        if (declaration.contains("encoding") && !declaration.contains("utf-8"))
            return broken("not UTF-8");
    }
    if (data) {
        m_text = whole.sliced(9);
        m_literal = true;
        isToken = true;
        kind = Kind::Text;
    }
    m_at += end + qsizetype(std::strlen(close));
    return {};
}

QByteArrayView XmlScanner::attribute(const char *wanted) const
{
    const QByteArrayView name(wanted, qsizetype(std::strlen(wanted)));
    qsizetype at = 0;
    while (at < m_attributes.size()) {
        while (at < m_attributes.size() && isBlank(m_attributes[at]))
            ++at;
        const qsizetype start = at;
        while (at < m_attributes.size() && m_attributes[at] != '=')
            ++at;
        const QByteArrayView key = localName(m_attributes.sliced(start, at - start).trimmed());
        while (at < m_attributes.size() && m_attributes[at] != '"' && m_attributes[at] != '\'')
            ++at;
        if (at >= m_attributes.size())
            break;
        const qsizetype close = m_attributes.indexOf(m_attributes[at], at + 1);
        if (close < 0)
            break;
        if (key == name)
            return m_attributes.sliced(at + 1, close - at - 1);
        at = close + 1;
    }
    return {};
}

bool XmlScanner::appendText(QByteArray &out) const
{
    if (!m_literal)
        return appendUnescaped(m_text, out);
    out.append(m_text);
    return true;
}

bool XmlScanner::appendUnescaped(QByteArrayView raw, QByteArray &out)
{
    struct Entity {
        const char *name;
        char character;
    };
    static constexpr Entity entities[] = {
        {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
    for (;;) {
        const qsizetype amp = raw.indexOf('&');
        if (amp < 0) {
            out.append(raw);
            return true;
        }
        out.append(raw.first(amp));
        const qsizetype end = raw.indexOf(';', amp);
        if (end < 0)
            return false;
        const QByteArrayView name = raw.sliced(amp + 1, end - amp - 1);
        bool known = name.startsWith('#') && appendCodePoint(name.sliced(1), out);
        for (const Entity &entity : entities) {
            if (name == QByteArrayView(entity.name, qsizetype(std::strlen(entity.name)))) {
                out.append(entity.character);
                known = true;
            }
        }
        if (!known)
            return false;
        raw = raw.sliced(end + 1);
    }
}

} // namespace naru::terminology::importing
