// Words of one query that are met partly in the strings of a term and partly in its aliases.
#include "core/terminology/TerminologySearchAsked.h"
#include "core/terminology/index/TermFileData.h"

#include <algorithm>
#include <tuple>

namespace naru::terminology {

namespace {
// Rows of an alias table looked at for one word; a word of one key leads to too many to mean one.
constexpr std::uint32_t mostRows = 200;
constexpr qsizetype leastKeys = 2;
} // namespace

// A word of the query in an alias of a term.
struct TerminologySearch::AliasWord {
    Target to{};
    size_t table = 0, word = 0;
    Match match{};
};

// By term, then by word, the best first.
std::vector<TerminologySearch::AliasWord> TerminologySearch::aliasWords(const Asked &asked) const
{
    std::vector<AliasWord> out;
    TermFilter plain;
    plain.systems = asked.filter.systems;
    for (size_t table = 0; table < m_aliases.size(); ++table) {
        const Searcher rows(*m_aliases[table]->m_data->image, plain, nullptr);
        for (size_t word = 0; word < asked.query.words.size(); ++word) {
            if (asked.query.words[word].keys.size() < leastKeys)
                continue;
            for (const Match &match : rows.placesOf(asked.query.words[word], mostRows)) {
                const Target to = target(table, match.term);
                if (to.at.file < 0)
                    continue;
                const Searcher *file = asked.searchers[size_t(to.at.file)].get();
                if (file && file->allowed(std::uint32_t(to.at.id)))
                    out.push_back({to, table, word, match});
            }
        }
    }
    const auto order = [](const AliasWord &a) {
        return std::tuple(a.to.at.file, a.to.at.id, a.word, a.match.level, a.table, a.match.rank);
    };
    std::sort(
        out.begin(), out.end(), [&](const AliasWord &a, const AliasWord &b) { return order(a) < order(b); });
    return out;
}

void TerminologySearch::searchTogether(const Asked &asked, std::vector<Candidate> &found) const
{
    const std::vector<AliasWord> all = aliasWords(asked);
    const size_t words = asked.query.words.size();
    std::vector<bool> prepared(m_files.size());
    for (auto from = all.begin(); from != all.end();) {
        const auto to = std::find_if(from, all.end(), [&](const AliasWord &one) {
            return one.to.at.file != from->to.at.file || one.to.at.id != from->to.at.id;
        });
        Searcher &file = *asked.searchers[size_t(from->to.at.file)];
        if (!prepared[size_t(from->to.at.file)])
            file.prepare(asked.query);
        prepared[size_t(from->to.at.file)] = true;
        const AliasWord *shown = &*from; // the alias met best
        Level level = Level::NameStart;
        bool every = true;
        for (size_t word = 0; word < words && every; ++word) {
            const auto inAlias =
                std::find_if(from, to, [word](const AliasWord &one) { return one.word == word; });
            Match best;
            every = file.bestOfWord(word, std::uint32_t(from->to.at.id), best);
            if (inAlias != to) {
                best.level = every ? std::min(best.level, inAlias->match.level) : inAlias->match.level;
                every = true;
                if (inAlias->match.level < shown->match.level)
                    shown = &*inAlias;
            }
            level = std::max(level, best.level);
        }
        if (every) {
            Match match = shown->match;
            match.level = level;
            match.kind = kindOf(level);
            found.push_back(aliasCandidate(shown->table, shown->to, match, asked));
        }
        from = to;
    }
}

} // namespace naru::terminology
