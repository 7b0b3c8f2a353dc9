// One straight line, clamped, over a whole frame: the loop behind dragging a window.
#pragma once

#include <cstddef>
#include <cstdint>

namespace naru::imaging {

// grey = scale * (stored - origin) + offset, clamped to 0..255, rounded. The origin lies where the ramp
// begins, so that single precision keeps the result within a thousandth of a grey level for all 16-bit
// values.
struct Ramp {
    float origin = 0, scale = 0, offset = 0;
    bool hasPadding = false;
    int paddingLow = 0, paddingHigh = 0; // stored values, both inclusive, that become 0
};

void applyRamp(const std::uint8_t *samples, std::size_t count, const Ramp &ramp, unsigned char *out);
void applyRamp(const std::int8_t *samples, std::size_t count, const Ramp &ramp, unsigned char *out);
void applyRamp(const std::uint16_t *samples, std::size_t count, const Ramp &ramp, unsigned char *out);
void applyRamp(const std::int16_t *samples, std::size_t count, const Ramp &ramp, unsigned char *out);

} // namespace naru::imaging
