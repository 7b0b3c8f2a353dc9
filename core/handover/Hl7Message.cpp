#include "core/handover/Hl7Message.h"

#include "core/handover/Errors.h"
#include "core/handover/TextDecoder.h"

namespace naru::handover {

namespace {
constexpr char mllpStart = 0x0B, mllpEnd = 0x1C;
constexpr int maximumFields = 4096; // no segment of the standard has more than 112 fields

base::Error broken(const QString &place, const char *what)
{
    return base::Error(errors::Broken, QLatin1String(what) + QStringLiteral(" at ") + place,
        {{QStringLiteral("place"), place}, {QStringLiteral("what"), QLatin1String(what)}});
}

qsizetype startOfHl7(const QByteArray &bytes)
{
    qsizetype at = bytes.startsWith("\xEF\xBB\xBF") ? 3 : 0;
    while (at < bytes.size()
        && (bytes[at] == mllpStart || bytes[at] == ' ' || bytes[at] == '\r' || bytes[at] == '\n'))
        ++at;
    const QByteArrayView rest = QByteArrayView(bytes).sliced(at);
    return rest.startsWith("MSH") || rest.startsWith("FHS") || rest.startsWith("BHS") ? at : -1;
}

// HL7 UTF-16 would need a BOM before the first MSH; it is brought to UTF-8 so that splitting on bytes stays
// right.
base::Result<QByteArray> asBytes(const QByteArray &bytes)
{
    if (!bytes.startsWith("\xFF\xFE") && !bytes.startsWith("\xFE\xFF"))
        return bytes;
    NARU_ASSIGN(const TextDecoder::Text text, TextDecoder::decode(bytes));
    return text.text.toUtf8();
}

// MSH-18, read as ASCII: the field comes before the message can be decoded.
QString declaredCharset(QByteArrayView msh)
{
    if (msh.size() < 4)
        return {};
    const char separator = msh[3];
    int field = 1;
    qsizetype from = 4;
    for (qsizetype i = 4; i <= msh.size(); ++i) {
        if (i < msh.size() && msh[i] != separator)
            continue;
        if (++field == 18) {
            const QString value = QString::fromLatin1(msh.sliced(from, i - from));
            return value.section(QLatin1Char(msh.size() > 5 ? msh[5] : '~'), 0, 0).trimmed();
        }
        from = i + 1;
    }
    return {};
}

base::Result<Hl7Delimiters> delimitersOf(const QString &msh, const QString &place)
{
    if (msh.size() < 8)
        return broken(place, "MSH names no delimiters");
    Hl7Delimiters out;
    out.field = msh[3];
    const auto end = msh.indexOf(out.field, 4);
    const QString rest = msh.mid(4, (end < 0 ? msh.size() : end) - 4);
    if (rest.isEmpty())
        return broken(place, "MSH names no delimiters");
    QChar *targets[] = {&out.component, &out.repetition, &out.escape, &out.subcomponent};
    for (qsizetype i = 0; i < rest.size() && i < 4; ++i)
        *targets[i] = rest[i];
    QString all{out.field};
    for (const QChar *c : targets) {
        if (c->isLetterOrNumber() || c->isSpace() || *c < u' ' || all.contains(*c))
            return broken(place, "delimiters are not distinct punctuation");
        all += *c;
    }
    return out;
}

struct RawMessage {
    std::vector<QByteArrayView> lines{};
    int firstNumber = 0;
    qsizetype offset = 0;
};

// The nth piece, from 1, without cutting up the rest: a field may have a million of them.
QStringView part(QStringView text, QChar separator, int number)
{
    for (; number > 1; --number) {
        const qsizetype at = text.indexOf(separator);
        if (at < 0)
            return {};
        text = text.sliced(at + 1);
    }
    const qsizetype end = text.indexOf(separator);
    return end < 0 ? text : text.first(end);
}

bool isEnvelope(QByteArrayView line)
{
    return line.startsWith("FHS") || line.startsWith("BHS") || line.startsWith("BTS")
        || line.startsWith("FTS");
}

base::Result<std::vector<RawMessage>> split(const QByteArray &bytes, qsizetype start, int maximumSegments)
{
    std::vector<RawMessage> out;
    int number = 0;
    qsizetype from = start;
    for (qsizetype i = start; i <= bytes.size(); ++i) {
        const char c = i < bytes.size() ? bytes[i] : '\r';
        if (c == 0)
            return broken(QStringLiteral("byte offset %1").arg(i), "NUL character");
        if (c != '\r' && c != '\n' && c != mllpStart && c != mllpEnd)
            continue;
        const QByteArrayView line = QByteArrayView(bytes).sliced(from, i - from).trimmed();
        from = i + 1;
        if (line.isEmpty())
            continue;
        if (++number > maximumSegments)
            return base::Error(errors::TooMany, QStringLiteral("more than %1 segments").arg(maximumSegments),
                {{QStringLiteral("place"), QStringLiteral("segment %1").arg(number)}});
        if (isEnvelope(line))
            continue;
        if (line.startsWith("MSH"))
            out.push_back({{}, number, line.data() - bytes.constData()});
        if (out.empty())
            return broken(QStringLiteral("segment %1").arg(number), "a segment before MSH");
        out.back().lines.push_back(line);
    }
    return out;
}

// `certain` (from a byte order mark) outranks MSH-18, which outranks `declared`.
base::Result<Hl7Message> parseOne(const RawMessage &raw, const QString &certain, const QString &declared)
{
    Hl7Message out;
    const QString inMessage = certain.isEmpty() ? declaredCharset(raw.lines.front()) : certain;
    const QByteArrayView first = raw.lines.front(), last = raw.lines.back();
    const QByteArray all(first.data(), last.data() + last.size() - first.data());
    auto decoded = TextDecoder::decode(all, inMessage.isEmpty() ? declared : inMessage);
    if (!decoded) {
        base::Error error = decoded.error();
        if (error.arguments.contains(QStringLiteral("offset")))
            error.with(QStringLiteral("offset"),
                QString::number(error.arguments[QStringLiteral("offset")].toLongLong() + raw.offset));
        return error;
    }
    out.charset = decoded->charset;
    Hl7Delimiters delimiters;
    int number = raw.firstNumber;
    for (const QByteArrayView bytes : raw.lines) {
        // Lines were cut on bytes; no trail byte of CP949 or UTF-8 is a control character, so each decodes
        // alone.
        NARU_ASSIGN(const TextDecoder::Text line, TextDecoder::decode(bytes.toByteArray(), out.charset));
        const QString place = QStringLiteral("segment %1").arg(number);
        if (number == raw.firstNumber) {
            NARU_ASSIGN(delimiters, delimitersOf(line.text, place));
        } else if (line.text.size() < 4 || line.text[3] != delimiters.field) {
            if (line.text.size() != 3)
                return broken(place, "a segment does not start with a name and a separator");
        }
        if (line.text.count(delimiters.field) > maximumFields)
            return broken(place, "too many fields");
        out.segments.emplace_back(line.text, delimiters, number++);
    }
    return out;
}
} // namespace

Hl7Segment::Hl7Segment(const QString &line, const Hl7Delimiters &delimiters, int number)
    : m_fields(line.split(delimiters.field))
    , m_delimiters(delimiters)
    , m_number(number)
{
    if (name() == QLatin1String("MSH"))
        m_fields.insert(1, QString(delimiters.field));
}

QString Hl7Segment::raw(int field) const
{
    return m_fields.value(field);
}

int Hl7Segment::repetitionCount(int field) const
{
    const QString all = raw(field);
    return all.isEmpty() ? 0 : int(all.count(m_delimiters.repetition)) + 1;
}

QString Hl7Segment::component(int field, int component, int repetition, int subcomponent) const
{
    const QString whole = raw(field);
    const QStringView one = part(whole, m_delimiters.repetition, repetition);
    const QStringView value =
        part(part(one, m_delimiters.component, component), m_delimiters.subcomponent, subcomponent);
    return value == u"\"\"" ? QString() : unescaped(value.toString());
}

QString Hl7Segment::textOf(int field) const
{
    const QString value = raw(field);
    return value == QLatin1String("\"\"") ? QString() : unescaped(value);
}

QString Hl7Segment::place(int field) const
{
    return QStringLiteral("%1-%2 (segment %3)").arg(name()).arg(field).arg(m_number);
}

QString Hl7Segment::unescaped(const QString &text) const
{
    if (!text.contains(m_delimiters.escape))
        return text;
    QString out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto end = text[i] == m_delimiters.escape ? text.indexOf(m_delimiters.escape, i + 1) : -1;
        if (end < 0) {
            out += text[i];
            continue;
        }
        const QString code = text.mid(i + 1, end - i - 1);
        i = end;
        if (code == QLatin1String("F"))
            out += m_delimiters.field;
        else if (code == QLatin1String("S"))
            out += m_delimiters.component;
        else if (code == QLatin1String("T"))
            out += m_delimiters.subcomponent;
        else if (code == QLatin1String("R"))
            out += m_delimiters.repetition;
        else if (code == QLatin1String("E"))
            out += m_delimiters.escape;
        else if (code.startsWith(QLatin1String(".br")) || code.startsWith(QLatin1String(".sp")))
            out += QLatin1Char('\n');
        else if (code.startsWith(QLatin1Char('X'))) // bytes in hexadecimal; only ASCII is unambiguous
            for (const char byte : QByteArray::fromHex(code.mid(1).toLatin1()))
                out += uchar(byte) < 0x80 && uchar(byte) >= 0x20 ? QChar(QLatin1Char(byte)) : QChar(u'\n');
        // \H\ \N\ and other display commands vanish
    }
    return out;
}

