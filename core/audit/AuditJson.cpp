// The stored form of an event.
#include "core/audit/AuditMessage.h"
#include "core/audit/Errors.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace naru::audit {

namespace {
// One description of each struct for both directions: Out puts members into an object, In takes them out.
struct Out {
    QJsonObject object{};
    void operator()(const char *key, const QString &value)
    {
        if (!value.isEmpty())
            object.insert(QLatin1String(key), value);
    }
    void operator()(const char *key, int value)
    {
        if (value != 0)
            object.insert(QLatin1String(key), value);
    }
    void operator()(const char *key, bool value)
    {
        if (value)
            object.insert(QLatin1String(key), value);
    }
    void operator()(const char *key, const QByteArray &value)
    {
        (*this)(key, QString::fromLatin1(value.toBase64()));
    }
    template <typename T> void operator()(const char *key, const T &value);
};

struct In {
    QJsonObject object{};
    void operator()(const char *key, QString &value) { value = object.value(QLatin1String(key)).toString(); }
    void operator()(const char *key, int &value) { value = object.value(QLatin1String(key)).toInt(); }
    void operator()(const char *key, bool &value) { value = object.value(QLatin1String(key)).toBool(); }
    void operator()(const char *key, QByteArray &value)
    {
        value = QByteArray::fromBase64(object.value(QLatin1String(key)).toString().toLatin1());
    }
    template <typename T> void operator()(const char *key, T &value);
};

template <typename V, typename T>
void describe(V &visit, T &value) requires std::is_same_v<std::remove_const_t<T>, EventCode>
{
    visit("code", value.code);
    visit("system", value.system);
    visit("text", value.text);
}

template <typename V, typename T>
void describe(V &visit, T &value) requires std::is_same_v<std::remove_const_t<T>, ActiveParticipant>
{
    visit("userId", value.userId);
    visit("alternativeUserId", value.alternativeUserId);
    visit("userName", value.userName);
    visit("requestor", value.requestor);
    visit("networkAccessPoint", value.networkAccessPoint);
    visit("networkAccessPointType", value.networkAccessPointType);
    visit("roles", value.roles);
    visit("mediaType", value.mediaType);
}

template <typename V, typename T>
void describe(V &visit, T &value) requires std::is_same_v<std::remove_const_t<T>, ObjectDetail>
{
    visit("type", value.type);
    visit("value", value.value);
}

template <typename V, typename T>
void describe(V &visit, T &value) requires std::is_same_v<std::remove_const_t<T>, ParticipantObject>
{
    visit("id", value.id);
    visit("typeCode", value.typeCode);
    visit("role", value.role);
    visit("lifeCycle", value.lifeCycle);
    visit("sensitivity", value.sensitivity);
    visit("idType", value.idType);
    visit("name", value.name);
    visit("query", value.query);
    visit("details", value.details);
}

template <typename V, typename T>
void describe(V &visit, T &value) requires std::is_same_v<std::remove_const_t<T>, AuditSource>
{
    visit("sourceId", value.sourceId);
    visit("enterpriseSiteId", value.enterpriseSiteId);
    visit("typeCodes", value.typeCodes);
}

template <typename V, typename T>
void describe(V &visit, T &value) requires std::is_same_v<std::remove_const_t<T>, AuditEvent>
{
    visit("uuid", value.uuid);
    visit("eventId", value.eventId);
    visit("action", value.action);
    visit("outcomeDescription", value.outcomeDescription);
    visit("types", value.types);
    visit("purposeOfUse", value.purposeOfUse);
    visit("participants", value.participants);
    visit("source", value.source);
    visit("objects", value.objects);
    visit("act", value.act);
    visit("account", value.account);
    visit("place", value.place);
    visit("subject", value.subject);
    visit("reason", value.reason);
}

QJsonValue write(const QString &value)
{
    return value;
}
template <typename T> QJsonValue write(const T &value)
{
    Out out;
    describe(out, value);
    return out.object;
}
template <typename T> QJsonValue write(const std::vector<T> &values)
{
    QJsonArray out;
    for (const T &value : values)
        out.append(write(value));
    return out;
}

void read(const QJsonValue &json, QString &value)
{
    value = json.toString();
}
template <typename T> void read(const QJsonValue &json, T &value)
{
    In in{json.toObject()};
    describe(in, value);
}
template <typename T> void read(const QJsonValue &json, std::vector<T> &values)
{
    values.clear();
    for (const QJsonValue &each : json.toArray()) {
        values.emplace_back();
        read(each, values.back());
    }
}

template <typename T> void Out::operator()(const char *key, const T &value)
{
    const QJsonValue json = write(value);
    if (!(json.isArray() && json.toArray().isEmpty()) && !(json.isObject() && json.toObject().isEmpty()))
        object.insert(QLatin1String(key), json);
}
template <typename T> void In::operator()(const char *key, T &value)
{
    read(object.value(QLatin1String(key)), value);
}
} // namespace

QByteArray toJson(const AuditEvent &event)
{
    Out out;
    describe(out, event);
    out.object.insert(QStringLiteral("time"), event.time.toUTC().toString(Qt::ISODateWithMs));
    out.object.insert(QStringLiteral("outcome"), int(event.outcome));
    return QJsonDocument(out.object).toJson(QJsonDocument::Compact);
}

base::Result<AuditEvent> fromJson(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        return base::Error(errors::Invalid, {}, {{QStringLiteral("what"), QStringLiteral("JSON")}});
    AuditEvent event;
    In in{document.object()};
    describe(in, event);
    event.time =
        QDateTime::fromString(document.object().value(QLatin1String("time")).toString(), Qt::ISODateWithMs);
    event.outcome = Outcome(document.object().value(QLatin1String("outcome")).toInt());
    return event;
}

} // namespace naru::audit
