#include "core/terminology/importers/ImportLog.h"

#include "core/base/Hangul.h"
#include "core/terminology/Errors.h"

namespace naru::terminology::importing {

namespace {
// Characters below never change under NFC and never compose with what stands before them.
bool isPlain(char16_t c)
{
    return (c >= 0x20 && c < 0x7F) || (c >= 0xA1 && c < 0x300) || (c >= 0xAC00 && c <= 0xD7A3)
        || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3131 && c <= 0x318E);
}

bool isClean(const QString &text)
{
    for (const QChar c : text) {
        if (!isPlain(c.unicode()))
            return false;
    }
    return text.isEmpty()
        || (text.front() != u' ' && text.back() != u' ' && !text.contains(QLatin1String("_x")));
}
} // namespace

void cleanText(QString &text)
{
    if (isClean(text))
        return;
    // How workbooks write control characters (ECMA-376 part 1, 22.9.2.19, ST_Xstring).
    for (const char *escape : {"_x000D_", "_x000A_", "_x0009_"})
        text.replace(QLatin1String(escape), QLatin1String(" "));
    QString out;
    out.reserve(text.size());
    for (const QChar c : base::normalized(text)) {
        if (c.isSpace() || c.unicode() < 0x20 || c.unicode() == 0x7F) {
            if (!out.isEmpty() && out.back() != u' ')
                out += u' ';
        } else if (c.unicode() != 0xFEFF && c.unicode() != 0x200B) {
            out += c;
        }
    }
    while (out.endsWith(u' '))
        out.chop(1);
    text = out;
}

void ImportLog::problem(const RowView &row, const QString &column, base::Error error)
{
    if (report.problems.size() < MaxProblems)
        report.problems.push_back(
            {row.place().file, row.place().sheet, row.number(), column, std::move(error)});
}

void ImportLog::refuse(const RowView &row, const QString &column, base::Error error)
{
    ++report.refused;
    if (!m_firstRefused)
        m_firstRefused = RowProblem{row.place().file, row.place().sheet, row.number(), column, error};
    problem(row, column, std::move(error));
}

void ImportLog::refuse(const RowView &row, Role role, base::Error error)
{
    refuse(row, row.caption(role), std::move(error));
}

// A couple of bad rows in a short file is a typing mistake; none left is no master.
bool ImportLog::tooManyRefused() const
{
    const bool noneLeft = report.kept == 0 && report.refused > 0;
    return noneLeft || (report.refused > 2 && report.refused * 10 > report.read);
}

QString ImportLog::meaning(const RowView &row, Role role, const char *name, const char *fallback)
{
    const QString &value = row.text(role);
    if (value.isEmpty())
        return QLatin1String(fallback);
    const QString out = meaningOf(name, value);
    if (!out.isEmpty())
        return out;
    const QString key = row.caption(role) + u'\t' + value;
    if (m_unknownValues.size() < qsizetype(MaxProblems) && !m_unknownValues.contains(key)) {
        m_unknownValues.insert(key);
        problem(row, row.caption(role),
            base::Error(errors::ImportValue, {}, {{QStringLiteral("value"), value.left(40)}}));
    }
    return QLatin1String(fallback);
}

QDate ImportLog::date(const RowView &row, Role role)
{
    const QString &value = row.text(role);
    const ParsedDate parsed = parseDate(value);
    if (!parsed.ok)
        problem(row, row.caption(role),
            base::Error(errors::ImportValue, {}, {{QStringLiteral("value"), value.left(40)}}));
    return parsed.date;
}

int ImportLog::number(const RowView &row, Role role)
{
    const QString &value = row.text(role);
    qsizetype digits = 0;
    while (digits < value.size() && value[digits] >= u'0' && value[digits] <= u'9')
        ++digits;
    return digits == 0 || digits > 4 ? 0 : QStringView(value).first(digits).toInt();
}

ParsedDate parseDate(QStringView text)
{
    QList<int> parts{0};
    int digits = 0;
    for (const QChar c : text) {
        if (c >= u'0' && c <= u'9' && digits < 8) {
            parts.last() = parts.last() * 10 + (c.unicode() - u'0');
            ++digits;
        } else if (c == u'-' || c == u'.' || c == u'/') {
            parts.append(0);
        } else if (c == u' ' || c == u'T') {
            break; // a time of day follows
        } else {
            return {{}, text.isEmpty()};
        }
    }
    while (parts.size() > 1 && parts.last() == 0)
        parts.removeLast();
    if (digits == 0 || (parts.size() == 1 && parts[0] == 0))
        return {};
    QDate date;
    if (parts.size() == 3)
        date = QDate(parts[0], parts[1], parts[2]);
    else if (parts.size() == 1 && digits == 8)
        date = QDate(parts[0] / 10000, parts[0] / 100 % 100, parts[0] % 100);
    else if (parts.size() == 1 && parts[0] > 10'000 && parts[0] < 100'000) // 1927 to 2173
        date = QDate(1899, 12, 30).addDays(parts[0]);
    if (!date.isValid())
        return {{}, false};
    return {date.year() >= 9999 ? QDate() : date, true};
}

} // namespace naru::terminology::importing
