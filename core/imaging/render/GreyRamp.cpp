#include "core/imaging/render/GreyRamp.h"

#include <algorithm>
#include <limits>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace naru::imaging {

namespace {
template <typename T> unsigned char greyOf(T sample, const Ramp &ramp)
{
    if (ramp.hasPadding && sample >= ramp.paddingLow && sample <= ramp.paddingHigh)
        return 0;
    float value = (float(sample) - ramp.origin) * ramp.scale + (ramp.offset + 0.5F);
    value = value < 255.0F ? value : 255.0F;
    value = value > 0.0F ? value : 0.0F;
    return (unsigned char)(int(value));
}

#if defined(__SSE2__)
// Written out, since compilers clamp as floats and narrow step by step, which takes three times as long. The
// same operations in the same order as greyOf, four at a time; narrowing saturates at both ends, so that only
// what exceeds the range of int must be cut before. Every x86-64 has these instructions.
struct Vectors {
    __m128 origin, scale, offset, top;

    explicit Vectors(const Ramp &ramp)
        : origin(_mm_set1_ps(ramp.origin))
        , scale(_mm_set1_ps(ramp.scale))
        , offset(_mm_set1_ps(ramp.offset + 0.5F))
        , top(_mm_set1_ps(255.0F))
    {
    }
    __m128i grey(__m128i stored) const
    {
        const __m128 away = _mm_sub_ps(_mm_cvtepi32_ps(stored), origin);
        return _mm_cvttps_epi32(_mm_min_ps(_mm_add_ps(_mm_mul_ps(away, scale), offset), top));
    }
};

// Eight samples as words, and their greys as words.
__m128i load(const std::int16_t *at)
{
    return _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
}
__m128i load(const std::uint16_t *at)
{
    return _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
}
__m128i load(const std::uint8_t *at)
{
    return _mm_unpacklo_epi8(_mm_loadl_epi64(reinterpret_cast<const __m128i *>(at)), _mm_setzero_si128());
}
__m128i load(const std::int8_t *at)
{
    const __m128i bytes = _mm_loadl_epi64(reinterpret_cast<const __m128i *>(at));
    return _mm_srai_epi16(_mm_unpacklo_epi8(bytes, bytes), 8);
}

template <typename T> __m128i greysOf(__m128i words, const Vectors &vectors)
{
    constexpr bool Unsigned = std::numeric_limits<T>::max() == std::numeric_limits<std::uint16_t>::max();
    const __m128i zero = _mm_setzero_si128();
    if constexpr (Unsigned)
        return _mm_packs_epi32(
            vectors.grey(_mm_unpacklo_epi16(words, zero)), vectors.grey(_mm_unpackhi_epi16(words, zero)));
    else
        return _mm_packs_epi32(vectors.grey(_mm_srai_epi32(_mm_unpacklo_epi16(words, words), 16)),
            vectors.grey(_mm_srai_epi32(_mm_unpackhi_epi16(words, words), 16)));
}

// All ones where a word is no padding. Unsigned words are compared as signed ones with the sign turned.
class Kept {
public:
    template <typename T> static Kept of(const Ramp &ramp, T)
    {
        constexpr bool Unsigned = std::numeric_limits<T>::max() == std::numeric_limits<std::uint16_t>::max();
        Kept out;
        const int turn = Unsigned ? 0x8000 : 0;
        out.m_turn = _mm_set1_epi16(short(turn));
        out.m_low = _mm_set1_epi16(short(ramp.paddingLow - turn));
        out.m_high = _mm_set1_epi16(short(ramp.paddingHigh - turn));
        return out;
    }
    __m128i operator()(__m128i words) const
    {
        const __m128i value = _mm_xor_si128(words, m_turn);
        return _mm_or_si128(_mm_cmplt_epi16(value, m_low), _mm_cmpgt_epi16(value, m_high));
    }

private:
    __m128i m_turn{}, m_low{}, m_high{};
};

template <bool Padded, typename T>
std::size_t vectors(const T *samples, std::size_t count, const Ramp &ramp, unsigned char *out)
{
    const Vectors vectors(ramp);
    const Kept kept = Kept::of(ramp, T{});
    std::size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        const __m128i a = load(samples + i), b = load(samples + i + 8);
        __m128i greys = _mm_packus_epi16(greysOf<T>(a, vectors), greysOf<T>(b, vectors));
        if constexpr (Padded)
            greys = _mm_and_si128(greys, _mm_packs_epi16(kept(a), kept(b)));
        _mm_storeu_si128(reinterpret_cast<__m128i *>(out + i), greys);
    }
    return i;
}
#endif

template <typename T> void apply(const T *samples, std::size_t count, Ramp ramp, unsigned char *out)
{
    using Limits = std::numeric_limits<T>;
    ramp.hasPadding =
        ramp.hasPadding && ramp.paddingHigh >= Limits::lowest() && ramp.paddingLow <= Limits::max();
    ramp.paddingLow = std::max(ramp.paddingLow, int(Limits::lowest()));
    ramp.paddingHigh = std::min(ramp.paddingHigh, int(Limits::max()));
    std::size_t i = 0;
#if defined(__SSE2__)
    i = ramp.hasPadding ? vectors<true>(samples, count, ramp, out)
                        : vectors<false>(samples, count, ramp, out);
#endif
    for (; i < count; ++i)
        out[i] = greyOf(samples[i], ramp);
}
} // namespace

void applyRamp(const std::uint8_t *samples, std::size_t count, const Ramp &ramp, unsigned char *out)
{
    apply(samples, count, ramp, out);
}

void applyRamp(const std::int8_t *samples, std::size_t count, const Ramp &ramp, unsigned char *out)
{
    apply(samples, count, ramp, out);
}

void applyRamp(const std::uint16_t *samples, std::size_t count, const Ramp &ramp, unsigned char *out)
{
    apply(samples, count, ramp, out);
}

void applyRamp(const std::int16_t *samples, std::size_t count, const Ramp &ramp, unsigned char *out)
{
    apply(samples, count, ramp, out);
}

} // namespace naru::imaging
