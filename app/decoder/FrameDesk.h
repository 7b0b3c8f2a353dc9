// The shared memory to which this process writes frames: it came with a request and stays mapped for the
// next ones, since mapping it anew took longer than decoding a small frame.
#pragma once

#include <cstddef>
#include <span>

namespace naru::decoder {

class FrameDesk {
public:
    FrameDesk() = default;
    ~FrameDesk() { clear(); }
    FrameDesk(const FrameDesk &) = delete;
    FrameDesk &operator=(const FrameDesk &) = delete;

    // Maps all of it in place of what was there; false when it cannot be mapped.
    bool take(int descriptor);
    // Its first bytes, cleared, so that a frame never shows what was decoded before it. Empty when there are
    // not as many.
    std::span<std::byte> frame(std::size_t bytes);
    void clearIfLarge(); // the pool keeps no such memory either
    void clear();

private:
    std::span<std::byte> m_memory{};
};

} // namespace naru::decoder
