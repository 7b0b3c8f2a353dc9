#include "core/terminology/index/HitMaker.h"

#include "core/base/Tsv.h"
#include "core/terminology/KeySpelling.h"
#include "core/terminology/index/Marks.h"
#include "core/terminology/index/Today.h"
#include "core/terminology/index/tables/confusionsTable.h"

#include <algorithm>

namespace naru::terminology {

namespace {
constexpr size_t mostSimilar = 10;
constexpr int usableMask = 3 << score::usableShift;

const QString &shownText(const TermHit &hit, TermHit::Source source, int number)
{
    static const QString none;
    switch (source) {
    case TermHit::Source::Korean:
        return hit.term.ko;
    case TermHit::Source::English:
        return hit.term.en;
    case TermHit::Source::Code:
        return hit.term.code;
    case TermHit::Source::Synonym:
        return number < hit.term.synonyms.size() ? hit.term.synonyms[number] : none;
    case TermHit::Source::Alias:
        return number < hit.term.aliases.size() ? hit.term.aliases[number] : none;
    }
    return none;
}

bool swapsMeaning(QStringView typed, QStringView found)
{
    static const base::TsvTable rows = base::TsvTable::parse(tables::confusions);
    for (const QStringList &row : rows.rows()) {
        if (row.size() < 2)
            continue;
        const bool typedOne = typed.contains(row[0], Qt::CaseInsensitive);
        const bool typedOther = typed.contains(row[1], Qt::CaseInsensitive);
        const bool foundOne = found.contains(row[0], Qt::CaseInsensitive);
        const bool foundOther = found.contains(row[1], Qt::CaseInsensitive);
        if ((typedOne && !typedOther && foundOther && !foundOne)
            || (typedOther && !typedOne && foundOne && !foundOther))
            return true;
    }
    return false;
}
} // namespace

HitMaker::HitMaker(const IndexImage &image, const TermFilter &filter, const UsageIndex *usage)
    : m_image(image)
    , m_filter(filter)
    , m_usage(usage)
    , m_day(filter.day.isValid() ? filter.day : today())
{
}

void HitMaker::judge(TermHit &hit, std::uint32_t term, bool collapsed) const
{
    const Concept &own = hit.term;
    const TermSubject &subject = m_filter.subject;
    hit.retired = !own.validOn(m_day);
    hit.sexConflict = subject.sex != Sex::Any && own.sex != Sex::Any && subject.sex != own.sex;
    hit.ageConflict =
        subject.age >= 0 && (subject.age < own.ageFrom || (own.ageTo > 0 && subject.age > own.ageTo));
    if (!own.complete || collapsed)
        hit.children = int(m_image.children(term).size());
    if (hit.sexConflict || hit.ageConflict)
        hit.score &= ~usableMask;
    if (hit.retired)
        hit.score &= ~(1 << 30);
    else
        hit.score |= 1 << 30;
    if (m_usage) {
        const UsedTerm *used = m_usage->find(term);
        hit.used = used && used->rank > 0;
        hit.favourite = used && used->favourite;
        constexpr int usageBits = int(place::usageMask << place::usageShift);
        hit.score = (hit.score & ~usageBits) | (used ? used->rank : 0) << place::usageShift;
    }
}

void HitMaker::prefetch(const std::vector<Match> &matches) const
{
    std::vector<std::uint32_t> terms;
    terms.reserve(matches.size());
    for (const Match &match : matches)
        terms.push_back(match.term);
    m_image.prefetchRecords(terms);
}

TermHit HitMaker::hit(const Match &match, const Query &query) const
{
    TermHit out;
    out.term = m_image.concept_(match.term);
    out.kind = match.kind;
    out.score = scoreOf(match);
    judge(out, match.term, match.collapsed);
    fillMatched(out, match, query);
    return out;
}

void HitMaker::fillMatched(TermHit &hit, const Match &match, const Query &query) const
{
    const SuffixArray &array = m_image.array(match.array);
    std::uint32_t start = match.position;
    while (start > 1 && array.bytes(start)[-1] != 0)
        --start;
    const unsigned first = array.bytes(start)[0] - 1U;
    const bool derived = (first & 1U) != 0;
    hit.source = TermHit::Source(std::min(first / 2, unsigned(TermHit::Source::Code)));
    hit.matched = shownText(hit, hit.source, array.bytes(start)[1] - 1);
    const unsigned char *text = array.bytes(start) + 2;
    // A word that was replaced is not in the displayed name: nothing to mark.
    if (derived && match.array != IndexImage::InitialsArray) {
        const QByteArray bare = spell(withoutBrackets(hit.matched)).bytes;
        if (bare != reinterpret_cast<const char *>(text))
            return;
    }
    const auto from = int(match.position - start) - 2;
    const bool initials = match.array == IndexImage::InitialsArray;
    hit.marks = marksOf(hit.matched, from, match.length, derived, initials);
    if (query.words.size() < 2 || match.length == query.joined.keys.size())
        return;
    for (size_t i = 1; i < query.words.size() && !initials; ++i) {
        const QByteArray &keys = query.words[i].keys;
        const auto *whole = reinterpret_cast<const char *>(text);
        for (const char *at = std::strstr(whole, keys.constData()); at;
             at = std::strstr(at + 1, keys.constData())) {
            const auto offset = std::uint32_t(at - whole);
            if (array.beginAt(start + 2 + offset) == StartClass::None)
                continue;
            addMarks(hit.marks, marksOf(hit.matched, int(offset), int(keys.size()), derived, false));
            break;
        }
    }
}

std::vector<TermHit> HitMaker::hits(const std::vector<Match> &matches, const Query &query) const
{
    std::vector<TermHit> out;
    out.reserve(matches.size());
    prefetch(matches);
    bool conflicts = false;
    for (const Match &match : matches) {
        out.push_back(hit(match, query));
        conflicts = conflicts || out.back().sexConflict || out.back().ageConflict;
    }
    if (conflicts) { // what does not fit the person comes after what does
        std::stable_sort(
            out.begin(), out.end(), [](const TermHit &a, const TermHit &b) { return a.score > b.score; });
    }
    return out;
}

std::vector<TermHit> HitMaker::similar(const std::vector<Match> &matches, const Query &query) const
{
    std::vector<TermHit> out;
    for (const Match &match : matches) {
        TermHit one = hit(match, query);
        if (swapsMeaning(query.text, one.matched))
            continue;
        // Marked is what agrees with the query; the differing syllable stays bare.
        std::vector<TermMark> same;
        for (const TermMark &mark : one.marks) {
            for (int i = mark.from; i < mark.from + mark.length; ++i) {
                if (query.text.contains(one.matched[i], Qt::CaseInsensitive))
                    addMarks(same, {{i, 1, false}});
            }
        }
        one.marks.clear();
        for (const TermMark &mark : same) {
            if (!one.marks.empty() && one.marks.back().from + one.marks.back().length == mark.from)
                one.marks.back().length += mark.length;
            else
                one.marks.push_back(mark);
        }
        out.push_back(std::move(one));
        if (out.size() >= mostSimilar)
            break;
    }
    return out;
}

} // namespace naru::terminology
