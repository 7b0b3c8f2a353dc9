// The alias table that ships with the program (resources/terms/aliases.tsv) and the table of the same columns
// that a clinic keeps for itself.
#pragma once

#include "core/terminology/Terminology.h"

#include <string_view>

namespace naru::terminology {

// alias TAB language TAB system TAB code TAB weight [TAB note]; a header row, lines with '#' are comments.
// `system` is a name of base/tables/oids.tsv ("kcd") or an OID. Rows without alias or code, or with a system
// of neither kind, are left out.
std::vector<Alias> parseAliases(std::string_view text);
QByteArray writeAliases(const std::vector<Alias> &aliases);
std::vector<Alias> programAliases();

// One pseudo term per row, with the row number as its code and the weight of the row: a hit leads back to the
// row, and from there to the code in whatever release is in service. Null when there are no rows.
std::shared_ptr<const TermFile> aliasIndex(const std::vector<Alias> &aliases);

} // namespace naru::terminology
