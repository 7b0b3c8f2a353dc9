// From terms to the sections of an index file. The same terms in any order give the same bytes.
#pragma once

#include "core/base/Result.h"
#include "core/base/WorkContext.h"
#include "core/terminology/index/Layout.h"
#include "core/terminology/index/TermFile.h"
#include "core/terminology/index/TermRecord.h"

#include <array>
#include <string>

namespace naru::terminology {

struct BuiltIndex {
    layout::Header header{};
    std::array<std::string, layout::SectionCount> sections{};
};

base::Result<BuiltIndex> buildIndex(
    const IndexMeta &meta, std::vector<Concept> terms, bool codes, const base::WorkContext &work);

// What stands in the section Meta.
struct IndexTables {
    IndexMeta meta{};
    std::vector<TermGroup> groups{};
    QStringList linkSystems{};
    std::vector<int> groupCounts{}; // terms of each group
    QDate latestStart{}; // of the validity of any term
    QDate latestEnd{}; // of those that have one
};
std::string writeTables(const IndexTables &tables);
base::Result<IndexTables> readTables(std::span<const unsigned char> bytes);

} // namespace naru::terminology
