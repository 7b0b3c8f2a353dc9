#include "core/imaging/decode/StoredBits.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <type_traits>

namespace naru::imaging {

namespace {
template <typename T> void cleanAs(std::span<std::byte> samples, const StoredBits &bits)
{
    using U = std::make_unsigned_t<T>;
    auto *at = reinterpret_cast<U *>(samples.data());
    const std::size_t count = samples.size() / sizeof(T);
    const int width = int(sizeof(T) * 8);
    const int stored = std::clamp(bits.stored, 1, width);
    const int down = std::clamp(bits.high + 1 - stored, 0, width - stored);
    if (stored == width)
        return;
    // Within the width of a sample all along, so that many go into one instruction: for a signed type the
    // sign is extended by flipping it and taking it away again.
    const U keep = U(U(~U(0)) >> (width - stored)),
            sign = std::is_signed_v<T> ? U(U(1) << (stored - 1)) : U(0);
    if (down > 0) {
        for (std::size_t i = 0; i < count; ++i)
            at[i] = U(at[i] >> down);
    }
    for (std::size_t i = 0; i < count; ++i)
        at[i] = U(U(U(at[i] & keep) ^ sign) - sign);
}

template <typename T>
void unpackAs(std::span<const std::byte> packed, std::size_t firstBit, int cellBits, std::span<std::byte> out)
{
    auto *to = reinterpret_cast<T *>(out.data());
    const std::uint64_t keep = (std::uint64_t(1) << cellBits) - 1;
    for (std::size_t i = 0; i < out.size() / sizeof(T); ++i) {
        const std::size_t bit = firstBit + std::size_t(cellBits) * i, at = bit / 8;
        std::uint64_t around = 0; // a cell of 31 bits touches five bytes
        for (std::size_t k = 0; k < 5 && at + k < packed.size(); ++k)
            around |= std::uint64_t(packed[at + k]) << (8 * k);
        to[i] = T(around >> (bit % 8) & keep);
    }
}

template <typename T> void ybrAs(std::span<std::byte> samples, int stored, bool partial)
{
    auto *at = reinterpret_cast<T *>(samples.data());
    const std::size_t pixels = samples.size() / sizeof(T) / 3;
    const int bits = std::clamp(stored, 8, int(sizeof(T) * 8));
    const float top = float((1u << bits) - 1), middle = float(1u << (bits - 1)),
                scale = float(1u << (bits - 8));
    const float lumaGain = partial ? 255.0f / 219.0f : 1.0f, chromaGain = partial ? 255.0f / 224.0f : 1.0f;
    const float black = partial ? 16.0f * scale : 0.0f;
    const auto clip = [top](float v) { return T(std::lround(std::clamp(v, 0.0f, top))); };
    for (std::size_t i = 0; i < pixels; ++i, at += 3) {
        const float y = (float(at[0]) - black) * lumaGain;
        const float cb = (float(at[1]) - middle) * chromaGain, cr = (float(at[2]) - middle) * chromaGain;
        at[0] = clip(y + 1.402f * cr);
        at[1] = clip(y - 0.344136f * cb - 0.714136f * cr);
        at[2] = clip(y + 1.772f * cb);
    }
}
} // namespace

void cleanSamples(std::span<std::byte> samples, SampleType type, const StoredBits &bits)
{
    switch (type) {
    case SampleType::U8:
        return cleanAs<std::uint8_t>(samples, bits);
    case SampleType::S8:
        return cleanAs<std::int8_t>(samples, bits);
    case SampleType::U16:
        return cleanAs<std::uint16_t>(samples, bits);
    case SampleType::S16:
        return cleanAs<std::int16_t>(samples, bits);
    case SampleType::U32:
        return cleanAs<std::uint32_t>(samples, bits);
    case SampleType::S32:
        return cleanAs<std::int32_t>(samples, bits);
    case SampleType::F32:
    case SampleType::F64:
        return;
    }
}

void unpackBits(std::span<const std::byte> packed, std::size_t firstBit, std::span<std::byte> out)
{
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::size_t bit = firstBit + i;
        out[i] = bit / 8 < packed.size() ? (packed[bit / 8] >> (bit % 8)) & std::byte{1} : std::byte{0};
    }
}

void unpackCells(std::span<const std::byte> packed, std::size_t firstBit, int cellBits, SampleType type,
    std::span<std::byte> out)
{
    const int size = FrameShape::bytesOf(type);
    if (size == 1)
        unpackAs<std::uint8_t>(packed, firstBit, cellBits, out);
    else if (size == 2)
        unpackAs<std::uint16_t>(packed, firstBit, cellBits, out);
    else
        unpackAs<std::uint32_t>(packed, firstBit, cellBits, out);
}

void swapSamples(std::span<std::byte> samples, int bytesPerSample)
{
    const std::size_t size = std::size_t(bytesPerSample);
    for (std::size_t at = 0; size > 1 && at + size <= samples.size(); at += size)
        std::reverse(samples.begin() + std::ptrdiff_t(at), samples.begin() + std::ptrdiff_t(at + size));
}

void interleave(std::span<const std::byte> in, std::span<std::byte> out, int samples, int bytesPerSample)
{
    const std::size_t size = std::size_t(bytesPerSample), channels = std::size_t(samples);
    const std::size_t pixels = in.size() / size / channels;
    for (std::size_t c = 0; c < channels; ++c) {
        const std::byte *from = in.data() + c * pixels * size;
        std::byte *to = out.data() + c * size;
        for (std::size_t i = 0; i < pixels; ++i, from += size, to += channels * size)
            std::copy_n(from, size, to);
    }
}

void spread422(std::span<const std::byte> in, std::span<std::byte> out)
{
    const std::size_t pairs = std::min(in.size() / 4, out.size() / 6);
    for (std::size_t i = 0; i < pairs; ++i) {
        const std::byte *from = in.data() + 4 * i;
        std::byte *to = out.data() + 6 * i;
        to[0] = from[0];
        to[3] = from[1];
        to[1] = to[4] = from[2];
        to[2] = to[5] = from[3];
    }
}

void ybrToRgb(std::span<std::byte> samples, SampleType type, int stored, bool partial)
{
    if (type == SampleType::U8)
        ybrAs<std::uint8_t>(samples, 8, partial);
    else if (type == SampleType::U16)
        ybrAs<std::uint16_t>(samples, stored, partial);
}

} // namespace naru::imaging
