// What was used here, prepared for one index: which of its suffixes belong to used terms, so that a key press
// finds them by two binary searches. Made anew when the usage changed.
#pragma once

#include "core/terminology/index/IndexImage.h"

#include <mutex>

namespace naru::terminology {

// Where usage and department stand in scoreOf().
namespace place {
constexpr unsigned usageShift = 15, usageMask = 0x3FF, departmentBit = 14;
} // namespace place

struct UsedTerm {
    std::uint32_t term = 0;
    int rank = 0; // 1..1023, higher is used more; equal counts, equal rank
    bool favourite = false;
};

class UsageIndex {
public:
    UsageIndex(const IndexImage &image, const QHash<QString, TermUsage::Counts> &counts);

    bool isFor(const QHash<QString, TermUsage::Counts> &counts) const
    {
        return m_counts.isSharedWith(counts);
    }
    const std::vector<UsedTerm> &mostUsedFirst() const { return m_byUse; }
    const UsedTerm *find(std::uint32_t term) const;
    int rankOf(const QString &system, const QString &code) const;

    // Used suffixes of an array with from <= rank < to.
    struct Suffix {
        std::uint32_t rank = 0, term = 0;
        std::uint16_t value = 0; // score
        std::uint16_t usage = 0; // rank of its term
    };
    std::span<const Suffix> in(IndexImage::Array array, RankRange range) const;

private:
    QHash<QString, TermUsage::Counts> m_counts{}; // shared with the caller's: the sign that nothing changed
    QHash<QString, int> m_ranks{};
    std::vector<UsedTerm> m_terms{}; // by term
    std::vector<UsedTerm> m_byUse{};
    std::vector<Suffix> m_suffixes[3]{};
};

// The last one made.
class UsageCache {
public:
    std::shared_ptr<const UsageIndex> get(const IndexImage &image, const TermUsage *usage) const;

private:
    mutable std::mutex m_mutex{};
    mutable std::shared_ptr<const UsageIndex> m_last{};
};

} // namespace naru::terminology
