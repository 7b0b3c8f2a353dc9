// The coefficients of one code block (ISO/IEC 15444-1 Annex D): three coding passes a bit plane over stripes
// of four rows. One object a thread; some 40 kilobytes of tables that are used again and again.
#pragma once

#include "core/imaging/decode/codecs/CodeBlockContexts.h"
#include "core/imaging/decode/codecs/MqDecoder.h"

namespace naru::imaging::codecs {

struct CodeBlockInput {
    std::span<const std::uint8_t> bytes{};
    int width = 0, height = 0; // table A.18: up to 1024, up to 4096 samples
    int planes = 0; // of bits, 1 to 30
    int passes = 0; // 1 to 3 * planes - 2
    BandKind band = BandKind::Low;
};

class CodeBlockDecoder {
public:
    void decode(const CodeBlockInput &block);
    // Of the last block decoded, in halves: magnitudes with the sign in bit 31. A column of four rows after
    // the other, stripe by stripe.
    const std::uint32_t *stripe(int number) const
    {
        return m_values.data() + std::size_t(number) * m_width * 4;
    }

private:
    using Columns = std::uint64_t; // see CodeBlockDecoder.cpp
    struct Place;

    void significancePass(int plane);
    void refinementPass(int plane);
    void cleanupPass(int plane);
    Columns *columnsOf(std::size_t stripe) { return m_columns.data() + (stripe + 1) * m_pitch + 1; }
    std::uint32_t rowsOf(std::size_t stripe) const;

    std::array<MqContext, CodeBlockContexts> m_contexts{};
    std::size_t m_width = 0, m_height = 0, m_stripes = 0, m_pitch = 0;
    const std::uint8_t *m_zero = nullptr;
    MqBytes m_bytes{};
    MqDecoder m_decoder{&m_bytes};
    std::array<Columns, 3 * 1026> m_columns{}; // one wide and two high more than the block, all around
    std::array<std::uint32_t, 4096> m_values{};
    std::array<std::uint16_t, 4096 + 1> m_list{}; // of the refinement pass
};

} // namespace naru::imaging::codecs
