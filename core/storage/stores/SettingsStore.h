// Settings of this profile: plain text by key, no patient data ever (nothing here is sealed).
#pragma once

#include "core/storage/Database.h"

#include <QMap>

namespace naru::storage {

class SettingsStore {
public:
    explicit SettingsStore(std::shared_ptr<Database> database);
    base::Result<QString> get(const QString &key, const QString &fallback = {}) const;
    base::Status set(const QString &key, const QString &value);
    base::Status remove(const QString &key);
    base::Result<QMap<QString, QString>> all(const QString &prefix = {}) const;

private:
    std::shared_ptr<Database> m_database{};
};

} // namespace naru::storage
