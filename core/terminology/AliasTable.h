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

// As pseudo terms for an index: one per row, the text its alias, the target code in Concept::unit, a running
// number as code, sorted so that the codes of one alias stand together, likelier first. A hit leads from
// there to the code in whatever release is in service.
std::vector<Concept> aliasTerms(std::vector<Alias> aliases);
std::shared_ptr<const TermFile> aliasIndex(std::vector<Alias> aliases); // null when there are none

} // namespace naru::terminology
