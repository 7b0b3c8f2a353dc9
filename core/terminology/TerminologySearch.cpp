#include "core/terminology/TerminologySearch.h"

#include "core/base/Oid.h"
#include "core/terminology/Spelling.h"
#include "core/terminology/TerminologySearchAsked.h"
#include "core/terminology/index/TermFileData.h"
#include "core/terminology/index/Today.h"

#include <QSet>

#include <algorithm>

namespace naru::terminology {

namespace {
constexpr std::int64_t unknown = -1, nowhere = -2;
constexpr size_t mostSimilar = 10;
} // namespace

TerminologySearch::TerminologySearch(
    std::vector<std::shared_ptr<const TermFile>> files, std::vector<std::shared_ptr<const TermFile>> aliases)
    : m_aliases(std::move(aliases))
{
    QSet<QString> released, before;
    for (const auto &file : files) {
        if (file && !isStarter(*file)) {
            for (const QString &system : file->systems())
                released.insert(system);
        }
    }
    for (auto &file : files) {
        if (!file)
            continue;
        QStringList systems = file->systems();
        const auto all = systems.size();
        if (isStarter(*file))
            systems.removeIf([&](const QString &system) { return released.contains(system); });
        bool shadowed = false;
        for (const QString &system : systems) {
            shadowed = shadowed || before.contains(system);
            before.insert(system);
        }
        m_whole.push_back(systems.size() == all);
        m_shadowed.push_back(shadowed);
        m_shown.push_back(std::move(systems));
        m_files.push_back(std::move(file));
    }
    for (const auto &table : m_aliases) {
        m_targets.emplace_back(size_t(table->size()));
        for (auto &one : m_targets.back())
            one.store(unknown, std::memory_order_relaxed);
    }
}

TerminologySearch::Place TerminologySearch::place(const QString &system, QStringView code) const
{
    const bool kcd = system == base::oid("kcd").text();
    const QString wanted = kcd ? normaliseKcd(code) : code.trimmed().toString();
    const QString upper = wanted.toUpper();
    for (const QString *spelling : {&wanted, &upper}) {
        for (size_t i = 0; i < m_files.size(); ++i) {
            if (!m_shown[i].contains(system))
                continue;
            const int id = m_files[i]->find(system, *spelling);
            if (id >= 0)
                return {int(i), id};
        }
        if (upper == wanted)
            break;
    }
    return {};
}

// Among the codes of one alias its own weights decide; against other names the weights of the terms.
TerminologySearch::Target TerminologySearch::target(size_t table, std::uint32_t row) const
{
    auto &known = m_targets[table];
    std::int64_t packed = known[row].load(std::memory_order_relaxed);
    if (packed == unknown) {
        const TermFile &rows = *m_aliases[table];
        const Concept own = rows.at(int(row));
        const auto sameAlias = [&own](const Concept &other) {
            return other.system == own.system
                && own.aliases.value(0).compare(other.aliases.value(0), Qt::CaseInsensitive) == 0;
        };
        std::uint32_t first = row;
        while (first > 0 && sameAlias(rows.at(int(first) - 1)))
            --first;
        int ceiling = 1000;
        for (std::uint32_t i = first; i <= row; ++i) {
            const Concept one = rows.at(int(i));
            const Place at = place(one.system, one.unit);
            std::int64_t value = nowhere;
            if (at.file >= 0) {
                const Concept term = m_files[size_t(at.file)]->at(at.id);
                ceiling =
                    std::min(ceiling, std::clamp(term.weight, 0, 1000) * std::max(one.weight, 1) / 1000);
                value = (std::int64_t(at.file) << 48) | (std::int64_t(ceiling) << 32) | at.id;
            }
            known[i].store(value, std::memory_order_relaxed);
            packed = value;
        }
    }
    if (packed == nowhere)
        return {};
    return {{int(packed >> 48), int(packed & 0x7FFFFFFF)}, int((packed >> 32) & 0xFFFF)};
}

// What scores no more than this can not be among the hits: so many candidates of one file are there already.
int TerminologySearch::floorOf(const std::vector<Candidate> &found, size_t limit)
{
    if (found.size() < limit)
        return lowestScore;
    std::vector<int> scores;
    scores.reserve(found.size());
    for (const Candidate &one : found)
        scores.push_back(one.score);
    const auto last = scores.begin() + std::ptrdiff_t(limit) - 1;
    std::nth_element(scores.begin(), last, scores.end(), std::greater<>());
    return *last;
}

void TerminologySearch::searchFile(size_t file, const Asked &asked, std::vector<Candidate> &found) const
{
    const int floor = floorOf(found, size_t(std::clamp(asked.filter.limit, 1, 500)));
    for (const Match &match : asked.searchers[file]->search(asked.query, floor)) {
        const Candidate one{match.score, int(file), -1, match, match.term};
        if (!m_shadowed[file] || !isShadowed(one))
            found.push_back(one);
    }
}

void TerminologySearch::searchAliases(
    size_t table, const Asked &asked, int floor, std::vector<Candidate> &found) const
{
    const TermFile &aliases = *m_aliases[table];
    TermFilter plain;
    plain.systems = asked.filter.systems;
    plain.limit = asked.filter.limit;
    // The weight of a row is not that of its term: only its level says that it comes too late.
    constexpr int levelSpan = 1 << levelShift;
    Searcher searcher(*aliases.m_data->image, plain, nullptr);
    for (Match match : searcher.search(asked.query, floor / levelSpan * levelSpan - 1)) {
        if (match.level == Level::Inside) // an alias is met whole or from the start of a word
            continue;
        const Target to = target(table, match.term);
        if (to.at.file < 0)
            continue;
        const Searcher *searcher = asked.searchers[size_t(to.at.file)].get();
        if (searcher && searcher->allowed(std::uint32_t(to.at.id)))
            found.push_back(aliasCandidate(table, to, match, asked));
    }
}

// A match in an alias table, ordered as one of the term it leads to.
TerminologySearch::Candidate TerminologySearch::aliasCandidate(
    size_t table, const Target &to, Match match, const Asked &asked) const
{
    const auto file = size_t(to.at.file);
    const auto term = std::uint32_t(to.at.id);
    const RecordFacts facts = readFacts(m_files[file]->m_data->image->record(term));
    match.retired = (facts.validFrom.isValid() && facts.validFrom > asked.day)
        || (facts.validTo.isValid() && facts.validTo < asked.day);
    constexpr unsigned weightBits = 31U << score::weightShift, completeBit = 2U << score::usableShift;
    match.value = std::uint16_t((match.value & ~(weightBits | completeBit))
        | unsigned(to.weight * 31 / 1000) << score::weightShift | (facts.complete ? completeBit : 0U));
    const UsedTerm *used = asked.usage[file] ? asked.usage[file]->find(term) : nullptr;
    match.usage = used ? used->rank : 0;
    match.department = asked.searchers[file]->ofDepartment(term);
    return {scoreOf(match), int(file), int(table), match, term};
}

// The same code stands in an earlier file, which is the one that counts.
bool TerminologySearch::isShadowed(const Candidate &candidate) const
{
    const IndexImage &image = *m_files[size_t(candidate.file)]->m_data->image;
    const QString &system = image.groupOf(candidate.term).system;
    QString code;
    for (int i = 0; i < candidate.file; ++i) {
        if (!m_shown[size_t(i)].contains(system))
            continue;
        if (code.isEmpty())
            code = readCode(image.record(candidate.term));
        if (m_files[size_t(i)]->find(system, code) >= 0)
            return true;
    }
    return false;
}

TermHit TerminologySearch::hit(const Candidate &candidate, const Asked &asked) const
{
    const auto file = size_t(candidate.file);
    const HitMaker maker(*m_files[file]->m_data->image, asked.filters[file], asked.usage[file].get());
    if (candidate.alias < 0)
        return maker.hit(candidate.match, asked.query);
    const auto &aliases = *m_aliases[size_t(candidate.alias)];
    TermHit out =
        HitMaker(*aliases.m_data->image, asked.filters[file], nullptr).hit(candidate.match, asked.query);
    out.term = m_files[file]->at(int(candidate.term));
    out.source = TermHit::Source::Alias;
    out.score = candidate.score;
    maker.judge(out, candidate.term, false);
    return out;
}

void TerminologySearch::addSimilar(const Asked &asked, TermAnswer &answer) const
{
    for (size_t i = 0; i < m_files.size(); ++i) {
        if (!m_whole[i] && asked.filters[i].systems.isEmpty())
            continue;
        const IndexImage &image = *m_files[i]->m_data->image;
        Searcher searcher(image, asked.filters[i], asked.usage[i].get());
        const HitMaker maker(image, asked.filters[i], asked.usage[i].get());
        for (TermHit &one : maker.similar(searcher.similar(asked.query), asked.query))
            answer.similar.push_back(std::move(one));
    }
    std::stable_sort(answer.similar.begin(), answer.similar.end(), TermFile::before);
    if (answer.similar.size() > mostSimilar)
        answer.similar.resize(mostSimilar);
}

void TerminologySearch::prefetchRows(std::span<const Candidate> found) const
{
    std::vector<std::uint32_t> terms;
    terms.reserve(found.size());
    for (size_t i = 0; i < m_files.size(); ++i) {
        terms.clear();
        for (const Candidate &one : found) {
            if (one.file == int(i))
                terms.push_back(one.term);
        }
        m_files[i]->m_data->image->prefetchRecords(terms);
    }
}

TermAnswer TerminologySearch::search(QStringView text, const TermFilter &filter) const
{
    TermAnswer out;
    Asked asked{filter, Query::parse(text), {}, {}, {}, filter.day.isValid() ? filter.day : today()};
    if (asked.query.empty())
        return out;
    const auto limit = size_t(std::clamp(filter.limit, 1, 500));
    std::vector<Candidate> found;
    found.reserve(limit * (m_files.size() + m_aliases.size()));
    asked.filters.reserve(m_files.size());
    for (size_t i = 0; i < m_files.size(); ++i) {
        asked.filters.push_back(filter);
        QStringList &systems = asked.filters.back().systems;
        if (!m_whole[i] && systems.isEmpty())
            systems = m_shown[i];
        else if (!m_whole[i])
            systems.removeIf([&](const QString &system) { return !m_shown[i].contains(system); });
        asked.usage.push_back(m_files[i]->m_data->usage.get(*m_files[i]->m_data->image, filter.usage));
    }
    for (size_t i = 0; i < m_files.size(); ++i) {
        const bool hidden = !m_whole[i] && asked.filters[i].systems.isEmpty();
        asked.searchers.push_back(hidden ? nullptr
                                         : std::make_unique<Searcher>(*m_files[i]->m_data->image,
                                             asked.filters[i], asked.usage[i].get()));
        if (!hidden)
            searchFile(i, asked, found);
    }
    const int floor = floorOf(found, limit); // no term is twice among those of files
    for (size_t i = 0; i < m_aliases.size(); ++i)
        searchAliases(i, asked, floor, found);
    if (asked.query.words.size() > 1)
        searchTogether(asked, found);
    std::stable_sort(
        found.begin(), found.end(), [](const Candidate &a, const Candidate &b) { return a.score > b.score; });
    prefetchRows({found.data(), std::min(found.size(), limit)});
    std::vector<TermSet> seen(m_files.size());
    bool conflicts = false;
    out.hits.reserve(std::min(limit, found.size()));
    for (const Candidate &one : found) {
        if (out.hits.size() >= limit)
            break;
        if (!seen[size_t(one.file)].insert(one.term))
            continue;
        out.hits.push_back(hit(one, asked));
        conflicts = conflicts || out.hits.back().sexConflict || out.hits.back().ageConflict;
    }
    if (conflicts)
        std::stable_sort(out.hits.begin(), out.hits.end(), TermFile::before);
    if (out.hits.empty() && filter.fuzzy)
        addSimilar(asked, out);
    return out;
}

} // namespace naru::terminology
