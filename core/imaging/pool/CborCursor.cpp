#include "core/imaging/pool/CborCursor.h"

#include <QFloat16>
#include <QUtf8StringView>
#include <QtEndian>

#include <bit>
#include <limits>

namespace naru::imaging {

namespace {
// Major types, RFC 8949 section 3.1.
enum Major : quint8 { Unsigned, Negative, ByteString, TextString, Array, Map, Tag, Simple };
// Additional information, section 3: the argument itself, or how many bytes of it follow.
constexpr quint8 OneByte = 24, EightBytes = 27;
// Of major type 7, section 3.3.
constexpr quint8 False = 20, True = 21, Half = 25, Double = 27;
} // namespace

void CborCursor::readHead()
{
    const qsizetype left = m_bytes.size() - m_at;
    if (left < 1)
        return breakOff();
    const auto *from = reinterpret_cast<const uchar *>(m_bytes.data()) + m_at;
    const auto major = Major(*from >> 5);
    const auto info = quint8(*from & 31);
    const qsizetype follow = info < OneByte ? 0
        : info <= EightBytes                ? qsizetype(1) << (info - OneByte)
                                            : left;
    if (follow >= left) // so are lengths that are not stated, and what is reserved
        return breakOff();
    const uchar *const argument = from + 1;
    m_head.argument = follow == 0 ? info
        : follow == 1             ? *argument
        : follow == 2             ? qFromBigEndian<quint16>(argument)
        : follow == 4             ? qFromBigEndian<quint32>(argument)
                                  : qFromBigEndian<quint64>(argument);
    m_head.size = 1 + follow;
    m_head.negative = major == Negative;
    const quint64 behind = quint64(left - m_head.size);
    switch (major) {
    case Unsigned:
    case Negative:
        m_head.kind = Kind::Integer;
        return;
    case ByteString:
    case TextString:
        m_head.kind = major == TextString ? Kind::Text : Kind::Bytes;
        if (m_head.argument > behind
            || (major == TextString
                && !QUtf8StringView(m_bytes.data() + m_at + m_head.size, qsizetype(m_head.argument))
                        .isValidUtf8()))
            breakOff();
        return;
    case Array:
    case Map:
        m_head.kind = major == Map ? Kind::Map : Kind::Array;
        if (m_head.argument > (major == Map ? behind / 2 : behind)) // an element has a byte at least
            breakOff();
        return;
    case Major::Tag:
        m_head.kind = Kind::Tag;
        return;
    case Simple:
        readSimple(info);
        return;
    }
}

void CborCursor::readSimple(quint8 info)
{
    if (info == False || info == True)
        m_head.kind = Kind::Bool;
    else if (info >= Half && info <= Double)
        m_head.kind = Kind::Float;
    else if (info == OneByte && m_head.argument < 32)
        breakOff(); // section 3.3: not well-formed
    else
        m_head.kind = Kind::Other;
}

qint64 CborCursor::takeInteger()
{
    const Head head = m_head;
    leave();
    if (head.argument > quint64(std::numeric_limits<qint64>::max()))
        return 0;
    return head.negative ? -1 - qint64(head.argument) : qint64(head.argument);
}

double CborCursor::takeFloat()
{
    const Head head = m_head;
    leave();
    switch (head.size) {
    case 3:
        return double(float(std::bit_cast<qfloat16>(quint16(head.argument))));
    case 5:
        return double(std::bit_cast<float>(quint32(head.argument)));
    default:
        return std::bit_cast<double>(head.argument);
    }
}

bool CborCursor::takeBool()
{
    const bool value = m_head.argument == True;
    leave();
    return value;
}

QByteArrayView CborCursor::takeString()
{
    const auto size = qsizetype(m_head.argument);
    const QByteArrayView out = m_bytes.sliced(m_at + m_head.size, size);
    leave(size);
    return out;
}

qint64 CborCursor::enter()
{
    const auto count = qint64(m_head.argument);
    leave();
    return count;
}

// Without recursion: how deep it is does not matter.
void CborCursor::skip()
{
    for (qint64 left = 1; left > 0; --left) {
        switch (kind()) {
        case Kind::Broken:
            return;
        case Kind::Bytes:
        case Kind::Text:
            takeString();
            break;
        case Kind::Array:
            left += enter();
            break;
        case Kind::Map:
            left += 2 * enter();
            break;
        case Kind::Tag:
            ++left;
            leave();
            break;
        default:
            leave();
        }
    }
}

} // namespace naru::imaging
