#include "core/imaging/decode/DataSet.h"
#include "core/imaging/Errors.h"

#include <QtEndian>

#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace naru::imaging {

namespace {
constexpr quint32 Item = 0xFFFEE000, ItemEnd = 0xFFFEE00D, SequenceEnd = 0xFFFEE0DD;
constexpr quint32 Undefined = 0xFFFFFFFF;

bool isLetters(quint16 vr)
{
    const auto upper = [](uchar c) { return c >= 'A' && c <= 'Z'; };
    return upper(uchar(vr >> 8)) && upper(uchar(vr & 0xFF));
}

// PS3.5 7.1.2: these, and every VR to come, have two reserved bytes and a length of 32 bits.
bool isWide(quint16 vr)
{
    static constexpr std::array narrow{"AE", "AS", "AT", "CS", "DA", "DS", "DT", "FL", "FD", "IS", "LO", "LT",
        "PN", "SH", "SL", "SS", "ST", "TM", "UI", "UL", "US"};
    for (const char *name : narrow) {
        if (vrOf(name) == vr)
            return false;
    }
    return true;
}

// Bytes of one binary number, 0 for text.
int numberSize(quint16 vr)
{
    switch (vr) {
    case vrOf("US"):
    case vrOf("SS"):
    case vrOf("OW"):
        return 2;
    case vrOf("UL"):
    case vrOf("SL"):
    case vrOf("FL"):
    case vrOf("AT"):
    case vrOf("OL"):
    case vrOf("OF"):
        return 4;
    case vrOf("FD"):
    case vrOf("SV"):
    case vrOf("UV"):
    case vrOf("OV"):
    case vrOf("OD"):
        return 8;
    default:
        return 0;
    }
}

template <typename T> T load(const char *at, bool bigEndian)
{
    return bigEndian ? qFromBigEndian<T>(at) : qFromLittleEndian<T>(at);
}

double numberAt(const char *at, quint16 vr, bool big)
{
    switch (vr) {
    case vrOf("SS"):
        return load<qint16>(at, big);
    case vrOf("SL"):
        return load<qint32>(at, big);
    case vrOf("FL"):
    case vrOf("OF"):
        return double(std::bit_cast<float>(load<quint32>(at, big)));
    case vrOf("FD"):
    case vrOf("OD"):
        return std::bit_cast<double>(load<quint64>(at, big));
    case vrOf("SV"):
        return double(load<qint64>(at, big));
    case vrOf("UV"):
    case vrOf("OV"):
        return double(load<quint64>(at, big));
    default:
        return numberSize(vr) == 2 ? double(load<quint16>(at, big)) : double(load<quint32>(at, big));
    }
}
} // namespace

struct DataSet::Cursor {
    qint64 position = 0, end = 0;
    bool done = false; // an item's delimiter was found
};

// False: the header does not fit before `end`.
bool DataSet::header(qint64 &position, qint64 end, Encoding encoding, Element &element, quint32 &length) const
{
    char raw[12];
    if (position > end - 8 || !m_source->read(position, {reinterpret_cast<std::byte *>(raw), 8}))
        return false;
    const bool big = encoding.bigEndian;
    element.tag = quint32(load<quint16>(raw, big)) << 16 | load<quint16>(raw + 2, big);
    element.vr = 0;
    const quint16 vr = quint16(uchar(raw[4]) << 8 | uchar(raw[5]));
    position += 8;
    // Delimiters have no VR, and a VR that is none means that someone wrote this element without.
    if ((element.tag >> 16) == 0xFFFE || !encoding.explicitVr || !isLetters(vr)) {
        length = load<quint32>(raw + 4, big);
    } else if (!isWide(vr)) {
        element.vr = vr;
        length = load<quint16>(raw + 6, big);
    } else {
        element.vr = vr;
        if (position > end - 4 || !m_source->read(position, {reinterpret_cast<std::byte *>(raw + 8), 4}))
            return false;
        position += 4;
        length = load<quint32>(raw + 8, big);
    }
    element.undefined = length == Undefined;
    element.offset = position;
    return true;
}

