#include "app/practice/seed/SeedCases.h"

#include "app/practice/seed/tables/casesTable.h"
#include "app/practice/seed/tables/labsTable.h"
#include "app/practice/seed/tables/namesTable.h"
#include "core/base/Oid.h"
#include "core/base/Tsv.h"
#include "core/terminology/StarterTerms.h"

namespace naru::practice {

const std::vector<QStringList> &SeedCase::all(const char *item) const
{
    static const std::vector<QStringList> none;
    const auto it = rows.find(QLatin1String(item));
    return it == rows.end() ? none : it->second;
}

QString SeedCase::text(const char *item) const
{
    return has(item) ? all(item).front().value(0) : QString();
}

QString SeedLab::range() const
{
    if (low.isEmpty())
        return high.isEmpty() ? QString() : QStringLiteral("< %1").arg(high);
    return high.isEmpty() ? QStringLiteral(">= %1").arg(low) : QStringLiteral("%1 - %2").arg(low, high);
}

QString SeedLab::judge(double value) const
{
    if (!low.isEmpty() && value < low.toDouble())
        return QStringLiteral("L");
    // An open range is printed "< high": the limit itself is outside.
    if (!high.isEmpty() && (low.isEmpty() ? value >= high.toDouble() : value > high.toDouble()))
        return QStringLiteral("H");
    return QStringLiteral("N");
}

namespace {
std::vector<SeedCase> loadCases()
{
    const auto table = base::TsvTable::parse(seed::tables::cases);
    std::vector<SeedCase> out;
    for (int row = 0; row < table.rowCount(); ++row) {
        const QString name = table.at(row, "case");
        if (out.empty() || out.back().name != name) {
            out.emplace_back();
            out.back().name = name;
        }
        QStringList cells;
        for (const char *column : {"a", "b", "c", "d", "e", "f"})
            cells.append(table.at(row, column));
        SeedCase &one = out.back();
        if (table.at(row, "item") != QLatin1String("case")) {
            one.rows[table.at(row, "item")].push_back(cells);
            continue;
        }
        one.department = cells[0];
        one.youngest = cells[1].toInt();
        one.oldest = cells[2].toInt();
        one.sex = cells[3];
        one.weight = cells[4].toInt();
        one.chronic = cells[5] == QLatin1String("chronic");
    }
    return out;
}
} // namespace

SeedTables SeedTables::load()
{
    SeedTables out;
    out.cases = loadCases();
    const auto labs = base::TsvTable::parse(seed::tables::labs);
    for (int row = 0; row < labs.rowCount(); ++row) {
        out.labs.insert(labs.at(row, "loinc"),
            {labs.at(row, "loinc"), labs.at(row, "name"), labs.at(row, "unit"), labs.at(row, "low"),
                labs.at(row, "high"), labs.at(row, "decimals").toInt()});
    }
    const auto names = base::TsvTable::parse(seed::tables::names);
    for (int row = 0; row < names.rowCount(); ++row) {
        const QString kind = names.at(row, "kind");
        const bool pairs = kind == QLatin1String("foreign") || kind == QLatin1String("longko")
            || kind == QLatin1String("district");
        out.names.insert(kind, names.at(row, "values").split(pairs ? QLatin1Char(';') : QLatin1Char(',')));
    }
    for (const terminology::Concept &term : terminology::starterTerms()) {
        clinical::CodedValue value;
        value.code = term.code;
        value.system = term.system;
        value.display = term.ko;
        value.displayEn = term.en;
        out.terms.insert(term.system + term.code, value);
    }
    return out;
}

clinical::CodedValue SeedTables::coded(const char *system, const QString &code) const
{
    const QString oid = base::oid(system).text();
    const auto it = terms.constFind(oid + code);
    if (it != terms.constEnd())
        return it.value();
    clinical::CodedValue value;
    value.code = code;
    value.system = oid;
    return value;
}

} // namespace naru::practice
