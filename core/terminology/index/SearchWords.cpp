// Several words in any order.
#include "core/terminology/index/Searcher.h"

#include <algorithm>
#include <tuple>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace naru::terminology {

namespace {
constexpr int mostUsedLooked = 1500; // used terms
constexpr std::uint32_t fewSuffixes = 50;

// The first `keys` between two places of an arena, or null. Reads up to 16 bytes past `to`, which is the
// padding. memmem prepares a table of 256 bytes at every call: for the 100 bytes of a term that is most of
// it.
const char *findKeys(const char *from, const char *to, const char *keys, std::size_t size)
{
    static_assert(layout::arenaPadding >= 16);
#ifdef __SSE2__
    if (std::size_t(to - from) < size)
        return nullptr;
    const char *last = to - size;
    const __m128i head = _mm_set1_epi8(keys[0]), tail = _mm_set1_epi8(keys[size - 1]);
    for (const char *at = from; at <= last; at += 16) {
        const __m128i heads = _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
        const __m128i tails = _mm_loadu_si128(reinterpret_cast<const __m128i *>(at + size - 1));
        auto both = unsigned(
            _mm_movemask_epi8(_mm_and_si128(_mm_cmpeq_epi8(heads, head), _mm_cmpeq_epi8(tails, tail))));
        for (; both != 0; both &= both - 1) {
            const char *hit = at + __builtin_ctz(both);
            if (hit > last)
                return nullptr;
            if (std::memcmp(hit, keys, size) == 0)
                return hit;
        }
    }
    return nullptr;
#else
    return static_cast<const char *>(memmem(from, std::size_t(to - from), keys, size));
#endif
}
} // namespace

std::vector<Searcher::Reading> Searcher::readingsOf(const QueryWord &word, IndexImage::Array array) const
{
    std::vector<Reading> out;
    std::uint32_t total = 0;
    const auto add = [&](QByteArrayView keys, IndexImage::Array which, bool other) {
        Reading reading{keys, which, other, m_image.array(which).find(keys)};
        if (!reading.range.empty()) {
            total += reading.range.size();
            out.push_back(reading);
        }
    };
    add(word.keys, array, false);
    if (array == IndexImage::NamesArray && !word.initials.isEmpty())
        add(word.initials, IndexImage::InitialsArray, false);
    if (total < fewSuffixes && !word.other.isEmpty())
        add(word.other, array, true);
    return out;
}

// The best match of one word in a term, at the same starts as in the index.
bool Searcher::bestInTerm(
    const std::vector<Reading> &readings, std::uint32_t term, Match &best, Level enough) const
{
    bool found = false;
    for (const Reading &reading : readings) {
        const SuffixArray &array = m_image.array(reading.array);
        const auto [from, to] = array.strings(term);
        const char *text = reinterpret_cast<const char *>(array.bytes(0));
        const auto size = std::size_t(reading.keys.size());
        for (std::uint32_t at = from; at + size <= to;) {
            const char *hit = findKeys(text + at, text + to, reading.keys.data(), size);
            if (!hit)
                break;
            const auto position = std::uint32_t(hit - text);
            at = position + 1;
            const StartClass begin = array.beginAt(position);
            if (begin == StartClass::None)
                continue;
            const std::uint32_t start = position;
            const bool code = (array.bytes(start)[-2] - 1U) / 2 == unsigned(TermHit::Source::Code)
                && array.bytes(start)[-3] == 0 && begin == StartClass::Name;
            const Level level = levelOf(reading, code ? 3U : unsigned(begin) - 1U, position, 0xFFFF);
            if (!found || level < best.level) {
                best.level = level;
                best.position = position;
                best.length = std::uint16_t(size);
                best.array = reading.array;
                found = true;
                if (level <= enough)
                    return true;
            }
        }
    }
    return found;
}

void Searcher::prepare(const Query &query)
{
    m_words.clear();
    for (const QueryWord &word : query.words)
        m_words.push_back(readingsOf(word, IndexImage::NamesArray));
}

std::vector<Match> Searcher::placesOf(const QueryWord &word, std::uint32_t most) const
{
    const SuffixArray &array = m_image.array(IndexImage::NamesArray);
    const Reading reading{word.keys, IndexImage::NamesArray, false, array.find(word.keys)};
    std::vector<Match> out;
    const auto add = [&](std::uint32_t rank) {
        const std::uint32_t position = array.position(rank);
        const std::uint32_t term = array.termAt(position);
        if (allowed(term))
            out.push_back(match(reading, rank, position, term));
    };
    if (reading.range.size() <= most) {
        for (std::uint32_t rank = reading.range.from; rank < reading.range.to; ++rank)
            add(rank);
    } else {
        BestFirst best(array, reading.range, m_all ? 0xFFFF : m_groupMask);
        std::uint32_t left = most;
        for (auto rank = best.next(); rank >= 0 && left > 0; rank = best.next(), --left)
            add(std::uint32_t(rank));
    }
    std::sort(out.begin(), out.end(), [](const Match &a, const Match &b) {
        return a.term != b.term ? a.term < b.term : a.level != b.level ? a.level < b.level : a.rank < b.rank;
    });
    out.erase(
        std::unique(out.begin(), out.end(), [](const Match &a, const Match &b) { return a.term == b.term; }),
        out.end());
    return out;
}

