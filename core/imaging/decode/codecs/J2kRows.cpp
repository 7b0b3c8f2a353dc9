#include "core/imaging/decode/codecs/J2kDecoders.h"

#include <algorithm>

namespace naru::imaging::codecs {

namespace {
template <typename Sample>
void place(const std::int32_t *values, Sample *to, int columns, int samples, int step, std::int32_t low,
    std::int32_t high)
{
    if (samples == 1 && step == 1) { // vectorised
        for (int x = 0; x < columns; ++x)
            to[x] = Sample(std::clamp(values[x], low, high));
        return;
    }
    if (step == 1) { // without a division a pixel
        for (int x = 0; x < columns; ++x, to += samples)
            *to = Sample(std::clamp(values[x], low, high));
        return;
    }
    for (int x = 0; x < columns; ++x, to += samples)
        *to = Sample(std::clamp(values[x / step], low, high));
}
} // namespace

void placeRow(const J2kHeader &header, const CodecInput &input, int component, int row,
    const std::int32_t *values, std::span<std::byte> out)
{
    const J2kComponent &part = header.components[std::size_t(component)];
    const FrameShape &shape = input.shape;
    const int bits = qMin(part.bits, 31);
    const std::int32_t low = part.isSigned ? -std::int32_t((1U << (bits - 1)) - 1) - 1 : 0;
    const auto high = std::int32_t(part.isSigned ? (1U << (bits - 1)) - 1 : (1U << bits) - 1);
    const std::size_t pitch = std::size_t(shape.columns) * std::size_t(shape.samples);
    for (int y = row * part.stepY; y < qMin((row + 1) * part.stepY, shape.rows); ++y) {
        const std::size_t first = std::size_t(y) * pitch + std::size_t(component);
        switch (FrameShape::bytesOf(shape.type)) {
        case 1:
            place(values, reinterpret_cast<std::uint8_t *>(out.data()) + first, shape.columns, shape.samples,
                part.stepX, low, high);
            break;
        case 2:
            place(values, reinterpret_cast<std::uint16_t *>(out.data()) + first, shape.columns, shape.samples,
                part.stepX, low, high);
            break;
        default:
            place(values, reinterpret_cast<std::uint32_t *>(out.data()) + first, shape.columns, shape.samples,
                part.stepX, low, high);
            break;
        }
    }
}

} // namespace naru::imaging::codecs