// Elements of an item of undefined length, up to and with its delimiter.
base::Status DataSet::skipItem(Cursor &cursor, Encoding encoding, int depth) const
{
    if (depth > ReadBudget::MaximumDepth)
        return errors::TooDeep;
    Element element;
    quint32 length = 0;
    while (header(cursor.position, cursor.end, encoding, element, length)) {
        if (--m_budget->elements < 0)
            return base::Error(errors::Malformed, {}, {{QStringLiteral("what"), QStringLiteral("elements")}});
        if (element.tag == ItemEnd)
            return {};
        if (element.tag == SequenceEnd) { // the item's delimiter is missing: let the sequence see its own
            cursor.position -= 8;
            return {};
        }
        if (element.undefined) {
            const bool unknown = element.vr == vrOf("UN"); // PS3.5 6.2.2 note 2: implicit VR inside
            NARU_TRY(skipUndefined(cursor, unknown ? Encoding{false, false} : encoding, depth + 1));
        } else if (length > cursor.end - cursor.position) {
            break;
        } else {
            cursor.position += length;
        }
    }
    cursor.position = cursor.end + 1; // beyond: the caller sees that the end is missing
    return {};
}

// The items of a sequence or of encapsulated pixels of undefined length, up to and with the delimiter.
base::Status DataSet::skipUndefined(Cursor &cursor, Encoding encoding, int depth) const
{
    if (depth > ReadBudget::MaximumDepth)
        return errors::TooDeep;
    Element element;
    quint32 length = 0;
    while (header(cursor.position, cursor.end, encoding, element, length)) {
        if (--m_budget->elements < 0)
            return base::Error(errors::Malformed, {}, {{QStringLiteral("what"), QStringLiteral("items")}});
        if (element.tag == SequenceEnd)
            return {};
        if (element.tag != Item)
            break;
        if (element.undefined) {
            NARU_TRY(skipItem(cursor, encoding, depth + 1));
        } else if (length > cursor.end - cursor.position) {
            break;
        } else {
            cursor.position += length;
        }
    }
    cursor.position = cursor.end + 1;
    return {};
}

base::Status DataSet::readElement(Cursor &cursor)
{
    Element element;
    quint32 length = 0;
    const qint64 start = cursor.position;
    if (!header(cursor.position, cursor.end, m_encoding, element, length)) {
        m_truncated = start < cursor.end;
        cursor.done = true;
        return {};
    }
    if (--m_budget->elements < 0)
        return base::Error(errors::Malformed, {}, {{QStringLiteral("what"), QStringLiteral("elements")}});
    if (element.tag == ItemEnd || element.tag == SequenceEnd) {
        // Ends an item of undefined length; at the top level it is a stray that writers are known to leave.
        cursor.done = m_depth > 0 && element.tag == ItemEnd;
        return {};
    }
    if (element.undefined) {
        const bool unknown = element.vr == vrOf("UN");
        NARU_TRY(skipUndefined(cursor, unknown ? Encoding{false, false} : m_encoding, m_depth + 1));
        const bool whole = cursor.position <= cursor.end;
        cursor.position = qMin(cursor.position, cursor.end);
        element.length = cursor.position - element.offset - (whole ? 8 : 0);
        m_truncated = m_truncated || !whole;
    } else if (length > cursor.end - cursor.position) {
        element.length = cursor.end - cursor.position;
        m_truncated = true;
        cursor.position = cursor.end;
    } else {
        element.length = length;
        cursor.position += length;
    }
    m_elements.push_back(element);
    return {};
}

base::Result<DataSet> DataSet::read(std::shared_ptr<const ByteSource> source, qint64 begin, qint64 end,
    Encoding encoding, std::shared_ptr<ReadBudget> budget, int depth)
{
    if (depth > ReadBudget::MaximumDepth)
        return errors::TooDeep;
    DataSet set;
    set.m_source = std::move(source);
    set.m_budget = std::move(budget);
    set.m_encoding = encoding;
    set.m_depth = depth;
    Cursor cursor{begin, qMin(end, set.m_source->size())};
    while (!cursor.done && cursor.position < cursor.end)
        NARU_TRY(set.readElement(cursor));
    set.m_end = cursor.position;
    return set;
}

