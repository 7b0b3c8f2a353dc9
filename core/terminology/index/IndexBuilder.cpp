#include "core/terminology/index/IndexBuilder.h"

#include "core/base/Errors.h"
#include "core/terminology/Errors.h"
#include "core/terminology/index/Parallel.h"
#include "core/terminology/index/SuffixBuilder.h"

#include <QSet>

#include <algorithm>

namespace naru::terminology {

using namespace layout;

namespace {
constexpr std::size_t mostTerms = 8'000'000;
constexpr std::size_t mostGroups = 255;
constexpr int familySize = 6; // as many children with the parent's name as head are shown as one row
constexpr std::uint32_t noTerm = 0xFFFFFFFFU;
// "Until further notice" is written as a date by some masters.
const QDate endOfTime(2099, 1, 1);

bool codeBefore(const Concept &a, const Concept &b)
{
    return a.system != b.system ? a.system < b.system : a.code < b.code;
}

class Builder {
public:
    Builder(std::vector<Concept> terms, bool codes, const base::WorkContext &work)
        : m_terms(std::move(terms))
        , m_codes(codes)
        , m_work(work)
    {
    }
    base::Result<BuiltIndex> build(const IndexMeta &meta);

private:
    struct Chunk {
        std::string records{};
        std::vector<std::uint32_t> recordStart{};
        StringRun names{}, initials{}, axis{};
        std::vector<LinkEntry> links{};
        bool lostLetters = false;
    };
    struct Heads {
        std::uint32_t parent = noTerm, head = 0;
    };

    void sortTerms();
    base::Status collectGroups();
    std::uint32_t find(const QString &system, const QString &code) const;
    Heads headsOf(const Concept &term) const;
    void makeChunk(std::size_t from, std::size_t to, Chunk &out);
    void addStrings(std::size_t id, std::uint16_t group, Chunk &out);
    void families(BuiltIndex &out);
    bool arrays(std::vector<Chunk> &chunks, BuiltIndex &out) const;

