// The magnitudes of a row of quads with AVX2: eight samples at once.
#include "core/imaging/decode/codecs/HtBlockDecoder.h"

#if defined(__x86_64__)
#include <immintrin.h>

#include <algorithm>

namespace naru::imaging::codecs {

namespace {
NARU_AVX2 inline __m256i load(const void *at)
{
    return _mm256_loadu_si256(static_cast<const __m256i *>(at));
}

// How many bits a number has, in each of eight: the exponent of the float, which rounding does not change
// where no two ones are together.
NARU_AVX2 inline __m256i widths(__m256i values)
{
    const __m256i spread = _mm256_andnot_si256(_mm256_srli_epi32(values, 1), values);
    const __m256i exponents = _mm256_srli_epi32(_mm256_castps_si256(_mm256_cvtepi32_ps(spread)), 23);
    return _mm256_sub_epi32(exponents, _mm256_set1_epi32(126)); // of no zeros
}
} // namespace

// Eight quads a turn, up to seven of them behind the row. The largest one of those with samples.
template <bool First> std::uint32_t HtBlockDecoder::lengthsAvx2(std::size_t quads)
{
    const std::uint32_t *const above = m_bottoms[1 - m_row].data() + 2;
    const __m256i one = _mm256_set1_epi32(1), zero = _mm256_setzero_si256();
    __m256i most = zero;
    for (std::size_t q = 0; q < quads; q += 8) {
        const __m128i narrow = _mm_loadl_epi64(reinterpret_cast<const __m128i *>(m_residuals.data() + q));
        __m256i length = _mm256_cvtepu8_epi32(narrow);
        const __m256i quad =
            _mm256_cvtepu16_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i *>(m_quads.data() + q)));
        const __m256i rho = _mm256_and_si256(_mm256_srli_epi32(quad, 4), _mm256_set1_epi32(15));
        if (First) {
            length = _mm256_add_epi32(length, one);
        } else {
            // Samples 2q - 1 and 2q, and the two behind them: put together, even ones apart from odd ones.
            const std::uint32_t *const at = above + 2 * q;
            const __m256i before = _mm256_or_si256(load(at - 1), load(at + 1)),
                          behind = _mm256_or_si256(load(at + 7), load(at + 9));
            const __m256 a = _mm256_castsi256_ps(before), b = _mm256_castsi256_ps(behind);
            const __m256i both = _mm256_or_si256(_mm256_castps_si256(_mm256_shuffle_ps(a, b, 0x88)),
                _mm256_castps_si256(_mm256_shuffle_ps(a, b, 0xDD)));
            const __m256i around = _mm256_permute4x64_epi64(both, 0xD8);
            const __m256i single =
                _mm256_cmpeq_epi32(_mm256_and_si256(rho, _mm256_sub_epi32(rho, one)), zero);
            const __m256i foretold = _mm256_andnot_si256(single, _mm256_srli_epi32(around, 1));
            length = _mm256_add_epi32(length, widths(_mm256_or_si256(foretold, one)));
        }
        length = _mm256_andnot_si256(_mm256_cmpeq_epi32(rho, zero), length);
        most = _mm256_max_epi32(most, length);
        _mm256_storeu_si256(reinterpret_cast<__m256i *>(m_lengths.data() + q), length);
    }
    std::uint32_t all[8];
    _mm256_storeu_si256(reinterpret_cast<__m256i *>(all), most);
    return *std::max_element(all, all + 8);
}

