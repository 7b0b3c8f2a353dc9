// Invented people.
#pragma once

#include "app/practice/seed/SeedCases.h"
#include "app/practice/seed/SeedRandom.h"
#include "app/practice/seed/SeedWorld.h"

namespace naru::practice {

// Patient 0 is the one with the long course. Every twelfth shares name and sex with an earlier one, born
// another day; some are younger than 14 with a guardian; a few have foreign or very long names.
std::vector<SeedPatient> makePatients(const SeedOptions &options, const SeedTables &tables,
    const std::vector<clinical::Institution> &institutions, SeedRandom &random);
QString makeDoctorName(const SeedTables &tables, SeedRandom &random);
// The chart number of the patient at an institution; makes one when there is none yet.
clinical::Identifier chartNumber(SeedPatient &patient, const QString &institutionOid, SeedRandom &random);

} // namespace naru::practice
