#include "core/storage/json/ClinicalJson.h"

#include "core/base/Errors.h"
#include "core/storage/Errors.h"
#include "core/storage/json/Fields.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace naru::storage {

namespace {
using base::Timestamp;
constexpr qsizetype textLimit = 64 * 1024 * 1024;
constexpr int depthLimit = 200;

// ISO where it says everything. A date with an offset (legal in HL7) has no ISO form: then the HL7 form with
// the offset.
QString timestampText(const Timestamp &time)
{
    const QString iso = time.toIso();
    if (const auto back = Timestamp::parseIso(iso); back && *back == time)
        return iso;
    const QString hl7 = time.toHl7();
    if (!time.hasOffset() || time.precision() >= Timestamp::Precision::Hour)
        return hl7;
    const qint64 minutes = time.earliestUtc().secsTo(QDateTime(time.date(), QTime(0, 0), Qt::UTC)) / 60;
    return hl7 + QLatin1Char(minutes < 0 ? '-' : '+')
        + QStringLiteral("%1%2")
              .arg(qAbs(minutes) / 60, 2, 10, QLatin1Char('0'))
              .arg(qAbs(minutes) % 60, 2, 10, QLatin1Char('0'));
}

struct Writer {
    QJsonObject object{};

    template <typename T> void operator()(const char *name, const T &value)
    {
        object.insert(QLatin1String(name), json(value));
    }

    // Members that equal those of a fresh struct are left out: the reader starts from a fresh one.
    template <typename T> static QJsonObject members(const T &value)
    {
        static const QJsonObject fresh = [] {
            Writer writer;
            const T nothing{};
            storage::json::fields(writer, nothing);
            return writer.object;
        }();
        Writer writer;
        storage::json::fields(writer, value);
        for (auto it = writer.object.begin(); it != writer.object.end();)
            it = *it == fresh.value(it.key()) ? writer.object.erase(it) : std::next(it);
        return writer.object;
    }

    static QJsonValue json(const QString &value) { return value; }
    static QJsonValue json(bool value) { return value; }
    static QJsonValue json(int value) { return value; }
    static QJsonValue json(qint64 value) { return value; }
    static QJsonValue json(const QByteArray &value) { return QString::fromLatin1(value.toBase64()); }
    static QJsonValue json(const Timestamp &value) { return timestampText(value); }
    static QJsonValue json(const QStringList &value) { return QJsonArray::fromStringList(value); }
    template <typename E> static QJsonValue json(E value) requires std::is_enum_v<E>
    {
        return QLatin1String(json::Words<E>::list.at(std::size_t(value)));
    }
    template <typename T> static QJsonValue json(const std::optional<T> &value)
    {
        return value ? json(*value) : QJsonValue();
    }
    template <typename T> static QJsonValue json(const std::vector<T> &values)
    {
        QJsonArray out;
        for (const T &value : values)
            out.append(json(value));
        return out;
    }
    template <typename T> static QJsonValue json(const QMap<QString, T> &values)
    {
        QJsonObject out;
        for (auto it = values.begin(); it != values.end(); ++it)
            out.insert(it.key(), json(it.value()));
        return out;
    }
    template <typename T> static QJsonValue json(const T &value) requires std::is_class_v<T>
    {
        return members(value);
    }
};

struct Reader {
    struct Shared {
        QString badPath{}; // first value of a wrong kind
        JsonNotes *notes = nullptr;
        int depth = 0;
    };
    const QJsonObject &object;
    QString path{};
    Shared &shared;
    QStringList known{};

    template <typename T> void operator()(const char *name, T &value)
    {
        const QLatin1String key(name);
        if (shared.notes)
            known << key;
        const auto it = object.constFind(key);
        if (it == object.constEnd() || it->isNull())
            return;
        read(*it, value, path.isEmpty() ? QString(key) : path + QLatin1Char('.') + key);
    }

    void bad(const QString &where)
    {
        if (shared.badPath.isEmpty())
            shared.badPath = where;
    }
    void noteUnknown() const
    {
        if (!shared.notes)
            return;
        for (auto it = object.begin(); it != object.end() && shared.notes->unknown.size() < 1000; ++it) {
            if (!known.contains(it.key()))
                shared.notes->unknown << (path.isEmpty() ? it.key() : path + QLatin1Char('.') + it.key());
        }
    }

