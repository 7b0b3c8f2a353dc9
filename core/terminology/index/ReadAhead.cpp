#include "core/terminology/index/ReadAhead.h"

#include <bit>
#include <sys/mman.h>
#include <unistd.h>

namespace naru::terminology {

ReadAhead::ReadAhead(std::span<const unsigned char> mapping)
    : m_base(reinterpret_cast<std::uintptr_t>(mapping.data()))
    , m_shift(unsigned(std::countr_zero(std::uint64_t(::sysconf(_SC_PAGESIZE)))))
    , m_pages((mapping.size() >> m_shift) + 1)
    , m_asked(std::make_unique<std::atomic<std::uint64_t>[]>((m_pages >> 6) + 1))
{
}

bool ReadAhead::askPage(std::size_t page) const
{
    const std::uint64_t bit = 1ULL << (page & 63);
    if ((m_asked[page >> 6].fetch_or(bit, std::memory_order_relaxed) & bit) != 0)
        return false;
    ::madvise(reinterpret_cast<void *>(m_base + (page << m_shift)), std::size_t(1) << m_shift, MADV_WILLNEED);
    return true;
}

void ReadAhead::askWhole(std::span<const unsigned char> table) const
{
    if (table.empty())
        return;
    const std::size_t from = pageOf(table.data()), to = pageOf(table.data() + table.size() - 1);
    for (std::size_t page = from; page <= to; ++page)
        m_asked[page >> 6].fetch_or(1ULL << (page & 63), std::memory_order_relaxed);
    auto *at = reinterpret_cast<void *>(m_base + (from << m_shift));
    ::madvise(at, (to - from + 1) << m_shift, MADV_NORMAL);
    ::madvise(at, (to - from + 1) << m_shift, MADV_WILLNEED);
}

} // namespace naru::terminology
