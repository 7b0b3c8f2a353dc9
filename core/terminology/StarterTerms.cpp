#include "core/terminology/StarterTerms.h"

#include "core/base/Oid.h"
#include "core/base/Tsv.h"
#include "resources/terms/diagnosesTable.h"
#include "resources/terms/medicinesTable.h"
#include "resources/terms/proceduresTable.h"
#include "resources/terms/testsTable.h"

namespace naru::terminology {

namespace {
void append(std::vector<Concept> &out, std::string_view text, const QString &system)
{
    const base::TsvTable rows = base::TsvTable::parse(text);
    const bool tests = rows.columns().contains(QLatin1String("category"));
    for (int row = 0; row < rows.rowCount(); ++row) {
        Concept term;
        term.system = system;
        term.code = rows.at(row, "code");
        term.ko = rows.at(row, "ko");
        term.en = rows.at(row, "en");
        term.aliases = rows.at(row, "aliases").split(QLatin1Char(';'), Qt::SkipEmptyParts);
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
