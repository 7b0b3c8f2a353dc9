// Memory that a decoder child may write and nobody may resize: a sealed memfd, mapped here as long as
// somebody holds it.
#pragma once

#include "core/base/Result.h"

#include <QByteArray>

#include <cstddef>
#include <memory>

namespace naru::imaging {

class SharedMemory {
public:
    // Zero pages that cost nothing until touched. imaging.SharedMemory
    static base::Result<std::shared_ptr<SharedMemory>> make(std::size_t bytes);
    ~SharedMemory();
    SharedMemory(const SharedMemory &) = delete;
    SharedMemory &operator=(const SharedMemory &) = delete;

    void *data() const { return m_memory; }
    std::size_t size() const { return m_bytes; }
    int descriptor() const { return m_descriptor; }
    // Frames too large to be copied are given away with their memory; a cache of them needs no descriptors.
    void closeDescriptor();

private:
    SharedMemory() = default;
    void *m_memory = nullptr;
    std::size_t m_bytes = 0;
    int m_descriptor = -1;
};

// A descriptor to read from, filled with `bytes`; the caller closes it. imaging.SharedMemory
base::Result<int> descriptorOf(const QByteArray &bytes);

} // namespace naru::imaging
