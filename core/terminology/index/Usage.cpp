#include "core/terminology/index/Usage.h"

#include <algorithm>
#include <tuple>

namespace naru::terminology {

namespace {
constexpr int highestRank = int(place::usageMask);
constexpr size_t mostUsed = 4000; // of one index; a clinic uses some hundred codes
} // namespace

UsageIndex::UsageIndex(const IndexImage &image, const QHash<QString, TermUsage::Counts> &counts)
    : m_counts(counts)
{
    const auto measure = [](const TermUsage::Counts &c) { return std::tuple(c.patient, c.doctor, c.clinic); };
    std::vector<std::tuple<int, int, int>> steps;
    for (const TermUsage::Counts &one : counts)
        steps.push_back(measure(one));
    std::sort(steps.begin(), steps.end(), std::greater<>());
    steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
    for (auto it = counts.begin(); it != counts.end(); ++it) {
        const auto step = std::lower_bound(steps.begin(), steps.end(), measure(*it), std::greater<>());
        const bool none = measure(*it) == std::tuple(0, 0, 0);
        const int rank = none ? 0 : std::max(1, highestRank - int(step - steps.begin()));
        m_ranks.insert(it.key(), rank);
        const qsizetype bar = it.key().indexOf(u'|');
        const int id = image.find(it.key().left(bar), QStringView(it.key()).mid(bar + 1));
        if (id >= 0)
            m_terms.push_back({std::uint32_t(id), rank, it->favourite});
    }
    if (m_terms.size() > mostUsed) { // favourites and the most used ones are kept
        const auto order = [](const UsedTerm &one) {
            return std::tuple(!one.favourite, -one.rank, one.term);
        };
        std::nth_element(m_terms.begin(), m_terms.begin() + mostUsed, m_terms.end(),
            [&](const UsedTerm &x, const UsedTerm &y) { return order(x) < order(y); });
        m_terms.resize(mostUsed);
    }
    std::sort(
        m_terms.begin(), m_terms.end(), [](const UsedTerm &a, const UsedTerm &b) { return a.term < b.term; });
    m_byUse = m_terms;
    std::stable_sort(
        m_byUse.begin(), m_byUse.end(), [](const UsedTerm &a, const UsedTerm &b) { return a.rank > b.rank; });
    for (int a = 0; a < 3; ++a) {
        const SuffixArray &array = image.array(IndexImage::Array(a));
        for (const UsedTerm &used : m_terms) {
            const auto [from, to] = array.strings(used.term);
            for (std::uint32_t at = from; at < to && array.size() > 0; ++at) {
                if (array.beginAt(at) == StartClass::None)
                    continue;
                const std::uint32_t rank = array.rankOf(at);
                if (rank >= array.size())
                    continue;
                m_suffixes[a].push_back(
                    {rank, used.term, std::uint16_t(array.scoreAt(rank)), std::uint16_t(used.rank)});
            }
        }
        std::sort(m_suffixes[a].begin(), m_suffixes[a].end(),
            [](const Suffix &x, const Suffix &y) { return x.rank < y.rank; });
    }
}

const UsedTerm *UsageIndex::find(std::uint32_t term) const
{
    const auto it = std::lower_bound(m_terms.begin(), m_terms.end(), term,
        [](const UsedTerm &used, std::uint32_t wanted) { return used.term < wanted; });
    return it != m_terms.end() && it->term == term ? &*it : nullptr;
}

int UsageIndex::rankOf(const QString &system, const QString &code) const
{
    return m_ranks.value(TermUsage::key(system, code));
}

std::span<const UsageIndex::Suffix> UsageIndex::in(IndexImage::Array array, RankRange range) const
{
    const auto &all = m_suffixes[array];
    const auto at = [&all](std::uint32_t rank) {
        return std::lower_bound(all.begin(), all.end(), rank,
            [](const Suffix &suffix, std::uint32_t wanted) { return suffix.rank < wanted; });
    };
    const auto from = at(range.from), to = at(std::max(range.to, range.from));
    return {from, to};
}

std::shared_ptr<const UsageIndex> UsageCache::get(const IndexImage &image, const TermUsage *usage) const
{
    if (!usage || usage->counts.isEmpty())
        return nullptr;
    const std::lock_guard lock(m_mutex);
    if (!m_last || !m_last->isFor(usage->counts))
        m_last = std::make_shared<const UsageIndex>(image, usage->counts);
    return m_last;
}

} // namespace naru::terminology
