#include "core/terminology/index/DepartmentUse.h"

#include "core/base/Tsv.h"
#include "core/terminology/index/tables/departmentuseTable.h"

#include <QHash>

#include <algorithm>

namespace naru::terminology {

namespace {
std::uint32_t headOf(const QString &category)
{
    std::uint32_t head = 0;
    for (qsizetype i = 0; i < 3; ++i)
        head = head << 8 | (i < category.size() ? category[i].unicode() & 0xFFU : 0U);
    return head;
}
} // namespace

const DepartmentUse *DepartmentUse::of(const QString &department)
{
    static const QHash<QString, DepartmentUse> all = [] {
        QHash<QString, DepartmentUse> out;
        const base::TsvTable table = base::TsvTable::parse(tables::departmentuse);
        for (const QStringList &row : table.rows()) {
            if (row.size() >= 3)
                out[row[0]].m_ranges.push_back({headOf(row[1]), headOf(row[2])});
        }
        return out;
    }();
    if (department.isEmpty())
        return nullptr;
    const auto it = all.constFind(department);
    return it == all.constEnd() ? nullptr : &*it;
}

bool DepartmentUse::uses(std::uint32_t head) const
{
    return std::any_of(m_ranges.begin(), m_ranges.end(),
        [head](const auto &range) { return range.first <= head && head <= range.second; });
}

} // namespace naru::terminology
