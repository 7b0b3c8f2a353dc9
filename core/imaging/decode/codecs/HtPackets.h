// The packets of an HTJ2K codestream, read without decoding a block. OpenJPH 0.9 believes every length, ends
// the process by an assertion where bytes contradict it, and knows a part of the standard only; what passes
// here it decodes without either. Anything else is OpenJPEG's, which is slower and takes what is valid.
#pragma once

#include "core/imaging/decode/codecs/J2kHeader.h"

namespace naru::imaging::codecs {

// Whether OpenJPH knows everything that the headers ask for: one layer, one coding style, no offsets.
bool htHeaderIsPlain(const J2kHeader &header);
// Whether every packet of every tile is there, in the order of the header, and every code block fits into
// its packet and is put together as T.814 7.1 says.
bool htPacketsAreWhole(const J2kHeader &header);

} // namespace naru::imaging::codecs
