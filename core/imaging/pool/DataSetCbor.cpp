#include "core/imaging/pool/DataSetCbor.h"

#include <QCborArray>
#include <QtEndian>

#include <bit>

namespace naru::imaging {

// A data set is an array of elements; an element [tag, vr] and, when it has a value, a third member: texts as
// an array of strings, numbers as the bytes of doubles, bytes as they are, a bulk reference as an array of
// four numbers, items as an array of data sets.
namespace {
constexpr qsizetype BulkMembers = 4;

QCborValue numbersValue(const std::vector<double> &numbers)
{
    QByteArray raw(qsizetype(numbers.size() * sizeof(double)), Qt::Uninitialized);
    char *at = raw.data();
    for (const double number : numbers) {
        qToLittleEndian(std::bit_cast<quint64>(number), at);
        at += sizeof(double);
    }
    return raw;
}

QCborValue valueOf(const DataElement &element)
{
    if (element.bulk)
        return QCborArray{element.bulk->offset, element.bulk->length, element.bulk->encapsulated ? 1 : 0,
            element.bulk->swap};
    switch (vrRow(element.vr).form) {
    case ValueForm::Text:
        return QCborArray::fromStringList(element.texts);
    case ValueForm::Number:
        return numbersValue(element.numbers);
    case ValueForm::Bytes:
        return element.bytes;
    case ValueForm::Items:
        break;
    }
    QCborArray items;
    for (const DataSetValue &item : element.items)
        items.append(toCbor(item));
    return items;
}

class Reader {
public:
    explicit Reader(const DataSetLimits &limits)
        : m_limits(limits)
    {
    }
    bool read(const QCborValue &value, DataSetValue &out, int depth);

private:
    bool element(const QCborArray &row, DataElement &out, int depth);
    bool bulk(const QCborArray &members, DataElement &out) const;
    bool texts(const QCborArray &values, DataElement &out);
    bool numbers(const QByteArray &raw, DataElement &out);
    bool spend(qint64 bytes)
    {
        m_limits.bytes -= bytes;
        return m_limits.bytes >= 0;
    }
    DataSetLimits m_limits;
};

bool Reader::bulk(const QCborArray &members, DataElement &out) const
{
    if (members.size() != BulkMembers)
        return false;
    BulkReference reference;
    reference.offset = members.at(0).toInteger(-1);
    reference.length = members.at(1).toInteger(-1);
    reference.encapsulated = members.at(2).toInteger() == 1;
    reference.swap = int(members.at(3).toInteger());
    const bool unit =
        reference.swap == 1 || reference.swap == 2 || reference.swap == 4 || reference.swap == 8;
    out.bulk = reference;
    return unit && reference.offset >= 0 && reference.length >= 0;
}

bool Reader::texts(const QCborArray &values, DataElement &out)
{
    // A text is at most three bytes for each one it had in the file.
    for (const QCborValue value : values) {
        if (!value.isString())
            return false;
        out.texts.append(value.toString());
        if (!spend(out.texts.last().size()))
            return false;
    }
    return true;
}

bool Reader::numbers(const QByteArray &raw, DataElement &out)
{
    if (raw.size() % qsizetype(sizeof(double)) != 0 || !spend(raw.size() / 4))
        return false;
    for (qsizetype i = 0; i < raw.size(); i += sizeof(double))
        out.numbers.push_back(std::bit_cast<double>(qFromLittleEndian<quint64>(raw.constData() + i)));
    return true;
}

bool Reader::element(const QCborArray &row, DataElement &out, int depth)
{
    const qint64 tag = row.at(0).toInteger(-1), vr = row.at(1).toInteger(-1);
    if (tag < 0 || tag > 0xFFFFFFFF || vr < 0 || vr > 0xFFFF || !isVr(quint16(vr)))
        return false;
    out.tag = quint32(tag);
    out.vr = quint16(vr);
    if (row.size() == 2)
        return true;
    const QCborValue value = row.at(2);
    switch (vrRow(out.vr).form) {
    case ValueForm::Text:
        return value.isArray() && texts(value.toArray(), out);
    case ValueForm::Number:
        return value.isByteArray() && numbers(value.toByteArray(), out);
    case ValueForm::Bytes:
        if (value.isArray())
            return bulk(value.toArray(), out);
        out.bytes = value.toByteArray();
        return value.isByteArray() && spend(out.bytes.size());
    case ValueForm::Items:
        break;
    }
    if (!value.isArray())
        return false;
    for (const QCborValue item : value.toArray()) {
        if (!read(item, out.items.emplace_back(), depth + 1))
            return false;
    }
    return true;
}

bool Reader::read(const QCborValue &value, DataSetValue &out, int depth)
{
    if (!value.isArray() || depth > m_limits.depth)
        return false;
    qint64 last = -1;
    for (const QCborValue row : value.toArray()) {
        DataElement one;
        const QCborArray members = row.toArray();
        if (--m_limits.elements < 0 || members.size() < 2 || members.size() > 3
            || !element(members, one, depth) || qint64(one.tag) <= last)
            return false;
        last = one.tag;
        out.put(std::move(one));
    }
    return true;
}
} // namespace

QCborValue toCbor(const DataSetValue &set)
{
    QCborArray out;
    for (const DataElement &element : set.elements()) {
        QCborArray row{qint64(element.tag), qint64(element.vr)};
        if (!element.empty())
            row.append(valueOf(element));
        out.append(row);
    }
    return out;
}

std::optional<DataSetValue> dataSetFromCbor(const QCborValue &value, const DataSetLimits &limits)
{
    DataSetValue out;
    if (!Reader(limits).read(value, out, 0))
        return std::nullopt;
    return out;
}

} // namespace naru::imaging
