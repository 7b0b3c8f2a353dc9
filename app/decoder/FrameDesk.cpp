#include "app/decoder/FrameDesk.h"
#include "core/imaging/Frame.h"
#include "core/imaging/pool/DecoderProtocol.h"

#include <cstring>
#include <sys/mman.h>
#include <unistd.h>

namespace naru::decoder {

bool FrameDesk::take(int descriptor)
{
    clear();
    const off_t size = ::lseek(descriptor, 0, SEEK_END);
    if (size <= 0 || size > off_t(imaging::LargestFrame))
        return false;
    // Populated in one go: a fault a page would cost more than decoding a small frame.
    void *const memory =
        ::mmap(nullptr, std::size_t(size), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, descriptor, 0);
    if (memory == MAP_FAILED)
        return false;
    m_memory = {static_cast<std::byte *>(memory), std::size_t(size)};
    return true;
}

std::span<std::byte> FrameDesk::frame(std::size_t bytes)
{
    if (bytes > m_memory.size())
        return {};
    std::memset(m_memory.data(), 0, bytes);
    return m_memory.first(bytes);
}

void FrameDesk::clearIfLarge()
{
    if (m_memory.size() > std::size_t(imaging::protocol::KeptMemory))
        clear();
}

void FrameDesk::clear()
{
    if (!m_memory.empty())
        ::munmap(m_memory.data(), m_memory.size());
    m_memory = {};
}

} // namespace naru::decoder
