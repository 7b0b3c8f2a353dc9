// The samples of a frame by their own type: f(pointer, count) is called once with the right one.
#pragma once

#include "core/imaging/Frame.h"

#include <cstdint>

namespace naru::imaging {

template <typename F> auto withSamples(const Frame &frame, F &&f)
{
    const auto count = frame.data.size() / std::size_t(FrameShape::bytesOf(frame.shape.type));
    const auto call = [&](auto tag) {
        return f(reinterpret_cast<const decltype(tag) *>(frame.data.data()), count);
    };
    switch (frame.shape.type) {
    case SampleType::U8:
        return call(std::uint8_t{});
    case SampleType::S8:
        return call(std::int8_t{});
    case SampleType::U16:
        return call(std::uint16_t{});
    case SampleType::S16:
        return call(std::int16_t{});
    case SampleType::U32:
        return call(std::uint32_t{});
    case SampleType::S32:
        return call(std::int32_t{});
    case SampleType::F32:
        return call(float{});
    case SampleType::F64:
        return call(double{});
    }
    return call(std::uint8_t{});
}

// Whether the frame has the bytes its shape promises.
inline bool isWhole(const Frame &frame)
{
    return frame.shape.bytes() > 0 && frame.data.size() >= frame.shape.bytes();
}

} // namespace naru::imaging
