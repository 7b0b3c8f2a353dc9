// The other direction of JsonModel.h: answers of strangers, within limits.
#include "core/imaging/Errors.h"
#include "core/imaging/objects/JsonModel.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <array>
#include <cmath>
#include <limits>

namespace naru::imaging {

namespace {
constexpr std::array nameGroups{"Alphabetic", "Ideographic", "Phonetic"};

base::Error bad(const QString &what)
{
    return base::Error(errors::BadJson, {}, {{QStringLiteral("what"), what}});
}
base::Error tooLarge(const char *what)
{
    return base::Error(errors::TooLarge, {}, {{QStringLiteral("what"), QLatin1String(what)}});
}

class Reader {
public:
    explicit Reader(const DataSetLimits &limits)
        : m_limits(limits)
    {
    }
    base::Result<DataSetValue> read(const QJsonObject &object, int depth);

private:
    base::Status element(DataElement &element, const QJsonObject &row, int depth);
    base::Status values(DataElement &element, const QJsonArray &values, int depth);
    base::Status spend(qint64 bytes)
    {
        m_limits.bytes -= bytes;
        return m_limits.bytes >= 0 ? base::Status() : base::Status(tooLarge("bytes"));
    }
    DataSetLimits m_limits;
};

bool readTag(const QString &key, quint32 &tag)
{
    bool good = false;
    tag = key.toUInt(&good, 16);
    return good && key.size() == 8 && key.front().isLetterOrNumber(); // no sign
}

QString nameOf(const QJsonObject &groups)
{
    QStringList parts;
    for (const char *group : nameGroups)
        parts.append(groups.value(QLatin1String(group)).toString());
    return parts.join(QLatin1Char('='));
}

// False: neither of the forms that a value may have.
bool readText(quint16 vr, const QJsonValue &value, QString &text)
{
    if (value.isNull() || value.isUndefined())
        return true;
    if (value.isString()) {
        text = value.toString();
    } else if (vr == vrOf("PN") && value.isObject()) {
        text = nameOf(value.toObject());
    } else if (value.isDouble()) {
        // Whole numbers beyond 2^53 survive as long as the parser kept them.
        constexpr qint64 None = std::numeric_limits<qint64>::min();
        const qint64 whole = vr == vrOf("DS") ? None : value.toInteger(None);
        text = whole != None ? QString::number(whole) : decimalString(value.toDouble());
    } else {
        return false;
    }
    text.remove(QChar(u'\0'));
    if (vr == vrOf("PN")) { // a group of nothing at the end says nothing
        while (text.endsWith(QLatin1Char('=')))
            text.chop(1);
    }
    return true;
}

bool readNumber(quint16 vr, const QJsonValue &value, double &number)
{
    if (value.isDouble() && vr != vrOf("AT")) {
        number = value.toDouble();
        return true;
    }
    if (!value.isString())
        return false;
    const QString text = value.toString().trimmed();
    if (vr == vrOf("AT")) {
        quint32 tag = 0;
        const bool good = readTag(text, tag);
        number = tag;
        return good;
    }
    // Only these have numbers that are none.
    const bool floating = vr == vrOf("FL") || vr == vrOf("FD");
    if (text.compare(QLatin1String("nan"), Qt::CaseInsensitive) == 0) {
        number = std::numeric_limits<double>::quiet_NaN();
        return floating;
    }
    bool good = false;
    number = text.toDouble(&good);
    return good && (floating || std::isfinite(number));
}

base::Status Reader::values(DataElement &element, const QJsonArray &values, int depth)
{
    const ValueForm form = vrRow(element.vr).form;
    for (const QJsonValue value : values) {
        if (form == ValueForm::Items) {
            if (!value.isObject() && !value.isNull())
                return bad(tagText(element.tag));
            NARU_ASSIGN(DataSetValue item, read(value.toObject(), depth + 1));
            element.items.push_back(std::move(item));
        } else if (form == ValueForm::Number) {
            double number = 0;
            if (!readNumber(element.vr, value, number))
                return bad(tagText(element.tag));
            element.numbers.push_back(number);
            NARU_TRY(spend(sizeof number));
        } else if (form == ValueForm::Text) {
            QString text;
            if (!readText(element.vr, value, text))
                return bad(tagText(element.tag));
            NARU_TRY(spend(2 * text.size() + 1));
            element.texts.append(text);
        } else {
            return bad(tagText(element.tag));
        }
    }
    return {};
}

base::Status Reader::element(DataElement &element, const QJsonObject &row, int depth)
{
    const QByteArray vr = row.value(QLatin1String("vr")).toString().toLatin1();
    element.vr = vr.isEmpty() ? dictionaryVr(element.tag)
        : vr.size() == 2      ? vrOf(vr.constData())
                              : quint16(0);
    if (!isVr(element.vr))
        return bad(tagText(element.tag));
    if (const QJsonValue uri = row.value(QLatin1String("BulkDataURI")); uri.isString()) {
        NARU_TRY(spend(2 * uri.toString().size()));
        element.bulk.emplace();
        element.bulk->uri = uri.toString();
        return {};
    }
    if (const QJsonValue binary = row.value(QLatin1String("InlineBinary")); binary.isString()) {
        if (vrRow(element.vr).form != ValueForm::Bytes)
            return bad(tagText(element.tag));
        const QByteArray text = binary.toString().toLatin1();
        NARU_TRY(spend(text.size()));
        auto decoded = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded)
            return bad(tagText(element.tag));
        element.bytes = *decoded;
        return {};
    }
    const QJsonValue list = row.value(QLatin1String("Value"));
    if (!list.isArray() && !list.isUndefined() && !list.isNull())
        return bad(tagText(element.tag));
    return values(element, list.toArray(), depth);
}

base::Result<DataSetValue> Reader::read(const QJsonObject &object, int depth)
{
    if (depth > m_limits.depth)
        return errors::TooDeep;
    DataSetValue out;
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (--m_limits.elements < 0)
            return tooLarge("elements");
        DataElement one;
        if (!readTag(it.key(), one.tag) || !it.value().isObject())
            return bad(QStringLiteral("tag"));
        NARU_TRY(element(one, it.value().toObject(), depth));
        if ((one.tag >> 16) > 0x0002 && (one.tag & 0xFFFF) != 0)
            out.put(std::move(one));
    }
    return out;
}

