#include "core/terminology/importers/TextTable.h"

#include "core/base/Charset.h"
#include "core/base/Errors.h"
#include "core/terminology/Errors.h"

#include <QFileInfo>

#include <cstring>

namespace naru::terminology::importing {

namespace {
constexpr qint64 Piece = 256 * 1024;

bool isAscii(QByteArrayView bytes)
{
    for (const char c : bytes) {
        if (uchar(c) >= 0x80)
            return false;
    }
    return true;
}
} // namespace

TextTable::TextTable(std::unique_ptr<QIODevice> device, const QString &name, char separator)
    : m_device(std::move(device))
    , m_separator(separator)
{
    m_place.file = name;
}

base::Result<std::unique_ptr<TextTable>> TextTable::open(const QString &path, char separator)
{
    auto file = std::make_unique<QFile>(path);
    const QString name = QFileInfo(path).fileName();
    if (!file->open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return base::Error(base::errors::Io, file->errorString(), {{QStringLiteral("what"), name}});
    return open(std::move(file), name, separator);
}

base::Result<std::unique_ptr<TextTable>> TextTable::open(
    std::unique_ptr<QIODevice> device, const QString &name, char separator)
{
    std::unique_ptr<TextTable> table(new TextTable(std::move(device), name, separator));
    NARU_TRY(table->begin());
    return table;
}

// The line end is decided on the first piece, and UTF-16 (a mark, or NUL bytes of its ASCII characters) is
// refused.
base::Status TextTable::begin()
{
    more();
    const bool marked = m_buffer.startsWith("\xFF\xFE") || m_buffer.startsWith("\xFE\xFF");
    if (marked || m_buffer.contains('\0'))
        return failure(errors::ImportEncoding, 1, 0)
            .with(QStringLiteral("charset"), QStringLiteral("UTF-8/CP949"));
    if (m_buffer.startsWith("\xEF\xBB\xBF")) {
        m_at = 3;
        m_charset = Charset::Utf8;
    }
    if (!m_buffer.contains('\n') && m_buffer.contains('\r'))
        m_lineEnd = '\r';
    return {};
}

QString TextTable::encoding() const
{
    return m_charset == Charset::Cp949 ? QStringLiteral("CP949") : QStringLiteral("UTF-8");
}

bool TextTable::more()
{
    if (m_atEnd)
        return false;
    if (m_at > 0) {
        m_buffer.remove(0, m_at);
        m_at = 0;
    }
    const qsizetype old = m_buffer.size();
    m_buffer.resize(old + Piece);
    const qint64 got = m_device->read(m_buffer.data() + old, Piece);
    m_buffer.resize(old + std::max<qint64>(got, 0));
    m_atEnd = got <= 0;
    return got > 0;
}

bool TextTable::endsRow(qsizetype at) const
{
    const char c = m_buffer[at];
    return c == m_lineEnd || (c == '\r' && at + 1 < m_buffer.size() && m_buffer[at + 1] == '\n');
}

// `at` is behind the opening quotation mark; the answer is where the cell ends.
qsizetype TextTable::scanQuoted(qsizetype at, Span &span, bool &needMore)
{
    span.quoted = true;
    span.from = at;
    const char *data = m_buffer.constData();
    const qsizetype size = m_buffer.size();
    for (; at < size; ++at) {
        if (data[at] == m_lineEnd)
            ++m_lines;
        if (data[at] != '"')
            continue;
        if (at + 1 >= size && !m_atEnd)
            break;
        if (at + 1 < size && data[at + 1] == '"') {
            span.doubled = true;
            ++at;
            continue;
        }
        span.length = at++ - span.from;
        if (at < size && data[at] != m_separator && !endsRow(at)) {
            m_brokenQuote = true;
            while (at < size && data[at] != m_separator && !endsRow(at))
                ++at;
        }
        return at;
    }
    needMore = !m_atEnd;
    m_brokenQuote = m_atEnd; // the file ends inside the quotation
    span.length = size - span.from;
    return size;
}

TextTable::Scan TextTable::scanRow()
{
    m_spans.clear();
    m_lines = 0;
    m_brokenQuote = false;
    const char *data = m_buffer.constData();
    const qsizetype size = m_buffer.size();
    qsizetype at = m_at;
    for (;;) {
        if (m_spans.size() >= std::size_t(MaxColumns))
            return Scan::TooManyColumns;
        Span span{at, 0};
        bool needMore = false;
        if (m_separator != '\t' && at < size && data[at] == '"') {
            at = scanQuoted(at + 1, span, needMore);
        } else {
            while (at < size && data[at] != m_separator && data[at] != m_lineEnd)
                ++at;
            span.length = at - span.from;
        }
        if (needMore || (at >= size && !m_atEnd))
            return Scan::NeedMore;
        m_spans.push_back(span);
        if (at < size && data[at] == m_separator) {
            ++at;
            continue;
        }
        if (at < size && data[at] == '\r' && m_lineEnd == '\n')
            ++at; // behind a quoted cell
        m_rowEnd = std::min(at + 1, size);
        ++m_lines;
        return Scan::Row;
    }
}

// UTF-8 when the rest of the buffer is, up to the last whole row; CP949 otherwise. Decided once, on the first
// rows that are not plain ASCII: the captions in all masters but LOINC.
void TextTable::chooseCharset(qsizetype from)
{
    qsizetype end = m_atEnd ? m_buffer.size() : m_buffer.lastIndexOf(m_lineEnd);
    if (end < m_rowEnd)
        end = m_rowEnd;
    const QByteArrayView seen = QByteArrayView(m_buffer).sliced(from, end - from);
    const qsizetype bad = base::firstInvalidUtf8(seen);
    // Both may fail: then the one that got further was meant and the error comes with its cell.
    m_charset = bad < 0 ? Charset::Utf8 : Charset::Cp949;
    if (bad > 0 && base::firstInvalidCp949(seen.first(bad)) >= 0)
        m_charset = Charset::Utf8;
}

bool TextTable::decodeCell(QByteArrayView bytes, QString &out) const
{
    if (isAscii(bytes)) {
        out = QString::fromLatin1(bytes);
        return true;
    }
    if (m_charset == Charset::Cp949)
        return base::fromCp949(bytes, out) < 0;
    if (base::firstInvalidUtf8(bytes) >= 0)
        return false;
    out = QString::fromUtf8(bytes);
    return true;
}

base::Status TextTable::decode(TableRow &row)
{
    row.row = m_line;
    row.count = 0;
    row.brokenQuote = m_brokenQuote;
    for (std::size_t i = 0; i < m_spans.size(); ++i) {
        const Span &span = m_spans[i];
        QByteArrayView bytes = QByteArrayView(m_buffer).sliced(span.from, span.length);
        if (!span.quoted && bytes.endsWith('\r'))
            bytes.chop(1);
        bool doubled = span.doubled;
        if (m_separator == '\t' && bytes.size() >= 2 && bytes.front() == '"' && bytes.back() == '"') {
            bytes = bytes.sliced(1, bytes.size() - 2);
            doubled = true;
        }
        if (m_charset == Charset::Ascii && !isAscii(bytes))
            chooseCharset(m_at);
        QString &cell = row.slot(int(i));
        if (!decodeCell(bytes, cell))
            return failure(errors::ImportEncoding, m_line, qsizetype(i))
                .with(QStringLiteral("charset"), encoding());
        if (doubled)
            cell.replace(QLatin1String("\"\""), QLatin1String("\""));
    }
    return {};
}

base::Result<bool> TextTable::next(TableRow &row)
{
    for (;;) {
        const Scan scan = m_at < m_buffer.size() || !m_atEnd ? scanRow() : Scan::NeedMore;
        if (scan == Scan::TooManyColumns)
            return failure(errors::ImportColumnsTooMany, m_line, MaxColumns)
                .with(QStringLiteral("limit"), QString::number(MaxColumns));
        if (scan == Scan::NeedMore) {
            if (m_buffer.size() - m_at > MaxRowBytes)
                return failure(errors::ImportRowTooLong, m_line, qsizetype(m_spans.size()))
                    .with(QStringLiteral("limit"), QString::number(MaxRowBytes));
            if (more() || m_at < m_buffer.size())
                continue;
            return false;
        }
        const bool empty = m_rowEnd - m_at <= 2 && m_spans.size() == 1 && !m_spans[0].quoted
            && QByteArrayView(m_buffer).sliced(m_at, m_rowEnd - m_at).trimmed().isEmpty();
        if (!empty)
            NARU_TRY(decode(row));
        m_consumed += m_rowEnd - m_at;
        m_line += m_lines;
        m_at = m_rowEnd;
        if (!empty)
            return true;
    }
}

} // namespace naru::terminology::importing
