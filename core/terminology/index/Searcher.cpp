#include "core/terminology/index/Searcher.h"

#include "core/base/Oid.h"
#include "core/terminology/index/Today.h"

#include <algorithm>

namespace naru::terminology {

namespace {
constexpr std::size_t fewRows = 50; // the other keyboard mode is asked when the word itself gave fewer
constexpr std::size_t mostUsedSeen = 20'000; // suffixes of used terms in one range
// A department's terms are looked for among so many before the best ones are shown.
constexpr std::size_t mostCollected = 128;
constexpr std::uint32_t mostWhole = 2000; // strings that are just the word
constexpr std::uint32_t mostPassedOver = 2000; // places of terms not valid on the day, in one reading
constexpr std::size_t mostMisfits = 1000; // places whose letters are not those of a mixed word
constexpr std::size_t mostEnding = 2000; // places of terms with an end date, in one reading
constexpr std::size_t atOnce = 16; // places whose memory is asked for together
constexpr qsizetype longestLost = 40; // keys of a word in which a letter may be lost
constexpr std::size_t mostLost = 16; // ways of losing letters followed at once
using score::codeBegin;
using score::nameBegin;
using score::wordBegin;

std::uint16_t staticPart(unsigned value)
{
    return std::uint16_t(score::withoutBegin(value));
}

bool before(const Match &a, const Match &b)
{
    if (a.score != b.score)
        return a.score > b.score;
    return a.array != b.array ? a.array < b.array : a.rank < b.rank;
}
} // namespace

MatchKind kindOf(Level level)
{
    switch (level) {
    case Level::CodeExact:
        return MatchKind::CodeExact;
    case Level::NameExact:
    case Level::NameWhole:
    case Level::LayoutExact:
        return MatchKind::NameExact;
    case Level::CodePrefix:
        return MatchKind::CodePrefix;
    case Level::NameStart:
        return MatchKind::NameStart;
    case Level::WordStart:
        return MatchKind::WordStart;
    case Level::Inside:
        return MatchKind::Inside;
    case Level::InitialsWhole:
    case Level::InitialsStart:
        return MatchKind::InitialsStart;
    case Level::Initials:
    case Level::InitialsInside:
        return MatchKind::Initials;
    case Level::OtherLayout:
    case Level::OtherWord:
    case Level::OtherInside:
    case Level::OtherInitials:
    case Level::OtherInitialsWord:
    case Level::OtherInitialsInside:
        return MatchKind::OtherLayout;
    case Level::Similar:
    case Level::AxisString:
        break;
    }
    return MatchKind::Similar;
}

int scoreOf(const Match &match)
{
    // The two bits of the start class are free: open moves down to make room for usage and department.
    const unsigned value = (match.value & 0x1FFFU) | (score::open(match.value) ? 1U << 13 : 0U);
    return int((match.retired ? 0U : 1U << 30) | (32U - unsigned(match.level)) << levelShift
        | unsigned(match.usage) << place::usageShift | (match.department ? 1U << place::departmentBit : 0U)
        | value);
}

int justBelow(Level level)
{
    return int(1U << 30 | (32U - unsigned(level)) << levelShift) - 1;
}

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

Searcher::Searcher(const IndexImage &image, const TermFilter &filter, const UsageIndex *usage)
    : m_image(image)
    , m_filter(filter)
    , m_usage(usage)
    , m_limit(std::size_t(std::clamp(filter.limit, 1, 500)))
    , m_day(filter.day.isValid() ? filter.day : today())
{
    const auto &groups = image.tables().groups;
    for (std::size_t i = 0; i < groups.size() && i < m_groups.size(); ++i) {
        const TermGroup &group = groups[i];
        const bool fits = (filter.systems.isEmpty() || filter.systems.contains(group.system))
            && (filter.categories.isEmpty() || filter.categories.contains(group.category))
            && (filter.fields.isEmpty() || filter.fields.contains(group.field));
        m_groups[i] = fits;
        m_all = m_all && fits;
        if (fits)
            m_groupMask = std::uint16_t(m_groupMask | (1U << (i & 15U)));
    }
    m_department = DepartmentUse::of(filter.department);
    m_collect = m_department ? std::min(m_limit * 4, std::max(m_limit, mostCollected)) : m_limit;
    m_startsLater = image.tables().latestStart > m_day;
    m_endsLater = image.tables().latestEnd >= m_day;
    m_found.reserve(m_collect + 16);
}

std::vector<Match> Searcher::search(const Query &query, int floor)
{
    if (m_groupMask == 0)
        return {};
    m_floor = floor;
    m_merged.clear();
    const auto ask = [&](IndexImage::Array array) {
        if (query.words.size() == 1) {
            pass([&] { oneWord(query.words.front(), array); });
            return;
        }
        // Spaces never matter: all words as one, then each by itself. A term counts as what it is met best
        // as.
        if (!query.joined.keys.isEmpty()) {
            pass([&] {
                literal({query.joined.keys, array, false, {}, nullptr});
                if (!full() && array == IndexImage::NamesArray && !query.joined.initials.isEmpty())
                    initials(query.joined.initials, false);
            });
        }
        if (worth(Level::NameStart))
            pass([&] { severalWords(query, array); });
    };
    ask(IndexImage::NamesArray);
    if (m_filter.axisStrings && worth(Level::AxisString))
        ask(IndexImage::AxisArray);
    return std::move(m_merged);
}

// A pass is the best of one reading; the best of all readings are among the best of each. Once there are
// enough, the next pass needs only what is better than the last of them.
void Searcher::pass(const std::function<void()> &read)
{
    m_found.clear();
    m_valid = 0;
    m_best.clear();
    m_passedOver = m_misfits = 0;
    m_seen = {};
    read();
    finish();
    if (m_merged.empty()) {
        m_merged.swap(m_found);
    } else {
        std::vector<Match> both;
        both.reserve(m_merged.size() + m_found.size());
        std::merge(m_merged.begin(), m_merged.end(), m_found.begin(), m_found.end(), std::back_inserter(both),
            before);
        TermSet seen;
        std::erase_if(both, [&seen](const Match &one) { return !seen.insert(one.term); });
        if (both.size() > m_limit)
            both.resize(m_limit);
        m_merged.swap(both);
    }
    if (m_merged.size() >= m_limit)
        m_floor = std::max(m_floor, m_merged.back().score);
}

bool Searcher::isRetired(const Match &match) const
{
    if (score::open(match.value) && !m_startsLater && !match.collapsed)
        return false;
    if (!score::open(match.value) && !m_endsLater && !match.collapsed)
        return true;
    const RecordFacts facts = readFacts(m_image.record(match.term));
    return (facts.validFrom.isValid() && facts.validFrom > m_day)
        || (facts.validTo.isValid() && facts.validTo < m_day);
}

// Every match that comes later in the order of its reading scores no better and is of no use either.
bool Searcher::hopeless(const Match &match) const
{
    if (match.retired) // with an end date: so are all that follow
        return m_floor >= 1 << 30 && !score::open(match.value);
    return !match.collapsed && m_floor >= 0
        && (scoreOf(match) | (m_department ? 1 << place::departmentBit : 0)) <= m_floor;
}

void Searcher::put(const Match &match)
{
    m_found.push_back(match);
    ++(match.retired ? m_passedOver : m_valid);
}

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

bool Searcher::take(const Reading &reading, std::uint32_t rank)
{
    const SuffixArray &array = m_image.array(reading.array);
    const std::uint32_t position = array.position(rank);
    return take(reading, rank, position, array.termAt(position));
}

bool Searcher::take(const Reading &reading, std::uint32_t rank, std::uint32_t position, std::uint32_t own)
{
    if (!allowed(own))
        return true;
    const std::uint32_t term = representative(reading, position, own);
    if (m_seen.contains(term))
        return true;
    if (!fits(reading, position, own)) {
        ++m_misfits;
        return true;
    }
    Match one = match(reading, rank, position, term);
    one.collapsed = term != own;
    one.retired = isRetired(one);
    if (hopeless(one))
        return false;
    m_seen.insert(term);
    put(one);
    return true;
}

Match Searcher::match(
    const Reading &reading, std::uint32_t rank, std::uint32_t position, std::uint32_t term) const
{
    const unsigned value = m_image.array(reading.array).scoreAt(rank);
    Match out;
    out.term = term;
    out.position = position;
    out.rank = rank;
    out.length = std::uint16_t(reading.keys.size());
    out.value = staticPart(value);
    out.array = reading.array;
    out.level = levelOf(reading, score::begin(value), position, value);
    if (reading.pieces && out.level == Level::InitialsWhole)
        out.level = Level::InitialsStart;
    out.kind = kindOf(out.level);
    // Behind a stock phrase the whole rest is met, but not the name.
    if (out.level == Level::NameWhole && m_image.array(reading.array).bytes(position)[-3] != 0)
        out.kind = MatchKind::NameStart;
    return out;
}

Level Searcher::levelOf(const Reading &reading, unsigned begin, std::uint32_t position, unsigned value) const
{
    // The first of three neighbouring levels is that of names, then words, then what lies inside them.
    const unsigned behind = begin >= nameBegin ? 0 : begin == wordBegin ? 1 : 2;
    const bool initials = reading.array == IndexImage::InitialsArray;
    if (reading.other)
        return Level(unsigned(initials ? Level::OtherInitials : Level::OtherLayout) + behind);
    if (behind > 0) // known without a look at the string
        return Level(unsigned(initials ? Level::Initials : Level::WordStart) + behind - 1);
    const unsigned char *text = m_image.array(reading.array).bytes(position);
    const bool whole = text[reading.keys.size()] == 0;
    if (initials)
        return whole ? Level::InitialsWhole : Level::InitialsStart;
    if (begin == codeBegin)
        return whole ? Level::CodeExact : Level::CodePrefix;
    if (!whole)
        return Level::NameStart;
    const bool first = position >= 3 && text[-3] == 0;
    return first && score::complete(value) ? Level::NameExact : Level::NameWhole;
}

namespace {
// Where the string around a position begins, behind its two describing bytes.
std::uint32_t stringStart(const SuffixArray &array, std::uint32_t position)
{
    while (position > 1 && array.bytes(position)[-1] != 0)
        --position;
    return position + 2;
}
} // namespace

// A family of many codes with one name and different endings is one row, its parent, while only the common
// part was typed.
std::uint32_t Searcher::representative(
    const Reading &reading, std::uint32_t position, std::uint32_t term) const
{
    if (m_image.family(term) == term)
        return term;
    const SuffixArray &array = m_image.array(reading.array);
    const std::uint32_t start = stringStart(array, position);
    const unsigned source = array.bytes(start)[-2] - 1U;
    const bool korean = source == unsigned(TermHit::Source::Korean) * 2;
    if (!korean && source != unsigned(TermHit::Source::English) * 2)
        return term;
    const unsigned shift = reading.array == IndexImage::InitialsArray ? 8 : korean ? 0 : 16;
    const std::uint32_t end = position + std::uint32_t(reading.keys.size()) - start;
    for (int depth = 0; depth < 3; ++depth) {
        const std::uint32_t head = (m_image.familyHead(term) >> shift) & 0xFFU;
        const std::uint32_t parent = m_image.family(term);
        if (head == 0 || end > head || parent == term || !allowed(parent))
            break;
        term = parent;
    }
    return term;
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

bool Searcher::ofDepartment(std::uint32_t term) const
{
    static const QString kcd = base::oid("kcd").text();
    return m_department && m_image.groupOf(term).system == kcd
        && m_department->uses(readCodeHead(m_image.record(term)));
}

// Retired ones last, then by level, usage, department, static score and place in the index.
void Searcher::finish()
{
    for (Match &one : m_found) {
        if (one.array == IndexImage::AxisArray)
            one.level = Level::AxisString;
        if (m_usage) {
            const UsedTerm *used = m_usage->find(one.term);
            one.usage = used ? used->rank : 0;
        }
        one.department = ofDepartment(one.term);
        one.score = scoreOf(one);
    }
    std::sort(m_found.begin(), m_found.end(), before);
    if (m_found.size() > m_limit)
        m_found.resize(m_limit);
}

} // namespace naru::terminology
