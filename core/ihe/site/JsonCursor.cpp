#include "core/ihe/site/JsonCursor.h"

#include "core/base/Oid.h"
#include "core/ihe/Errors.h"

#include <QUrl>

namespace naru::ihe {

void JsonCursor::fail(const QString &key, const QString &what) const
{
    if (!*m_fault)
        return;
    const QString path = pathOf(key);
    *m_fault = base::Error(errors::Site, path + QStringLiteral(": ") + what,
        {{QStringLiteral("key"), path}, {QStringLiteral("what"), what}});
}

JsonCursor JsonCursor::object(const QString &key, bool required) const
{
    const QJsonValue value = m_object.value(key);
    if (!value.isObject() && (required || !value.isUndefined()))
        fail(key, value.isUndefined() ? QStringLiteral("is missing") : QStringLiteral("is not an object"));
    return {value.toObject(), pathOf(key), m_fault};
}

std::vector<JsonCursor> JsonCursor::objects(const char *key) const
{
    const QString name = QString::fromLatin1(key);
    const QJsonValue value = m_object.value(name);
    if (!value.isArray())
        fail(name, value.isUndefined() ? QStringLiteral("is missing") : QStringLiteral("is not a list"));
    std::vector<JsonCursor> out;
    const QJsonArray items = value.toArray();
    for (int i = 0; i < items.size(); ++i) {
        const QString itemKey = QStringLiteral("%1[%2]").arg(name).arg(i);
        if (!items.at(i).isObject())
            fail(itemKey, QStringLiteral("is not an object"));
        out.push_back({items.at(i).toObject(), pathOf(itemKey), m_fault});
    }
    return out;
}

QString JsonCursor::text(const char *key, bool required) const
{
    const QString name = QString::fromLatin1(key);
    const QJsonValue value = m_object.value(name);
    if (value.isUndefined() && !required)
        return {};
    if (!value.isString())
        fail(name, value.isUndefined() ? QStringLiteral("is missing") : QStringLiteral("is not a text"));
    else if (required && value.toString().trimmed().isEmpty())
        fail(name, QStringLiteral("is empty"));
    return value.toString().trimmed();
}

QString JsonCursor::oid(const char *key, bool required) const
{
    const QString value = text(key, required);
    if (value.isEmpty())
        return {};
    const base::Result<base::Oid> oid = base::Oid::parse(value);
    if (!oid)
        fail(QString::fromLatin1(key), QStringLiteral("is not an object identifier"));
    return oid ? oid->text() : QString();
}

QString JsonCursor::url(const char *key) const
{
    const QString value = text(key);
    const QUrl url(value, QUrl::StrictMode);
    if (!value.isEmpty()
        && (!url.isValid() || url.scheme() != QLatin1String("https") || url.host().isEmpty()))
        fail(QString::fromLatin1(key), QStringLiteral("is not an https address"));
    return value;
}

int JsonCursor::number(const char *key, int fallback, int low, int high) const
{
    const QString name = QString::fromLatin1(key);
    const QJsonValue value = m_object.value(name);
    if (value.isUndefined())
        return fallback;
    const double number = value.toDouble(low - 1.0);
    if (!value.isDouble() || number != double(int(number)) || number < low || number > high) {
        fail(name, QStringLiteral("is not a whole number from %1 to %2").arg(low).arg(high));
        return fallback;
    }
    return int(number);
}

bool JsonCursor::flag(const char *key, bool fallback) const
{
    const QString name = QString::fromLatin1(key);
    const QJsonValue value = m_object.value(name);
    if (value.isUndefined())
        return fallback;
    if (!value.isBool())
        fail(name, QStringLiteral("is not true or false"));
    return value.toBool(fallback);
}

} // namespace naru::ihe
