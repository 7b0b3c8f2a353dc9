#include "app/practice/seed/imaging/DicomObject.h"

#include "core/base/Oid.h"

#include <QJsonArray>
#include <QtEndian>

#include <bit>
#include <cstring>

namespace naru::practice {

namespace {
template <typename T> void append(QByteArray &out, T value)
{
    const T little = qToLittleEndian(value);
    out.append(reinterpret_cast<const char *>(&little), sizeof little);
}

bool hasLongLength(const QByteArray &vr)
{
    return vr == "OB" || vr == "OW" || vr == "SQ" || vr == "UR" || vr == "UT" || vr == "UN";
}

QByteArray even(QByteArray value, char pad)
{
    if (value.size() % 2 != 0)
        value.append(pad);
    return value;
}

QString shortDecimal(double value)
{
    QString text = QString::number(value, 'g', 10);
    return text.size() <= 16 ? text : QString::number(value, 'g', 8);
}
} // namespace

DicomObject &DicomObject::text(quint32 tag, const char *vr, const QString &value)
{
    m_elements[tag] = {vr, even(value.toUtf8(), std::strcmp(vr, "UI") == 0 ? '\0' : ' '), value, {}, {}};
    return *this;
}

DicomObject &DicomObject::decimals(quint32 tag, const QList<double> &values)
{
    QStringList texts;
    for (const double value : values)
        texts.append(shortDecimal(value));
    text(tag, "DS", texts.join(QLatin1Char('\\')));
    m_elements[tag].numbers = values;
    return *this;
}

DicomObject &DicomObject::shorts(quint32 tag, const QList<int> &values)
{
    Element element{"US", {}, {}, {}, {}};
    for (const int value : values) {
        append(element.value, quint16(value));
        element.numbers.append(value);
    }
    m_elements[tag] = element;
    return *this;
}

DicomObject &DicomObject::longs(quint32 tag, const QList<quint32> &values)
{
    Element element{"UL", {}, {}, {}, {}};
    for (const quint32 value : values) {
        append(element.value, value);
        element.numbers.append(value);
    }
    m_elements[tag] = element;
    return *this;
}

DicomObject &DicomObject::doubles(quint32 tag, const QList<double> &values)
{
    Element element{"FD", {}, {}, values, {}};
    for (const double value : values)
        append(element.value, std::bit_cast<quint64>(value));
    m_elements[tag] = element;
    return *this;
}

DicomObject &DicomObject::bytes(quint32 tag, const char *vr, const QByteArray &value)
{
    m_elements[tag] = {vr, even(value, '\0'), {}, {}, {}};
    return *this;
}

DicomObject &DicomObject::items(quint32 tag, const QList<DicomObject> &items)
{
    m_elements[tag] = {"SQ", {}, {}, {}, items};
    return *this;
}

QString DicomObject::value(quint32 tag) const
{
    const auto found = m_elements.find(tag);
    return found == m_elements.end() ? QString() : found->second.text;
}

QByteArray DicomObject::encoded(quint32 tag, const Element &element)
{
    QByteArray value = element.value;
    for (const DicomObject &item : element.items) {
        const QByteArray inside = item.dataSet();
        append(value, quint16(0xFFFE));
        append(value, quint16(0xE000));
        append(value, quint32(inside.size()));
        value += inside;
    }
    QByteArray out;
    append(out, quint16(tag >> 16));
    append(out, quint16(tag & 0xFFFF));
    out += element.vr;
    if (hasLongLength(element.vr)) {
        append(out, quint16(0));
        append(out, quint32(value.size()));
    } else {
        append(out, quint16(value.size()));
    }
    return out + value;
}

QByteArray DicomObject::dataSet() const
{
    QByteArray out;
    for (const auto &[tag, element] : m_elements)
        out += encoded(tag, element);
    return out;
}

QByteArray DicomObject::part10() const
{
    DicomObject meta;
    meta.bytes(0x00020001, "OB", QByteArray("\0\1", 2));
    meta.text(0x00020002, "UI", value(0x00080016));
    meta.text(0x00020003, "UI", value(0x00080018));
    meta.text(0x00020010, "UI", base::oid("tsExplicitLE").text());
    meta.text(0x00020012, "UI", base::oid("naruImplementation").text());
    meta.text(0x00020013, "SH", QStringLiteral("NARU_PRACTICE"));
    const QByteArray group = meta.dataSet();
    DicomObject length;
    length.longs(0x00020000, {quint32(group.size())});
    return QByteArray(128, '\0') + "DICM" + length.dataSet() + group + dataSet();
}

// PS3.18 F.2.2: person names are objects, DS and IS numbers, sequences objects.
QJsonValue DicomObject::jsonValues(const Element &element)
{
    QJsonArray out;
    if (element.vr == "SQ") {
        for (const DicomObject &item : element.items)
            out.append(item.json());
    } else if (!element.numbers.isEmpty()) {
        for (const double number : element.numbers)
            out.append(number);
    } else {
        for (const QString &text : element.text.split(QLatin1Char('\\'))) {
            if (element.vr == "PN") {
                QJsonObject name;
                static constexpr std::array groups{"Alphabetic", "Ideographic", "Phonetic"};
                const QStringList parts = text.split(QLatin1Char('='));
                for (qsizetype i = 0; i < std::min<qsizetype>(parts.size(), 3); ++i) {
                    if (!parts[i].isEmpty())
                        name.insert(QLatin1String(groups[std::size_t(i)]), parts[i]);
                }
                out.append(name);
            } else if (element.vr == "IS" || element.vr == "DS") {
                out.append(text.toDouble());
            } else {
                out.append(text);
            }
        }
    }
    return out;
}

QJsonObject DicomObject::json(const QString &bulk) const
{
    QJsonObject out;
    for (const auto &[tag, element] : m_elements) {
        QJsonObject one{{QStringLiteral("vr"), QString::fromLatin1(element.vr)}};
        if (element.vr == "OB" || element.vr == "OW") {
            if (bulk.isEmpty())
                continue;
            one.insert(QStringLiteral("BulkDataURI"), bulk);
        } else if (element.vr == "SQ" || !element.numbers.isEmpty() || !element.text.isEmpty()) {
            one.insert(QStringLiteral("Value"), jsonValues(element));
        }
        out.insert(QStringLiteral("%1").arg(tag, 8, 16, QLatin1Char('0')).toUpper(), one);
    }
    return out;
}

} // namespace naru::practice