    void read(const QJsonValue &json, QString &value, const QString &where)
    {
        // A number where text is meant ("doseValue": 500) is what people write; its decimal text is
        // unambiguous up to 2^53.
        if (json.isDouble() && json.toDouble() == double(json.toInteger()))
            value = QString::number(json.toInteger());
        else if (json.isString())
            value = json.toString();
        else
            bad(where);
    }
    void read(const QJsonValue &json, bool &value, const QString &where)
    {
        json.isBool() ? void(value = json.toBool()) : bad(where);
    }
    void read(const QJsonValue &json, int &value, const QString &where)
    {
        const double number = json.toDouble(1e18);
        if (!json.isDouble() || number != double(qint64(number)) || qAbs(number) > 2'000'000'000)
            return bad(where);
        value = int(number);
    }
    void read(const QJsonValue &json, qint64 &value, const QString &where)
    {
        if (!json.isDouble() || json.toDouble() != double(json.toInteger()))
            return bad(where);
        value = json.toInteger();
    }
    void read(const QJsonValue &json, QByteArray &value, const QString &where)
    {
        const auto decoded = QByteArray::fromBase64Encoding(
            json.toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
        json.isString() && decoded ? void(value = *decoded) : bad(where);
    }
    void read(const QJsonValue &json, Timestamp &value, const QString &where)
    {
        const QString text = json.toString();
        if (json.isString() && text.isEmpty())
            return void(value = Timestamp());
        // ISO first: "2026-11" read as HL7 would be the year with an offset.
        auto parsed = Timestamp::parseIso(text);
        if (!parsed)
            parsed = Timestamp::parseHl7(text);
        json.isString() && parsed ? void(value = *parsed) : bad(where);
    }
    void read(const QJsonValue &json, QStringList &value, const QString &where)
    {
        if (!json.isArray())
            return bad(where);
        value.clear();
        for (const QJsonValue &each : json.toArray())
            value << each.toString();
    }
    template <typename E>
    void read(const QJsonValue &json, E &value, const QString &where) requires std::is_enum_v<E>
    {
        const QString word = json.toString();
        int at = 0;
        for (const char *each : json::Words<E>::list) {
            if (word == QLatin1String(each))
                return void(value = E(at));
            ++at;
        }
        bad(where);
    }
    template <typename T> void read(const QJsonValue &json, std::optional<T> &value, const QString &where)
    {
        value.emplace();
        read(json, *value, where);
    }
    template <typename T> void read(const QJsonValue &json, std::vector<T> &values, const QString &where)
    {
        if (!json.isArray())
            return bad(where);
        values.clear();
        int index = 0;
        for (const QJsonValue &each : json.toArray()) {
            values.emplace_back();
            read(each, values.back(), QStringLiteral("%1[%2]").arg(where).arg(index++));
        }
    }
    template <typename T> void read(const QJsonValue &json, QMap<QString, T> &values, const QString &where)
    {
        if (!json.isObject())
            return bad(where);
        values.clear();
        const QJsonObject members = json.toObject();
        for (auto it = members.begin(); it != members.end(); ++it)
            read(it.value(), values[it.key()], where + QLatin1Char('.') + it.key());
    }
    template <typename T>
    void read(const QJsonValue &json, T &value, const QString &where) requires std::is_class_v<T>
    {
        if (!json.isObject() || shared.depth >= depthLimit)
            return bad(where);
        ++shared.depth;
        const QJsonObject members = json.toObject();
        Reader inner{members, where, shared};
        storage::json::fields(inner, value);
        inner.noteUnknown();
        --shared.depth;
    }
};
} // namespace

template <typename T> QJsonObject toJson(const T &value)
{
    return Writer::members(value);
}

template <typename T> base::Result<T> fromJson(const QJsonObject &object, JsonNotes *notes)
{
    T value{};
    Reader::Shared shared{{}, notes};
    Reader reader{object, {}, shared};
    json::fields(reader, value);
    reader.noteUnknown();
    if (!shared.badPath.isEmpty())
        return base::Error(errors::JsonShape, {}, {{QStringLiteral("path"), shared.badPath}});
    return value;
}

template <typename T> QByteArray toJsonText(const T &value)
{
    return QJsonDocument(toJson(value)).toJson(QJsonDocument::Compact);
}

template <typename T> base::Result<T> fromJsonText(const QByteArray &text, JsonNotes *notes)
{
    if (text.size() > textLimit)
        return base::Error(base::errors::TooLarge, {}, {{QStringLiteral("what"), QStringLiteral("JSON")}});
    QJsonParseError fault;
    const QJsonDocument document = QJsonDocument::fromJson(text, &fault);
    if (!document.isObject())
        return base::Error(base::errors::JsonBroken, {},
            {{QStringLiteral("what"),
                QStringLiteral("%1 at byte %2").arg(fault.errorString()).arg(fault.offset)}});
    return fromJson<T>(document.object(), notes);
}

#define NARU_DEFINE_JSON(Type)                                                                               \
    template QJsonObject toJson(const clinical::Type &);                                                     \
    template base::Result<clinical::Type> fromJson(const QJsonObject &, JsonNotes *);                        \
    template QByteArray toJsonText(const clinical::Type &);                                                  \
    template base::Result<clinical::Type> fromJsonText(const QByteArray &, JsonNotes *);
NARU_CLINICAL_JSON_TYPES(NARU_DEFINE_JSON)

} // namespace naru::storage
