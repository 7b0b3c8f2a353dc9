#include "core/base/Tsv.h"

#include <cstdio>
#include <cstdlib>

namespace naru::base {

TsvTable TsvTable::parse(std::string_view text, bool header)
{
    TsvTable table;
    bool expectHeader = header;
    const QString all = QString::fromUtf8(text.data(), qsizetype(text.size()));
    for (QStringView line : QStringView(all).split(u'\n')) {
        if (line.endsWith(u'\r'))
            line.chop(1);
        if (line.isEmpty() || line.startsWith(u'#'))
            continue;
        QStringList cells;
        for (const QStringView cell : line.split(u'\t'))
            cells.append(cell.toString()
                             .replace(QLatin1String("\\n"), QLatin1String("\n"))
                             .replace(QLatin1String("\\t"), QLatin1String("\t")));
        if (expectHeader) {
            table.m_columns = cells;
            expectHeader = false;
        } else {
            table.m_rows.append(cells);
        }
    }
    return table;
}

QString TsvTable::at(int row, const char *column) const
{
    const qsizetype index = m_columns.indexOf(QLatin1String(column));
    if (index < 0) {
        std::fprintf(stderr, "a table has no column '%s'\n", column);
        std::abort();
    }
    return m_rows.at(row).value(index);
}

} // namespace naru::base
