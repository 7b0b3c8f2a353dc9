#include "core/ihe/InlineDocuments.h"

#include "core/ihe/soap/SoapParts.h"

namespace naru::ihe {

namespace {
constexpr qsizetype markupLimit = 1024 * 1024; // one tag or comment
constexpr qsizetype residueLimit = 64 * 1024 * 1024;
constexpr qsizetype decodeStep = 64 * 1024;

// The end of the tag that begins at `bytes`, behind its '>'; -1 when it is not there yet.
qsizetype tagEnd(QByteArrayView bytes)
{
    char quote = 0;
    for (qsizetype i = 1; i < bytes.size(); ++i) {
        const char c = bytes[i];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return i + 1;
    }
    return -1;
}

bool isNamed(QByteArrayView tag, QByteArrayView name)
{
    qsizetype start = tag.startsWith("</") ? 2 : 1;
    qsizetype end = start;
    while (end < tag.size() && tag[end] != '>' && tag[end] != '/' && uchar(tag[end]) > ' ')
        ++end;
    QByteArrayView qname = tag.sliced(start, end - start);
    if (const qsizetype colon = qname.indexOf(':'); colon >= 0)
        qname = qname.sliced(colon + 1);
    return qname == name;
}
} // namespace

base::Status InlineDocuments::feed(QByteArrayView bytes)
{
    m_buffer.append(bytes.data(), bytes.size());
    for (bool more = true; more;) {
        const qsizetype at = m_buffer.indexOf('<');
        const qsizetype text = at < 0 ? m_buffer.size() : at;
        if (m_inDocument)
            NARU_TRY(content(QByteArrayView(m_buffer).first(text)));
        else
            m_residue.append(m_buffer.constData(), text);
        m_buffer.remove(0, text);
        more = at >= 0;
        if (more)
            NARU_TRY(markup(more));
        if (m_residue.size() > residueLimit)
            return soapError(QStringLiteral("more markup than allowed"));
    }
    return {};
}

// m_buffer begins with '<'.
base::Status InlineDocuments::markup(bool &more)
{
    struct Kind {
        const char *open, *close;
    };
    qsizetype end = -2;
    for (const Kind &kind : {Kind{"<!--", "-->"}, Kind{"<![CDATA[", "]]>"}, Kind{"<?", "?>"}}) {
        const QByteArrayView open(kind.open);
        if (m_buffer.size() < open.size() && open.startsWith(m_buffer)) {
            more = false; // not enough to tell
            return {};
        }
        if (!m_buffer.startsWith(open))
            continue;
        end = m_buffer.indexOf(kind.close, open.size());
        if (end >= 0)
            end += qsizetype(qstrlen(kind.close));
        // CDATA can hold a whole document; its text is passed on piece by piece by the caller's next round.
        if (m_inDocument && open == "<![CDATA[") {
            m_buffer.remove(0, open.size());
            const qsizetype close = m_buffer.indexOf("]]>");
            if (close >= 0) {
                NARU_TRY(content(QByteArrayView(m_buffer).first(close)));
                m_buffer.remove(0, close + 3);
            }
            return {};
        }
        break;
    }
    if (end == -2)
        end = tagEnd(m_buffer);
    if (end < 0) {
        more = false;
        return m_buffer.size() > markupLimit ? soapError(QStringLiteral("a tag longer than allowed"))
                                             : base::Status{};
    }
    const QByteArray text = m_buffer.left(end);
    m_buffer.remove(0, end);
    if (text.startsWith("<!--") || text.startsWith("<?") || text.startsWith("<![CDATA[")) {
        m_residue += text;
        return {};
    }
    return tag(text);
}

base::Status InlineDocuments::tag(QByteArrayView text)
{
    if (text.startsWith("<!"))
        return soapError(QStringLiteral("DOCTYPE or entity"));
    const bool named = isNamed(text, "Document");
    const bool closing = text.startsWith("</");
    if (named && closing && m_inDocument)
        NARU_TRY(endDocument());
    if (named && !closing) {
        m_ordinals.push_back(-1);
        m_inDocument = !text.endsWith("/>");
        m_begun = m_broken = m_entity = m_padded = false;
    }
    m_residue.append(text.data(), text.size());
    return {};
}

base::Status InlineDocuments::content(QByteArrayView text)
{
    for (const char c : text) {
        if (m_entity || c == '&') { // "&#13;" at line ends
            m_entity = c != ';';
            continue;
        }
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ']' || c == '>')
            continue; // also the rest of "]]>"
        if (!m_begun) {
            m_begun = true;
            m_ordinals.back() = m_bodies++;
            NARU_TRY(m_handler.begin());
        }
        m_base64 += c;
        if (m_base64.size() >= decodeStep)
            NARU_TRY(decode(false));
    }
    return {};
}

base::Status InlineDocuments::decode(bool last)
{
    const qsizetype whole = last ? m_base64.size() : m_base64.size() / 4 * 4;
    if (whole == 0)
        return {};
    const auto decoded = QByteArray::fromBase64Encoding(
        m_base64.left(whole), QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    // Padding inside, or a group of one character, means that something is missing.
    m_broken = m_broken || !decoded || m_padded || whole % 4 == 1;
    m_padded = m_base64.left(whole).endsWith('=');
    m_base64.remove(0, whole);
    return m_broken ? base::Status{} : m_handler.data(decoded.decoded);
}

base::Status InlineDocuments::endDocument()
{
    m_inDocument = false;
    if (!m_begun)
        return {};
    NARU_TRY(decode(true));
    return m_handler.end(!m_broken);
}

base::Status InlineDocuments::finish()
{
    if (m_inDocument || !m_buffer.trimmed().isEmpty())
        return soapError(QStringLiteral("ends inside a document or tag"));
    return {};
}

} // namespace naru::ihe