DataSet DataSet::readMeta(std::shared_ptr<const ByteSource> source, qint64 begin)
{
    DataSet set;
    set.m_source = std::move(source);
    set.m_budget = std::make_shared<ReadBudget>();
    set.m_end = begin;
    Element element;
    quint32 length = 0;
    const qint64 size = set.m_source->size();
    for (qint64 position = begin; set.header(position, size, {}, element, length);) {
        if ((element.tag >> 16) != 0x0002 || element.undefined || length > size - position
            || set.m_elements.size() > 1000)
            break;
        position += length;
        element.length = length;
        set.m_elements.push_back(element);
        set.m_end = position;
    }
    return set;
}

const Element *DataSet::find(quint32 tag) const
{
    for (const Element &element : m_elements) {
        if (element.tag == tag)
            return &element;
    }
    return nullptr;
}

QByteArray DataSet::bytes(quint32 tag, qint64 limit) const
{
    const Element *element = find(tag);
    if (!element || element->length <= 0 || element->length > limit)
        return {};
    return m_source->bytes(element->offset, element->length);
}

std::vector<double> DataSet::numbers(quint32 tag, const char *vr, int most) const
{
    const Element *element = find(tag);
    if (!element)
        return {};
    const quint16 given = element->vr == 0 || element->vr == vrOf("UN") ? vrOf(vr) : element->vr;
    const QByteArray raw = bytes(tag);
    std::vector<double> out;
    if (const int size = numberSize(given); size > 0) {
        for (qsizetype at = 0; at + size <= raw.size() && int(out.size()) < most; at += size)
            out.push_back(numberAt(raw.constData() + at, given, m_encoding.bigEndian));
        return out;
    }
    for (const QByteArray &part : raw.split('\\')) {
        bool good = false;
        QByteArray text = part;
        text.replace('\0', ' ');
        text = text.trimmed();
        // Not a number stands where it was, so that the others keep their places.
        const double value = text.toDouble(&good);
        out.push_back(good ? value : std::numeric_limits<double>::quiet_NaN());
        if (int(out.size()) >= most)
            break;
    }
    return out;
}

std::optional<double> DataSet::number(quint32 tag, const char *vr) const
{
    const std::vector<double> all = numbers(tag, vr, 1);
    if (all.empty() || !std::isfinite(all.front()))
        return std::nullopt;
    return all.front();
}

int DataSet::integer(quint32 tag, const char *vr, int absent) const
{
    const auto value = number(tag, vr);
    return value && std::abs(*value) < 2147483647.0 ? int(*value) : absent;
}

QString DataSet::ascii(quint32 tag) const
{
    QString text = QString::fromLatin1(bytes(tag, 4096));
    text.remove(QChar(u'\0'));
    return text.trimmed();
}

QStringList DataSet::asciis(quint32 tag) const
{
    QStringList parts = ascii(tag).split(QLatin1Char('\\'));
    for (QString &part : parts)
        part = part.trimmed();
    return parts == QStringList{QString()} ? QStringList() : parts;
}

std::vector<quint16> DataSet::words(quint32 tag, int most) const
{
    const QByteArray raw = bytes(tag, qint64(most) * 2);
    std::vector<quint16> out(std::size_t(raw.size() / 2));
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = load<quint16>(raw.constData() + 2 * i, m_encoding.bigEndian);
    return out;
}

std::vector<DataSet> DataSet::items(quint32 tag, int most) const
{
    const Element *sequence = find(tag);
    std::vector<DataSet> out;
    if (!sequence || (sequence->vr != 0 && sequence->vr != vrOf("SQ") && sequence->vr != vrOf("UN")))
        return out;
    const Encoding inside = sequence->vr == vrOf("UN") ? Encoding{false, false} : m_encoding;
    qint64 position = sequence->offset;
    const qint64 end = sequence->offset + sequence->length;
    Element element;
    quint32 length = 0;
    while (int(out.size()) < most && header(position, end, inside, element, length) && element.tag == Item) {
        const qint64 stop = element.undefined ? end : qMin(end, position + qint64(length));
        auto item = read(m_source, position, stop, inside, m_budget, m_depth + 1);
        if (!item)
            break;
        position = element.undefined ? item->end() : stop;
        out.push_back(std::move(item).value());
    }
    return out;
}

std::optional<DataSet> DataSet::firstItem(quint32 tag) const
{
    std::vector<DataSet> all = items(tag, 1);
    if (all.empty())
        return std::nullopt;
    return std::move(all.front());
}

} // namespace naru::imaging
