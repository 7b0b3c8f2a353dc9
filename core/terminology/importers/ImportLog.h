// What an import counts and reports, and one row as the readers of masters see it.
#pragma once

#include "core/terminology/importers/Importer.h"
#include "core/terminology/importers/Layouts.h"

#include <QSet>

namespace naru::terminology::importing {

// NFC, line breaks and tabs as one blank, trimmed, control characters away. Cheap for text that is so
// already.
void cleanText(QString &text);

class RowView {
public:
    RowView(const TablePlace &place, const Header &header, TableRow &row)
        : m_place(place)
        , m_header(header)
        , m_row(row)
    {
    }

    const Layout &layout() const { return *m_header.layout; }
    const Header &header() const { return m_header; }
    const TablePlace &place() const { return m_place; }
    qint64 number() const { return m_row.row; }
    bool has(Role role) const { return m_header.at(role) >= 0; }
    // Clean text; empty when the column or the value is missing.
    const QString &text(Role role) const { return m_row.at(m_header.at(role)); }
    const QString &cell(int column) const { return m_row.at(column); }
    QString caption(Role role) const { return m_header.captions.value(m_header.at(role)); }

private:
    const TablePlace &m_place;
    const Header &m_header;
    const TableRow &m_row;
};

class ImportLog {
public:
    static constexpr std::size_t MaxProblems = 1000;

    ImportReport report{};

    void problem(const RowView &row, const QString &column, base::Error error);
    // The row is not used.
    void refuse(const RowView &row, Role role, base::Error error);
    void refuse(const RowView &row, const QString &column, base::Error error);
    void ignore() { ++report.ignored; }

    // More than one row in ten refused: the file is not what it seems.
    bool tooManyRefused() const;
    const std::optional<RowProblem> &firstRefused() const { return m_firstRefused; }

    // Values of coded columns; a value without a known meaning is reported once and the fallback taken.
    QString meaning(const RowView &row, Role role, const char *name, const char *fallback);
    QDate date(const RowView &row, Role role); // invalid when empty, open or not a date (reported)
    int number(const RowView &row, Role role);

private:
    std::optional<RowProblem> m_firstRefused{};
    QSet<QString> m_unknownValues{}; // column and value
};

// 20241101, 2024-11-01, 2024.11.1, 2024/11/01, or a day number of a spreadsheet. 9999-12-31 is open: invalid.
struct ParsedDate {
    QDate date{};
    bool ok = true;
};
ParsedDate parseDate(QStringView text);

} // namespace naru::terminology::importing
