#include "core/imaging/decode/codecs/RleCodec.h"

#include "core/imaging/decode/codecs/Samples.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

namespace naru::imaging {

using namespace codecs;

namespace {
constexpr std::size_t headerBytes = 64; // a count and 15 offsets of 32 bits, G.5
constexpr std::size_t slack = 128; // the longest run, so that short runs may be copied in whole blocks

std::uint32_t little32(const std::uint8_t *at)
{
    return std::uint32_t(at[0]) | std::uint32_t(at[1]) << 8 | std::uint32_t(at[2]) << 16
        | std::uint32_t(at[3]) << 24;
}

// Some writers make a segment even by a longer last run: what goes beyond the plane is left out.
// `to` has `slack` bytes behind its plane. Runs shorter than 16 bytes are the most frequent in CT noise and a
// fixed block is cheaper than a call of memcpy.
bool unpack(const std::uint8_t *from, const std::uint8_t *end, std::uint8_t *to, std::size_t plane)
{
    std::uint8_t *const last = to + plane;
    while (to < last) {
        if (from >= end)
            return false;
        const unsigned code = *from++;
        if (code < 128) {
            const std::size_t run = std::min<std::size_t>(code + 1, std::size_t(last - to));
            const auto left = std::size_t(end - from);
            if (run > left)
                return false;
            if (run <= 16 && left >= 16)
                std::memcpy(to, from, 16);
            else
                std::memcpy(to, from, run);
            from += run;
            to += run;
        } else if (code > 128) {
            const std::size_t run = std::min<std::size_t>(257 - code, std::size_t(last - to));
            if (from >= end)
                return false;
            if (run <= 16)
                std::memset(to, *from, 16);
            else
                std::memset(to, *from, run);
            ++from;
            to += run;
        } // 128 is no run at all, G.3.2
    }
    return true;
}

struct Segments {
    int count = 0;
    std::array<std::size_t, 16> start{}; // one more than segments: the end of the last
};

base::Result<Segments> readHeader(const CodecInput &input, int expected)
{
    const auto *bytes = reinterpret_cast<const std::uint8_t *>(input.bytes.data());
    const std::size_t size = input.bytes.size();
    if (size < headerBytes)
        return failed(QStringLiteral("the RLE header is cut off"));
    Segments out;
    const std::uint32_t count = little32(bytes);
    if (count != std::uint32_t(expected))
        return mismatch(QStringLiteral("the number of RLE segments"), count, expected);
    out.count = expected;
    for (int i = 0; i < expected; ++i) {
        const std::size_t at = little32(bytes + 4 + 4 * i);
        const std::size_t before = i > 0 ? out.start[std::size_t(i) - 1] : headerBytes;
        if (at < before || at > size)
            return failed(QStringLiteral("RLE segment %1 lies outside the frame").arg(i + 1));
        out.start[std::size_t(i)] = at;
    }
    out.start[std::size_t(expected)] = size;
    return out;
}

// Byte planes, one behind the other, to samples of `wide` bytes, of which `bytes` are stored.
void join(const std::uint8_t *planes, std::size_t pitch, std::size_t pixels, int samples, int bytes, int wide,
    std::byte *out)
{
    if (bytes == 2 && samples == 1) {
        const std::uint8_t *high = planes, *low = planes + pitch;
        auto *to = reinterpret_cast<std::uint16_t *>(out);
        for (std::size_t i = 0; i < pixels; ++i)
            to[i] = std::uint16_t(high[i] << 8 | low[i]);
        return;
    }
    const std::size_t step = std::size_t(samples) * std::size_t(wide);
    if (bytes < wide)
        std::memset(out, 0, pixels * step);
    for (int s = 0; s < samples; ++s) {
        for (int b = 0; b < bytes; ++b) { // segments go from the most significant byte down
            const std::uint8_t *from = planes + pitch * std::size_t(s * bytes + b);
            std::byte *to = out + s * wide + (bytes - 1 - b);
            for (std::size_t i = 0; i < pixels; ++i)
                to[i * step] = std::byte(from[i]);
        }
    }
}

void spreadBits(const std::uint8_t *packed, std::size_t pixels, std::byte *out)
{
    for (std::size_t i = 0; i < pixels; ++i)
        out[i] = std::byte((packed[i / 8] >> (i % 8)) & 1U);
}
} // namespace

base::Result<CodecOutput> RleCodec::decode(const CodecInput &input, std::span<std::byte> out) const
{
    NARU_TRY(checkExpected(input, out.size()));
    const bool bitmap = input.bitsAllocated == 1;
    const int wide = FrameShape::bytesOf(input.shape.type), bytes = bitmap ? 1 : input.bitsAllocated / 8;
    if (bitmap ? wide != 1 : input.bitsAllocated % 8 != 0 || bytes < 1 || bytes > wide)
        return mismatch(QStringLiteral("the width of a sample"), wide * 8, input.bitsAllocated);
    const int samples = input.shape.samples;
    const int expected = samples * bytes;
    if (expected > 15)
        return failed(QStringLiteral("RLE has at most 15 segments"));
    NARU_ASSIGN(const Segments segments, readHeader(input, expected));

    const std::size_t pixels = std::size_t(input.shape.rows) * std::size_t(input.shape.columns);
    const std::size_t plane = bitmap ? (pixels * std::size_t(samples) + 7) / 8 : pixels;
    const std::size_t pitch = plane + slack;
    // Two bytes give 128 at most: a frame too small for its size costs no memory.
    for (int i = 0; i < expected; ++i) {
        const auto index = std::size_t(i);
        if ((segments.start[index + 1] - segments.start[index] + 1) / 2 * 128 < plane)
            return failed(QStringLiteral("RLE segment %1 does not fill its plane").arg(i + 1));
    }
    const auto planes = std::make_unique_for_overwrite<std::uint8_t[]>(pitch * std::size_t(expected));
    const auto *bytesIn = reinterpret_cast<const std::uint8_t *>(input.bytes.data());
    for (int i = 0; i < expected; ++i) {
        const auto index = std::size_t(i);
        if (!unpack(bytesIn + segments.start[index], bytesIn + segments.start[index + 1],
                planes.get() + pitch * index, plane))
            return failed(QStringLiteral("RLE segment %1 does not fill its plane").arg(i + 1));
    }
    if (bitmap)
        spreadBits(planes.get(), pixels * std::size_t(samples), out.data());
    else
        join(planes.get(), pitch, pixels, samples, bytes, wide, out.data());

    settleSign(input, input.bitsAllocated, false, out);
    CodecOutput found;
    found.isYbr = samples == 3 && namesYbr(input.photometric);
    found.bitsInStream = input.bitsAllocated;
    return found;
}

} // namespace naru::imaging
