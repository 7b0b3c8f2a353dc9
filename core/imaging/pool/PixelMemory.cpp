#include "core/imaging/pool/PixelMemory.h"
#include "core/imaging/Errors.h"

#include <algorithm>
#include <cstdint>
#include <sys/mman.h>

namespace naru::imaging {

namespace {
constexpr std::size_t Block = 256 * 1024;
constexpr std::size_t LargePage = 2 * 1024 * 1024;
#ifdef MADV_POPULATE_WRITE
constexpr int PopulateWrite = MADV_POPULATE_WRITE;
#else
constexpr int PopulateWrite = 23; // Linux 5.14; an older one refuses, and pages come one by one
#endif
} // namespace

base::Result<std::shared_ptr<PixelMemory>> PixelMemory::make(std::size_t bytes)
{
    if (bytes == 0 || bytes > SIZE_MAX - LargePage)
        return errors::SharedMemory;
    const std::shared_ptr<PixelMemory> out(new PixelMemory);
    // Volumes begin where a large page may lie, so that a system that hands them out by itself can. They are
    // not asked for: told to, the kernel moves memory about until it has some (262 MB in 0.03 to 0.76 s).
    const std::size_t slack = bytes >= LargePage ? LargePage : 0;
    void *const mapped = ::mmap(
        nullptr, bytes + slack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapped == MAP_FAILED)
        return errors::SharedMemory;
    out->m_mapped = mapped;
    out->m_mappedBytes = bytes + slack;
    const auto address = reinterpret_cast<std::uintptr_t>(mapped);
    const std::size_t skip = slack > 0 ? (LargePage - address % LargePage) % LargePage : 0;
    out->m_memory = static_cast<std::byte *>(mapped) + skip;
    out->m_bytes = bytes;
    // Not for programs started from here, and not for core files.
    ::madvise(mapped, out->m_mappedBytes, MADV_DONTFORK);
    ::madvise(mapped, out->m_mappedBytes, MADV_DONTDUMP);
    out->m_ready = std::make_unique<std::atomic<bool>[]>((bytes + Block - 1) / Block);
    return out;
}

PixelMemory::~PixelMemory()
{
    if (m_mapped)
        ::munmap(m_mapped, m_mappedBytes);
}

void PixelMemory::prepare(std::size_t offset, std::size_t bytes)
{
    if (bytes == 0 || offset >= m_bytes)
        return;
    const std::size_t last = (std::min(m_bytes, offset + std::min(bytes, m_bytes)) - 1) / Block;
    std::size_t block = offset / Block;
    while (block <= last) {
        std::size_t run = 0;
        while (block + run <= last && !m_ready[block + run].exchange(true, std::memory_order_relaxed))
            ++run;
        if (run > 0) {
            const std::size_t begin = block * Block;
            (void)::madvise(m_memory + begin, std::min(run * Block, m_bytes - begin), PopulateWrite);
        }
        block += run + 1;
    }
}

} // namespace naru::imaging
