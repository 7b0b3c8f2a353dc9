// Rows of tables/cases.tsv and labs.tsv as values: a clinical course from which documents are made.
#pragma once

#include "core/clinical/Content.h"

#include <QHash>
#include <QStringList>
#include <map>
#include <vector>

namespace naru::practice {

struct SeedCase {
    QString name{};
    QString department{}; // "0100"
    int youngest = 0, oldest = 120;
    QString sex{}; // "*", "M", "F"
    int weight = 1;
    bool chronic = false; // began years ago; otherwise days before the first visit
    std::map<QString, std::vector<QStringList>> rows{}; // item -> its cells a..f, in table order

    const std::vector<QStringList> &all(const char *item) const;
    QString text(const char *item) const; // first cell of the first such row
    bool has(const char *item) const { return !all(item).empty(); }
};

struct SeedLab {
    QString loinc{}, name{}, unit{}, low{}, high{};
    int decimals = 0;
    QString range() const; // "4.0 - 6.0", "< 130", ">= 60"
    QString judge(double value) const; // H L N
};

// Everything the generator looks up, loaded once for one world.
struct SeedTables {
    std::vector<SeedCase> cases{};
    QHash<QString, SeedLab> labs{};
    QHash<QString, QStringList> names{};
    QHash<QString, clinical::CodedValue> terms{}; // system + code -> value with Korean and English names

    static SeedTables load();
    // From the starter terminology; a code that is missing there keeps the code and an empty display (a test
    // looks).
    clinical::CodedValue coded(const char *system, const QString &code) const;
};

} // namespace naru::practice
