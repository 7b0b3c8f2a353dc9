// One decoded frame: plain samples in the machine's byte order, colour by pixel (R G B R G B), no padding
// between rows. Stored values: rescale, windows and palettes are applied later (render/).
#pragma once

#include <QtGlobal>

#include <cstddef>
#include <memory>
#include <span>

namespace naru::imaging {

// What a frame may take as stored samples: 8192 x 8192 of 16 bits, more than a film digitiser gives. A frame
// and its 8-bit picture, or a frame and what its codec needs, then fit into 512 MiB together.
constexpr std::size_t LargestFrame = std::size_t(128) << 20;

enum class SampleType : char { U8, S8, U16, S16, U32, S32, F32, F64 };

struct FrameShape {
    int rows = 0, columns = 0;
    int samples = 1; // 1 grey or palette index, 3 colour (always RGB here, whatever the file had)
    SampleType type = SampleType::U8;

    std::size_t bytes() const; // of the whole frame
    static int bytesOf(SampleType type);
    // Each side halved so many times, rounded up.
    FrameShape halved(int times) const;
    friend bool operator==(const FrameShape &, const FrameShape &) = default;
};

// Read-only pixels; copies share the memory. A frame too large to be copied lies in what a decoder child
// wrote.
struct Frame {
    FrameShape shape{};
    std::shared_ptr<const void> owner{};
    std::span<const std::byte> data{};

    template <typename T> std::span<const T> as() const
    {
        return {reinterpret_cast<const T *>(data.data()), data.size() / sizeof(T)};
    }
};

} // namespace naru::imaging
