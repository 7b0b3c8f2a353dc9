// Made-up masters in the sizes of the real ones, for tests and measurements: the same seed gives the same
// terms on every machine. Names are put together from SyntheticWords and mean nothing; their lengths follow
// the published masters (Korean about 19 characters on average, English about 44).
#pragma once

#include "core/terminology/Concept.h"

#include <vector>

namespace naru::testsupport {

// One field of the national terminology and how many terms it was published with in March 2018. The nine
// published fields add up to 291,584; with 540 pictures and 29,633 terms that no field accounts for the
// published total is 321,757. Both remainders carry the field "other" here.
struct SyntheticField {
    const char *field = ""; // Concept::field
    const char *title = ""; // as published; empty: one of the two remainders
    int published = 0;
};
constexpr int syntheticPublishedTotal = 321'757;
const std::vector<SyntheticField> &syntheticFields();
// How many terms of each of them a master of `total` terms has: the published counts for the published total.
std::vector<int> syntheticCounts(int total);

struct SyntheticOptions {
    quint32 seed = 1;
    int total = syntheticPublishedTotal; // other sizes keep the shares of the fields
    int synonymsPerThousand = 0; // of the terms that are names: how many have one or two synonyms
    // Text that CP949 cannot hold is left out, so that the tab-text form can be written (default). False adds
    // accents here and there.
    bool cp949 = true;
};

// KOSTOM terms: code "H…", conceptCode "C…", links to KCD, EDI, ICD-9-CM, LOINC and SNOMED CT, about a third
// axis strings. Exactly options.total terms, no code twice.
std::vector<terminology::Concept> syntheticKostom(const SyntheticOptions &options = {});

// A classification of `total` codes with three to six characters, no dot, parents before children; a code is
// complete when it has no children.
std::vector<terminology::Concept> syntheticKcd(const SyntheticOptions &options = {});

} // namespace naru::testsupport
