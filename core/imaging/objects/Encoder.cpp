#include "core/imaging/objects/Encoder.h"
#include "core/imaging/Errors.h"
#include "core/imaging/objects/Attributes.h"

#include <QtEndian>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace naru::imaging {

namespace {
constexpr quint32 Item = 0xFFFEE000, SequenceEnd = 0xFFFEE0DD, Undefined = 0xFFFFFFFF;
constexpr int MaximumDepth = 64;
constexpr qint64 ShortLength = 0xFFFE, LongLength = 0xFFFFFFFE;

template <typename T> void put(QByteArray &out, T value)
{
    std::array<char, sizeof(T)> raw{};
    qToLittleEndian(value, raw.data());
    out.append(raw.data(), sizeof(T));
}

// Clamped, since a value that does not fit must not become another one by wrapping around.
template <typename T> void putWhole(QByteArray &out, double value)
{
    using Limits = std::numeric_limits<T>;
    const double whole = std::isfinite(value) ? std::round(value) : 0;
    put(out, T(std::clamp(whole, double(Limits::min()), double(Limits::max()))));
}

void putNumber(QByteArray &out, quint16 vr, double value)
{
    switch (vr) {
    case vrOf("US"):
        return putWhole<quint16>(out, value);
    case vrOf("SS"):
        return putWhole<qint16>(out, value);
    case vrOf("SL"):
        return putWhole<qint32>(out, value);
    case vrOf("FL"):
        return put(out, std::bit_cast<quint32>(float(value)));
    case vrOf("FD"):
        return put(out, std::bit_cast<quint64>(value));
    case vrOf("AT"):
        put(out, quint16(quint32(qint64(value)) >> 16));
        return put(out, quint16(quint32(qint64(value))));
    default:
        return putWhole<quint32>(out, value);
    }
}

QByteArray valueOf(const DataElement &element)
{
    QByteArray out;
    const VrRow &row = vrRow(element.vr);
    if (row.form == ValueForm::Bytes)
        return element.bytes;
    if (row.form == ValueForm::Number) {
        for (const double value : element.numbers)
            putNumber(out, element.vr, value);
        return out;
    }
    if (element.vr == vrOf("SV") || element.vr == vrOf("UV")) {
        for (const QString &text : element.texts)
            put(out, element.vr == vrOf("SV") ? quint64(text.toLongLong()) : text.toULongLong());
        return out;
    }
    const QString all = element.texts.join(QLatin1Char('\\'));
    out = row.characters ? all.toUtf8() : all.toLatin1();
    if (out.size() % 2)
        out.append(element.vr == vrOf("UI") ? '\0' : ' ');
    return out;
}

bool isWritten(quint32 tag, bool top)
{
    // Command and meta elements have places of their own, group lengths are retired, and an item's characters
    // are those of the whole.
    return (tag >> 16) > 0x0002 && (tag & 0xFFFF) != 0 && (tag >> 16) != 0xFFFE
        && tag != attr::TrailingPadding && (top || tag != attr::CharacterSet);
}

base::Error tooLarge(quint32 tag)
{
    return base::Error(errors::TooLarge, {}, {{QStringLiteral("what"), tagText(tag)}});
}
} // namespace

qint64 Encoder::length() const
{
    qint64 all = m_bytes.size();
    for (const Hole &hole : m_holes)
        all += hole.bulk.length + hole.bulk.length % 2;
    return all;
}

void Encoder::header(quint32 tag, quint16 vr, quint32 length)
{
    put(m_bytes, quint16(tag >> 16));
    put(m_bytes, quint16(tag));
    if (!m_explicit || (tag >> 16) == 0xFFFE) {
        put(m_bytes, length);
        return;
    }
    m_bytes.append(char(vr >> 8)).append(char(vr & 0xFF));
    if (vrRow(vr).wide) {
        put(m_bytes, quint16(0));
        put(m_bytes, length);
    } else {
        put(m_bytes, quint16(length));
    }
}

void Encoder::append(const Encoder &other)
{
    for (Hole hole : other.m_holes) {
        hole.position += m_bytes.size();
        m_holes.push_back(hole);
    }
    m_bytes += other.m_bytes;
}

base::Status Encoder::addValue(quint32 tag, quint16 vr, QByteArray value)
{
    if (value.size() % 2)
        value.append('\0');
    if (value.size() > LongLength)
        return tooLarge(tag);
    // A text too long for 16 bits of length goes out as UN (PS3.5 6.2.2 note 5).
    if (m_explicit && !vrRow(vr).wide && value.size() > ShortLength)
        vr = vrOf("UN");
    header(tag, vr, quint32(value.size()));
    m_bytes += value;
    return {};
}

base::Status Encoder::addBulk(const DataElement &element)
{
    const BulkReference &bulk = *element.bulk;
    if (!bulk.uri.isEmpty() || bulk.length < 0 || bulk.offset < 0)
        return base::Error(errors::BulkMissing, {}, {{QStringLiteral("tag"), tagText(element.tag)}});
    if (bulk.length > LongLength)
        return tooLarge(element.tag);
    if (bulk.encapsulated) {
        header(element.tag, vrOf("OB"), Undefined);
        m_holes.push_back({m_bytes.size(), bulk});
        header(SequenceEnd, 0, 0);
        return {};
    }
    const bool wide = vrRow(element.vr).wide;
    header(element.tag, wide ? element.vr : vrOf("UN"), quint32(bulk.length + bulk.length % 2));
    m_holes.push_back({m_bytes.size(), bulk});
    return {};
}

base::Status Encoder::addItems(const DataElement &element)
{
    if (m_depth >= MaximumDepth)
        return errors::TooDeep;
    Encoder body(m_explicit);
    for (const DataSetValue &item : element.items) {
        Encoder inside(m_explicit);
        inside.m_depth = m_depth + 1;
        NARU_TRY(inside.add(item, false));
        if (inside.length() > LongLength)
            return tooLarge(element.tag);
        body.header(Item, 0, quint32(inside.length()));
        body.append(inside);
    }
    if (body.length() > LongLength)
        return tooLarge(element.tag);
    header(element.tag, vrOf("SQ"), quint32(body.length()));
    append(body);
    return {};
}

base::Status Encoder::add(const DataElement &element)
{
    if (vrRow(element.vr).form == ValueForm::Items)
        return addItems(element);
    if (element.bulk)
        return addBulk(element);
    return addValue(element.tag, element.vr, valueOf(element));
}

base::Status Encoder::add(const DataSetValue &set, bool top)
{
    bool characters = !top;
    const auto addCharacters = [this, &characters] {
        characters = true;
        return addValue(attr::CharacterSet, vrOf("CS"), "ISO_IR 192");
    };
    for (const DataElement &element : set.elements()) {
        if (!isWritten(element.tag, top))
            continue;
        if (!characters && element.tag >= attr::CharacterSet)
            NARU_TRY(addCharacters());
        if (element.tag != attr::CharacterSet)
            NARU_TRY(add(element));
    }
    if (!characters)
        NARU_TRY(addCharacters());
    return {};
}

} // namespace naru::imaging
