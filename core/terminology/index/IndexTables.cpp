// The section Meta: JSON, because it is small and read once.
#include "core/terminology/index/IndexBuilder.h"

#include "core/terminology/Errors.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace naru::terminology {

std::string writeTables(const IndexTables &tables)
{
    QJsonArray groups;
    for (size_t i = 0; i < tables.groups.size(); ++i) {
        const TermGroup &group = tables.groups[i];
        groups.append(QJsonArray{group.system, group.field, group.category, tables.groupCounts[i]});
    }
    const QJsonObject root{{QStringLiteral("title"), tables.meta.title},
        {QStringLiteral("version"), tables.meta.version}, {QStringLiteral("source"), tables.meta.source},
        {QStringLiteral("validFrom"), tables.meta.validFrom.toString(Qt::ISODate)},
        {QStringLiteral("validTo"), tables.meta.validTo.toString(Qt::ISODate)},
        {QStringLiteral("groups"), groups},
        {QStringLiteral("latestStart"), tables.latestStart.toString(Qt::ISODate)},
        {QStringLiteral("latestEnd"), tables.latestEnd.toString(Qt::ISODate)},
        {QStringLiteral("linkSystems"), QJsonArray::fromStringList(tables.linkSystems)}};
    return QJsonDocument(root).toJson(QJsonDocument::Compact).toStdString();
}

base::Result<IndexTables> readTables(std::span<const unsigned char> bytes)
{
    const QJsonDocument document = QJsonDocument::fromJson(
        QByteArray::fromRawData(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size())));
    if (!document.isObject())
        return base::Error(errors::IndexDamaged);
    const QJsonObject root = document.object();
    IndexTables out;
    const auto text = [&root](const char *name) { return root[QLatin1String(name)].toString(); };
    out.meta.title = text("title");
    out.meta.version = text("version");
    out.meta.source = text("source");
    out.meta.validFrom = QDate::fromString(text("validFrom"), Qt::ISODate);
    out.meta.validTo = QDate::fromString(text("validTo"), Qt::ISODate);
    out.latestStart = QDate::fromString(text("latestStart"), Qt::ISODate);
    out.latestEnd = QDate::fromString(text("latestEnd"), Qt::ISODate);
    for (const QJsonValue &value : root[QLatin1String("groups")].toArray()) {
        const QJsonArray row = value.toArray();
        out.groups.push_back({row[0].toString(), row[1].toString(), row[2].toString()});
        out.groupCounts.push_back(row[3].toInt());
    }
    for (const QJsonValue &value : root[QLatin1String("linkSystems")].toArray())
        out.linkSystems.append(value.toString());
    return out;
}

} // namespace naru::terminology
