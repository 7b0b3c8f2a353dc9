// Settings of the program (no patient data): theme, zoom, language, idle minutes, hold time ... rows with
// defaults.
#pragma once

#include "core/services/Profile.h"

#include <QVariant>

namespace naru::services {

struct SettingRow {
    QString key{}; // "ui.theme"
    QString kind{}; // "choice" "number" "flag" "text"
    QStringList choices{};
    QVariant standard{};
    bool machineOnly = false; // not roaming
};

class SettingsService {
public:
    explicit SettingsService(Profile::Internals &internals);

    const std::vector<SettingRow> &rows() const;
    QVariant value(const QString &key) const;
    base::Status set(const QString &key, const QVariant &value); // audited: key, old -> new

private:
    Profile::Internals &m;
};

} // namespace naru::services
