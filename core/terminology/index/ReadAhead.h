// Which pages of a mapped index were asked of the disc already. Places that a search is about to read are
// asked for together: the disc brings dozens of pages in the time of one or two that are waited for one by
// one.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace naru::terminology {

class ReadAhead {
public:
    // `mapping` begins at a page.
    explicit ReadAhead(std::span<const unsigned char> mapping);

    // True when one of the pages was not asked for before. Any number of threads may ask.
    bool ask(const void *at, std::size_t size = 1) const
    {
        const std::size_t from = pageOf(at), to = pageOf(static_cast<const unsigned char *>(at) + size - 1);
        bool fresh = false;
        for (std::size_t page = from; page <= to && page < m_pages; ++page) {
            if (((m_asked[page >> 6].load(std::memory_order_relaxed) >> (page & 63)) & 1U) == 0)
                fresh = askPage(page) || fresh;
        }
        return fresh;
    }
    // A table of which a search reads most: in one go.
    void askWhole(std::span<const unsigned char> table) const;

private:
    std::size_t pageOf(const void *at) const
    {
        return (reinterpret_cast<std::uintptr_t>(at) - m_base) >> m_shift;
    }
    bool askPage(std::size_t page) const;

    std::uintptr_t m_base = 0;
    unsigned m_shift = 12;
    std::size_t m_pages = 0;
    std::unique_ptr<std::atomic<std::uint64_t>[]> m_asked {}; // a bit each
};

} // namespace naru::terminology
