// One sorted array of suffixes over an arena of strings, as it lies in an index file. Knows nothing of
// queries. Every number read from the file is bounded before it is used as an offset.
#pragma once

#include "core/terminology/TermSearch.h"
#include "core/terminology/index/Layout.h"
#include "core/terminology/index/ReadAhead.h"
#include "core/terminology/index/TermStrings.h"

#include <cstddef>
#include <memory_resource>

namespace naru::terminology {

// Suffix numbers (ranks) from `from` up to and without `to`.
struct RankRange {
    std::uint32_t from = 0, to = 0;
    std::uint32_t size() const { return to - from; }
    bool empty() const { return from >= to; }
};

// The static part of a suffix's order in 16 bits, higher first: has no end date, start class, weight, may be
// used as it stands, is a preferred name, is short.
namespace score {
constexpr int openBit = 15, beginShift = 13, weightShift = 8, usableShift = 6, preferredShift = 5;
constexpr unsigned codeBegin = 3, nameBegin = 2, wordBegin = 1; // 0 inside
inline unsigned begin(unsigned value)
{
    return (value >> beginShift) & 3U;
}
inline unsigned withoutBegin(unsigned value)
{
    return value & ~(3U << beginShift);
}
inline bool open(unsigned value)
{
    return (value >> openBit) & 1U;
}
inline bool complete(unsigned value)
{
    return (value >> (usableShift + 1)) & 1U;
}
} // namespace score

class SuffixArray {
public:
    SuffixArray() = default;
    // `sections` are the PartCount sections of the array in order; null spans for an empty array.
    // `ahead` is null for one in memory.
    explicit SuffixArray(const std::span<const unsigned char> *sections, std::uint32_t terms,
        const ReadAhead *ahead = nullptr);

    std::uint32_t size() const { return m_size; }
    std::uint32_t position(std::uint32_t rank) const
    {
        const std::uint32_t at = m_position[rank];
        return at < m_limit ? at : 0;
    }
    unsigned scoreAt(std::uint32_t rank) const { return m_score[rank]; }
    const std::uint16_t *scores(std::uint32_t rank) const { return m_score + rank; }
    const unsigned char *bytes(std::uint32_t position) const { return m_arena + position; }
    std::uint32_t termAt(std::uint32_t position) const;
    // The terms of suffixes, at most termBatch. Each lookup touches three far places of memory; together they
    // wait once instead of once each.
    static constexpr std::uint32_t termBatch = 64;
    void termsAt(std::span<const std::uint32_t> ranks, std::uint32_t *terms) const;
    // The same with their positions; their bytes are asked for as well.
    void termsOf(std::span<const std::uint32_t> ranks, std::uint32_t *positions, std::uint32_t *terms) const;
    void prefetchStrings(std::uint32_t term) const;
    // Asks the disc for the strings of a term, for the positions and scores of a range, and for what leads
    // from its positions to terms; true when they were not asked for before.
    bool askStrings(std::uint32_t term) const;
    bool askRange(RankRange range) const;
    void askTerms(std::span<const std::uint32_t> ranks) const;
    // The strings of one term: arena bytes [first, second).
    std::pair<std::uint32_t, std::uint32_t> strings(std::uint32_t term) const;
    StartClass beginAt(std::uint32_t position) const
    {
        return StartClass((m_plane[position >> 2] >> ((position & 3) * 2)) & 3);
    }

    // All suffixes that begin with `token`, and those of them that are just the token (at the front).
    RankRange find(QByteArrayView token) const { return findIn(token, {0, m_size}); }
    RankRange whole(QByteArrayView token, RankRange in) const;
    // Narrower: the part of `in` (suffixes with a common beginning of `depth` bytes) whose next byte is
    // `byte`.
    RankRange narrowed(RankRange in, std::uint32_t depth, unsigned char byte) const;
    // The same for several bytes.
    RankRange followed(RankRange in, std::uint32_t depth, QByteArrayView bytes) const;
    // The byte of a suffix of `rank` at `depth`.
    unsigned char byteAt(std::uint32_t rank, std::uint32_t depth) const
    {
        return m_arena[position(rank) + depth];
    }
    // The ranks in a range whose terms have an end date.
    std::span<const std::uint32_t> closedIn(RankRange range) const;
    // The precomputed best of a wide prefix, best first; empty when it is not wide.
    std::span<const std::uint32_t> best(QByteArrayView token) const;

    std::span<const std::uint16_t> blockMax() const { return m_blockMax; }
    std::span<const std::uint16_t> superMax() const { return m_superMax; }
    std::span<const std::uint16_t> blockGroups() const { return m_blockGroups; }
    // The rank of the suffix at `position` (one of a term's own starts); size() when there is none.
    std::uint32_t rankOf(std::uint32_t position) const;

private:
    RankRange findIn(QByteArrayView token, RankRange in) const;
    int compare(std::uint32_t rank, const char *token, std::size_t size) const
    {
        return std::memcmp(m_arena + position(rank), token, size);
    }

    const ReadAhead *m_ahead = nullptr;
    const unsigned char *m_arena = nullptr;
    std::uint32_t m_limit = 0; // first byte of the padding
    std::uint32_t m_terms = 0, m_size = 0;
    std::span<const std::uint32_t> m_termStart{}, m_sample{}, m_position{}, m_lists{}, m_closed{};
    const unsigned char *m_plane = nullptr;
    const std::uint16_t *m_score = nullptr;
    std::span<const std::uint16_t> m_blockMax{}, m_superMax{}, m_blockGroups{};
    std::span<const std::uint64_t> m_keys{};
    std::span<const layout::WidePrefix> m_wide{};
};

// Takes suffixes out of a range best first: by score, then by rank. Blocks and super-blocks wait in the heap
// with the best score that is left in them; at its turn each gives what has this score and waits again.
class BestFirst {
public:
    // Blocks without any of the groups in `groups` (bits, modulo 16) are skipped.
    BestFirst(const SuffixArray &array, RankRange range, std::uint16_t groups = 0xFFFF);
    ~BestFirst() = default;
    BestFirst(const BestFirst &) = delete;
    BestFirst &operator=(const BestFirst &) = delete;
    // The next rank, or -1 at the end.
    std::int64_t next();

private:
    enum Kind : unsigned { Suffix = 0, Block = 1, Super = 2 };
    void push(unsigned value, std::uint32_t rank, Kind kind);
    void put(unsigned value, std::uint32_t rank, Kind kind);
    void open(unsigned value, std::uint32_t rank, Kind kind);
    void addPart(std::uint32_t from, std::uint32_t to);
    void addBlocks(std::uint32_t from, std::uint32_t to);

    RankRange m_range;
    const SuffixArray &m_array;
    std::uint16_t m_groups;
    static constexpr std::size_t room = 512; // entries of a usual search, without asking for memory
    alignas(std::uint64_t) std::array<std::byte, room * sizeof(std::uint64_t)> m_room;
    std::pmr::monotonic_buffer_resource m_memory{m_room.data(), m_room.size()};
    std::pmr::vector<std::uint64_t> m_heap{&m_memory};
};

} // namespace naru::terminology
