#include "core/imaging/decode/codecs/LosslessRows.h"

#include <cstring>

namespace naru::imaging::codecs {

namespace {
// At least 56 valid bits at the top of `bits` after fill(); a sample takes at most 32.
struct BitReader {
    const std::uint8_t *at = nullptr;
    std::uint64_t bits = 0;
    unsigned count = 0;
    bool bad = false;

    void fill()
    {
        std::uint64_t next = 0;
        std::memcpy(&next, at, 8);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
        next = __builtin_bswap64(next);
#endif
        bits |= next >> count;
        at += (63 - count) >> 3;
        count |= 56;
    }
    void drop(unsigned n)
    {
        bits <<= n;
        count -= n;
    }
    // Bytes begun so far.
    const std::uint8_t *position() const
    {
        return at - count / 8;
    }
};

inline int difference(BitReader &reader, const LosslessHuffman &table, const std::uint32_t *fast)
{
    reader.fill();
    const std::uint32_t entry = fast[reader.bits >> (64 - LosslessHuffman::window)];
    if (__builtin_expect((entry & 0xFF) != 0, 1)) {
        reader.drop(entry & 0xFF);
        return std::int32_t(entry) >> 16;
    }
    int value = 0, used = 1;
    if (!table.slow(std::uint32_t(reader.bits >> 32), value, used))
        reader.bad = true;
    reader.drop(unsigned(used));
    return value;
}

// T.81 table H.1; a left, b above, c above left.
template <int Predictor> inline int predict(int a, int b, int c)
{
    switch (Predictor) {
    case 1:
        return a;
    case 2:
        return b;
    case 3:
        return c;
    case 4:
        return a + b - c;
    case 5:
        return a + ((b - c) >> 1);
    case 6:
        return b + ((a - c) >> 1);
    default:
        return (a + b) >> 1;
    }
}

// One component alone, the case of every grey image. `previous` is null in the first row of an interval,
// where the left neighbour predicts (H.1.2.1).
template <int Predictor, typename Sample>
void rowAlone(BitReader &state, const RowJob &job, Sample *to, const Sample *previous)
{
    BitReader reader = state; // in registers
    const LosslessHuffman &table = *job.tables[0];
    const std::uint32_t *fast = table.fast();
    const auto stride = std::size_t(job.stride);
    int left = ((previous ? previous[0] : job.start) + difference(reader, table, fast)) & 0xFFFF;
    to[0] = Sample(left);
    const std::size_t end = std::size_t(job.columns) * stride;
    if (!previous) {
        for (std::size_t i = stride; i < end; i += stride) {
            left = (left + difference(reader, table, fast)) & 0xFFFF;
            to[i] = Sample(left);
        }
    } else {
        int aboveLeft = previous[0];
        for (std::size_t i = stride; i < end; i += stride) {
            const int above = previous[i];
            left = (predict<Predictor>(left, above, aboveLeft) + difference(reader, table, fast)) & 0xFFFF;
            to[i] = Sample(left);
            aboveLeft = above;
        }
    }
    state = reader;
}

// Several components in turn at each pixel; row[] and above[] point to their first samples.
template <int Predictor, typename Sample>
void rowTogether(BitReader &reader, const RowJob &job, Sample *row, const Sample *above)
{
    const auto stride = std::size_t(job.stride);
    for (std::size_t x = 0; x < std::size_t(job.columns); ++x) {
        for (std::size_t k = 0; k < std::size_t(job.components); ++k) {
            const std::size_t i = x * stride + std::size_t(job.offsets[k]);
            int guess = 0;
            if (x == 0)
                guess = above ? above[i] : job.start;
            else if (!above)
                guess = row[i - stride];
            else
                guess = predict<Predictor>(row[i - stride], above[i], above[i - stride]);
            row[i] = Sample((guess + difference(reader, *job.tables[k], job.tables[k]->fast())) & 0xFFFF);
        }
    }
}

template <int Predictor, typename Sample>
int rows(
    const RowJob &job, const std::uint8_t *begin, const std::uint8_t *end, Sample *out, int row, int count)
{
    BitReader reader;
    reader.at = begin;
    const std::size_t pitch = std::size_t(job.columns) * std::size_t(job.stride);
    for (int i = 0; i < count; ++i) {
        Sample *to = out + std::size_t(row + i) * pitch;
        const Sample *previous = i > 0 ? to - pitch : nullptr;
        if (job.components == 1)
            rowAlone<Predictor>(
                reader, job, to + job.offsets[0], previous ? previous + job.offsets[0] : nullptr);
        else
            rowTogether<Predictor>(reader, job, to, previous);
        if (reader.bad || reader.position() > end)
            return i;
    }
    return count;
}

template <typename Sample>
int rowsOf(const RowJob &job, const std::uint8_t *begin, const std::uint8_t *end, Sample *out, int row, int n)
{
    switch (job.predictor) {
    case 1:
        return rows<1>(job, begin, end, out, row, n);
    case 2:
        return rows<2>(job, begin, end, out, row, n);
    case 3:
        return rows<3>(job, begin, end, out, row, n);
    case 4:
        return rows<4>(job, begin, end, out, row, n);
    case 5:
        return rows<5>(job, begin, end, out, row, n);
    case 6:
        return rows<6>(job, begin, end, out, row, n);
    default:
        return rows<7>(job, begin, end, out, row, n);
    }
}
} // namespace

int decodeRows(
    const RowJob &job, const std::uint8_t *begin, const std::uint8_t *end, std::byte *out, int row, int count)
{
    if (job.wide == 1)
        return rowsOf(job, begin, end, reinterpret_cast<std::uint8_t *>(out), row, count);
    return rowsOf(job, begin, end, reinterpret_cast<std::uint16_t *>(out), row, count);
}

} // namespace naru::imaging::codecs
