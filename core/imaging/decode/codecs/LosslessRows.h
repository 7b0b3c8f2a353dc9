// The inner loop of lossless JPEG: differences to samples, row by row.
#pragma once

#include "core/imaging/decode/codecs/LosslessHuffman.h"

#include <array>
#include <cstddef>

namespace naru::imaging::codecs {

struct RowJob {
    int components = 1; // in this scan, coded one after the other
    int stride = 1; // samples a pixel in the output
    int columns = 0;
    int wide = 2; // bytes a sample in the output: 1 or 2
    int predictor = 1; // 1..7, T.81 table H.1
    int start = 0; // prediction of the first sample of an interval
    std::array<const LosslessHuffman *, 4> tables{};
    std::array<int, 4> offsets{}; // sample of the pixel each component goes to
};

// `count` rows of one restart interval from row `row` of `out` on. Between `end` and the next interval or the
// end of the buffer lie at least 4 readable bytes a sample of a row. Returns how many rows were good.
int decodeRows(const RowJob &job, const std::uint8_t *begin, const std::uint8_t *end, std::byte *out, int row,
    int count);

} // namespace naru::imaging::codecs
