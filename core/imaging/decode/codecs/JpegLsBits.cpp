#include "core/imaging/decode/codecs/JpegLsBits.h"

namespace naru::imaging::codecs {

namespace {
std::uint64_t swapped(std::uint64_t word)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return __builtin_bswap64(word);
#else
    return word;
#endif
}

bool hasFF(std::uint64_t word)
{
    const std::uint64_t inverse = ~word; // a zero byte there
    return ((inverse - 0x0101010101010101ULL) & ~inverse & 0x8080808080808080ULL) != 0;
}
} // namespace

JpegLsBytes::JpegLsBytes(const std::uint8_t *at, const std::uint8_t *end, std::size_t padding)
    : m_bytes(std::make_unique_for_overwrite<std::uint8_t[]>(std::size_t(end - at) + padding + 16))
{
    std::uint8_t *to = m_bytes.get();
    unsigned held = 0; // bits at the top of `rest`, fewer than 8
    std::uint64_t rest = 0;
    bool afterFF = false;
    while (at < end) {
        std::uint64_t word = 0;
        if (!afterFF && end - at >= 8) {
            std::memcpy(&word, at, 8);
            if (!hasFF(word)) {
                word = swapped(word);
                const std::uint64_t whole = swapped(rest | word >> held);
                std::memcpy(to, &whole, 8);
                rest = (word << 1) << (63 - held);
                to += 8;
                at += 8;
                continue;
            }
        }
        const unsigned width = afterFF ? 7 : 8;
        const std::uint64_t byte = *at++;
        afterFF = byte == 0xFF;
        rest |= (byte & (0xFFU >> (8 - width))) << (64 - width - held);
        held += width;
        if (held >= 8) {
            *to++ = std::uint8_t(rest >> 56);
            rest <<= 8;
            held -= 8;
        }
    }
    m_bits = std::uint64_t(to - m_bytes.get()) * 8 + held;
    *to++ = std::uint8_t(rest >> 56) | std::uint8_t(0xFFU >> held);
    std::memset(to, 0xFF, padding + 8); // a refill reads 8 bytes
}

} // namespace naru::imaging::codecs
