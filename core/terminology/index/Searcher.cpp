#include "core/terminology/index/Searcher.h"

#include "core/base/Oid.h"
#include "core/terminology/index/Today.h"

#include <algorithm>

namespace naru::terminology {

namespace {
// A department's terms are looked for among so many before the best ones are shown.
constexpr std::size_t mostCollected = 128;
using score::codeBegin;
using score::nameBegin;
using score::wordBegin;

bool before(const Match &a, const Match &b)
{
    if (a.score != b.score)
        return a.score > b.score;
    return a.array != b.array ? a.array < b.array : a.rank < b.rank;
}
} // namespace

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