    std::vector<Concept> m_terms;
    bool m_codes;
    const base::WorkContext &m_work;
    IndexTables m_tables{};
    std::vector<unsigned char> m_group{};
    std::vector<Heads> m_heads{};
    std::vector<SignEntry> m_signs{};
    std::vector<FactEntry> m_facts{};
};

void Builder::sortTerms()
{
    std::stable_sort(m_terms.begin(), m_terms.end(), codeBefore);
    m_terms.erase(
        std::unique(m_terms.begin(), m_terms.end(),
            [](const Concept &a, const Concept &b) { return a.system == b.system && a.code == b.code; }),
        m_terms.end());
}

base::Status Builder::collectGroups()
{
    QHash<QString, int> known;
    QSet<QString> linkSystems;
    const QChar separator(0x1F);
    QString last;
    int lastGroup = -1;
    std::vector<TermGroup> found;
    std::vector<QString> keys;
    m_group.resize(m_terms.size());
    for (std::size_t i = 0; i < m_terms.size(); ++i) {
        const Concept &term = m_terms[i];
        const QString key = term.system + separator + term.field + separator + term.category;
        if (key != last) {
            const auto it = known.constFind(key);
            lastGroup = it != known.constEnd() ? it.value() : int(found.size());
            if (it == known.constEnd()) {
                known.insert(key, lastGroup);
                found.push_back({term.system, term.field, term.category});
                keys.push_back(key);
            }
            last = key;
        }
        if (found.size() > mostGroups)
            return base::Error(
                errors::IndexTooLarge, {}, {{QStringLiteral("what"), QStringLiteral("groups")}});
        m_group[i] = static_cast<unsigned char>(lastGroup);
        if (term.validFrom.isValid() && !(m_tables.latestStart >= term.validFrom))
            m_tables.latestStart = term.validFrom;
        if (term.validTo.isValid() && term.validTo < endOfTime && !(m_tables.latestEnd >= term.validTo))
            m_tables.latestEnd = term.validTo;
        for (const CodeLink &link : term.links)
            linkSystems.insert(link.system);
    }
    // By name, so that their numbers do not depend on the order of the terms.
    std::vector<int> order(found.size()), place(found.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = int(i);
    std::sort(order.begin(), order.end(),
        [&](int a, int b) { return keys[std::size_t(a)] < keys[std::size_t(b)]; });
    m_tables.groups.clear();
    for (std::size_t i = 0; i < order.size(); ++i) {
        place[std::size_t(order[i])] = int(i);
        m_tables.groups.push_back(found[std::size_t(order[i])]);
    }
    m_tables.groupCounts.assign(found.size(), 0);
    for (unsigned char &group : m_group) {
        group = static_cast<unsigned char>(place[group]);
        ++m_tables.groupCounts[group];
    }
    m_tables.linkSystems = QStringList(linkSystems.begin(), linkSystems.end());
    m_tables.linkSystems.sort();
    return {};
}

std::uint32_t Builder::find(const QString &system, const QString &code) const
{
    const auto it =
        std::lower_bound(m_terms.begin(), m_terms.end(), code, [&](const Concept &term, const QString &c) {
            return term.system != system ? term.system < system : term.code < c;
        });
    const bool found = it != m_terms.end() && it->system == system && it->code == code;
    return found ? std::uint32_t(it - m_terms.begin()) : noTerm;
}

Builder::Heads Builder::headsOf(const Concept &term) const
{
    Heads out;
    if (term.parent.isEmpty() || term.parent == term.code)
        return out;
    out.parent = find(term.system, term.parent);
    if (out.parent == noTerm)
        return out;
    const Concept &parent = m_terms[out.parent];
    const auto common = [](const QByteArray &own, const QByteArray &head) {
        return !head.isEmpty() && head.size() < 256 && own.size() > head.size() && own.startsWith(head)
            ? std::uint32_t(head.size())
            : 0U;
    };
    out.head = common(spell(term.ko).bytes, spell(parent.ko).bytes)
        | common(spellInitials(term.ko).bytes, spellInitials(parent.ko).bytes) << 8
        | common(spell(term.en).bytes, spell(parent.en).bytes) << 16;
    return out;
}

void Builder::addStrings(std::size_t id, std::uint16_t group, Chunk &out)
{
    const Concept &term = m_terms[id];
    const bool open = !term.validTo.isValid() || term.validTo >= endOfTime;
    const unsigned weight = unsigned(std::clamp(term.weight, 0, 1000)) * 31 / 1000;
    const unsigned usable = (term.complete ? 2U : 0U) + (term.mainAllowed ? 1U : 0U);
    for (const IndexedString &string : indexedStrings(term, m_codes)) {
        const bool preferred = string.source != TermHit::Source::Synonym && !string.derived;
        const unsigned value = (open ? 1U << score::openBit : 0U) | weight << score::weightShift
            | usable << score::usableShift | (preferred ? 1U << score::preferredShift : 0U)
            | unsigned(31 - std::min(string.length, 31));
        const bool axis = term.axis && string.source != TermHit::Source::Code;
        auto starts = string.starts;
        if (axis) // its parts are words; nobody looks inside them
            std::erase_if(starts, [](const auto &start) { return start.begin == StartClass::Inside; });
        for (const IndexedString::Start &start : starts) {
            if (axis)
                continue;
            const auto *keys = reinterpret_cast<const unsigned char *>(string.bytes.constData()) + start.at;
            m_signs[id].add(keys);
            if (start.begin == StartClass::Name)
                m_facts[id].addName(keys);
            if (start.begin != StartClass::Inside)
                m_facts[id].addWord(keys);
        }
        (axis ? out.axis : out.names).add(string, string.bytes, starts, value, group);
        if (!axis && !string.initialStarts.empty())
            out.initials.add(string, string.initials, string.initialStarts, value, group);
        out.lostLetters = out.lostLetters || string.bytes.contains('?');
    }
}

void Builder::makeChunk(std::size_t from, std::size_t to, Chunk &out)
{
    for (std::size_t i = from; i < to; ++i) {
        const Concept &term = m_terms[i];
        out.recordStart.push_back(std::uint32_t(out.records.size()));
        writeRecord(out.records, term, m_tables.linkSystems);
        m_heads[i] = headsOf(term);
        out.names.beginTerm();
        out.initials.beginTerm();
        out.axis.beginTerm();
        addStrings(i, std::uint16_t(1U << (m_group[i] & 15U)), out);
        for (const CodeLink &link : term.links) {
            const auto *system = reinterpret_cast<const char16_t *>(link.system.utf16());
            const auto *code = reinterpret_cast<const char16_t *>(link.code.utf16());
            out.links.push_back(
                {linkHash(system, std::size_t(link.system.size()), code, std::size_t(link.code.size())),
                    std::uint32_t(i)});
        }
    }
}

template <typename T> std::string bytesOf(const std::vector<T> &values)
{
    return {reinterpret_cast<const char *>(values.data()), values.size() * sizeof(T)};
}

// Children by parent, and who is represented by the parent while only the common head was typed.
void Builder::families(BuiltIndex &out)
{
    const std::size_t count = m_terms.size();
    std::vector<std::uint32_t> start(count + 1), child, sharing(count);
    for (std::size_t i = 0; i < count; ++i) {
        if (m_heads[i].parent == noTerm)
            continue;
        ++start[m_heads[i].parent + 1];
        if ((m_heads[i].head & 0xFF) != 0)
            ++sharing[m_heads[i].parent];
    }
    for (std::size_t i = 0; i < count; ++i)
        start[i + 1] += start[i];
    child.resize(start[count]);
    std::vector<std::uint32_t> fill(start.begin(), start.end() - 1);
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t parent = m_heads[i].parent;
        const bool member =
            parent != noTerm && (m_heads[i].head & 0xFF) != 0 && sharing[parent] >= unsigned(familySize);
        m_facts[i].family = member ? parent : std::uint32_t(i);
        m_facts[i].headGroup = (member ? m_heads[i].head : 0) | std::uint32_t(m_group[i]) << 24;
        if (parent != noTerm)
            child[fill[parent]++] = std::uint32_t(i);
    }
    out.sections[ChildStart] = bytesOf(start);
    out.sections[Child] = bytesOf(child);
}

bool Builder::arrays(std::vector<Chunk> &chunks, BuiltIndex &out) const
{
    const auto one = [&](StringRun Chunk::*member, Section first) {
        std::vector<StringRun> runs;
        runs.reserve(chunks.size());
        for (Chunk &chunk : chunks)
            runs.push_back(std::move(chunk.*member));
        PartBytes parts;
        if (!buildSuffixArray(std::move(runs), std::uint32_t(m_terms.size()), parts))
            return false;
        for (std::size_t i = 0; i < PartCount; ++i)
            out.sections[first + i] = std::move(parts[i]);
        return true;
    };
    m_work.report("index", 40, 100);
    if (m_work.stopRequested() || !one(&Chunk::names, Names))
        return false;
    m_work.report("index", 70, 100);
    if (m_work.stopRequested() || !one(&Chunk::initials, Initials))
        return false;
    m_work.report("index", 85, 100);
    return one(&Chunk::axis, Axis);
}

base::Result<BuiltIndex> Builder::build(const IndexMeta &meta)
{
    if (m_terms.size() > mostTerms)
        return base::Error(
            errors::IndexTooLarge, {}, {{QStringLiteral("what"), QString::number(m_terms.size())}});
    sortTerms();
    NARU_TRY(collectGroups());
    m_tables.meta = meta;
    m_heads.resize(m_terms.size());
    m_signs.resize(m_terms.size());
    m_facts.resize(m_terms.size() + 1);
    m_work.report("index", 10, 100);
    constexpr std::size_t chunkTerms = 2048; // the same cut on every machine
    std::vector<Chunk> chunks((m_terms.size() + chunkTerms - 1) / chunkTerms);
    parallelFor(chunks.size(), [&](std::size_t i) {
        if (!m_work.stopRequested())
            makeChunk(i * chunkTerms, std::min(m_terms.size(), (i + 1) * chunkTerms), chunks[i]);
    });
    BuiltIndex out;
    std::vector<LinkEntry> links;
    std::size_t term = 0;
    for (Chunk &chunk : chunks) {
        const auto shift = std::uint32_t(out.sections[Records].size());
        for (const std::uint32_t start : chunk.recordStart)
            m_facts[term++].record = start + shift;
        out.sections[Records] += chunk.records;
        links.insert(links.end(), chunk.links.begin(), chunk.links.end());
        out.header.flags |= chunk.lostLetters ? hasLostLetters : 0;
        chunk.records = {};
    }
    m_facts[term].record = std::uint32_t(out.sections[Records].size());
    std::sort(links.begin(), links.end(), [](const LinkEntry &a, const LinkEntry &b) {
        return a.hash != b.hash ? a.hash < b.hash : a.term < b.term;
    });
    out.sections[Meta] = writeTables(m_tables);
    out.sections[Link] = bytesOf(links);
    out.sections[Sign] = bytesOf(m_signs);
    families(out);
    out.sections[Fact] = bytesOf(m_facts);
    if (!arrays(chunks, out)) {
        if (m_work.stopRequested())
            return base::Error(base::errors::Stopped);
        return base::Error(errors::IndexTooLarge, {}, {{QStringLiteral("what"), QStringLiteral("text")}});
    }
    out.header.magic = magic;
    out.header.version = formatVersion;
    out.header.byteOrder = byteOrder;
    out.header.terms = std::uint32_t(m_terms.size());
    out.header.sections = SectionCount;
    return out;
}
} // namespace

base::Result<BuiltIndex> buildIndex(
    const IndexMeta &meta, std::vector<Concept> terms, bool codes, const base::WorkContext &work)
{
    return Builder(std::move(terms), codes, work).build(meta);
}

} // namespace naru::terminology
