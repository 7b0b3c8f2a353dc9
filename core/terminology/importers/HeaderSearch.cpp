#include "core/terminology/importers/HeaderSearch.h"

#include "core/terminology/Errors.h"

namespace naru::terminology::importing {

namespace {
constexpr int HeaderRows = 50; // covers and remarks above the captions
// So many captions of a layout make a header with a column missing; fewer, another kind of file: 한글명 and
// 영문명 stand in any list. When the master was named, two are enough.
constexpr int EnoughCaptions = 3;
} // namespace

base::Result<bool> HeaderSearch::find(TableReader &table, TableRow &row, const QString &name)
{
    for (int i = 0; i < HeaderRows; ++i) {
        NARU_ASSIGN(const bool more, table.next(row));
        if (!more)
            return false;
        for (const Layout &layout : layouts()) {
            const bool wanted = m_master.isEmpty() ? !layout.namedOnly : layout.master == m_master;
            if (!wanted || (!layout.isForEverySheet() && !layout.fitsSheet(name)))
                continue;
            Header header = matchHeader(layout, row);
            if (header.complete) {
                m_header = std::move(header);
                return true;
            }
            if (header.matched > m_closest.matched) {
                m_closest = std::move(header);
                m_closestSheet = table.place().sheet;
            }
        }
    }
    return false;
}

base::Error HeaderSearch::failure(const QString &file, const QStringList &sheets) const
{
    base::Error error(errors::ImportNotAMaster);
    if (m_closest.matched >= (m_master.isEmpty() ? EnoughCaptions : 2)) {
        const auto missing = std::find_if(m_closest.missing.begin(), m_closest.missing.end(),
            [](const LayoutColumn *column) { return column->need == LayoutColumn::Need::Required; });
        error = base::Error(errors::ImportColumnMissing, m_closestSheet);
        error.with(QStringLiteral("column"), (*missing)->caption)
            .with(QStringLiteral("master"), m_closest.layout->master);
    } else if (!sheets.isEmpty() && !m_master.isEmpty()) {
        error = base::Error(errors::ImportSheetMissing);
        error.with(QStringLiteral("master"), m_master)
            .with(QStringLiteral("sheets"), sheets.mid(0, 10).join(QLatin1String(", ")));
    }
    error.with(QStringLiteral("file"), file)
        .with(QStringLiteral("row"), QString::number(std::max<qint64>(m_closest.row, 1)));
    if (!error.arguments.contains(QStringLiteral("column")))
        error.with(QStringLiteral("column"), QStringLiteral("1"));
    return error;
}

} // namespace naru::terminology::importing
