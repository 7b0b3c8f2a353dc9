// One level of the inverse wavelet transform (ISO/IEC 15444-1 Annex F), row by row: what a row needs of its
// neighbours is made when it is asked for, and stays in the cache for the next. int: the reversible 5-3
// filter; float: the irreversible 9-7 filter.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace naru::imaging::codecs {

template <typename T> struct WaveletBands {
    struct Band {
        const T *at = nullptr;
        std::size_t pitch = 0;
    };
    std::array<Band, 4> bands{}; // LL, HL, LH, HH
    int lowWide = 0, highWide = 0, lowHigh = 0, highHigh = 0;
    bool oddLeft = false, oddTop = false; // the first column or row is one of the high-pass
    int width() const { return lowWide + highWide; }
    int height() const { return lowHigh + highHigh; }
};

template <typename T> class InverseWavelet {
public:
    explicit InverseWavelet(const WaveletBands<T> &bands);
    // Until the next call; fastest in ascending order.
    const T *row(int y);

private:
    static constexpr int Stages = 5, Kept = 4; // two of the low-pass, three of the high-pass; rows of each
    struct Ring {
        std::array<T *, Kept> rows{};
        std::array<int, Kept> numbers{-1, -1, -1, -1};
    };
    void across(int band, int number, T *out);
    const T *low(int stage, int number); // after so many lifting steps; clamped to the band
    const T *high(int stage, int number);
    const T *made(std::size_t ring, int number, bool isHigh, int stage);
    void make(bool isHigh, int stage, int number, T *out);

    WaveletBands<T> m_bands{};
    std::vector<T> m_memory{};
    std::array<Ring, Stages> m_rings{};
    T *m_lows = nullptr, *m_highs = nullptr; // of the row in work, one more on each side
};

} // namespace naru::imaging::codecs
