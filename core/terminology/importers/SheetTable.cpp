#include "core/terminology/importers/SheetTable.h"

#include "core/base/Charset.h"
#include "core/terminology/Errors.h"

namespace naru::terminology::importing {

namespace {
constexpr qint64 MaxSheetRows = 1'048'576; // what a sheet can have

// "AB12" -> 27; -1 when it does not begin with column letters.
qsizetype columnOf(QByteArrayView reference)
{
    qsizetype column = 0, i = 0;
    for (; i < reference.size() && i < 4 && reference[i] >= 'A' && reference[i] <= 'Z'; ++i)
        column = column * 26 + (reference[i] - 'A' + 1);
    return i == 0 || i == 4 ? -1 : column - 1;
}

qint64 numberOf(QByteArrayView digits)
{
    if (digits.isEmpty() || digits.size() > 12)
        return -1;
    qint64 out = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9')
            return -1;
        out = out * 10 + (c - '0');
    }
    return out;
}
} // namespace

SheetTable::SheetTable(
    std::shared_ptr<Workbook> book, std::unique_ptr<ByteSource> source, const QString &sheet)
    : m_book(std::move(book))
    , m_xml(std::move(source))
{
    m_place = {m_book->file(), sheet};
}

base::Error SheetTable::broken(const char *what) const
{
    return failure(errors::ImportWorkbook, m_row, std::max<qsizetype>(m_column, 0))
        .with(QStringLiteral("what"), QLatin1String(what));
}

// An error of the XML below, with the row and column reached.
base::Error SheetTable::placed(const base::Error &error) const
{
    base::Error out = failure(error.code, m_row, std::max<qsizetype>(m_column, 0));
    out.detail = error.detail;
    return out.with(QStringLiteral("what"), error.arguments.value(QStringLiteral("what")));
}

base::Status SheetTable::startRow(TableRow &row)
{
    const QByteArrayView number = m_xml.attribute("r");
    const qint64 at = number.isEmpty() ? m_row + 1 : numberOf(number);
    if (at <= m_row || at > MaxSheetRows)
        return broken("rows out of order");
    m_row = at;
    m_column = -1;
    row.row = at;
    row.count = 0;
    row.brokenQuote = false;
    return {};
}

base::Status SheetTable::startCell()
{
    const QByteArrayView reference = m_xml.attribute("r");
    const qsizetype at = reference.isEmpty() ? m_column + 1 : columnOf(reference);
    if (at <= m_column)
        return broken("cells out of order");
    m_column = at;
    const QByteArrayView type = m_xml.attribute("t");
    m_type = type.toByteArray();
    m_value.resize(0);
    m_hasValue = false;
    return {};
}

base::Status SheetTable::endCell(TableRow &row)
{
    if (!m_hasValue || m_type == "e") // an error such as #N/A is no value
        return {};
    QByteArrayView text = m_value;
    if (m_type == "s") {
        const qint64 index = numberOf(text.trimmed());
        if (index < 0 || index >= m_book->strings().size())
            return broken("a string that is not in the table of strings");
        text = m_book->strings().at(index);
    } else if (base::firstInvalidUtf8(text) >= 0) {
        return broken("not UTF-8");
    }
    if (text.isEmpty())
        return {};
    if (m_column >= MaxColumns)
        return failure(errors::ImportColumnsTooMany, m_row, m_column)
            .with(QStringLiteral("limit"), QString::number(MaxColumns));
    row.slot(int(m_column)) = QString::fromUtf8(text);
    return {};
}

base::Status SheetTable::readCells(TableRow &row)
{
    bool inValue = false;
    int phonetic = 0;
    for (;;) {
        const base::Result<XmlScanner::Kind> kind = m_xml.next();
        if (!kind)
            return placed(kind.error());
        if (*kind == XmlScanner::Kind::Finish)
            return broken("ends inside a row");
        if (*kind == XmlScanner::Kind::Text) {
            if (!inValue || phonetic > 0)
                continue;
            if (!m_xml.appendText(m_value))
                return broken("an unknown entity");
            if (m_value.size() > MaxRowBytes)
                return failure(errors::ImportRowTooLong, m_row, m_column)
                    .with(QStringLiteral("limit"), QString::number(MaxRowBytes));
            continue;
        }
        const bool start = *kind == XmlScanner::Kind::Start;
        const QByteArrayView name = m_xml.name();
        if (name == "v" || name == "t") {
            inValue = start;
            m_hasValue = true;
        } else if (name == "c") {
            NARU_TRY(start ? startCell() : endCell(row));
        } else if (name == "rPh") {
            phonetic += start ? 1 : -1;
        } else if (name == "row" && !start) {
            return {};
        }
    }
}

base::Result<bool> SheetTable::next(TableRow &row)
{
    for (;;) {
        const base::Result<XmlScanner::Kind> kind = m_xml.next();
        if (!kind)
            return placed(kind.error());
        if (*kind == XmlScanner::Kind::Finish)
            return false;
        if (*kind != XmlScanner::Kind::Start || m_xml.name() != "row")
            continue;
        NARU_TRY(startRow(row));
        NARU_TRY(readCells(row));
        if (row.count > 0)
            return true;
    }
}

} // namespace naru::terminology::importing
