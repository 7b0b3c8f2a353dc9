// Spellings one key away, for a word that matched nothing: names only, never codes or aliases, and never
// across the syllables of tables/confusions.tsv.
#include "core/base/Tsv.h"
#include "core/terminology/KeySpelling.h"
#include "core/terminology/index/Searcher.h"

#include <algorithm>

namespace naru::terminology {

namespace {
constexpr int leastSyllables = 3;
constexpr qsizetype leastLetters = 7; // of a Latin word, about as many as three syllables
constexpr std::size_t mostSimilar = 10;
constexpr qsizetype longestWord = 40; // keys

bool vowelLetter(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

// Long enough that one key does not make another word of it.
bool longEnough(const QueryWord &word)
{
    if (word.hasDigit || word.keys.size() > longestWord)
        return false;
    if (!word.latin)
        return word.syllables >= leastSyllables;
    int groups = 0;
    for (qsizetype i = 0; i < word.keys.size(); ++i)
        groups += vowelLetter(word.keys[i]) && (i == 0 || !vowelLetter(word.keys[i - 1])) ? 1 : 0;
    return groups >= 2 && word.keys.size() >= leastLetters;
}
} // namespace

std::vector<Match> Searcher::similar(const Query &query)
{
    const QueryWord &word = query.words.size() == 1 ? query.words.front() : query.joined;
    if (m_groupMask == 0 || query.empty() || !longEnough(word))
        return {};
    m_found.clear();
    m_seen = {};
    const SuffixArray &array = m_image.array(IndexImage::NamesArray);
    const QByteArrayView keys = word.keys;
    std::vector<std::pair<RankRange, int>> ranges; // with the keys matched
    const auto add = [&](RankRange range, std::uint32_t depth, QByteArrayView rest) {
        if (!range.empty() && !rest.isEmpty())
            range = array.followed(range, depth, rest);
        if (!range.empty())
            ranges.push_back({range, int(depth + std::uint32_t(rest.size()))});
    };
    RankRange before = array.find(keys.first(1));
    for (qsizetype i = 1; i < keys.size() && !before.empty(); ++i) {
        const auto depth = std::uint32_t(i);
        if (i + 1 < keys.size() || i > 1)
            add(before, depth, keys.sliced(i + 1)); // one key too many
        if (i + 1 < keys.size()) { // two keys in the wrong order
            const char swapped[] = {keys[i + 1], keys[i]};
            const RankRange turned = array.followed(before, depth, QByteArrayView(swapped, 2));
            add(turned, depth + 2, keys.sliced(i + 2));
        }
        for (std::uint32_t at = before.from; at < before.to;) {
            const unsigned char key = array.byteAt(at, depth);
            const RankRange narrowed = array.narrowed({at, before.to}, depth, key);
            if (narrowed.to <= at)
                break;
            if (key != 0 && char(key) != keys[i]) {
                add(narrowed, depth + 1, keys.sliced(i + 1)); // another key
                add(narrowed, depth + 1, keys.sliced(i)); // a key missing
            }
            at = narrowed.to;
        }
        before = array.narrowed(before, depth, static_cast<unsigned char>(keys[i]));
    }
    for (const auto &[range, length] : ranges) {
        BestFirst best(array, range, m_all ? 0xFFFF : m_groupMask);
        int tries = 0;
        for (auto rank = best.next(); rank >= 0 && tries < 20; rank = best.next(), ++tries) {
            const std::uint32_t position = array.position(std::uint32_t(rank));
            const std::uint32_t term = array.termAt(position);
            const unsigned begin = score::begin(array.scoreAt(std::uint32_t(rank)));
            std::uint32_t start = position;
            while (start > 1 && array.bytes(start)[-1] != 0)
                --start;
            const auto source = TermHit::Source((array.bytes(start)[0] - 1U) / 2);
            if (begin == 0 || begin == 3 || source == TermHit::Source::Alias || !allowed(term)
                || !m_seen.insert(term))
                continue;
            Reading reading{keys, IndexImage::NamesArray, false, range};
            Match one = match(reading, std::uint32_t(rank), position, term);
            one.length = std::uint16_t(length);
            one.level = Level::Similar;
            one.kind = MatchKind::Similar;
            m_found.push_back(one);
            if (m_found.size() >= mostSimilar * 8)
                break;
        }
    }
    finish();
    if (m_found.size() > mostSimilar * 2)
        m_found.resize(mostSimilar * 2);
    return std::move(m_found);
}

} // namespace naru::terminology
