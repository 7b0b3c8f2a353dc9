#include "core/terminology/index/Bytes.h"

#include <algorithm>

namespace naru::terminology {

namespace {
constexpr char16_t firstSyllable = 0xAC00, lastSyllable = 0xD7A3;
constexpr unsigned wide = 0xFF;
} // namespace

void ByteWriter::number(std::uint64_t value)
{
    while (value >= 0x80) {
        byte(unsigned(value & 0x7F) | 0x80);
        value >>= 7;
    }
    byte(unsigned(value));
}

void ByteWriter::text(QStringView text)
{
    number(std::uint64_t(text.size()));
    for (const QChar c : text) {
        const unsigned u = c.unicode();
        if (u < 0x80) {
            byte(u);
        } else if (u >= firstSyllable && u <= lastSyllable) {
            byte(0x80 + ((u - firstSyllable) >> 8));
            byte((u - firstSyllable) & 0xFF);
        } else {
            byte(wide);
            byte(u >> 8);
            byte(u & 0xFF);
        }
    }
}

std::uint64_t ByteReader::longNumber()
{
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64 && m_at < m_end; shift += 7) {
        const unsigned next = *m_at++;
        value |= std::uint64_t(next & 0x7F) << shift;
        if (next < 0x80)
            break;
    }
    return value;
}

char16_t ByteReader::unit()
{
    const unsigned first = byte();
    if (first < 0x80)
        return char16_t(first);
    const unsigned second = byte();
    if (first != wide)
        return char16_t(firstSyllable + (((first - 0x80) << 8) | second));
    return char16_t((second << 8) | byte());
}

QString ByteReader::text()
{
    // A unit takes at least one byte: a damaged length asks for no more than is there.
    const auto size = std::min<std::uint64_t>(number(), std::uint64_t(m_end - m_at));
    if (size == 0)
        return {};
    QString out(qsizetype(size), Qt::Uninitialized);
    auto *to = reinterpret_cast<char16_t *>(out.data());
    const unsigned char *at = m_at;
    std::uint64_t i = 0;
    // Three bytes are the longest unit: as long as they are there, no byte needs to be asked for by itself.
    for (; i < size && m_end - at >= 3; ++i) {
        const unsigned first = *at;
        if (first < 0x80) {
            to[i] = char16_t(first);
            ++at;
        } else if (first != wide) {
            to[i] = char16_t(firstSyllable + (((first - 0x80) << 8) | at[1]));
            at += 2;
        } else {
            to[i] = char16_t((unsigned(at[1]) << 8) | at[2]);
            at += 3;
        }
    }
    m_at = at;
    for (; i < size; ++i)
        to[i] = unit();
    return out;
}

std::uint32_t ByteReader::textHead()
{
    const std::uint64_t size = number();
    std::uint32_t head = 0;
    for (std::uint64_t i = 0; i < 3; ++i)
        head = head << 8 | (i < size ? unit() & 0xFFU : 0U);
    return head;
}

int ByteReader::compareText(QStringView other)
{
    const auto size = std::min<std::uint64_t>(number(), std::uint64_t(m_end - m_at));
    int order = 0;
    for (std::uint64_t i = 0; i < size; ++i) {
        const char16_t own = unit();
        if (order == 0) {
            if (qsizetype(i) >= other.size())
                order = 1;
            else if (own != other[qsizetype(i)].unicode())
                order = own < other[qsizetype(i)].unicode() ? -1 : 1;
        }
    }
    return order != 0 ? order : qsizetype(size) < other.size() ? -1 : 0;
}

} // namespace naru::terminology
