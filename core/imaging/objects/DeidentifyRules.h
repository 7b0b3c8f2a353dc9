// Rows of tables/deidentify.tsv: what the profile and its options do with an attribute. Of this folder.
#pragma once

#include "core/imaging/objects/Anonymise.h"

namespace naru::imaging {

enum class DeidentifyAction : char { Keep, Remove, Empty, Dummy, Uid, Clean, Shift };

struct DeidentifyRule {
    DeidentifyAction action = DeidentifyAction::Keep;
    DeidentifyAction otherwise =
        DeidentifyAction::Remove; // when Clean finds something: the basic profile's action
};
// Empty when the profile has no row for the tag.
std::optional<DeidentifyRule> deidentifyRule(quint32 tag, const AnonymiseOptions &options);

} // namespace naru::imaging
