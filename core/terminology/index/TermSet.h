#pragma once

#include <cstdint>
#include <vector>

namespace naru::terminology {

// Terms already taken.
class TermSet {
public:
    TermSet()
        : m_slots(256, empty)
    {
    }
    bool insert(std::uint32_t term); // false: was there
    bool contains(std::uint32_t term) const;

private:
    static constexpr std::uint32_t empty = 0xFFFFFFFFU;
    std::size_t slot(std::uint32_t term) const { return (term * 2654435761U) & (m_slots.size() - 1); }
    void grow();
    std::vector<std::uint32_t> m_slots;
    std::size_t m_count = 0;
};

} // namespace naru::terminology
