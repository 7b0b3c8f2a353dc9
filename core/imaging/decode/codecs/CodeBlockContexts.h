// The contexts of bit modelling (ISO/IEC 15444-1 Annex D.3) as tables over the neighbours of a coefficient.
// Neighbours are three bits a row, left to right and top to bottom: bit 4 is the coefficient itself.
#pragma once

#include <array>
#include <cstdint>

namespace naru::imaging::codecs {

// Labels of table D.1 to D.5; zero coding begins with 0.
constexpr int SignContext = 9, RefinementContext = 14, RunContext = 17, UniformContext = 18,
              CodeBlockContexts = 19;

enum class BandKind : std::uint8_t { Low, HighAcross, HighDown, HighBoth }; // LL, HL, LH, HH

using ZeroContexts = std::array<std::uint8_t, 512>; // by the neighbours that are significant
const ZeroContexts &zeroContexts(BandKind band);

// By the four nearest neighbours: bits 1, 3, 5, 7 which are significant, the bits below these which are
// negative. The label, and in bit 7 whether the sign is decoded the other way round (table D.3).
using SignContexts = std::array<std::uint8_t, 256>;
const SignContexts &signContexts();

} // namespace naru::imaging::codecs
