// Bits of a JPEG-LS scan. The stuffing (a byte after FF carries seven bits, T.87 C.1) is taken out before the
// scan is decoded: the loop over samples then refills without asking.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>

namespace naru::imaging::codecs {

// The scan without its stuffing, and ones behind it, which end every code at once.
class JpegLsBytes {
public:
    JpegLsBytes(const std::uint8_t *at, const std::uint8_t *end, std::size_t padding);
    const std::uint8_t *begin() const { return m_bytes.get(); }
    std::uint64_t bits() const { return m_bits; } // without the padding

private:
    std::unique_ptr<std::uint8_t[]> m_bytes{};
    std::uint64_t m_bits = 0;
};

// Reads beyond the end as far as the padding goes; who reads asks over() once a line.
class JpegLsBits {
public:
    explicit JpegLsBits(const JpegLsBytes &bytes)
        : m_begin(bytes.begin())
        , m_at(bytes.begin())
        , m_total(bytes.bits())
    {
    }
    // At least 56 valid bits afterwards.
    [[gnu::always_inline]] inline void fill()
    {
        std::uint64_t next = 0;
        std::memcpy(&next, m_at, 8);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
        next = __builtin_bswap64(next);
#endif
        m_bits |= next >> m_count;
        m_at += (63 - m_count) >> 3;
        m_count |= 56;
    }
    [[gnu::always_inline]] inline std::uint64_t peek() const
    {
        return m_bits;
    }
    [[gnu::always_inline]] inline void drop(unsigned count)
    {
        m_bits <<= count;
        m_count -= count;
    }
    // count 0..32
    std::uint32_t take(unsigned count)
    {
        fill();
        const auto value = std::uint32_t((m_bits >> 1) >> (63 - count));
        drop(count);
        return value;
    }
    bool over() const
    {
        return std::uint64_t(m_at - m_begin) * 8 > m_total + m_count;
    } // bits that were not there have been used

private:
    const std::uint8_t *m_begin, *m_at;
    std::uint64_t m_total;
    std::uint64_t m_bits = 0;
    unsigned m_count = 0;
};

} // namespace naru::imaging::codecs
