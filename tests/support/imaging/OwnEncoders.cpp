#include "tests/support/imaging/OwnEncoders.h"

#include <algorithm>
#include <array>

namespace naru::testsupport {

namespace {
QByteArray packBits(const QByteArray &plane)
{
    QByteArray out;
    qsizetype i = 0;
    while (i < plane.size()) {
        qsizetype run = 1;
        while (i + run < plane.size() && run < 128 && plane[i + run] == plane[i])
            ++run;
        if (run >= 2) {
            out.append(char(257 - run)).append(plane[i]);
            i += run;
            continue;
        }
        qsizetype literal = 1;
        while (i + literal < plane.size() && literal < 128
            && (i + literal + 1 >= plane.size() || plane[i + literal] != plane[i + literal + 1]))
            ++literal;
        out.append(char(literal - 1)).append(plane.mid(i, literal));
        i += literal;
    }
    if (out.size() % 2)
        out.append('\x80'); // no run: a legal way to pad
    return out;
}

void little32(QByteArray &out, quint32 value)
{
    for (int i = 0; i < 4; ++i)
        out.append(char(value >> (8 * i)));
}

QByteArray withHeader(const QList<QByteArray> &segments)
{
    QByteArray out;
    little32(out, quint32(segments.size()));
    quint32 at = 64;
    for (int i = 0; i < 15; ++i) {
        little32(out, i < segments.size() ? at : 0);
        at += i < segments.size() ? quint32(segments[i].size()) : 0;
    }
    for (const QByteArray &segment : segments)
        out += segment;
    return out;
}

void big16(QByteArray &out, int value)
{
    out.append(char(value >> 8)).append(char(value));
}

class BitWriter {
public:
    explicit BitWriter(QByteArray &out)
        : m_out(out)
    {
    }
    void put(std::uint32_t value, int count)
    {
        for (int i = count - 1; i >= 0; --i) {
            m_byte = m_byte << 1 | (value >> i & 1);
            if (++m_count == 8)
                flush();
        }
    }
    void align()
    {
        while (m_count > 0)
            put(1, 1);
    }

private:
    void flush()
    {
        m_out.append(char(m_byte));
        if ((m_byte & 0xFF) == 0xFF)
            m_out.append('\0');
        m_byte = 0;
        m_count = 0;
    }
    QByteArray &m_out;
    unsigned m_byte = 0;
    int m_count = 0;
};

// Lengths of the codes of categories 0..16: short, and long enough that no look-up table holds all.
constexpr std::array<int, 17> lengths{3, 3, 3, 3, 3, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14};

struct Codes {
    std::array<std::uint32_t, 17> code{};
    Codes()
    {
        std::uint32_t next = 0;
        for (std::size_t i = 0; i < 17; ++i) { // lengths ascend, so the order is canonical
            if (i > 0)
                next = (next + 1) << (lengths[i] - lengths[i - 1]);
            code[i] = next;
        }
    }
};

void putDifference(BitWriter &bits, int difference)
{
    static const Codes codes;
    const auto wrapped = int(std::int16_t(std::uint16_t(difference)));
    if (wrapped == -32768) {
        bits.put(codes.code[16], lengths[16]);
        return;
    }
    const int size = wrapped < 0 ? -wrapped : wrapped;
    int category = 0;
    while (size >> category)
        ++category;
    bits.put(codes.code[std::size_t(category)], lengths[std::size_t(category)]);
    bits.put(std::uint32_t(wrapped < 0 ? wrapped - 1 : wrapped) & ((1U << category) - 1), category);
}

class Lossless {
public:
    Lossless(const PlainImage &image, const LosslessOptions &options)
        : m_image(image)
        , m_options(options)
    {
    }
    QByteArray run()
    {
        m_out = QByteArray("\xFF\xD8", 2) + m_options.application;
        m_out.append("\xFF\xC4", 2);
        big16(m_out, 2 + 17 + 17);
        m_out.append('\0');
        for (int length = 1; length <= 16; ++length)
            m_out.append(char(std::count(lengths.begin(), lengths.end(), length)));
        for (int category = 0; category <= 16; ++category)
            m_out.append(char(category));
        m_out.append("\xFF\xC3", 2);
        big16(m_out, 8 + 3 * m_image.samples);
        m_out.append(char(m_image.bits));
        big16(m_out, m_image.rows);
        big16(m_out, m_image.columns);
        m_out.append(char(m_image.samples));
        for (int c = 0; c < m_image.samples; ++c)
            m_out.append(char(c + 1)).append('\x11').append('\0');
        if (m_options.restartRows > 0) {
            m_out.append("\xFF\xDD", 2);
            big16(m_out, 4);
            big16(m_out, m_options.restartRows * m_image.columns);
        }
        if (m_options.scans) {
            for (int c = 0; c < m_image.samples; ++c)
                scan(c, 1);
        } else {
            scan(0, m_image.samples);
        }
        return m_out.append("\xFF\xD9", 2);
    }

private:
    int at(int y, int x, int c) const
    {
        const auto i =
            (std::size_t(y) * std::size_t(m_image.columns) + std::size_t(x)) * std::size_t(m_image.samples)
            + std::size_t(c);
        return int(m_image.pattern(i) >> m_options.point);
    }
    int guess(int y, int x, int c, bool firstRow) const
    {
        if (firstRow)
            return x == 0 ? 1 << (m_image.bits - m_options.point - 1) : at(y, x - 1, c);
        if (x == 0)
            return at(y - 1, 0, c);
        const int a = at(y, x - 1, c), b = at(y - 1, x, c), d = at(y - 1, x - 1, c);
        const int all[8] = {0, a, b, d, a + b - d, a + ((b - d) >> 1), b + ((a - d) >> 1), (a + b) >> 1};
        return all[m_options.predictor];
    }
    void scan(int first, int count)
    {
        m_out.append("\xFF\xDA", 2);
        big16(m_out, 6 + 2 * count);
        m_out.append(char(count));
        for (int c = 0; c < count; ++c)
            m_out.append(char(first + c + 1)).append('\0');
        m_out.append(char(m_options.predictor)).append('\0').append(char(m_options.point));
        BitWriter bits(m_out);
        int interval = 0;
        for (int y = 0; y < m_image.rows; ++y) {
            const bool restart = m_options.restartRows > 0 && y > 0 && y % m_options.restartRows == 0;
            if (restart) {
                bits.align();
                m_out.append('\xFF').append(char(0xD0 + interval++ % 8));
            }
            for (int x = 0; x < m_image.columns; ++x) {
                for (int c = first; c < first + count; ++c)
                    putDifference(bits, at(y, x, c) - guess(y, x, c, y == 0 || restart));
            }
        }
        bits.align();
    }
    const PlainImage &m_image;
    const LosslessOptions &m_options;
    QByteArray m_out{};
};
} // namespace

QByteArray encodeRle(const PlainImage &image)
{
    QList<QByteArray> segments;
    for (int s = 0; s < image.samples; ++s) {
        for (int b = image.bytes() - 1; b >= 0; --b) {
            QByteArray plane;
            for (std::size_t i = std::size_t(s); i < image.values.size(); i += std::size_t(image.samples))
                plane.append(char(image.pattern(i) >> (8 * b)));
            segments.append(packBits(plane));
        }
    }
    return withHeader(segments);
}

QByteArray encodeRleBits(const PlainImage &image)
{
    QByteArray packed(qsizetype(image.values.size() + 7) / 8, '\0');
    for (std::size_t i = 0; i < image.values.size(); ++i) {
        if (image.values[i] & 1)
            packed[qsizetype(i / 8)] = char(packed[qsizetype(i / 8)] | 1 << (i % 8));
    }
    return withHeader({packBits(packed)});
}

QByteArray encodeLossless(const PlainImage &image, const LosslessOptions &options)
{
    return Lossless(image, options).run();
}

} // namespace naru::testsupport