bool Searcher::hasAll(const std::vector<std::vector<Reading>> &words, std::uint32_t term) const
{
    Match any;
    return std::all_of(words.begin(), words.end(),
        [&](const auto &readings) { return bestInTerm(readings, term, any, Level::Similar); });
}

bool Searcher::checkTerm(const std::vector<std::vector<Reading>> &words, std::uint32_t term, Match &all) const
{
    all.term = term;
    all.level = Level::NameStart; // never whole: there is more than one word
    for (const std::size_t i : m_checkOrder) {
        Match one;
        // Whether another word than the first is a whole name makes no difference.
        if (!bestInTerm(words[i], term, one, i == 0 ? Level::CodeExact : Level::NameStart))
            return false;
        all.level = std::max(all.level, one.level);
        if (i == 0) {
            all.position = one.position;
            all.length = one.length;
            all.array = one.array;
        }
    }
    all.kind = kindOf(all.level);
    return true;
}

void Searcher::severalWords(const Query &query, IndexImage::Array array)
{
    std::vector<std::vector<Reading>> words;
    std::size_t rarest = 0;
    std::uint32_t least = 0xFFFFFFFFU;
    for (const QueryWord &word : query.words) {
        words.push_back(readingsOf(word, array));
        std::uint32_t total = 0;
        for (const Reading &reading : words.back())
            total += reading.range.size();
        if (total == 0)
            return;
        if (total < least) {
            least = total;
            rarest = words.size() - 1;
        }
    }
    // The rarest word is what terms are found by: whether it is there is asked last.
    m_checkOrder.clear();
    for (std::size_t i = words.size(); i-- > 0;) {
        if (i != rarest)
            m_checkOrder.push_back(i);
    }
    m_checkOrder.push_back(rarest);
    const bool names = array == IndexImage::NamesArray;
    usedTermsWith(words, words[rarest], names ? signOf(words, words.size()) : layout::SignEntry());
    const layout::SignEntry sign = names ? signOf(words, rarest) : layout::SignEntry();
    m_beginning = {};
    m_bestLevel = Level::NameStart;
    for (std::size_t i = 0; names && i < words.size(); ++i) {
        // The first reading is the literal one when there is any: the others are worse than its worst place.
        if (words[i].front().array != IndexImage::NamesArray || words[i].front().other) {
            m_bestLevel = Level::InitialsWhole;
            continue;
        }
        if (i == rarest)
            continue;
        const auto *keys = reinterpret_cast<const unsigned char *>(words[i].front().keys.data());
        m_beginning.addName(keys);
        m_beginning.addWord(keys);
    }
    m_looked = 0;
    m_scanned = 0;
    for (const Reading &reading : words[rarest])
        drive(words, reading, sign);
}

// What the words but `driver` ask of a term's beginnings; words that may also be initials or the other mode
// ask nothing.
layout::SignEntry Searcher::signOf(const std::vector<std::vector<Reading>> &words, std::size_t driver) const
{
    layout::SignEntry sign;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i != driver && words[i].size() == 1 && words[i].front().array == IndexImage::NamesArray)
            sign.add(reinterpret_cast<const unsigned char *>(words[i].front().keys.data()));
    }
    return sign;
}

void Searcher::usedTermsWith(const std::vector<std::vector<Reading>> &words,
    const std::vector<Reading> &rarest, const layout::SignEntry &sign)
{
    int left = mostUsedLooked;
    for (const Reading &reading : rarest) {
        if (!m_usage)
            return;
        const auto all = m_usage->in(reading.array, reading.range);
        std::vector<UsageIndex::Suffix> order(all.begin(), all.end());
        const auto key = [](const UsageIndex::Suffix &one) {
            return std::tuple(-int(one.usage), one.term, -int(one.value), one.rank);
        };
        std::sort(order.begin(), order.end(), [&](const auto &a, const auto &b) { return key(a) < key(b); });
        for (const UsageIndex::Suffix &place : order) {
            if (!m_image.sign(place.term).has(sign) || !allowed(place.term) || m_seen.contains(place.term))
                continue;
            if (left-- == 0)
                return;
            Match one;
            m_seen.insert(place.term);
            if (!checkTerm(words, place.term, one))
                continue;
            one.rank = place.rank;
            one.value = staticPart(place.value);
            one.retired = isRetired(one);
            m_found.push_back(one);
        }
    }
}

} // namespace naru::terminology
