// How often a code is used in public claims: a release of its own (master "frequency-kcd"), never searched,
// whose weights stand in the indexes of the releases that bring its system. They order hits of one level
// after the use of the clinic.
#pragma once

#include "core/terminology/TermStore.h"

namespace naru::terminology {

bool isFrequency(const QString &master);
QString frequencyMaster(const QString &systemName); // "kcd" -> "frequency-kcd"
// Concept::weight from `table`, null: none. A KCD code that the table does not name counts three quarters of
// the nearest category above it that the table names.
void weigh(std::vector<Concept> &terms, const QString &system, const TermFile *table);

} // namespace naru::terminology
