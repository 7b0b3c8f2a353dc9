// The clinical content of one visit, made from the rows of a case.
#pragma once

#include "app/practice/seed/SeedCases.h"
#include "app/practice/seed/SeedRandom.h"
#include "core/clinical/Document.h"

namespace naru::practice {

struct SeedMoment {
    base::Timestamp time{};
    base::Timestamp onset{}; // of the diagnoses
    double progress = 0;
    int years = 1; // {years} in texts
    QString readerName{};
};

clinical::Content makeContent(const SeedTables &tables, const SeedCase &course, clinical::Form form,
    const SeedMoment &moment, SeedRandom &random);

} // namespace naru::practice
