#include "core/imaging/decode/codecs/InverseWavelet.h"

#include "core/imaging/decode/codecs/Avx2.h"

#include <algorithm>
#include <type_traits>

namespace naru::imaging::codecs {

namespace {
// Table F.4, and the factors of F.3.8.2: K, and 2 / K because a step size is meant for half of a high-pass.
constexpr float alpha = -1.586134342F, beta = -0.052980118F, gamma = 0.882911075F, delta = 0.443506852F,
                lowGain = 1.230174105F, highGain = 1.625732422F;

constexpr int steps(std::int32_t)
{
    return 2;
}
constexpr int steps(float)
{
    return 4;
}

// to = what - what the neighbours a and b foretell of it. Damaged streams overflow: in unsigned numbers that
// is no fault.
[[gnu::always_inline]] inline void liftEach(int step, std::int32_t *to, const std::int32_t *what,
    const std::int32_t *a, const std::int32_t *b, int count)
{
    const auto sum = [](std::int32_t x, std::int32_t y) {
        return std::int32_t(std::uint32_t(x) + std::uint32_t(y));
    };
    if (step == 0) { // F-5
        for (int i = 0; i < count; ++i)
            to[i] = std::int32_t(std::uint32_t(what[i]) - std::uint32_t(sum(sum(a[i], b[i]), 2) >> 2));
    } else { // F-6
        for (int i = 0; i < count; ++i)
            to[i] = sum(what[i], sum(a[i], b[i]) >> 1);
    }
}

#if defined(__x86_64__)
NARU_AVX2 void liftAvx2(int step, std::int32_t *to, const std::int32_t *what, const std::int32_t *a,
    const std::int32_t *b, int count)
{
    liftEach(step, to, what, a, b, count);
}
#endif

void lift(int step, std::int32_t *to, const std::int32_t *what, const std::int32_t *a, const std::int32_t *b,
    int count)
{
#if defined(__x86_64__)
    if (hasAvx2()) {
        liftAvx2(step, to, what, a, b, count);
        return;
    }
#endif
    liftEach(step, to, what, a, b, count);
}

void lift(int step, float *to, const float *what, const float *a, const float *b, int count)
{
    static constexpr float factors[4] = {delta, gamma, beta, alpha};
    const float factor = factors[step];
    for (int i = 0; i < count; ++i)
        to[i] = what[i] - (a[i] + b[i]) * factor;
}

template <typename T>
void spread(T *row, int count) // one more on each side, as the extension of F.3.7 has it
{
    if (count > 0) {
        row[-1] = row[0];
        row[count] = row[count - 1];
    }
}

void scale(std::int32_t *to, const std::int32_t *from, int count, bool)
{
    if (to != from)
        std::copy_n(from, count, to);
}
void scale(float *to, const float *from, int count, bool isHigh)
{
    const float factor = isHigh ? highGain : lowGain;
    for (int i = 0; i < count; ++i)
        to[i] = from[i] * factor;
}

template <typename T>
[[gnu::always_inline]] inline void interleaveEach(
    T *__restrict to, const T *__restrict first, const T *__restrict second, int count)
{
    const int pairs = count / 2;
    for (int i = 0; i < pairs; ++i) {
        to[2 * i] = first[i];
        to[2 * i + 1] = second[i];
    }
    if (count % 2 != 0)
        to[count - 1] = first[pairs];
}

#if defined(__x86_64__)
template <typename T> NARU_AVX2 void interleaveAvx2(T *to, const T *first, const T *second, int count)
{
    interleaveEach(to, first, second, count);
}
#endif

template <typename T> void interleave(T *to, const T *first, const T *second, int count)
{
#if defined(__x86_64__)
    if (hasAvx2()) {
        interleaveAvx2(to, first, second, count);
        return;
    }
#endif
    interleaveEach(to, first, second, count);
}

// A signal of one sample (F.3.6): the only high-pass one of 5-3 is twice the sample; those of 9-7 are halved.
std::int32_t alone(std::int32_t value, bool isHigh)
{
    return isHigh ? value / 2 : value;
}
float alone(float value, bool)
{
    return value;
}
} // namespace

template <typename T>
InverseWavelet<T>::InverseWavelet(const WaveletBands<T> &bands)
    : m_bands(bands)
{
    const std::size_t width = std::size_t(bands.width()), half = (width + 1) / 2 + 2;
    m_memory.resize(width * Kept * Stages + 2 * half);
    T *at = m_memory.data();
    for (Ring &ring : m_rings) {
        for (T *&row : ring.rows) {
            row = at;
            at += width;
        }
    }
    m_lows = at + 1;
    m_highs = at + half + 1;
}

// F.3.4: a row of a low and a row of a high band, into one of twice the width.
template <typename T> void InverseWavelet<T>::across(int band, int number, T *out)
{
    const auto &lowBand = m_bands.bands[std::size_t(band)], &highBand = m_bands.bands[std::size_t(band) + 1];
    const int lows = m_bands.lowWide, highs = m_bands.highWide, odd = m_bands.oddLeft ? 1 : 0;
    const T *low = lowBand.at + std::size_t(number) * lowBand.pitch;
    const T *high = highBand.at + std::size_t(number) * highBand.pitch;
    if (lows + highs == 1) {
        *out = alone(lows > 0 ? *low : *high, highs > 0);
        return;
    }
    const T *first = low; // which 5-3 takes as it is
    if constexpr (std::is_floating_point_v<T>) {
        scale(m_lows, low, lows, false);
        first = m_lows;
    }
    scale(m_highs, high, highs, true);
    for (int step = 0; step < steps(T{}); step += 2) {
        spread(m_highs, highs);
        lift(step, m_lows, step == 0 ? first : m_lows, m_highs + odd - 1, m_highs + odd, lows);
        spread(m_lows, lows);
        lift(step + 1, m_highs, m_highs, m_lows - odd, m_lows - odd + 1, highs);
    }
    if (odd)
        interleave(out, m_highs, m_lows, lows + highs);
    else
        interleave(out, m_lows, m_highs, lows + highs);
}

template <typename T> const T *InverseWavelet<T>::made(std::size_t ring, int number, bool isHigh, int stage)
{
    Ring &rows = m_rings[ring];
    const std::size_t slot = std::size_t(number) % Kept;
    if (rows.numbers[slot] != number) {
        make(isHigh, stage, number, rows.rows[slot]);
        rows.numbers[slot] = number;
    }
    return rows.rows[slot];
}

template <typename T> const T *InverseWavelet<T>::low(int stage, int number)
{
    return made(std::size_t(stage) - 1, std::clamp(number, 0, m_bands.lowHigh - 1), false, stage);
}

template <typename T> const T *InverseWavelet<T>::high(int stage, int number)
{
    return made(std::size_t(stage) + 2, std::clamp(number, 0, m_bands.highHigh - 1), true, stage);
}

template <typename T> void InverseWavelet<T>::make(bool isHigh, int stage, int number, T *out)
{
    const int odd = m_bands.oddTop ? 1 : 0, width = m_bands.width();
    if (isHigh && stage == 0) {
        across(2, number, out);
        scale(out, out, width, true);
    } else if (isHigh) {
        const T *before = low(stage, number - odd), *behind = low(stage, number - odd + 1);
        lift(2 * stage - 1, out, high(stage - 1, number), before, behind, width);
    } else {
        const T *before = high(stage - 1, number + odd - 1), *behind = high(stage - 1, number + odd);
        if (stage == 1) {
            across(0, number, out);
            scale(out, out, width, false);
            lift(0, out, out, before, behind, width);
        } else {
            lift(2 * stage - 2, out, low(stage - 1, number), before, behind, width);
        }
    }
}

template <typename T> const T *InverseWavelet<T>::row(int y)
{
    const bool isHigh = (y % 2 != 0) != m_bands.oddTop;
    if (m_bands.height() == 1) {
        T *out = m_rings[0].rows[0];
        across(isHigh ? 2 : 0, 0, out);
        for (int x = 0; x < m_bands.width(); ++x)
            out[x] = alone(out[x], isHigh);
        return out;
    }
    const int last = steps(T{}) / 2;
    return isHigh ? high(last, y / 2) : low(last, y / 2);
}

template class InverseWavelet<std::int32_t>;
template class InverseWavelet<float>;

} // namespace naru::imaging::codecs
