// A published file as rows of text, whatever its container: CSV, tab-separated text, a sheet of a workbook.
// Readers stream: one row at a time, never more than a row and a buffer in memory (a workbook also keeps its
// shared strings).
#pragma once

#include "core/base/Result.h"

#include <QStringList>

#include <vector>

namespace naru::terminology::importing {

// Budgets of untrusted files. A row of the masters has a few hundred bytes; the largest master has about
// 340,000 rows.
constexpr qint64 MaxRowBytes = 1024 * 1024;
constexpr int MaxColumns = 512;
constexpr qint64 MaxRows = 1'000'000;

struct TableRow {
    qint64 row = 0; // 1-based: line in a text file where the row starts, row of the sheet
    std::vector<QString> cells{}; // only the first `count` are of this row: the rest is kept for its memory
    int count = 0;
    bool brokenQuote = false; // text after a closing quotation mark

    const QString &at(int column) const
    {
        static const QString empty;
        return column >= 0 && column < count ? cells[std::size_t(column)] : empty;
    }
    QString &slot(int column)
    {
        if (std::size_t(column) >= cells.size())
            cells.resize(std::size_t(column) + 1);
        for (; count <= column; ++count)
            cells[std::size_t(count)].clear();
        return cells[std::size_t(column)];
    }
};

// Where a reader is, for its errors.
struct TablePlace {
    QString file{}; // name without path
    QString sheet{};
};

class TableReader {
public:
    TableReader() = default;
    virtual ~TableReader() = default;
    TableReader(const TableReader &) = delete;
    TableReader &operator=(const TableReader &) = delete;

    // False at the end. Empty rows are passed over. An error ends the table.
    virtual base::Result<bool> next(TableRow &row) = 0;
    virtual qint64 position() const = 0; // bytes read, unpacked
    virtual qint64 size() const = 0;
    virtual QString encoding() const = 0; // "UTF-8", "CP949", "xlsx"
    virtual QString separator() const { return {}; }

    const TablePlace &place() const { return m_place; }
    // Captions by column, for errors; the number of the column where there is none.
    void setCaptions(QStringList captions) { m_captions = std::move(captions); }
    QString columnName(qsizetype column) const;

protected:
    base::Error failure(const base::ErrorCode &code, qint64 row, qsizetype column) const;

    TablePlace m_place{};

private:
    QStringList m_captions{};
};

// 0 -> "A", 27 -> "AB".
QString columnLetters(qsizetype column);

} // namespace naru::terminology::importing
