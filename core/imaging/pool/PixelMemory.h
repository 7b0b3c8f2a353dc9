// Memory of decoded pixels: this process's own, shared with no decoder. What a child wrote is copied here, so
// that a child that is taken over later can neither change it nor see it.
#pragma once

#include "core/base/Result.h"

#include <atomic>
#include <cstddef>
#include <memory>

namespace naru::imaging {

class PixelMemory {
public:
    // Zero pages that cost nothing until touched. imaging.SharedMemory
    static base::Result<std::shared_ptr<PixelMemory>> make(std::size_t bytes);
    ~PixelMemory();
    PixelMemory(const PixelMemory &) = delete;
    PixelMemory &operator=(const PixelMemory &) = delete;

    std::byte *data() const { return m_memory; }
    std::size_t size() const { return m_bytes; }
    // Makes pages ready that are about to be written, once each: asked for together they cost two thirds of
    // what a fault a page does, and it is done while a decoder works. Any thread.
    void prepare(std::size_t offset, std::size_t bytes);

private:
    PixelMemory() = default;
    std::byte *m_memory = nullptr;
    std::size_t m_bytes = 0;
    void *m_mapped = nullptr;
    std::size_t m_mappedBytes = 0;
    std::unique_ptr<std::atomic<bool>[]> m_ready {}; // a flag a block
};

} // namespace naru::imaging
