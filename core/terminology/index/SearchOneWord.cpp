// One word: what it is literally, by its initials and in the other keyboard mode.
#include "core/terminology/index/Searcher.h"

#include <algorithm>

namespace naru::terminology {

namespace {
constexpr std::size_t fewRows = 50; // the other keyboard mode is asked when the word itself gave fewer
constexpr std::size_t mostUsedSeen = 20'000; // suffixes of used terms in one range
constexpr std::uint32_t mostWhole = 2000; // strings that are just the word
constexpr std::uint32_t mostPassedOver = 2000; // places of terms not valid on the day, in one reading
constexpr std::size_t mostMisfits = 1000; // places whose letters are not those of a mixed word
constexpr std::size_t mostEnding = 2000; // places of terms with an end date, in one reading
constexpr std::size_t atOnce = 16; // places whose memory is asked for together
constexpr qsizetype longestLost = 40; // keys of a word in which a letter may be lost
constexpr std::size_t mostLost = 16; // ways of losing letters followed at once
using score::nameBegin;
} // namespace

// Literally; then, while there is room, as initials, with a letter lost, in the other mode of the keyboard.
void Searcher::oneWord(const QueryWord &word, IndexImage::Array array)
{
    literal({word.keys, array, false, {}});
    if (array != IndexImage::NamesArray)
        return;
    if (worth(Level::LayoutExact))
        otherExact(word);
    if (full())
        return;
    if (!word.initials.isEmpty())
        initials(word.initials, false);
    if (!full() && !word.mixed.isEmpty() && worth(Level::InitialsStart))
        literal({word.mixed, IndexImage::InitialsArray, false, {}, &word.pieces});
    if (!full() && m_image.lostLetters() && word.latin && word.keys.size() >= 3)
        lostLetters(word.keys);
    if (full() || m_found.size() >= std::max(fewRows, m_limit) || word.other.isEmpty()
        || !worth(Level::OtherLayout))
        return;
    literal({word.other, array, true, {}});
    if (!full() && !word.otherInitials.isEmpty())
        initials(word.otherInitials, true);
}

void Searcher::literal(const Reading &asked)
{
    Reading reading = asked;
    const SuffixArray &array = m_image.array(reading.array);
    reading.range = array.find(reading.keys);
    if (reading.range.empty())
        return;
    usedTerms(reading);
    if (!reading.other)
        wholeStrings(reading, array.whole(reading.keys, reading.range));
    bestOf(reading);
}

void Searcher::initials(QByteArrayView keys, bool other)
{
    if (!worth(other ? Level::OtherLayout : Level::InitialsWhole))
        return;
    literal({keys, IndexImage::InitialsArray, other, {}});
}

// Strings that are just the word lie at the front of its range, best score first: those without an end date,
// then the others. What level they are is not in their order: all of them are taken.
void Searcher::wholeStrings(const Reading &reading, RankRange whole)
{
    const SuffixArray &array = m_image.array(reading.array);
    std::uint32_t closed = whole.from, high = whole.to;
    while (closed < high) {
        const std::uint32_t middle = closed + (high - closed) / 2;
        if (score::open(array.scoreAt(middle)))
            closed = middle + 1;
        else
            high = middle;
    }
    std::uint32_t left = mostWhole;
    for (std::uint32_t from : {whole.from, closed}) {
        const std::uint32_t to = from == closed ? whole.to : closed;
        for (; from < to && score::begin(array.scoreAt(from)) >= nameBegin && left > 0; ++from, --left)
            take(reading, from);
    }
}

// Whatever their score, used terms are looked at: usage orders the hits of a level. Whole strings lie at the
// front of the range; of the others the class of the start gives the level, so that the best ones are known
// before a string is read.
void Searcher::usedTerms(const Reading &reading)
{
    if (!m_usage)
        return;
    const SuffixArray &array = m_image.array(reading.array);
    const auto used = m_usage->in(reading.array, reading.range);
    const auto looked = used.first(std::min(used.size(), mostUsedSeen));
    if (looked.empty())
        return;
    const std::uint32_t wholeTo = array.whole(reading.keys, reading.range).to;
    std::vector<std::pair<std::uint64_t, const UsageIndex::Suffix *>> order;
    order.reserve(looked.size());
    for (const UsageIndex::Suffix &suffix : looked) {
        if (!allowed(suffix.term))
            continue;
        const unsigned begin = score::begin(suffix.value);
        const unsigned whole = suffix.rank < wholeTo && begin >= nameBegin ? 4U : 0U;
        order.push_back({std::uint64_t(whole | begin) << 56 | std::uint64_t(suffix.usage) << 40
                | std::uint64_t(staticPart(suffix.value)) << 24,
            &suffix});
    }
    const auto earlier = [](const auto &a, const auto &b) {
        return a.first != b.first ? a.first > b.first : a.second->rank < b.second->rank;
    };
    // A term has some suffixes in one range: so many of them are terms enough.
    const std::size_t some = std::min(order.size(), m_collect * 8);
    std::partial_sort(order.begin(), order.begin() + std::ptrdiff_t(some), order.end(), earlier);
    std::size_t left = m_collect;
    for (std::size_t i = 0; i < some && left > 0; ++i) {
        const UsageIndex::Suffix &suffix = *order[i].second;
        const std::uint32_t position = array.position(suffix.rank);
        if (!fits(reading, position, suffix.term) || !m_seen.insert(suffix.term))
            continue;
        Match one = match(reading, suffix.rank, position, suffix.term);
        one.retired = isRetired(one);
        m_found.push_back(one);
        left -= one.retired ? 0 : 1;
    }
}

// The order of an array has every term with an end date behind all others. Those that are still valid on the
// day belong among them.
void Searcher::endingTerms(const Reading &reading)
{
    if (!m_endsLater)
        return;
    const SuffixArray &array = m_image.array(reading.array);
    const auto all = array.closedIn(reading.range);
    std::vector<std::pair<unsigned, std::uint32_t>> order;
    for (const std::uint32_t rank : all.first(std::min(all.size(), mostEnding)))
        order.push_back({0xFFFFU - array.scoreAt(rank), rank});
    std::sort(order.begin(), order.end());
    for (const auto &[value, rank] : order) {
        const std::uint32_t position = array.position(rank), own = array.termAt(position);
        if (!allowed(own) || m_seen.contains(own) || !fits(reading, position, own))
            continue;
        Match one = match(reading, rank, position, representative(reading, position, own));
        one.collapsed = one.term != own;
        one.retired = isRetired(one);
        if (one.retired || !m_seen.insert(one.term))
            continue;
        m_found.push_back(one);
    }
}

void Searcher::bestOf(const Reading &reading)
{
    endingTerms(reading);
    const SuffixArray &array = m_image.array(reading.array);
    const auto listed =
        m_limit <= layout::listLength ? array.best(reading.keys) : std::span<const std::uint32_t>{};
    for (std::size_t from = 0; from < listed.size(); from += atOnce) {
        if (!takeSome(reading, listed.subspan(from, std::min(atOnce, listed.size() - from))))
            return;
    }
    // Of a very wide range the listed ones are enough to choose from.
    if (full() || (!listed.empty() && m_valid >= m_limit))
        return;
    BestFirst best(array, reading.range, m_all ? 0xFFFF : m_groupMask);
    std::array<std::uint32_t, atOnce> ranks{};
    for (std::size_t count = atOnce; count == atOnce;) {
        count = 0;
        for (auto rank = best.next(); rank >= 0; rank = best.next()) {
            ranks[count++] = std::uint32_t(rank);
            if (count == atOnce)
                break;
        }
        if (!takeSome(reading, {ranks.data(), count}))
            return;
    }
}

// False: what follows in the order is not needed.
bool Searcher::takeSome(const Reading &reading, std::span<const std::uint32_t> ranks)
{
    const SuffixArray &array = m_image.array(reading.array);
    std::array<std::uint32_t, atOnce> kept{}, positions{}, terms{};
    std::size_t count = 0;
    for (const std::uint32_t rank : ranks) {
        if (rank < array.size() && count < atOnce)
            kept[count++] = rank;
    }
    array.termsOf({kept.data(), count}, positions.data(), terms.data());
    for (std::size_t i = 0; i < count; ++i)
        m_image.prefetch(terms[i]);
    for (std::size_t i = 0; i < count; ++i) {
        if (full() || m_passedOver > mostPassedOver || m_misfits > mostMisfits
            || !take(reading, kept[i], positions[i], terms[i]))
            return false;
    }
    return !full();
}

// DM typed in Hangul mode is 으: an alias met whole in the other mode comes before initials and middles.
void Searcher::otherExact(const QueryWord &word)
{
    if (word.other.isEmpty())
        return;
    const SuffixArray &array = m_image.array(IndexImage::NamesArray);
    const Reading reading{word.other, IndexImage::NamesArray, false, {}};
    const RankRange whole = array.whole(word.other, array.find(word.other));
    std::size_t tries = mostWhole;
    for (std::uint32_t rank = whole.from; rank < whole.to && tries > 0; ++rank, --tries) {
        if (score::begin(array.scoreAt(rank)) != nameBegin)
            continue;
        const std::uint32_t position = array.position(rank);
        const unsigned char *text = array.bytes(position);
        const std::uint32_t term = array.termAt(position);
        if (text[-3] != 0 || (text[-2] - 1U) / 2 != unsigned(TermHit::Source::Alias) || !allowed(term))
            continue;
        Match one = match(reading, rank, position, term);
        one.level = Level::LayoutExact;
        one.kind = kindOf(one.level);
        one.retired = isRetired(one);
        if (m_seen.insert(term)) {
            m_found.push_back(one);
            continue;
        }
        for (Match &old : m_found) {
            if (old.term == term && one.level < old.level)
                old = one;
        }
    }
}

// "meniere" finds M?ni?re: at each letter the index may have a '?' instead.
void Searcher::lostLetters(QByteArrayView keys)
{
    const SuffixArray &array = m_image.array(IndexImage::NamesArray);
    struct State {
        RankRange range{};
        bool lost = false;
    };
    const QByteArrayView first = keys.first(1);
    std::vector<State> states{{array.find(first), false}};
    if (keys.size() > longestLost)
        return;
    for (qsizetype i = 1; i < keys.size() && !states.empty(); ++i) {
        std::vector<State> next;
        for (const State &state : states) {
            const RankRange same =
                array.narrowed(state.range, std::uint32_t(i), static_cast<unsigned char>(keys[i]));
            const RankRange lost = array.narrowed(state.range, std::uint32_t(i), '?');
            if (!same.empty())
                next.push_back({same, state.lost});
            if (!lost.empty() && next.size() < mostLost)
                next.push_back({lost, true});
        }
        states = std::move(next);
    }
    for (const State &state : states) {
        if (!state.lost)
            continue;
        Reading reading{keys, IndexImage::NamesArray, false, state.range};
        BestFirst best(array, state.range);
        for (auto rank = best.next(); rank >= 0 && !full() && m_passedOver <= mostPassedOver;
             rank = best.next()) {
            if (!take(reading, std::uint32_t(rank)))
                break;
        }
    }
}

} // namespace naru::terminology
