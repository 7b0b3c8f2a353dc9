// The coefficients of one code block of HTJ2K (ITU-T T.814 7.3): one cleanup pass over quads of two columns
// and two rows. One object a thread.
#pragma once

#include "core/imaging/decode/codecs/Avx2.h"
#include "core/imaging/decode/codecs/HtBits.h"

namespace naru::imaging::codecs {

struct HtBlockInput {
    std::span<const std::uint8_t> bytes{};
    int width = 0, height = 0; // T.800 table A.18: up to 1024, up to 4096 samples
    int band = 0, planes = 0; // bits of the band, and those not missing in the block
};

class HtBlockDecoder {
public:
    static constexpr int MostPlanes = 25; // two samples in one look at the bits

    // Row by row to `out`. False: it is damaged, or of a kind that is not read here.
    bool decode(const HtBlockInput &block, std::int32_t *out, std::size_t pitch);

private:
    struct Rows { // of the coefficients; two of the block
        std::int32_t *upper = nullptr, *lower = nullptr;
        std::size_t columns = 0;
    };
    bool begin(std::span<const std::uint8_t> bytes);
    template <bool First> bool codes(std::size_t quads);
    template <bool First> bool magnitudes(const Rows &rows);
    template <bool First, bool Fast> bool row(const Rows &rows);
    template <bool Fast> bool decodeRows(const HtBlockInput &block, std::int32_t *out, std::size_t pitch);
#if defined(__x86_64__) // HtBlockAvx2.cpp
    template <bool First> NARU_AVX2 std::uint32_t lengthsAvx2(std::size_t quads);
    template <bool First> NARU_AVX2 bool magnitudesAvx2(const Rows &rows);
    NARU_AVX2 bool decodeRowsAvx2(const HtBlockInput &block, std::int32_t *out, std::size_t pitch);
#endif

    static constexpr std::size_t Widest = 1024, Quads = Widest / 2;
    HtMagnitudes m_magnitudes{};
    HtCodeBits m_codes{};
    HtRuns m_runs{};
    std::size_t m_codeAt = 0, m_magnitudeAt = 0; // bits
    std::uint32_t m_most = 0; // bits of a magnitude and its sign
    std::array<std::uint16_t, Quads + 16> m_quads{}; // what the codes say of each of the row
    std::array<std::uint8_t, Quads + 16> m_residuals{}; // u
    std::array<std::array<std::uint8_t, Quads + 4>, 2> m_significant{}; // rho; one more on the left
    std::array<std::array<std::uint32_t, Widest + 32>, 2> m_bottoms{}; // magnitudes; two more on the left
    std::array<std::int32_t, Quads + 16> m_lengths{}; // bits of a sample of each quad of the row
    std::array<std::int32_t, Widest> m_nowhere{}; // the row below a block of odd height
    std::size_t m_row = 0; // which of each two is the row in work
};

} // namespace naru::imaging::codecs
