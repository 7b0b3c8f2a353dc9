#include "core/imaging/objects/JsonModel.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <array>
#include <cmath>

namespace naru::imaging {

namespace {
constexpr std::array nameGroups{"Alphabetic", "Ideographic", "Phonetic"}; // PS3.18 F.2.2

// What no name has, a fourth group, stays with the third. "=": three groups of nothing are no name.
QJsonValue nameValue(QStringView text)
{
    while (text.endsWith(QLatin1Char('=')))
        text.chop(1);
    QJsonObject out;
    for (std::size_t i = 0; i < nameGroups.size() && !text.isEmpty(); ++i) {
        const qsizetype end = i + 1 < nameGroups.size() ? text.indexOf(QLatin1Char('=')) : -1;
        const QStringView group = end < 0 ? text : text.first(end);
        if (!group.isEmpty())
            out.insert(QLatin1String(nameGroups[i]), group.toString());
        text = end < 0 ? QStringView() : text.sliced(end + 1);
    }
    return out.isEmpty() ? QJsonValue() : out;
}

// A number when reading it back gives the same digits, else the string.
QJsonValue decimalValue(quint16 vr, const QString &text)
{
    bool good = false;
    const double value = text.toDouble(&good);
    constexpr double Exact = 9007199254740992.0; // 2^53
    if (!good || !std::isfinite(value))
        return text;
    const QString back = vr == vrOf("DS") ? decimalString(value)
        : std::abs(value) < Exact         ? QString::number(qint64(value))
                                          : QString();
    return back == text ? QJsonValue(value) : QJsonValue(text);
}

QJsonValue textValue(quint16 vr, const QString &text)
{
    if (text.isEmpty())
        return QJsonValue::Null;
    if (vr == vrOf("PN"))
        return nameValue(text);
    if (vr == vrOf("DS") || vr == vrOf("IS") || vr == vrOf("SV") || vr == vrOf("UV"))
        return decimalValue(vr, text);
    return text;
}

QJsonValue numberValue(quint16 vr, double value)
{
    if (vr == vrOf("AT"))
        return tagText(quint32(qint64(value)));
    if (std::isfinite(value))
        return value;
    // F.2.2 has no number for these; since 2021 strings are allowed.
    return std::isnan(value) ? QStringLiteral("NaN")
        : value > 0          ? QStringLiteral("inf")
                             : QStringLiteral("-inf");
}

QJsonArray valuesOf(const DataElement &element)
{
    QJsonArray out;
    for (const QString &text : element.texts)
        out.append(textValue(element.vr, text));
    for (const double value : element.numbers)
        out.append(numberValue(element.vr, value));
    for (const DataSetValue &item : element.items)
        out.append(toJsonObject(item));
    return out;
}
} // namespace

QJsonObject toJsonObject(const DataSetValue &set)
{
    QJsonObject out;
    for (const DataElement &element : set.elements()) {
        if ((element.tag >> 16) <= 0x0002 || (element.tag & 0xFFFF) == 0)
            continue;
        QJsonObject row{{QStringLiteral("vr"), vrName(element.vr)}};
        if (element.bulk) {
            if (!element.bulk->uri.isEmpty())
                row.insert(QStringLiteral("BulkDataURI"), element.bulk->uri);
        } else if (!element.bytes.isEmpty()) {
            row.insert(QStringLiteral("InlineBinary"), QString::fromLatin1(element.bytes.toBase64()));
        } else if (!element.empty()) {
            row.insert(QStringLiteral("Value"), valuesOf(element));
        }
        out.insert(tagText(element.tag), row);
    }
    return out;
}

QByteArray toJson(const DataSetValue &set)
{
    return QJsonDocument(toJsonObject(set)).toJson(QJsonDocument::Compact);
}

} // namespace naru::imaging
