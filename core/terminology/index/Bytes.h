// Numbers and short texts in few bytes, for the records of an index file. Reading never leaves the span it
// was given: a damaged record reads as zeros and empty texts.
#pragma once

#include <QString>

#include <cstdint>
#include <span>
#include <string>

namespace naru::terminology {

class ByteWriter {
public:
    explicit ByteWriter(std::string &out)
        : m_out(out)
    {
    }
    void byte(unsigned value) { m_out.push_back(char(value)); }
    void number(std::uint64_t value);
    // ASCII one byte, a Hangul syllable two, anything else three.
    void text(QStringView text);

private:
    std::string &m_out;
};

class ByteReader {
public:
    explicit ByteReader(std::span<const unsigned char> bytes)
        : m_at(bytes.data())
        , m_end(bytes.data() + bytes.size())
    {
    }
    unsigned byte() { return m_at < m_end ? *m_at++ : 0; }
    std::uint64_t number()
    {
        if (m_at < m_end && *m_at < 0x80) // nearly all of them
            return *m_at++;
        return longNumber();
    }
    QString text();
    // Like text() == other, but without making a string; the reader stands behind the text afterwards.
    int compareText(QStringView other);
    // The first three characters of a text, a byte each, the first one highest.
    std::uint32_t textHead();

private:
    std::uint64_t longNumber();
    char16_t unit();
    const unsigned char *m_at;
    const unsigned char *m_end;
};

} // namespace naru::terminology
