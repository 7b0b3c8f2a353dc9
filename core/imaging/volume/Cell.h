// Between eight voxels: the innermost step of every cut that does not follow the rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace naru::imaging {

template <typename T> class Cell {
public:
    Cell(bool hasPadding, float low, float high)
        : m_hasPadding(hasPadding)
        , m_low(low)
        , m_high(high)
    {
    }
    // `at` is the corner with the lowest indices; fractions are 0..1. NaN when one of the eight is padding.
    float operator()(const T *at, std::size_t row, std::size_t slice, float fu, float fv, float fw) const
    {
        const float a = line(at, fu), b = line(at + row, fu), c = line(at + slice, fu),
                    d = line(at + slice + row, fu);
        const float near = a + fv * (b - a), far = c + fv * (d - c);
        return near + fw * (far - near);
    }

private:
    float line(const T *at, float f) const
    {
        const float a = value(at[0]), b = value(at[1]);
        return a + f * (b - a);
    }
    float value(T stored) const
    {
        const float v = float(stored);
        return m_hasPadding && v >= m_low && v <= m_high ? std::numeric_limits<float>::quiet_NaN() : v;
    }
    bool m_hasPadding;
    float m_low, m_high;
};

#if defined(__SSE2__)
// 16 bits: four pairs of neighbours at once. Every x86-64 has these instructions.
template <typename T> class WordCell {
public:
    WordCell(bool hasPadding, float low, float high)
        : m_hasPadding(hasPadding)
    {
        constexpr int Low = std::numeric_limits<T>::lowest(), High = std::numeric_limits<T>::max();
        // Unsigned words are compared as signed ones with the sign turned.
        const int turn = std::is_signed_v<T> ? 0 : 0x8000;
        m_hasPadding = m_hasPadding && high >= float(Low) && low <= float(High);
        const int from = m_hasPadding && low > float(Low) ? int(low) : Low;
        const int to = m_hasPadding && high < float(High) ? int(high) : High;
        m_turn = _mm_set1_epi16(short(turn));
        m_low = _mm_set1_epi16(short(from - turn));
        m_high = _mm_set1_epi16(short(to - turn));
    }
    float operator()(const T *at, std::size_t row, std::size_t slice, float fu, float fv, float fw) const
    {
        const __m128i pairs =
            _mm_set_epi32(pair(at + slice + row), pair(at + slice), pair(at + row), pair(at));
        if (m_hasPadding) {
            const __m128i words = _mm_xor_si128(pairs, m_turn);
            const __m128i kept = _mm_or_si128(_mm_cmplt_epi16(words, m_low), _mm_cmpgt_epi16(words, m_high));
            if (_mm_movemask_epi8(kept) != 0xFFFF)
                return std::numeric_limits<float>::quiet_NaN();
        }
        const __m128 left = _mm_cvtepi32_ps(lower(pairs)), right = _mm_cvtepi32_ps(upper(pairs));
        const __m128 rows = _mm_add_ps(left, _mm_mul_ps(_mm_set1_ps(fu), _mm_sub_ps(right, left)));
        const __m128 below = _mm_shuffle_ps(rows, rows, _MM_SHUFFLE(3, 3, 3, 1)),
                     above = _mm_shuffle_ps(rows, rows, _MM_SHUFFLE(2, 2, 2, 0));
        const __m128 both = _mm_add_ps(above, _mm_mul_ps(_mm_set1_ps(fv), _mm_sub_ps(below, above)));
        const float near = _mm_cvtss_f32(both), far = _mm_cvtss_f32(_mm_shuffle_ps(both, both, 1));
        return near + fw * (far - near);
    }

private:
    static int pair(const T *at)
    {
        int out = 0;
        std::memcpy(&out, at, sizeof out);
        return out;
    }
    static __m128i lower(__m128i pairs)
    {
        const __m128i shifted = _mm_slli_epi32(pairs, 16);
        return std::is_signed_v<T> ? _mm_srai_epi32(shifted, 16) : _mm_srli_epi32(shifted, 16);
    }
    static __m128i upper(__m128i pairs)
    {
        return std::is_signed_v<T> ? _mm_srai_epi32(pairs, 16) : _mm_srli_epi32(pairs, 16);
    }
    bool m_hasPadding;
    __m128i m_turn, m_low, m_high;
};

template <> class Cell<std::int16_t> : public WordCell<std::int16_t> {
public:
    using WordCell::WordCell;
};
template <> class Cell<std::uint16_t> : public WordCell<std::uint16_t> {
public:
    using WordCell::WordCell;
};
#endif

} // namespace naru::imaging
