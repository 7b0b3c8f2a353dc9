// From the bytes of a frame to plain samples: byte order, packed bits, bits outside the stored ones, sign,
// colour by plane, YBR to RGB. Pure functions over memory whose sizes the caller has checked.
#pragma once

#include "core/imaging/Frame.h"

namespace naru::imaging {

struct StoredBits {
    int allocated = 8, stored = 8, high = 7;
    bool isSigned = false;
};

// In place: the stored bits moved down, everything else away, the sign extended. Integer types only.
void cleanSamples(std::span<std::byte> samples, SampleType type, const StoredBits &bits);
// One bit a pixel, the first in the lowest bit; `firstBit` of `packed` begins the frame.
void unpackBits(std::span<const std::byte> packed, std::size_t firstBit, std::span<std::byte> out);
// Cells of 2 to 31 bits without space between them, the first in the lowest bits, to integers of `type`.
void unpackCells(std::span<const std::byte> packed, std::size_t firstBit, int cellBits, SampleType type,
    std::span<std::byte> out);
void swapSamples(std::span<std::byte> samples, int bytesPerSample);
// R R R G G G B B B to R G B R G B; `out` as large as `in`.
void interleave(std::span<const std::byte> in, std::span<std::byte> out, int samples, int bytesPerSample);
// Y Y Cb Cr for two pixels (PS3.3 C.7.6.3.1.2, YBR_FULL_422) to Y Cb Cr for each, 8 bits.
void spread422(std::span<const std::byte> in, std::span<std::byte> out);
// Full range (JFIF) or, with `partial`, ITU-R BT.601 16..235; 8 or 16 bits unsigned, in place. `stored` bits.
void ybrToRgb(std::span<std::byte> samples, SampleType type, int stored, bool partial);

} // namespace naru::imaging
