#include "core/base/Charset.h"

#include <iconv.h>
#include <memory>

namespace naru::base {

namespace {
constexpr int FirstLead = 0x81, LastLead = 0xFE, FirstTrail = 0x41, LastTrail = 0xFE;
constexpr int Trails = LastTrail - FirstTrail + 1;

// Every pair of CP949 in one table of 48 KB, filled once in a few milliseconds: a pair is then one look
// instead of a call of iconv(3), whose start-up per cell cost more than the cell.
class Cp949Table {
public:
    Cp949Table()
        : m_pairs(std::make_unique<char16_t[]>(std::size_t(LastLead - FirstLead + 1) * Trails))
    {
        const iconv_t converter =
            iconv_open(Q_BYTE_ORDER == Q_LITTLE_ENDIAN ? "UTF-16LE" : "UTF-16BE", "CP949");
        if (converter == iconv_t(-1))
            return;
        for (int lead = FirstLead; lead <= LastLead; ++lead) {
            for (int trail = FirstTrail; trail <= LastTrail; ++trail)
                m_pairs[index(lead, trail)] = convert(converter, lead, trail);
        }
        iconv_close(converter);
        m_filled = true;
    }
    bool filled() const { return m_filled; }
    // 0: not a pair.
    char16_t at(uchar lead, uchar trail) const
    {
        return lead < FirstLead || lead > LastLead || trail < FirstTrail || trail > LastTrail
            ? char16_t(0)
            : m_pairs[index(lead, trail)];
    }

private:
    static std::size_t index(int lead, int trail)
    {
        return std::size_t(lead - FirstLead) * Trails + std::size_t(trail - FirstTrail);
    }
    static char16_t convert(iconv_t converter, int lead, int trail)
    {
        char bytes[2] = {char(lead), char(trail)};
        char16_t unit[2] = {0, 0};
        char *in = bytes, *out = reinterpret_cast<char *>(unit);
        std::size_t inLeft = 2, outLeft = sizeof(unit);
        iconv(converter, nullptr, nullptr, nullptr, nullptr);
        const bool ok = iconv(converter, &in, &inLeft, &out, &outLeft) != std::size_t(-1);
        return ok && outLeft == sizeof(char16_t) ? unit[0] : char16_t(0);
    }

    std::unique_ptr<char16_t[]> m_pairs;
    bool m_filled = false;
};

const Cp949Table &cp949()
{
    static const Cp949Table table;
    return table;
}

// Length of the well-formed UTF-8 sequence at the start (Unicode, table 3-7); 0 when there is none.
int utf8Length(QByteArrayView at)
{
    const uchar first = uchar(at[0]);
    if (first < 0x80)
        return 1;
    const int length = first >= 0xC2 && first <= 0xDF ? 2
        : (first & 0xF0) == 0xE0                      ? 3
        : first >= 0xF0 && first <= 0xF4              ? 4
                                                      : 0;
    if (length == 0 || at.size() < length)
        return 0;
    for (int i = 1; i < length; ++i) {
        if ((uchar(at[i]) & 0xC0) != 0x80)
            return 0;
    }
    const uchar second = uchar(at[1]);
    const bool bad = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F)
        || (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
    return bad ? 0 : length;
}
} // namespace

qsizetype firstInvalidUtf8(QByteArrayView bytes)
{
    qsizetype i = 0;
    while (i < bytes.size()) {
        const int length = utf8Length(bytes.sliced(i));
        if (length == 0)
            return i;
        i += length;
    }
    return -1;
}

bool hasCp949()
{
    return cp949().filled();
}

qsizetype firstInvalidCp949(QByteArrayView bytes)
{
    const Cp949Table &table = cp949();
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const uchar first = uchar(bytes[i]);
        if (first < 0x80)
            continue;
        if (i + 1 >= bytes.size() || table.at(first, uchar(bytes[i + 1])) == 0)
            return i;
        ++i;
    }
    return -1;
}

qsizetype fromCp949(QByteArrayView bytes, QString &out)
{
    const Cp949Table &table = cp949();
    out.resize(bytes.size()); // no CP949 character is shorter in bytes than in UTF-16 units
    QChar *target = out.data();
    qsizetype i = 0, bad = -1;
    while (i < bytes.size()) {
        const uchar first = uchar(bytes[i++]);
        if (first < 0x80) {
            *target++ = QLatin1Char(char(first));
            continue;
        }
        const char16_t unit = i < bytes.size() ? table.at(first, uchar(bytes[i])) : char16_t(0);
        if (unit == 0) {
            bad = i - 1;
            break;
        }
        *target++ = QChar(unit);
        ++i;
    }
    out.resize(target - out.constData());
    return bad;
}

} // namespace naru::base
