// Several words: the places of the rarest one, best first, until no better term can follow.
#include "core/terminology/index/Searcher.h"

#include <algorithm>

namespace naru::terminology {

namespace {
constexpr std::size_t atOnce = 16; // places whose memory is asked for together
// Suffixes of the rarest word that are gone through one by one, with a sign of the other words or without;
// a wider word is taken best first, so many of it.
constexpr std::uint32_t mostSigned = 16'000, mostUnsigned = 1500;
constexpr std::uint32_t mostPlaces = 1200;
// Places whose terms may have all words are looked at until the best are certain, and not more than so many.
constexpr int mostLooked = 1500;
constexpr std::size_t mostAsked = 64; // terms whose strings the disc is asked for together
constexpr std::uint32_t firstBand = 1024; // places of the best scores that are gone through first
constexpr int deepestFamily = 3;
} // namespace

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
Match Searcher::boundOf(const Reading &driver, unsigned stored) const
{
    const unsigned value = stored | (m_endsLater ? 1U << score::openBit : 0U);
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
    return goesOn(driver, rank, m_image.array(driver.array).scoreAt(rank));
}

bool Searcher::goesOn(const Reading &driver, std::uint32_t rank, unsigned value) const
{
    const Match bound = boundOf(driver, value);
    const bool enough = m_best.size() >= m_collect && m_best.front() > placeOf(scoreOf(bound), rank);
    return !enough && !hopeless(bound);
}

// The other words do not begin a name or a word of this term, and enough others are better than such a one.
bool Searcher::late(const Reading &driver, std::uint32_t rank, std::uint32_t term) const
{
    if (m_best.size() < m_collect || m_image.family(term) != term)
        return false;
    const layout::FactEntry &own = m_image.fact(term);
    Match bound = boundOf(driver, m_image.array(driver.array).scoreAt(rank));
    if (!own.beginWords(m_beginning))
        bound.level = std::max(bound.level, Level::Inside);
    else if (!own.beginNames(m_beginning))
        bound.level = std::max(bound.level, Level::WordStart);
    return m_best.front() > placeOf(scoreOf(bound), rank);
}

// The places of a word within a band of scores whose terms may have the others, as a heap.
std::vector<Searcher::Spot> Searcher::spots(const Reading &driver, const layout::SignEntry &sign, Band band)
{
    const SuffixArray &own = m_image.array(driver.array);
    std::vector<Spot> out;
    out.reserve(256);
    std::uint32_t ranks[SuffixArray::termBatch], terms[SuffixArray::termBatch];
    // While some terms with an end date are still valid, they stand among the others.
    const unsigned open = m_endsLater ? 1U << score::openBit : 0U;
    for (std::uint32_t rank = driver.range.from; rank < driver.range.to;) {
        std::uint32_t count = 0;
        for (; rank < driver.range.to && count < SuffixArray::termBatch; ++rank) {
            const unsigned value = own.scoreAt(rank) | open;
            ranks[count] = rank;
            count += value >= band.from && value < band.to ? 1 : 0;
        }
        own.termsAt({ranks, count}, terms);
        for (std::uint32_t i = 0; i < count; ++i)
            __builtin_prefetch(&m_image.sign(terms[i]));
        std::uint32_t kept = 0;
        for (std::uint32_t i = 0; i < count; ++i) {
            if (!m_image.sign(terms[i]).has(sign))
                continue;
            m_image.prefetch(terms[i]);
            ranks[kept] = ranks[i];
            terms[kept++] = terms[i];
        }
        for (std::uint32_t i = 0; i < kept; ++i) {
            if (late(driver, ranks[i], terms[i]))
                m_late.push_back(terms[i]);
            else
                out.push_back(
                    {std::uint64_t(own.scoreAt(ranks[i]) | open) << 32 | std::uint32_t(~ranks[i]), terms[i]});
        }
    }
    std::make_heap(out.begin(), out.end());
    return out;
}

// Scores that divide the places of a word, the best first: mostly the first thousand are enough.
std::vector<Searcher::Band> Searcher::bandsOf(const Reading &driver) const
{
    constexpr unsigned all = 1U << 16, step = 4;
    std::vector<Band> out{{0, all}};
    if (driver.range.size() <= 2 * firstBand)
        return out;
    std::array<std::uint16_t, all / step> counts{}; // a range is no longer than mostSigned
    const unsigned open = m_endsLater ? 1U << score::openBit : 0U;
    const std::uint16_t *scores = m_image.array(driver.array).scores(driver.range.from);
    for (std::uint32_t i = 0; i < driver.range.size(); ++i)
        ++counts[(scores[i] | open) / step];
    std::uint32_t met = 0, wanted = firstBand;
    for (unsigned bin = all / step; bin-- > 0 && met < driver.range.size();) {
        met += counts[bin];
        if (met < wanted)
            continue;
        wanted = met + wanted * 3;
        out.back().from = bin * step;
        out.push_back({0, bin * step});
    }
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
void Searcher::askSigns(const Reading &driver, Band band) const
{
    const SuffixArray &array = m_image.array(driver.array);
    const unsigned open = m_endsLater ? 1U << score::openBit : 0U;
    std::vector<std::uint32_t> ranks;
    for (std::uint32_t rank = driver.range.from; rank < driver.range.to; ++rank) {
        const unsigned value = array.scoreAt(rank) | open;
        if (value >= band.from && value < band.to)
            ranks.push_back(rank);
    }
    array.askTerms(ranks);
    for (const std::uint32_t rank : ranks)
        m_image.askSign(array.termAt(array.position(rank)));
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
    if (m_scanned + driver.range.size() > (sign.empty() ? mostUnsigned : mostSigned)) {
        driveWide(words, driver, sign);
        return;
    }
    m_scanned += driver.range.size();
    const bool cold = m_image.array(driver.array).askRange(driver.range);
    for (const Band band : bandsOf(driver)) {
        if (!goesOn(driver, driver.range.from, band.to - 1))
            break;
        if (cold)
            askSigns(driver, band);
        if (!lookAt(words, driver, spots(driver, sign, band)))
            break;
    }
    // Another place of these may have been better, but none in what is gone through next.
    for (const std::uint32_t term : m_late)
        m_seen.insert(term);
    m_late.clear();
}

// False: what follows is not needed.
bool Searcher::lookAt(
    const std::vector<std::vector<Reading>> &words, const Reading &driver, std::vector<Spot> heap)
{
    std::array<Spot, atOnce / 2> next{};
    while (!heap.empty() && m_looked < mostLooked) {
        if (m_looked % int(atOnce) == 0)
            askAhead(heap);
        std::size_t some = 0;
        bool last = false;
        while (!last && some < next.size() && !heap.empty()) {
            std::pop_heap(heap.begin(), heap.end());
            const auto [place, term] = heap.back();
            heap.pop_back();
            const auto rank = ~std::uint32_t(place);
            last = !goesOn(driver, rank);
            if (!last && late(driver, rank, term)) {
                m_seen.insert(term);
            } else if (!last) {
                m_image.array(IndexImage::NamesArray).prefetchStrings(term);
                next[some++] = {place, term};
            }
        }
        for (std::size_t i = 0; i < some; ++i, ++m_looked) {
            const auto rank = ~std::uint32_t(next[i].first);
            if (!goesOn(driver, rank))
                return false;
            look(words, driver, rank, next[i].second);
        }
        if (last)
            return false;
    }
    return m_looked < mostLooked;
}

} // namespace naru::terminology