// Two quads a turn. A quad has no more than 100 bits: each sample is somewhere in the 128 from the byte on
// where the quad begins.
template <bool First> bool HtBlockDecoder::magnitudesAvx2(const Rows &rows)
{
    const std::size_t quads = (rows.columns + 1) / 2;
    std::fill_n(m_quads.data() + quads, 8, std::uint16_t(0));
    if (lengthsAvx2<First>(quads) > m_most)
        return false;
    std::uint32_t *const own = m_bottoms[m_row].data() + 2;
    const __m256i one = _mm256_set1_epi32(1), seven = _mm256_set1_epi32(7);
    const __m256i significance = _mm256_setr_epi32(4, 5, 6, 7, 4, 5, 6, 7);
    const __m256i known = _mm256_setr_epi32(8, 9, 10, 11, 8, 9, 10, 11);
    const __m256i highest = _mm256_setr_epi32(12, 13, 14, 15, 12, 13, 14, 15);
    const __m256i each = _mm256_setr_epi8(0, 0, 0, 0, 4, 4, 4, 4, 8, 8, 8, 8, 12, 12, 12, 12, 0, 0, 0, 0, 4,
        4, 4, 4, 8, 8, 8, 8, 12, 12, 12, 12);
    const __m256i fourBytes = _mm256_set1_epi32(0x03020100);
    const __m256i apart = _mm256_setr_epi32(0, 2, 4, 6, 1, 3, 5, 7);
    std::size_t at = m_magnitudeAt;
    for (std::size_t q = 0; q < quads; q += 2) {
        const __m256i quad = _mm256_set_m128i(_mm_set1_epi32(m_quads[q + 1]), _mm_set1_epi32(m_quads[q]));
        const __m256i bits = _mm256_set_m128i(_mm_set1_epi32(m_lengths[q + 1]), _mm_set1_epi32(m_lengths[q]));
        const __m256i some = _mm256_and_si256(_mm256_srlv_epi32(quad, significance), one);
        const __m256i is = _mm256_sub_epi32(_mm256_setzero_si256(), some);
        const __m256i less = _mm256_and_si256(_mm256_srlv_epi32(quad, known), one);
        const __m256i length = _mm256_and_si256(_mm256_sub_epi32(bits, less), is);
        __m256i sum = _mm256_add_epi32(length, _mm256_slli_si256(length, 4));
        sum = _mm256_add_epi32(sum, _mm256_slli_si256(sum, 8));
        const std::size_t second = at + std::uint32_t(_mm256_extract_epi32(sum, 3));
        const __m256i begin = _mm256_set_m128i(_mm_set1_epi32(int(second & 7)), _mm_set1_epi32(int(at & 7)));
        const __m256i window =
            _mm256_loadu2_m128i(reinterpret_cast<const __m128i *>(m_magnitudes.byte(second)),
                reinterpret_cast<const __m128i *>(m_magnitudes.byte(at)));
        at = second + std::uint32_t(_mm256_extract_epi32(sum, 7));
        const __m256i from = _mm256_add_epi32(_mm256_sub_epi32(sum, length), begin);
        const __m256i bytes =
            _mm256_add_epi8(_mm256_shuffle_epi8(_mm256_srli_epi32(from, 3), each), fourBytes);
        const __m256i taken =
            _mm256_srlv_epi32(_mm256_shuffle_epi8(window, bytes), _mm256_and_si256(from, seven));
        const __m256i mask = _mm256_sub_epi32(_mm256_sllv_epi32(one, length), one);
        const __m256i top =
            _mm256_sllv_epi32(_mm256_and_si256(_mm256_srlv_epi32(quad, highest), one), length);
        const __m256i value = _mm256_or_si256(_mm256_and_si256(taken, mask), top);
        const __m256i magnitude = _mm256_and_si256(_mm256_add_epi32(_mm256_srli_epi32(value, 1), one), is);
        const __m256i sign = _mm256_sub_epi32(_mm256_setzero_si256(), _mm256_and_si256(value, one));
        const __m256i sample =
            _mm256_permutevar8x32_epi32(_mm256_sub_epi32(_mm256_xor_si256(magnitude, sign), sign), apart);
        const __m256i bottom = _mm256_permutevar8x32_epi32(_mm256_or_si256(value, some), apart);
        _mm_storeu_si128(reinterpret_cast<__m128i *>(own + 2 * q), _mm256_extracti128_si256(bottom, 1));
        if (2 * q + 4 <= rows.columns) {
            _mm_storeu_si128(reinterpret_cast<__m128i *>(rows.upper + 2 * q), _mm256_castsi256_si128(sample));
            _mm_storeu_si128(
                reinterpret_cast<__m128i *>(rows.lower + 2 * q), _mm256_extracti128_si256(sample, 1));
        } else {
            std::int32_t last[8];
            _mm256_storeu_si256(reinterpret_cast<__m256i *>(last), sample);
            std::copy_n(last, rows.columns - 2 * q, rows.upper + 2 * q);
            std::copy_n(last + 4, rows.columns - 2 * q, rows.lower + 2 * q);
        }
    }
    _mm_storeu_si128(reinterpret_cast<__m128i *>(own + 2 * quads), _mm_setzero_si128());
    m_magnitudeAt = at;
    return at <= m_magnitudes.end();
}

template bool HtBlockDecoder::magnitudesAvx2<true>(const Rows &rows);
template bool HtBlockDecoder::magnitudesAvx2<false>(const Rows &rows);

} // namespace naru::imaging::codecs
#endif