base::Result<QJsonDocument> parse(const QByteArray &json, const DataSetLimits &limits)
{
    // A value costs more as JSON than here, and an element has a frame of its own.
    if (json.size() > 2 * limits.bytes + 64 * limits.elements)
        return tooLarge("bytes");
    QJsonParseError error;
    QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error == QJsonParseError::DeepNesting)
        return errors::TooDeep;
    if (error.error == QJsonParseError::DocumentTooLarge)
        return tooLarge("bytes");
    if (error.error != QJsonParseError::NoError)
        return bad(error.errorString());
    return document;
}
} // namespace

base::Result<DataSetValue> fromJson(const QJsonObject &object, const DataSetLimits &limits)
{
    return Reader(limits).read(object, 0);
}

base::Result<DataSetValue> fromJson(const QByteArray &json, const DataSetLimits &limits)
{
    NARU_ASSIGN(const QJsonDocument document, parse(json, limits));
    if (!document.isObject())
        return bad(QStringLiteral("object"));
    return fromJson(document.object(), limits);
}

base::Result<std::vector<DataSetValue>> listFromJson(const QByteArray &json, const DataSetLimits &limits)
{
    NARU_ASSIGN(const QJsonDocument document, parse(json, limits));
    if (!document.isArray())
        return bad(QStringLiteral("array"));
    Reader reader(limits);
    std::vector<DataSetValue> out;
    for (const QJsonValue value : document.array()) {
        if (!value.isObject())
            return bad(QStringLiteral("array"));
        NARU_ASSIGN(DataSetValue set, reader.read(value.toObject(), 0));
        out.push_back(std::move(set));
    }
    return out;
}

} // namespace naru::imaging
