// The terminology that ships with the program (resources/terms/*.tsv): an own compilation of common codes,
// enough to write documents before a clinic has imported the official files. Not a claim catalogue.
#pragma once

#include "core/terminology/Concept.h"

#include <vector>

namespace naru::terminology {

// KCD diagnoses, ATC ingredients, LOINC tests and vital signs, ICD-9-CM procedures, in table order.
std::vector<Concept> starterTerms();

} // namespace naru::terminology
