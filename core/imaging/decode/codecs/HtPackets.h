// The packets of an HTJ2K codestream, read without decoding a block. OpenJPH 0.9 believes every length, ends
// the process by an assertion where bytes contradict it, and knows a part of the standard only; what passes
// here it decodes without either. Anything else is OpenJPEG's, which is slower and knows more.
#pragma once

#include "core/imaging/decode/codecs/J2kHeader.h"

namespace naru::imaging::codecs {

// Whether OpenJPH knows everything that the headers ask for: one layer, one coding style, no offsets.
bool htHeaderIsPlain(const J2kHeader &header);

// Every packet of every tile, in the order of the header.
enum class HtPackets {
    Whole, // all there, with code blocks that fit and are put together as T.814 7.1 says
    Odd, // the same, with a band that has nothing in a precinct, where OpenJPH counts differently
    Unknown, // damaged, or of a kind that is not read here: layers, COC, POC, packet headers elsewhere
};
HtPackets readHtPackets(const J2kHeader &header);
// Whether two bytes beyond FF8F stand anywhere in the packets: neither their headers nor code blocks hold
// such (T.800 B.10.1, T.814 7.1), and OpenJPEG 2.5 ends by an assertion where it meets them.
bool htPacketsHoldMarkers(const J2kHeader &header);

} // namespace naru::imaging::codecs
