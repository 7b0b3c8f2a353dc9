#include "core/terminology/index/TermSet.h"

namespace naru::terminology {

bool TermSet::insert(std::uint32_t term)
{
    if (m_count * 2 >= m_slots.size())
        grow();
    std::size_t at = slot(term);
    while (m_slots[at] != empty) {
        if (m_slots[at] == term)
            return false;
        at = (at + 1) & (m_slots.size() - 1);
    }
    m_slots[at] = term;
    ++m_count;
    return true;
}

bool TermSet::contains(std::uint32_t term) const
{
    std::size_t at = slot(term);
    while (m_slots[at] != empty) {
        if (m_slots[at] == term)
            return true;
        at = (at + 1) & (m_slots.size() - 1);
    }
    return false;
}

void TermSet::grow()
{
    std::vector<std::uint32_t> old(m_slots.size() * 4, empty);
    old.swap(m_slots);
    m_count = 0;
    for (const std::uint32_t term : old) {
        if (term != empty)
            insert(term);
    }
}

} // namespace naru::terminology
