#include "app/practice/seed/Institutions.h"

#include "core/base/Errors.h"
#include "core/base/Hangul.h"
#include "core/base/Oid.h"
#include "core/base/Tsv.h"

#include <QFile>

namespace naru::practice {

namespace {
constexpr qint64 maxFileBytes = 4 * 1024 * 1024;

base::Error invalid(const QString &what)
{
    return base::Error(base::errors::Invalid, what, {{QStringLiteral("what"), what}});
}

// "0100:내과;0400:외과"
std::vector<clinical::Department> departmentsOf(const QString &cell)
{
    std::vector<clinical::Department> out;
    for (const QString &part : cell.split(QLatin1Char(';'), Qt::SkipEmptyParts)) {
        const auto colon = part.indexOf(QLatin1Char(':'));
        if (colon > 0)
            out.push_back({part.left(colon).trimmed(), part.mid(colon + 1).trimmed()});
    }
    return out;
}
} // namespace

base::Result<std::vector<clinical::Institution>> parseInstitutions(const QByteArray &text)
{
    const auto table = base::TsvTable::parse(std::string_view(text.constData(), size_t(text.size())));
    for (const char *column : {"oid", "name", "kind", "phone", "address", "detail", "postalCode",
             "departments", "exchanges", "relays", "images"}) {
        if (!table.columns().contains(QLatin1String(column)))
            return invalid(QStringLiteral("institutions: column %1").arg(QLatin1String(column)));
    }
    std::vector<clinical::Institution> out;
    for (int row = 0; row < table.rowCount(); ++row) {
        clinical::Institution one;
        const auto oid = base::Oid::parse(table.at(row, "oid"));
        one.name = base::normalized(table.at(row, "name"));
        if (!oid || one.name.isEmpty())
            return invalid(QStringLiteral("institutions: row %1").arg(row + 1));
        one.oid = oid.value().text();
        one.number = one.oid.section(QLatin1Char('.'), -1);
        one.kind = table.at(row, "kind");
        one.phone = table.at(row, "phone");
        one.address = {table.at(row, "address"), table.at(row, "detail"), table.at(row, "postalCode")};
        one.departments = departmentsOf(table.at(row, "departments"));
        one.exchanges = table.at(row, "exchanges") == QLatin1String("1");
        one.relays = table.at(row, "relays") == QLatin1String("1");
        one.images = table.at(row, "images") == QLatin1String("1");
        out.push_back(one);
    }
    return out;
}

base::Result<std::vector<clinical::Institution>> loadInstitutions(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return base::Error(
            base::errors::Io, file.errorString(), {{QStringLiteral("what"), QStringLiteral("institutions")}});
    const QByteArray bytes = file.read(maxFileBytes + 1);
    if (bytes.size() > maxFileBytes)
        return base::Error(
            base::errors::TooLarge, {}, {{QStringLiteral("what"), QStringLiteral("institutions")}});
    return parseInstitutions(bytes);
}

} // namespace naru::practice
