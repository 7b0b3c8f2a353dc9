#include "core/base/Oid.h"
#include "core/base/Tsv.h"
#include "core/services/Errors.h"
#include "core/services/TermDesk.h"
#include "core/services/tables/termsystemsTable.h"

namespace naru::services {

namespace {
struct SystemRow {
    QString oid{}, name{}, master{};
    QStringList spellings{}; // folded
};

const std::vector<SystemRow> &systemRows()
{
    static const std::vector<SystemRow> rows = [] {
        std::vector<SystemRow> out;
        const base::TsvTable table = base::TsvTable::parse(tables::termsystems);
        for (int i = 0; i < table.rowCount(); ++i) {
            SystemRow row;
            row.name = table.at(i, "name");
            row.oid = base::oid(row.name.toLatin1().constData()).text();
            row.master = table.at(i, "master");
            row.spellings = {termKey(row.name), termKey(base::oidTitle(row.oid))};
            for (const QString &spelling :
                table.at(i, "spellings").split(QLatin1Char('|'), Qt::SkipEmptyParts))
                row.spellings.append(termKey(spelling));
            out.push_back(row);
        }
        return out;
    }();
    return rows;
}

const SystemRow *find(const QString &name)
{
    const QString wanted = termKey(name);
    for (const SystemRow &row : systemRows()) {
        if (row.oid == name || row.spellings.contains(wanted))
            return &row;
    }
    return nullptr;
}

bool looksLikeOid(const QString &name)
{
    return name.contains(QLatin1Char('.')) && base::Oid::parse(name).ok();
}
} // namespace

QString termKey(const QString &name)
{
    QString out;
    for (const QChar c : name) {
        if (c.isLetterOrNumber())
            out += c.toLower();
    }
    return out;
}

QString termSystemOid(const QString &name)
{
    const SystemRow *row = find(name);
    return row ? row->oid : name;
}

QString termSystemName(const QString &oid)
{
    const SystemRow *row = find(oid);
    return row ? row->name : oid;
}

QStringList termSystemOids(const QStringList &names)
{
    QStringList out;
    for (const QString &name : names)
        out.append(termSystemOid(name));
    return out;
}

base::Result<QStringList> knownTermSystems(const QStringList &names)
{
    for (const QString &name : names) {
        if (find(name) || looksLikeOid(name))
            continue;
        QStringList known;
        for (const SystemRow &row : systemRows())
            known.append(row.name);
        return base::Error(errors::NoTermSystem, {},
            {{QStringLiteral("what"), name}, {QStringLiteral("known"), known.join(QStringLiteral(", "))}});
    }
    return termSystemOids(names);
}

QString termSystemMaster(const QString &name)
{
    const SystemRow *row = find(name);
    return row ? row->master : QString();
}

} // namespace naru::services
