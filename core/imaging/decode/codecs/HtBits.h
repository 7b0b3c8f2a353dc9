// The three bit streams of an HT cleanup pass (ITU-T T.814 7.1 and 7.3).
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace naru::imaging::codecs {

static_assert(std::endian::native == std::endian::little);

// Bits without the stuffed ones, the first of them lowest: taken from anywhere, without a state to wait for.
template <std::size_t Bytes> class HtBits {
public:
    static constexpr std::size_t Capacity = Bytes;
    // At least 57 bits from there on.
    std::uint64_t at(std::size_t bit) const
    {
        std::uint64_t word = 0;
        std::memcpy(&word, m_bytes.data() + bit / 8, sizeof word);
        return word >> (bit % 8);
    }
    const std::uint8_t *byte(std::size_t bit) const { return m_bytes.data() + bit / 8; } // that holds it
    std::size_t size() const { return m_size; } // bits

protected:
    void begin() { m_at = m_rest = m_filled = 0; }
    void add(std::uint64_t value, unsigned bits)
    {
        m_rest |= value << m_filled;
        m_filled += bits;
        for (; m_filled >= 8; m_filled -= 8, m_rest >>= 8)
            m_bytes[m_at++] = std::uint8_t(m_rest);
    }
    void addWord(std::uint64_t word)
    {
        m_rest |= word << m_filled;
        std::memcpy(m_bytes.data() + m_at, &m_rest, sizeof m_rest);
        m_rest = word >> 1 >> (63 - m_filled);
        m_at += sizeof word;
    }
    void close(std::uint64_t behind) // what follows, 64 bits of it
    {
        m_size = 8 * m_at + m_filled;
        addWord(behind);
        std::memcpy(m_bytes.data() + m_at, &behind, sizeof behind);
    }
    static bool holds(std::uint64_t word, std::uint64_t ones) // a byte with all of these bits
    {
        constexpr std::uint64_t each = 0x0101010101010101;
        const std::uint64_t missing = ~word & (each * ones);
        return ((missing - each) & ~missing & (each << 7)) != 0;
    }

private:
    std::array<std::uint8_t, Bytes> m_bytes{};
    std::size_t m_size = 0, m_at = 0;
    std::uint64_t m_rest = 0;
    unsigned m_filled = 0; // bits of m_rest
};

// Magnitudes and signs: forward from the first byte, ones behind the last. A block has no more than 4096
// samples of less than 32 bits, and a row of quads 2048 of them.
class HtMagnitudes : public HtBits<16384 + 8192 + 64> {
public:
    static constexpr std::size_t Most = 16384;
    bool read(std::span<const std::uint8_t> bytes);
    std::size_t end() const { return size() + 8; } // 7.1.2: a last byte FF is left out
};

// Variable length codes: backward from the nibble before the last byte but one.
class HtCodeBits : public HtBits<4096 + 2048> {
public:
    bool read(std::span<const std::uint8_t> trailer);
};

// Adaptive run lengths: forward, ones behind the last.
class HtRuns {
public:
    void begin(std::span<const std::uint8_t> trailer);
    bool event() // whether there is something
    {
        if (m_zeros == 0 && !m_one)
            next();
        if (m_zeros > 0) {
            --m_zeros;
            return false;
        }
        m_one = false;
        return true;
    }
    bool good() const { return m_good; }

private:
    void next();
    unsigned bit();

    std::span<const std::uint8_t> m_trailer{};
    std::size_t m_at = 0;
    unsigned m_byte = 0, m_bits = 0, m_state = 0, m_zeros = 0;
    bool m_one = false, m_good = true;
};

} // namespace naru::imaging::codecs
