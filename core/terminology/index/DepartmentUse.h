// What a department codes most: ranges of KCD categories, rows of tables/departmentuse.tsv.
#pragma once

#include <QString>

#include <cstdint>
#include <utility>
#include <vector>

namespace naru::terminology {

class DepartmentUse {
public:
    // `department`: two digits of HIRA; null when it prefers nothing or is not known.
    static const DepartmentUse *of(const QString &department);
    // `head`: the first three characters of a KCD code, a byte each, the first one highest.
    bool uses(std::uint32_t head) const;

private:
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_ranges{}; // both included
};

} // namespace naru::terminology
