#include "core/ihe/ebxml/Schemes.h"

#include "core/base/Tsv.h"
#include "core/ihe/ebxml/schemesTable.h"

#include <QHash>
#include <cstdio>
#include <cstdlib>

namespace naru::ihe {

namespace {
struct Schemes {
    QHash<QString, QString> byName{};
    QHash<QString, SchemeRow> byUuid{};

    Schemes()
    {
        const base::TsvTable table = base::TsvTable::parse(tables::schemes);
        for (int row = 0; row < table.rowCount(); ++row) {
            const SchemeRow item{table.at(row, "object"), table.at(row, "kind"), table.at(row, "field")};
            byName.insert(item.object + QLatin1Char('/') + item.kind + QLatin1Char('/') + item.field,
                table.at(row, "uuid"));
            byUuid.insert(table.at(row, "uuid"), item);
        }
    }
};

const Schemes &schemes()
{
    static const Schemes all;
    return all;
}
} // namespace

const QString &scheme(const char *object, const char *kind, const char *field)
{
    const QString key = QString::fromLatin1(object) + QLatin1Char('/') + QString::fromLatin1(kind)
        + QLatin1Char('/') + QString::fromLatin1(field);
    const auto found = schemes().byName.constFind(key);
    if (found == schemes().byName.cend()) {
        std::fprintf(stderr, "no row in schemes.tsv: %s\n", qPrintable(key));
        std::abort();
    }
    return *found;
}

const SchemeRow *schemeRow(const QString &uuid)
{
    auto found = schemes().byUuid.constFind(uuid);
    if (found == schemes().byUuid.cend())
        found = schemes().byUuid.constFind(uuid.trimmed().toLower());
    return found == schemes().byUuid.cend() ? nullptr : &*found;
}

} // namespace naru::ihe
