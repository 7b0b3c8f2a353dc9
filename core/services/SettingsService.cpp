#include "core/services/SettingsService.h"

#include "core/base/Tsv.h"
#include "core/services/Errors.h"
#include "core/services/Internals.h"
#include "core/services/tables/settingsTable.h"

namespace naru::services {

namespace {
const QString prefix = QStringLiteral("setting.");

QVariant typed(const SettingRow &row, const QString &text)
{
    if (row.kind == QLatin1String("number"))
        return text.toDouble();
    if (row.kind == QLatin1String("flag"))
        return text == QLatin1String("1") || text == QLatin1String("true");
    return text;
}

std::vector<SettingRow> readRows()
{
    std::vector<SettingRow> rows;
    const base::TsvTable table = base::TsvTable::parse(tables::settings);
    for (int i = 0; i < table.rowCount(); ++i) {
        SettingRow row;
        row.key = table.at(i, "key");
        row.kind = table.at(i, "kind");
        row.choices = table.at(i, "choices").split(QLatin1Char('|'), Qt::SkipEmptyParts);
        row.standard = typed(row, table.at(i, "standard"));
        row.machineOnly = table.at(i, "machine") == QLatin1String("1");
        rows.push_back(row);
    }
    return rows;
}

const SettingRow *find(const std::vector<SettingRow> &rows, const QString &key)
{
    for (const SettingRow &row : rows) {
        if (row.key == key)
            return &row;
    }
    return nullptr;
}
} // namespace

SettingsService::SettingsService(Profile::Internals &internals)
    : m(internals)
{
}

const std::vector<SettingRow> &SettingsService::rows() const
{
    static const std::vector<SettingRow> table = readRows();
    return table;
}

QVariant SettingsService::value(const QString &key) const
{
    const SettingRow *row = find(rows(), key);
    if (!row)
        return {};
    const auto stored = m.stores.settings->get(prefix + key);
    return stored && !stored->isEmpty() ? typed(*row, *stored) : row->standard;
}

base::Status SettingsService::set(const QString &key, const QVariant &value)
{
    const SettingRow *row = find(rows(), key);
    if (!row || (!row->choices.isEmpty() && !row->choices.contains(value.toString())))
        return base::Error(errors::NoSetting, {}, {{QStringLiteral("what"), key}});
    const QVariant before = this->value(key);
    if (before == value)
        return {};
    const QString text = row->kind == QLatin1String("flag")
        ? (value.toBool() ? QStringLiteral("1") : QStringLiteral("0"))
        : value.toString();
    const base::Status stored = m.stores.database->inTransaction([&]() -> base::Status {
        NARU_TRY(m.stores.settings->set(prefix + key, text));
        NARU_ASSIGN([[maybe_unused]] const qint64 entry,
            m.stores.audit->append(m.events().act(QStringLiteral("settings.change"), {},
                QStringLiteral("%1: %2 -> %3").arg(key, before.toString(), text))));
        return {};
    });
    NARU_TRY(stored);
    m.changed(Change::Settings);
    return {};
}

} // namespace naru::services
