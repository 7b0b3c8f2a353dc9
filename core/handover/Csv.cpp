#include "core/handover/Csv.h"

#include "core/handover/Errors.h"

namespace naru::handover {

namespace {
base::Error at(const base::ErrorCode &code, int line, qsizetype column, const char *what)
{
    const QString place = QStringLiteral("line %1, column %2").arg(line).arg(column);
    return base::Error(code, QLatin1String(what) + QStringLiteral(" at ") + place,
        {{QStringLiteral("place"), place}, {QStringLiteral("what"), QLatin1String(what)}});
}

QChar separatorOf(const QString &text)
{
    const QStringView header =
        QStringView(text).left(qMin(text.size(), qsizetype(65'536))).split(u'\n').first();
    QChar best = u',';
    for (const QChar c : {QChar(u'\t'), QChar(u';')}) {
        if (header.count(c) > header.count(best))
            best = c;
    }
    return best;
}

class CsvParser {
public:
    CsvParser(const QString &text, const CsvBudget &budget)
        : m_text(text)
        , m_budget(budget)
        , m_separator(separatorOf(text))
    {
    }

    base::Result<std::vector<CsvRow>> rows()
    {
        std::vector<CsvRow> out;
        while (m_at < m_text.size()) {
            CsvRow row;
            row.line = m_line;
            NARU_TRY(readRow(row));
            const bool blank = row.cells.size() == 1 && row.cells[0].trimmed().isEmpty();
            if (blank)
                continue;
            if (int(out.size()) >= m_budget.rows)
                return at(errors::TooMany, row.line, 1, "too many rows");
            out.push_back(std::move(row));
        }
        return out;
    }

private:
    base::Status readRow(CsvRow &row)
    {
        for (;;) {
            if (row.cells.size() >= m_budget.columns)
                return at(errors::TooMany, row.line, row.cells.size() + 1, "too many columns");
            QString cell;
            NARU_TRY(readCell(cell, row));
            row.cells.append(cell);
            if (m_at >= m_text.size())
                return {};
            const QChar c = m_text[m_at++];
            if (c == m_separator)
                continue;
            if (c == u'\r' && m_at < m_text.size() && m_text[m_at] == u'\n')
                ++m_at;
            ++m_line;
            return {};
        }
    }

    // Leaves m_at on the separator or line end.
    base::Status readCell(QString &cell, const CsvRow &row)
    {
        if (m_at >= m_text.size() || m_text[m_at] != u'"') {
            for (; m_at < m_text.size(); ++m_at) {
                const QChar c = m_text[m_at];
                if (c == m_separator || c == u'\n' || c == u'\r')
                    break;
                cell += c;
            }
            return {};
        }
        const int startLine = m_line;
        for (++m_at; m_at < m_text.size(); ++m_at) {
            const QChar c = m_text[m_at];
            if (c == u'\n')
                ++m_line;
            if (c != u'"') {
                cell += c;
            } else if (m_at + 1 < m_text.size() && m_text[m_at + 1] == u'"') {
                cell += c;
                ++m_at;
            } else {
                ++m_at;
                const bool ends = m_at >= m_text.size() || m_text[m_at] == m_separator
                    || m_text[m_at] == u'\n' || m_text[m_at] == u'\r';
                return ends ? base::Status()
                            : at(errors::Broken, m_line, row.cells.size() + 1, "text after a closing quote");
            }
        }
        return at(errors::Broken, startLine, row.cells.size() + 1, "a quote that does not end");
    }

    const QString &m_text;
    const CsvBudget &m_budget;
    QChar m_separator;
    qsizetype m_at = 0;
    int m_line = 1;
};
} // namespace

base::Result<std::vector<CsvRow>> parseCsv(const QString &text, const CsvBudget &budget)
{
    return CsvParser(text, budget).rows();
}

} // namespace naru::handover
