// The arithmetic decoder of JPEG 2000 (ISO/IEC 15444-1 Annex C). Interval and code lie in the upper 16 bits
// of 64-bit words, so that bytes come in six at a time and a renormalisation is one shift.
#pragma once

#include <cstdint>
#include <span>

namespace naru::imaging::codecs {

// Table C.2, each row twice: once for either value of the more probable symbol. What follows is here as well,
// so that nothing waits for its own row.
struct MqState {
    const MqState *afterMps = nullptr, *afterLps = nullptr;
    std::uint64_t qeAfterMps = 0, qeAfterLps = 0;
    std::uint32_t symbol = 0; // the more probable one
    std::uint32_t lpsShift = 0; // that makes the state's own probability 0x8000 or more
};

struct MqContext {
    std::uint64_t qe = 0; // in the upper 16 bits
    const MqState *state = nullptr;
};
MqContext mqContext(int row); // whose more probable symbol is 0

// The bytes of a code block with the stuffing taken out (C.3.4). They end at a marker or at the last byte;
// what follows is ones.
class MqBytes {
public:
    MqBytes() = default;
    explicit MqBytes(std::span<const std::uint8_t> bytes)
        : m_at(bytes.data())
        , m_end(bytes.data() + bytes.size())
    {
    }
    struct Gain {
        std::uint64_t code = 0; // to be added
        std::int64_t bits = 0; // valid ones below the upper 16
    };
    Gain pull(std::int64_t bits); // from so many, -15 to -1

private:
    const std::uint8_t *m_at = nullptr, *m_end = nullptr;
    bool m_stuffed = false; // the byte before was FF
};

// Copy it into a local variable for a loop, so that it stays in registers.
class MqDecoder {
public:
    explicit MqDecoder(MqBytes *bytes)
        : m_bytes(bytes)
    {
        more(bitsAtStart);
    }

    // Without a branch on the symbol, since half of them nobody can foretell: a quarter less time
    // than with, though more instructions (figures C.15 to C.19).
    [[gnu::always_inline]] std::uint32_t decode(MqContext &context)
    {
        const std::uint64_t qe = context.qe;
        const MqState *const state = context.state;
        const std::uint64_t upper = m_interval - qe;
        const std::uint64_t lower = mask(m_code < qe), halves = mask(upper < half);
        const std::uint64_t less = mask(upper < qe) ^ lower;
        const std::uint64_t upperShift = (halves & 1) + (upper < half / 2 ? 1 : 0); // 0x8000 - 0x5601 is left
        const std::uint64_t shift = pick(lower, state->lpsShift, upperShift);
        context.state = reinterpret_cast<const MqState *>(pick(less, std::uintptr_t(state->afterLps),
            pick(halves, std::uintptr_t(state->afterMps), std::uintptr_t(state))));
        context.qe = pick(less, state->qeAfterLps, pick(halves, state->qeAfterMps, qe));
        m_code = (m_code - (qe & ~lower)) << shift;
        m_interval = pick(lower, qe, upper) << shift;
        m_bits -= std::int64_t(shift);
        if (m_bits < 0) [[unlikely]]
            more(m_bits);
        return state->symbol ^ std::uint32_t(less & 1);
    }

    // The same for contexts which nearly always give the more probable symbol.
    [[gnu::always_inline]] std::uint32_t decodeLikely(MqContext &context)
    {
        const std::uint64_t upper = m_interval - context.qe, code = m_code - context.qe;
        if (std::int64_t((upper - half) | code) < 0) [[unlikely]]
            return decode(context);
        m_interval = upper;
        m_code = code;
        return context.state->symbol;
    }

private:
    static constexpr std::uint64_t half = std::uint64_t(0x8000) << 48;
    static constexpr std::int64_t bitsAtStart = -15; // C.3.5: the first bit of the code is none of a byte's

    // All ones or none; a compiler that knew which would make a branch of it.
    [[gnu::always_inline]] static std::uint64_t mask(bool is)
    {
        std::uint64_t out = 0 - std::uint64_t(is);
#if defined(__GNUC__)
        asm("" : "+r"(out));
#endif
        return out;
    }
    [[gnu::always_inline]] static std::uint64_t pick(std::uint64_t mask, std::uint64_t yes, std::uint64_t no)
    {
#if defined(__x86_64__) && defined(__GNUC__)
        asm("test %1, %1\n\tcmovne %2, %0" : "+r"(no) : "r"(mask), "r"(yes) : "cc");
        return no;
#else
        return no ^ ((no ^ yes) & mask);
#endif
    }

    [[gnu::always_inline]] void more(std::int64_t bits)
    {
        const MqBytes::Gain gain = m_bytes->pull(bits);
        m_code += gain.code;
        m_bits = gain.bits;
    }

    std::uint64_t m_interval = half, m_code = 0;
    std::int64_t m_bits = 0;
    MqBytes *m_bytes = nullptr;
};

} // namespace naru::imaging::codecs
