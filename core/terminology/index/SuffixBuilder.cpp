#include "core/terminology/index/SuffixBuilder.h"

#include "core/terminology/index/Parallel.h"

#include <algorithm>

namespace naru::terminology {

using namespace layout;

namespace {
constexpr std::size_t slices = 8; // sorted side by side, then merged: the same for any number of cores

template <typename T> std::string bytesOf(const std::vector<T> &values)
{
    return {reinterpret_cast<const char *>(values.data()), values.size() * sizeof(T)};
}

// Strict order: bytes, better score first, position.
struct Before {
    const unsigned char *arena;
    bool operator()(const SuffixEntry &a, const SuffixEntry &b) const
    {
        if (a.key != b.key)
            return a.key < b.key;
        if ((a.key & 0xFF) != 0) { // neither has ended within eight bytes
            const int order = std::strcmp(reinterpret_cast<const char *>(arena) + a.position + 8,
                reinterpret_cast<const char *>(arena) + b.position + 8);
            if (order != 0)
                return order < 0;
        }
        return a.value != b.value ? a.value > b.value : a.position < b.position;
    }
};

void sortEntries(std::vector<SuffixEntry> &entries, const unsigned char *arena)
{
    const Before before{arena};
    const auto cut = [&](std::size_t slice) {
        return entries.begin() + std::ptrdiff_t(entries.size() * slice / slices);
    };
    parallelFor(slices, [&](std::size_t i) { std::sort(cut(i), cut(i + 1), before); });
    std::vector<SuffixEntry> merged(entries.size());
    for (std::size_t width = 1; width < slices; width *= 2) {
        parallelFor(slices / (2 * width), [&](std::size_t i) {
            const std::size_t first = i * 2 * width;
            std::merge(cut(first), cut(first + width), cut(first + width), cut(first + 2 * width),
                merged.begin() + (cut(first) - entries.begin()), before);
        });
        entries.swap(merged);
    }
}

std::string joinArena(std::vector<StringRun> &runs, std::uint32_t terms,
    std::vector<std::uint32_t> &termStart, std::vector<SuffixEntry> &entries, std::string &plane)
{
    std::size_t bytes = 1, count = 0;
    for (const StringRun &run : runs) {
        bytes += run.arena.size();
        count += run.entries.size();
    }
    std::string arena;
    arena.reserve(bytes + arenaPadding);
    arena.push_back(0); // so that looking back for the end of the string before always finds one
    termStart.reserve(std::size_t(terms) + 1);
    entries.reserve(count);
    plane.assign((bytes + arenaPadding + 3) / 4, 0);
    for (StringRun &run : runs) {
        const auto shift = std::uint32_t(arena.size());
        for (const std::uint32_t start : run.termStart)
            termStart.push_back(start + shift);
        for (std::size_t i = 0; i < run.entries.size(); ++i) {
            SuffixEntry entry = run.entries[i];
            entry.position += shift;
            plane[entry.position >> 2] = char(static_cast<unsigned char>(plane[entry.position >> 2])
                | (unsigned(run.begins[i]) << ((entry.position & 3) * 2)));
            entries.push_back(entry);
        }
        arena += run.arena;
        run = {};
    }
    termStart.push_back(std::uint32_t(arena.size()));
    arena.append(arenaPadding, '\0');
    return arena;
}

void writeSorted(const std::vector<SuffixEntry> &entries, PartBytes &out)
{
    std::vector<std::uint32_t> positions(entries.size());
    std::vector<std::uint16_t> scores(entries.size());
    const std::size_t blocks = (entries.size() + (1U << blockShift) - 1) >> blockShift;
    const std::size_t supers = (entries.size() + (1U << superShift) - 1) >> superShift;
    std::vector<std::uint32_t> closed;
    std::vector<std::uint16_t> blockMax(blocks), superMax(supers), groups(blocks);
    std::vector<std::uint64_t> keys(blocks);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const SuffixEntry &entry = entries[i];
        positions[i] = entry.position;
        scores[i] = entry.value;
        if (!score::open(entry.value))
            closed.push_back(std::uint32_t(i));
        if ((i & ((1U << blockShift) - 1)) == 0)
            keys[i >> blockShift] = entry.key;
        blockMax[i >> blockShift] = std::max(blockMax[i >> blockShift], entry.value);
        superMax[i >> superShift] = std::max(superMax[i >> superShift], entry.value);
        groups[i >> blockShift] |= entry.group;
    }
    out[Position] = bytesOf(positions);
    out[Score] = bytesOf(scores);
    out[Closed] = bytesOf(closed);
    out[BlockMax] = bytesOf(blockMax);
    out[SuperMax] = bytesOf(superMax);
    out[BlockGroups] = bytesOf(groups);
    out[Keys] = bytesOf(keys);
}

struct Wide {
    WidePrefix prefix{};
    RankRange range{};
};

// Every prefix of up to eight bytes with more than wideRange suffixes, by key, then length.
std::vector<Wide> widePrefixes(const std::vector<SuffixEntry> &entries)
{
    std::vector<Wide> out;
    for (std::uint32_t length = 1; length <= 8; ++length) {
        const std::uint64_t mask = ~0ULL << (8 * (8 - length));
        for (std::size_t from = 0; from < entries.size();) {
            const std::uint64_t key = entries[from].key & mask;
            const auto it = std::partition_point(entries.begin() + std::ptrdiff_t(from), entries.end(),
                [&](const SuffixEntry &entry) { return (entry.key & mask) == key; });
            const auto to = std::size_t(it - entries.begin());
            const bool complete = ((key >> (8 * (8 - length))) & 0xFF) != 0;
            if (complete && to - from > wideRange)
                out.push_back({{key, length, 0}, {std::uint32_t(from), std::uint32_t(to)}});
            from = to;
        }
    }
    std::sort(out.begin(), out.end(), [](const Wide &a, const Wide &b) {
        return a.prefix.key != b.prefix.key ? a.prefix.key < b.prefix.key : a.prefix.length < b.prefix.length;
    });
    return out;
}

void writeLists(const std::vector<SuffixEntry> &entries, std::uint32_t terms, PartBytes &out)
{
    std::vector<Wide> wide = widePrefixes(entries);
    std::array<std::span<const unsigned char>, PartCount> sections;
    for (std::size_t i = 0; i < PartCount; ++i)
        sections[i] = {reinterpret_cast<const unsigned char *>(out[i].data()), out[i].size()};
    const SuffixArray array(sections.data(), terms);
    std::vector<std::uint32_t> lists(wide.size() * listLength, 0xFFFFFFFFU);
    parallelFor(wide.size(), [&](std::size_t i) {
        BestFirst best(array, wide[i].range);
        std::vector<std::uint32_t> seen;
        std::uint32_t count = 0;
        for (auto rank = best.next(); rank >= 0 && count < listLength; rank = best.next()) {
            const std::uint32_t term = array.termAt(array.position(std::uint32_t(rank)));
            if (std::find(seen.begin(), seen.end(), term) != seen.end())
                continue;
            seen.push_back(term);
            lists[i * listLength + count++] = std::uint32_t(rank);
        }
    });
    std::vector<WidePrefix> keys(wide.size());
    for (std::size_t i = 0; i < wide.size(); ++i) {
        keys[i] = wide[i].prefix;
        keys[i].list = std::uint32_t(i);
    }
    out[WideKeys] = bytesOf(keys);
    out[WideLists] = bytesOf(lists);
}
} // namespace

