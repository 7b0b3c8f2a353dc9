// Several words in any order, and words that mix initials with syllables.
#include "core/terminology/KeySpelling.h"
#include "core/terminology/index/Searcher.h"

#include <algorithm>
#include <tuple>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace naru::terminology {

namespace {
// Suffixes of the rarest word that are gone through one by one, with a sign of the other words or without;
// a wider word is taken best first, so many of it.
constexpr std::uint32_t mostSigned = 16'000, mostUnsigned = 1500;
constexpr std::uint32_t mostPlaces = 1200;
// Places whose terms may have all words are looked at until the best are certain, and not more than so many.
constexpr int mostLooked = 1500;
constexpr std::size_t atOnce = 16; // places whose memory is asked for together
constexpr std::size_t mostAsked = 64; // terms whose strings the disc is asked for together
constexpr int mostUsedLooked = 1500; // used terms
constexpr int deepestFamily = 3;
constexpr std::uint32_t fewSuffixes = 50;

std::uint16_t staticPart(unsigned value)
{
    return std::uint16_t(score::withoutBegin(value));
}

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

void Searcher::look(const std::vector<std::vector<Reading>> &words, const Reading &driver, std::uint32_t rank,
    std::uint32_t term)
{
    if (!allowed(term) || m_seen.contains(term))
        return;
    const std::uint32_t member = term;
    for (int depth = 0; depth < deepestFamily; ++depth) {
        const std::uint32_t parent = m_image.family(term);
        if (parent == term || !allowed(parent) || !hasAll(words, parent))
            break;
        term = parent; // of a family whose common name has all the words
    }
    m_seen.insert(member);
    if (term != member && !m_seen.insert(term))
        return;
    Match one;
    if (!checkTerm(words, term, one))
        return;
    one.collapsed = term != member;
    one.value = staticPart(m_image.array(driver.array).scoreAt(rank));
    one.rank = rank;
    one.retired = isRetired(one);
    put(one);
    if (one.retired)
        return;
    m_best.push_back(placeOf(scoreOf(one), rank));
    std::push_heap(m_best.begin(), m_best.end(), std::greater<>());
    if (m_best.size() > m_collect) {
        std::pop_heap(m_best.begin(), m_best.end(), std::greater<>());
        m_best.pop_back();
    }
}

// The best that a term met first at this place of the rarest word can be.
Match Searcher::boundOf(const Reading &driver, std::uint32_t rank) const
{
    const unsigned value =
        m_image.array(driver.array).scoreAt(rank) | (m_endsLater ? 1U << score::openBit : 0U);
    const unsigned begin = score::begin(value);
    Match bound;
    const bool initials = driver.array == IndexImage::InitialsArray;
    if (begin < score::nameBegin || driver.other)
        bound.level = levelOf(driver, begin, 0, value);
    else
        bound.level = initials ? Level::InitialsWhole : Level::NameStart;
    bound.level = std::max(bound.level, m_bestLevel);
    bound.value = staticPart(value);
    bound.retired = !score::open(value);
    bound.department = m_department != nullptr;
    return bound;
}

// While there are not enough terms that are certainly better, what follows may still be among the best.
bool Searcher::goesOn(const Reading &driver, std::uint32_t rank) const
{
    const Match bound = boundOf(driver, rank);
    const bool enough = m_best.size() >= m_collect && m_best.front() > placeOf(scoreOf(bound), rank);
    return !enough && !hopeless(bound);
}

// The other words do not begin a name or a word of this term, and enough others are better than such a one.
bool Searcher::late(const Reading &driver, std::uint32_t rank, std::uint32_t term) const
{
    if (m_best.size() < m_collect || m_image.family(term) != term)
        return false;
    const layout::FactEntry &own = m_image.fact(term);
    Match bound = boundOf(driver, rank);
    if (!own.beginWords(m_beginning))
        bound.level = std::max(bound.level, Level::Inside);
    else if (!own.beginNames(m_beginning))
        bound.level = std::max(bound.level, Level::WordStart);
    return m_best.front() > placeOf(scoreOf(bound), rank);
}

// The places of a word whose terms may have the others, as a heap.
std::vector<Searcher::Spot> Searcher::spots(const Reading &driver, const layout::SignEntry &sign) const
{
    const SuffixArray &own = m_image.array(driver.array);
    std::vector<Spot> out;
    out.reserve(sign.two != 0 ? 256 : driver.range.size());
    std::uint32_t terms[SuffixArray::termBatch];
    if (own.askRange(driver.range))
        askSigns(own, driver.range);
    // While some terms with an end date are still valid, they stand among the others.
    const unsigned open = m_endsLater ? 1U << score::openBit : 0U;
    for (std::uint32_t from = driver.range.from; from < driver.range.to; from += SuffixArray::termBatch) {
        const std::uint32_t count = std::min(SuffixArray::termBatch, driver.range.to - from);
        own.termsAt(from, count, terms);
        for (std::uint32_t i = 0; i < count; ++i)
            __builtin_prefetch(&m_image.sign(terms[i]));
        for (std::uint32_t i = 0; i < count; ++i) {
            if (m_image.sign(terms[i]).has(sign))
                out.push_back(
                    {(std::uint64_t(own.scoreAt(from + i) | open) << 32) | std::uint32_t(~(from + i)),
                        terms[i]});
        }
    }
    std::make_heap(out.begin(), out.end());
    return out;
}

// Of a very wide word the best places.
void Searcher::driveWide(
    const std::vector<std::vector<Reading>> &words, const Reading &driver, const layout::SignEntry &sign)
{
    const SuffixArray &own = m_image.array(driver.array);
    BestFirst best(own, driver.range, m_all ? 0xFFFF : m_groupMask);
    std::uint32_t left = mostPlaces;
    std::array<std::uint32_t, atOnce> ranks{}, positions{}, terms{};
    for (std::size_t count = atOnce; count == atOnce && left > 0;) {
        count = 0;
        for (std::int64_t rank = 0; count < atOnce && left > 0 && (rank = best.next()) >= 0; --left)
            ranks[count++] = std::uint32_t(rank);
        own.termsOf({ranks.data(), count}, positions.data(), terms.data());
        for (std::size_t i = 0; i < count; ++i) {
            __builtin_prefetch(&m_image.sign(terms[i]));
            m_image.askSign(terms[i]);
        }
        for (std::size_t i = 0; i < count; ++i) {
            if (!m_image.sign(terms[i]).has(sign))
                continue;
            m_image.array(IndexImage::NamesArray).prefetchStrings(terms[i]);
            m_image.array(IndexImage::NamesArray).askStrings(terms[i]);
        }
        for (std::size_t i = 0; i < count; ++i) {
            if (!goesOn(driver, ranks[i]))
                return;
            if (!m_image.sign(terms[i]).has(sign))
                continue;
            if (late(driver, ranks[i], terms[i]))
                m_seen.insert(terms[i]);
            else
                look(words, driver, ranks[i], terms[i]);
        }
    }
}

// From a cold disc all signs that spots() will read, together.
void Searcher::askSigns(const SuffixArray &array, RankRange range) const
{
    array.askTerms(range);
    std::uint32_t terms[SuffixArray::termBatch];
    for (std::uint32_t from = range.from; from < range.to; from += SuffixArray::termBatch) {
        const std::uint32_t count = std::min(SuffixArray::termBatch, range.to - from);
        array.termsAt(from, count, terms);
        for (std::uint32_t i = 0; i < count; ++i)
            m_image.askSign(terms[i]);
    }
}

// From a cold disc the strings of many terms at once. The next ones are about the first of the heap; as long
// as some of them are new to the disc it is asked for twice as many.
void Searcher::askAhead(const std::vector<Spot> &heap) const
{
    const SuffixArray &names = m_image.array(IndexImage::NamesArray);
    bool fresh = true;
    for (std::size_t from = 0, to = atOnce; from < heap.size() && fresh && to <= mostAsked; to *= 2) {
        fresh = false;
        for (; from < std::min(to, heap.size()); ++from)
            fresh = names.askStrings(heap[from].second) || fresh;
    }
}

// All suffixes of the rarest word whose terms may have the others, best first.
void Searcher::drive(
    const std::vector<std::vector<Reading>> &words, const Reading &driver, const layout::SignEntry &sign)
{
    if (m_scanned + driver.range.size() > (sign.two != 0 ? mostSigned : mostUnsigned)) {
        driveWide(words, driver, sign);
        return;
    }
    m_scanned += driver.range.size();
    std::vector<Spot> heap = spots(driver, sign);
    while (!heap.empty() && m_looked < mostLooked) {
        if (m_looked % int(atOnce) == 0)
            askAhead(heap);
        const std::size_t some = std::min(atOnce / 2, heap.size());
        for (std::size_t i = 0; i < some; ++i) {
            std::pop_heap(heap.begin(), heap.end() - std::ptrdiff_t(i));
            const std::uint32_t term = (heap.end() - std::ptrdiff_t(i) - 1)->second;
            m_image.array(IndexImage::NamesArray).prefetchStrings(term);
            m_image.prefetch(term);
        }
        for (std::size_t i = 0; i < some; ++i) {
            const auto rank = ~std::uint32_t(heap.back().first);
            const std::uint32_t term = heap.back().second;
            heap.pop_back();
            if (!goesOn(driver, rank))
                return;
            if (late(driver, rank, term)) {
                m_seen.insert(term);
                continue;
            }
            look(words, driver, rank, term);
            ++m_looked;
        }
    }
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

namespace {
bool syllableBegins(const unsigned char *at)
{
    return isConsonantKey(char(at[0])) && isVowelKey(char(at[1]));
}

// Behind the syllable, letter or digit at `at`.
const unsigned char *nextLetter(const unsigned char *at)
{
    if (!isHangulKey(char(*at)))
        return at + 1;
    ++at;
    while (isVowelKey(char(*at)))
        ++at;
    while (isConsonantKey(char(*at)) && !syllableBegins(at))
        ++at;
    return at;
}
} // namespace

bool Searcher::matchesPieces(std::uint32_t position, const std::vector<QueryWord::Piece> &pieces) const
{
    const unsigned char *at = m_image.array(IndexImage::NamesArray).bytes(position);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const QueryWord::Piece &piece = pieces[i];
        if (*at == 0 || std::memcmp(at, piece.keys.constData(), std::size_t(piece.keys.size())) != 0)
            return false;
        if (i + 1 == pieces.size())
            return true;
        const unsigned char *next = nextLetter(at);
        if (!piece.initial && next != at + piece.keys.size())
            return false;
        at = next;
    }
    return true;
}

// The name behind a string of initials, at the same syllable, if the letters fit there; 0 otherwise.
std::uint32_t Searcher::sameString(
    std::uint32_t initialsPosition, std::uint32_t term, const std::vector<QueryWord::Piece> &pieces) const
{
    const SuffixArray &initials = m_image.array(IndexImage::InitialsArray);
    std::uint32_t start = initialsPosition;
    while (start > 1 && initials.bytes(start)[-1] != 0)
        --start;
    const unsigned char source = initials.bytes(start)[0], number = initials.bytes(start)[1];
    const std::uint32_t letters = initialsPosition - start - 2;
    const SuffixArray &names = m_image.array(IndexImage::NamesArray);
    const auto [from, to] = names.strings(term);
    for (std::uint32_t at = from; at + 2 < to;) {
        const auto size = std::uint32_t(std::strlen(reinterpret_cast<const char *>(names.bytes(at))));
        if (names.bytes(at)[0] == source && names.bytes(at)[1] == number) {
            const unsigned char *letter = names.bytes(at + 2);
            for (std::uint32_t i = 0; i < letters && *letter != 0; ++i)
                letter = nextLetter(letter);
            const auto position = std::uint32_t(letter - names.bytes(0));
            if (position < to && matchesPieces(position, pieces))
                return position;
        }
        at += size + 1;
    }
    return 0;
}

bool Searcher::fits(const Reading &reading, std::uint32_t position, std::uint32_t term) const
{
    return !reading.pieces || sameString(position, term, *reading.pieces) != 0;
}

} // namespace naru::terminology
