#include "core/terminology/ValueSets.h"

#include "core/base/Oid.h"
#include "core/base/Tsv.h"
#include "core/terminology/tables/departmentsTable.h"
#include "core/terminology/tables/valuesetsTable.h"

namespace naru::terminology {

namespace {
const base::TsvTable &valueSetRows()
{
    static const base::TsvTable rows = base::TsvTable::parse(tables::valuesets);
    return rows;
}
} // namespace

QStringList valueSetNames()
{
    QStringList names;
    for (int row = 0; row < valueSetRows().rowCount(); ++row) {
        const QString name = valueSetRows().at(row, "set");
        if (!names.contains(name))
            names.append(name);
    }
    return names;
}

QList<ValueSetEntry> valueSet(const QString &name)
{
    const base::TsvTable &rows = valueSetRows();
    QList<ValueSetEntry> out;
    for (int row = 0; row < rows.rowCount(); ++row) {
        if (rows.at(row, "set") != name)
            continue;
        const QByteArray system = rows.at(row, "system").toLatin1();
        out.append({rows.at(row, "code"), rows.at(row, "ko"), rows.at(row, "en"),
            system.isEmpty() ? QString() : base::oid(system.constData()).text()});
    }
    return out;
}

std::optional<ValueSetEntry> valueSetEntry(const QString &name, const QString &code)
{
    for (const ValueSetEntry &entry : valueSet(name)) {
        if (entry.code == code)
            return entry;
    }
    return std::nullopt;
}

QList<DepartmentCode> departments()
{
    const base::TsvTable rows = base::TsvTable::parse(tables::departments);
    QList<DepartmentCode> out;
    for (int row = 0; row < rows.rowCount(); ++row) {
        const QString hira = rows.at(row, "hira");
        // One-digit codes exist only in claims; the four-digit spelling is known for two-digit codes alone.
        const QString cda = hira.size() == 2 ? hira + QStringLiteral("00") : hira;
        out.append({cda, hira, rows.at(row, "ko"), rows.at(row, "en"), rows.at(row, "group")});
    }
    return out;
}

std::optional<DepartmentCode> department(const QString &code)
{
    for (const DepartmentCode &one : departments()) {
        if (one.hira == code || one.cda == code)
            return one;
    }
    return std::nullopt;
}

} // namespace naru::terminology