void StringRun::add(const IndexedString &string, const QByteArray &bytes,
    const std::vector<IndexedString::Start> &starts, unsigned base, std::uint16_t group)
{
    const bool code = string.source == TermHit::Source::Code;
    arena.push_back(char(1 + unsigned(string.source) * 2 + (string.derived ? 1 : 0))); // never 0
    arena.push_back(char(string.number + 1 > 255 ? 255 : string.number + 1));
    const auto at = std::uint32_t(arena.size());
    arena.append(bytes.constData(), std::size_t(bytes.size()));
    arena.push_back(0);
    for (const IndexedString::Start &start : starts) {
        const unsigned begin = code ? 3U : unsigned(start.begin) - 1U;
        SuffixEntry entry;
        entry.position = at + std::uint32_t(start.at);
        entry.value = std::uint16_t(base | (begin << score::beginShift));
        entry.group = group;
        entries.push_back(entry);
        begins.push_back(static_cast<unsigned char>(start.begin));
    }
}

bool buildSuffixArray(std::vector<StringRun> runs, std::uint32_t terms, PartBytes &out)
{
    std::size_t total = arenaPadding + 1;
    for (const StringRun &run : runs)
        total += run.arena.size();
    if (total >= 0xFFFFFF00U)
        return false;
    std::vector<std::uint32_t> termStart;
    std::vector<SuffixEntry> entries;
    out[Arena] = joinArena(runs, terms, termStart, entries, out[Plane]);
    const auto *arena = reinterpret_cast<const unsigned char *>(out[Arena].data());
    parallelFor(16, [&](std::size_t part) {
        for (std::size_t i = entries.size() * part / 16; i < entries.size() * (part + 1) / 16; ++i)
            entries[i].key = sortKey(arena + entries[i].position);
    });
    sortEntries(entries, arena);
    out[TermStart] = bytesOf(termStart);
    std::vector<std::uint32_t> sample((out[Arena].size() >> sampleShift) + 1);
    for (std::size_t i = 0, term = 0; i < sample.size(); ++i) {
        while (term + 1 < terms && termStart[term + 1] <= (i << sampleShift))
            ++term;
        sample[i] = std::uint32_t(term);
    }
    out[Sample] = bytesOf(sample);
    writeSorted(entries, out);
    writeLists(entries, terms, out);
    return true;
}

} // namespace naru::terminology
