#include "app/dimse/Elements.h"
#include "core/base/Oid.h"
#include "core/imaging/decode/CharacterSet.h"
#include "core/imaging/decode/Tags.h"
#include "core/imaging/dimse/DimseTypes.h"
#include "core/imaging/dimse/Errors.h"

#include <QtEndian>

namespace naru::dimse {

using namespace imaging;

namespace {
constexpr qint64 MostValue = 64 * 1024;
constexpr qsizetype MostText = 4096;

template <typename T> void append(QByteArray &out, T value)
{
    char raw[sizeof(T)];
    qToLittleEndian(value, raw);
    out.append(raw, sizeof raw);
}

void header(QByteArray &out, quint32 tag, const QByteArray &vr, quint32 length, bool explicitVr)
{
    append(out, quint16(tag >> 16));
    append(out, quint16(tag));
    if (explicitVr && vr == "SQ") {
        out += "SQ";
        append(out, quint16(0));
        append(out, length);
    } else if (explicitVr) {
        out += vr;
        append(out, quint16(length));
    } else {
        append(out, length);
    }
}

CharacterSet::Kind kindOf(const QByteArray &vr)
{
    if (vr == "PN")
        return CharacterSet::Kind::Name;
    return vr == "LT" || vr == "ST" || vr == "UT" ? CharacterSet::Kind::Text : CharacterSet::Kind::Values;
}
} // namespace

QByteArray encodeElements(const QCborArray &elements, bool explicitVr)
{
    QByteArray out;
    for (const QCborValue &one : elements) {
        const QCborArray element = one.toArray();
        const quint32 tag = quint32(element.at(0).toInteger());
        const QByteArray vr = element.at(1).toString().toLatin1();
        QByteArray value = element.at(2).toByteArray();
        const QCborArray items = element.at(2).toArray();
        for (const QCborValue &item : items) {
            const QByteArray body = encodeElements(item.toArray(), explicitVr);
            append(value, quint16(0xFFFE));
            append(value, quint16(0xE000));
            append(value, quint32(body.size()));
            value += body;
        }
        if (value.size() % 2)
            value += vr == "UI" ? '\0' : ' ';
        header(out, tag, vr, quint32(value.size()), explicitVr);
        out += value;
    }
    return out;
}

base::Result<DataSet> readElements(const QByteArray &bytes, const QByteArray &syntax, qint64 mostElements)
{
    const Encoding encoding{syntax != base::oid("tsImplicitLE").text().toLatin1(), false};
    const auto budget = std::make_shared<ReadBudget>();
    budget->elements = mostElements;
    const auto source = std::make_shared<const ByteSource>(bytes);
    auto set = DataSet::read(source, 0, bytes.size(), encoding, budget);
    if (!set || set->truncated())
        return imaging::dimse::errors::Garbage;
    return *set;
}

QCborMap texts(const DataSet &set, const QCborArray &wanted)
{
    const CharacterSet characters(set.asciis(tag::CharacterSet));
    QCborMap out;
    for (const QCborValue &one : wanted) {
        const quint32 number = quint32(one.toArray().at(0).toInteger());
        const QByteArray vr = one.toArray().at(1).toString().toLatin1();
        if (!set.has(number))
            continue;
        QString text = characters.decode(set.bytes(number, MostValue), kindOf(vr)).text.left(MostText);
        text.remove(QChar(0));
        out.insert(qint64(number), text.trimmed());
    }
    return out;
}

QStringList uids(const DataSet &set, quint32 tag, int most)
{
    QStringList out;
    for (const QString &uid : set.asciis(tag)) {
        if (imaging::dimse::validUid(uid) && out.size() < most)
            out.append(uid);
    }
    return out;
}

} // namespace naru::dimse
