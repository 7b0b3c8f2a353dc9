#include "core/terminology/StarterTerms.h"

#include "core/base/Oid.h"
#include "core/base/Tsv.h"
#include "resources/terms/diagnosesTable.h"
#include "resources/terms/medicinesTable.h"
#include "resources/terms/proceduresTable.h"
#include "resources/terms/testsTable.h"

#include <algorithm>

namespace naru::terminology {

namespace {
void append(std::vector<Concept> &out, std::string_view text, const QString &system)
{
    const base::TsvTable rows = base::TsvTable::parse(text);
    const auto has = [&rows](const char *column) { return rows.columns().contains(QLatin1String(column)); };
    const bool tests = has("category");
    // Everyday words stand in a table of their own; an early table may still carry them in a column.
    const bool aliases = has("aliases");
    const bool weights = has("weight");
    for (int row = 0; row < rows.rowCount(); ++row) {
        Concept term;
        term.system = system;
        term.code = rows.at(row, "code");
        term.ko = rows.at(row, "ko");
        term.en = rows.at(row, "en");
        if (aliases)
            term.aliases = rows.at(row, "aliases").split(QLatin1Char(';'), Qt::SkipEmptyParts);
        if (weights)
            term.weight = std::clamp(rows.at(row, "weight").toInt(), 0, 1000);
        if (tests) {
            term.category = rows.at(row, "category");
            term.unit = rows.at(row, "unit");
        }
        out.push_back(std::move(term));
    }
}
} // namespace

std::vector<Concept> starterTerms()
{
    std::vector<Concept> out;
    append(out, tables::diagnoses, base::oid("kcd").text());
    append(out, tables::medicines, base::oid("atc").text());
    append(out, tables::tests, base::oid("loinc").text());
    append(out, tables::procedures, base::oid("icd9cm").text());
    return out;
}

} // namespace naru::terminology