const Hl7Segment *Hl7Message::first(const char *name) const
{
    for (const Hl7Segment &segment : segments) {
        if (segment.name() == QLatin1String(name))
            return &segment;
    }
    return nullptr;
}

bool looksLikeHl7(const QByteArray &bytes)
{
    if (bytes.startsWith("\xFF\xFE") || bytes.startsWith("\xFE\xFF")) {
        const bool big = uchar(bytes[0]) == 0xFE;
        const QByteArrayView msh = big ? QByteArrayView("\0M\0S\0H", 6) : QByteArrayView("M\0S\0H\0", 6);
        return QByteArrayView(bytes).sliced(2).startsWith(msh);
    }
    return startOfHl7(bytes) >= 0;
}

base::Result<std::vector<Hl7Message>> parseHl7(
    const QByteArray &input, const QString &declared, int maximumSegments)
{
    NARU_ASSIGN(const QByteArray bytes, asBytes(input));
    const bool transcoded = bytes.constData() != input.constData();
    NARU_ASSIGN(const std::vector<RawMessage> raws,
        split(bytes, qMax<qsizetype>(0, startOfHl7(bytes)), maximumSegments));
    const bool bom = bytes.startsWith("\xEF\xBB\xBF");
    const QString certain = bom || transcoded ? QStringLiteral("UTF-8") : QString();
    std::vector<Hl7Message> out;
    for (const RawMessage &raw : raws) {
        NARU_ASSIGN(Hl7Message message, parseOne(raw, certain, declared));
        if (transcoded)
            message.charset = QStringLiteral("UTF-16");
        out.push_back(std::move(message));
    }
    return out;
}

} // namespace naru::handover
