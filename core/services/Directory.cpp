#include "core/services/Directory.h"

#include "core/base/Errors.h"
#include "core/base/Hangul.h"
#include "core/base/Tsv.h"

#include <QFile>

#include <algorithm>

namespace naru::services {

namespace {
// "0100:내과;0400:정형외과"
std::vector<clinical::Department> departmentsFrom(const QString &cell)
{
    std::vector<clinical::Department> out;
    for (const QString &part : cell.split(QLatin1Char(';'), Qt::SkipEmptyParts))
        out.push_back(
            {part.section(QLatin1Char(':'), 0, 0).trimmed(), part.section(QLatin1Char(':'), 1).trimmed()});
    return out;
}

bool flag(const QString &cell)
{
    return cell == QLatin1String("1") || cell == QLatin1String("yes") || cell == QLatin1String("Y")
        || cell == QLatin1String("true");
}

// 0: no match; higher is better.
int rank(const clinical::Institution &row, const QString &query, const QString &folded)
{
    const QString name = base::folded(row.name);
    const auto place = [](const QString &text, const QString &part) {
        const auto at = part.isEmpty() ? -1 : text.indexOf(part);
        return at < 0 ? 0 : at == 0 ? 3 : 2;
    };
    int best = place(name, folded);
    if (base::isChoseongOnly(query))
        best = std::max(best, place(base::choseong(name), folded));
    best = std::max(best, place(name, base::folded(base::hangulFromKeys(query))) ? 1 : 0);
    if (row.number == query || row.oid == query)
        best = 4;
    return best;
}
} // namespace

base::Result<Directory> Directory::load(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return base::Error(base::errors::Io, file.errorString(), {{QStringLiteral("what"), path}});
    const QByteArray bytes = file.read(
        std::min<qint64>(file.size(), 64LL * 1024 * 1024)); // read() sets aside what it is asked for
    const base::TsvTable table = base::TsvTable::parse({bytes.constData(), std::size_t(bytes.size())});
    for (const char *needed : {"oid", "name", "phone", "address", "detail", "postalCode", "kind",
             "departments", "exchanges", "relays", "images"}) {
        if (!table.columns().contains(QLatin1String(needed)))
            return base::Error(base::errors::Invalid,
                QStringLiteral("no column %1").arg(QLatin1String(needed)), {{QStringLiteral("what"), path}});
    }
    Directory out;
    for (int i = 0; i < table.rowCount(); ++i) {
        clinical::Institution row;
        row.oid = table.at(i, "oid");
        row.number = row.oid.section(QLatin1Char('.'), -1);
        row.name = base::normalized(table.at(i, "name"));
        row.phone = table.at(i, "phone");
        row.address.basic = table.at(i, "address");
        row.address.detail = table.at(i, "detail");
        row.address.postalCode = table.at(i, "postalCode");
        row.kind = table.at(i, "kind");
        row.departments = departmentsFrom(table.at(i, "departments"));
        row.exchanges = flag(table.at(i, "exchanges"));
        row.relays = flag(table.at(i, "relays"));
        row.images = flag(table.at(i, "images"));
        if (row.oid.isEmpty() || row.name.isEmpty())
            return base::Error(base::errors::Invalid, QStringLiteral("row %1 has no OID or name").arg(i + 1),
                {{QStringLiteral("what"), path}});
        out.m_rows.push_back(row);
    }
    return out;
}

const clinical::Institution *Directory::byOid(const QString &oid) const
{
    for (const clinical::Institution &row : m_rows) {
        if (row.oid == oid || row.number == oid)
            return &row;
    }
    return nullptr;
}

std::vector<clinical::Institution> Directory::search(const QString &query, int limit) const
{
    const QString folded = base::folded(query);
    std::vector<std::pair<int, const clinical::Institution *>> hits;
    for (const clinical::Institution &row : m_rows) {
        const int score = folded.isEmpty() ? 1 : rank(row, query.trimmed(), folded);
        if (score > 0)
            hits.emplace_back(score + (row.exchanges ? 10 : 0), &row);
    }
    std::stable_sort(hits.begin(), hits.end(), [](const auto &a, const auto &b) {
        return a.first != b.first ? a.first > b.first : a.second->name.size() < b.second->name.size();
    });
    std::vector<clinical::Institution> out;
    for (const auto &hit : hits) {
        if (int(out.size()) == limit)
            break;
        out.push_back(*hit.second);
    }
    return out;
}

} // namespace naru::services
