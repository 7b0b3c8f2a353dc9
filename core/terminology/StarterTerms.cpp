#include "core/terminology/StarterTerms.h"

#include "core/base/Oid.h"
#include "core/base/Tsv.h"
#include "resources/terms/diagnosesTable.h"
#include "resources/terms/medicinesTable.h"
#include "resources/terms/proceduresTable.h"
#include "resources/terms/testsTable.h"

#include <QSet>

#include <algorithm>

namespace naru::terminology {

namespace {
// "12-55", "30-" (no limit above); empty means any age. An upper bound of 0 cannot be said: infants are
// "0-1".
void setAges(Concept &term, const QString &text)
{
    const auto dash = text.indexOf(QLatin1Char('-'));
    if (dash < 0)
        return;
    term.ageFrom = text.left(dash).toInt();
    term.ageTo = text.mid(dash + 1).toInt();
}

// The category above: the longest other code of the same table that this code begins with.
void setParents(std::vector<Concept> &terms, size_t from)
{
    QSet<QString> codes;
    for (size_t i = from; i < terms.size(); ++i)
        codes.insert(terms[i].code);
    for (size_t i = from; i < terms.size(); ++i) {
        QString prefix = terms[i].code.chopped(1);
        while (prefix.size() >= 3 && !codes.contains(prefix))
            prefix.chop(1);
        if (prefix.size() >= 3)
            terms[i].parent = prefix;
    }
}

void append(std::vector<Concept> &out, std::string_view text, const QString &system)
{
    const base::TsvTable rows = base::TsvTable::parse(text);
    const auto has = [&rows](const char *column) { return rows.columns().contains(QLatin1String(column)); };
    const bool tests = has("category");
    // Everyday words stand in a table of their own; an early table may still carry them in a column.
    const bool aliases = has("aliases");
    const bool weights = has("weight");
    const bool diagnoses = has("complete");
    const size_t first = out.size();
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
        if (diagnoses) {
            // Only a plain 0 forbids: what the table does not know is left to the official file.
            term.complete = rows.at(row, "complete") != QLatin1String("0");
            const QString sex = rows.at(row, "sex");
            term.sex = sex == QLatin1String("M") ? Sex::Male
                : sex == QLatin1String("F")      ? Sex::Female
                                                 : Sex::Any;
            setAges(term, rows.at(row, "ages"));
        }
        out.push_back(std::move(term));
    }
    if (diagnoses)
        setParents(out, first);
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
