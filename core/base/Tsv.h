// Rows of a table that was embedded at build time (or read from a file): tab-separated, '#' starts a comment
// line, the first other line is the header when `header` is true. No quoting; "\n" and "\t" are written as
// the two characters.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>
#include <string_view>

namespace naru::base {

class TsvTable {
public:
    static TsvTable parse(std::string_view text, bool header = true);

    int rowCount() const { return int(m_rows.size()); }
    const QList<QStringList> &rows() const { return m_rows; }
    const QStringList &columns() const { return m_columns; }
    // Empty when the row is short; ends the program when the column does not exist (our own tables).
    QString at(int row, const char *column) const;

private:
    QStringList m_columns{};
    QList<QStringList> m_rows{};
};

} // namespace naru::base
