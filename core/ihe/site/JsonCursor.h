// Reads a JSON object strictly and remembers the first fault with its key path
// ("endpoints.repositories[1].url"). Internal to core/ihe/site.
#pragma once

#include "core/base/Result.h"

#include <QJsonArray>
#include <QJsonObject>
#include <memory>

namespace naru::ihe {

class JsonCursor {
public:
    explicit JsonCursor(const QJsonObject &object)
        : m_object(object)
        , m_fault(std::make_shared<base::Status>())
    {
    }

    bool has(const char *key) const { return m_object.contains(QLatin1String(key)); }
    QStringList keys() const { return m_object.keys(); }
    JsonCursor object(const QString &key, bool required = true) const;
    JsonCursor object(const char *key, bool required = true) const
    {
        return object(QString::fromLatin1(key), required);
    }
    std::vector<JsonCursor> objects(const char *key) const; // an array of objects, required
    QString text(const char *key, bool required = true) const;
    QString oid(const char *key, bool required = true) const; // without urn:oid:
    QString url(const char *key) const; // https only
    int number(const char *key, int fallback, int low, int high) const;
    bool flag(const char *key, bool fallback) const;

    void fail(const QString &key, const QString &what) const; // keeps the first
    const base::Status &status() const { return *m_fault; }

private:
    JsonCursor(QJsonObject object, QString path, std::shared_ptr<base::Status> fault)
        : m_object(std::move(object))
        , m_path(std::move(path))
        , m_fault(std::move(fault))
    {
    }
    QString pathOf(const QString &key) const
    {
        return m_path.isEmpty() ? key : m_path + QLatin1Char('.') + key;
    }

    QJsonObject m_object{};
    QString m_path{};
    std::shared_ptr<base::Status> m_fault{};
};

} // namespace naru::ihe
