// Look-up for the variable length codes of HT code blocks (ITU-T T.814 7.3.5 and 7.3.6).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace naru::imaging::codecs {

// By context (3 bits) and the next seven bits: length of the codeword (6 bits), u_off, what this quad adds to
// the context of the next (3 bits); and from bit 20 on rho, e_k and e_1 (4 bits each).
using HtCodes = std::array<std::uint32_t, 8 * 128>;
extern const HtCodes htFirstRow, htOtherRows;

// Which of two quads have an exponent residual; in the first row two of them are both small or both not.
enum HtPairKind : std::uint32_t { HtNone, HtFirst, HtSecond, HtBoth, HtLargeBoth, HtSmallBoth };
// By that and the next six bits: bits of the prefixes, bits of the first and the second suffix, the values of
// the first and the second prefix (3 bits each, but one unused), all bits of these (5 bits).
using HtPairs = std::array<std::uint32_t, 6 * 64>;
extern const HtPairs htPairs;

} // namespace naru::imaging::codecs
