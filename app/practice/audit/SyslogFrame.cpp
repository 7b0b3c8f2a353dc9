#include "app/practice/audit/SyslogFrame.h"

#include "core/base/Errors.h"

#include <QRegularExpression>

namespace naru::practice {

namespace {
constexpr int maxLengthDigits = 8;
constexpr int maxHeaderField = 255;

base::Error invalid(const char *what)
{
    return base::Error(
        base::errors::Invalid, QLatin1String(what), {{QStringLiteral("what"), QLatin1String(what)}});
}

// One space-terminated header field; false when there is none or it is too long.
bool field(const QByteArray &message, qsizetype &at, QString &out)
{
    const auto end = message.indexOf(' ', at);
    if (end <= at || end - at > maxHeaderField)
        return false;
    for (auto i = at; i < end; ++i) {
        if (message[i] < 33 || message[i] > 126)
            return false;
    }
    out = QString::fromLatin1(message.mid(at, end - at));
    if (out == QLatin1String("-"))
        out.clear();
    at = end + 1;
    return true;
}

// "-" or one or more [id name="value" ...]; quotes, backslashes and brackets inside values are escaped (RFC
// 5424 6.3.3).
qsizetype structuredDataEnd(const QByteArray &message, qsizetype at)
{
    if (at < message.size() && message[at] == '-')
        return at + 1;
    const auto start = at;
    while (at < message.size() && message[at] == '[') {
        bool quoted = false;
        for (++at; at < message.size() && (quoted || message[at] != ']'); ++at) {
            if (quoted && message[at] == '\\')
                ++at;
            else if (message[at] == '"')
                quoted = !quoted;
        }
        if (at >= message.size())
            return -1;
        ++at;
    }
    return at == start ? -1 : at;
}

QString uuidIn(const QString &structuredData)
{
    static const QRegularExpression pattern(
        QStringLiteral("=\"(?:urn:uuid:)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\""),
        QRegularExpression::CaseInsensitiveOption);
    return pattern.match(structuredData).captured(1).toLower();
}
} // namespace

base::Result<std::optional<QByteArray>> FrameParser::next()
{
    const auto space = m_buffer.left(maxLengthDigits + 1).indexOf(' ');
    const QByteArray digits = space < 0 ? m_buffer.left(maxLengthDigits + 1) : m_buffer.left(space);
    for (qsizetype i = 0; i < digits.size(); ++i) {
        const bool good = digits[i] >= (i == 0 ? '1' : '0') && digits[i] <= '9'; // NONZERO-DIGIT *DIGIT
        if (!good)
            return invalid("MSG-LEN");
    }
    if (digits.size() > maxLengthDigits || space == 0)
        return invalid("MSG-LEN");
    if (space < 0)
        return std::optional<QByteArray>{};
    const int length = digits.toInt();
    if (length > m_max)
        return base::Error(base::errors::TooLarge, {}, {{QStringLiteral("what"), QStringLiteral("MSG-LEN")}});
    if (m_buffer.size() - space - 1 < length)
        return std::optional<QByteArray>{};
    QByteArray message = m_buffer.mid(space + 1, length);
    m_buffer.remove(0, space + 1 + length);
    return std::optional<QByteArray>{std::move(message)};
}

base::Result<SyslogMessage> parseSyslog(const QByteArray &message)
{
    SyslogMessage out;
    const auto close = message.indexOf('>');
    bool ok = false;
    out.priority = message.mid(1, std::max<qsizetype>(close - 1, 0)).toInt(&ok);
    if (!message.startsWith('<') || close < 2 || close > 4 || !ok || out.priority < 0 || out.priority > 191)
        return invalid("PRI");
    qsizetype at = close + 1;
    QString version;
    if (!field(message, at, version) || version != QLatin1String("1"))
        return invalid("VERSION");
    if (!field(message, at, out.timestamp) || !field(message, at, out.host) || !field(message, at, out.app)
        || !field(message, at, out.process) || !field(message, at, out.messageId))
        return invalid("HEADER");
    const auto end = structuredDataEnd(message, at);
    if (end < 0 || (end < message.size() && message[end] != ' '))
        return invalid("STRUCTURED-DATA");
    out.structuredData = QString::fromUtf8(message.mid(at, end - at));
    out.uuid = uuidIn(out.structuredData);
    out.body = message.mid(end + 1);
    if (out.body.startsWith("\xEF\xBB\xBF"))
        out.body.remove(0, 3);
    return out;
}

} // namespace naru::practice
