// The bytes of an index file: a header, a table of sections, the sections at multiples of 64. Little-endian.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace naru::terminology::layout {

constexpr std::array<char, 8> magic{'N', 'A', 'R', 'U', 'T', 'E', 'R', 'M'};
constexpr std::uint32_t formatVersion = 6;
constexpr std::uint32_t byteOrder = 0x01020304;
constexpr std::uint64_t alignment = 64;
// Zeros behind the strings of an arena: comparing may load this much past the last string.
constexpr std::uint32_t arenaPadding = 1024;
constexpr std::uint32_t longestToken = arenaPadding - 16; // bytes of a query word
constexpr std::uint32_t blockShift = 6, superShift = 12; // suffixes per block and per super-block
constexpr std::uint32_t sampleShift = 8; // arena bytes per entry of the table from bytes to terms
constexpr std::uint32_t wideRange = 4096; // prefixes of more suffixes have their best ones listed
constexpr std::uint32_t listLength = 64;

// One suffix array; `base` + the members is the number of its section.
enum Part : std::uint32_t {
    Arena, // strings: source byte, number byte, keys, 0
    TermStart, // u32 per term and one more: where its strings begin
    Sample, // u32: the term at every 256th byte of the arena
    Plane, // two bits per byte of the arena: StartClass
    Position, // u32 per suffix, sorted by the bytes there
    Score, // u16 per suffix
    BlockMax, // u16 per 64 suffixes: best score
    SuperMax, // u16 per 4,096
    BlockGroups, // u16 per 64: groups that occur, modulo 16
    Keys, // u64 per 64: first eight bytes, big-endian
    WideKeys, // WidePrefix, sorted
    WideLists, // u32 listLength each: ranks, best first, one per term
    Closed, // u32, sorted: ranks of the suffixes of terms with an end date
    PartCount
};
enum Section : std::uint32_t {
    Meta,
    Records,
    ChildStart, // u32 per term and one more
    Child, // u32
    Link, // LinkEntry, sorted
    Sign, // SignEntry per term: which beginnings its names have
    Fact, // FactEntry per term and one more
    Names,
    Initials = Names + PartCount,
    Axis = Initials + PartCount,
    SectionCount = Axis + PartCount
};

struct SectionEntry {
    std::uint64_t offset = 0, size = 0;
    std::uint32_t crc = 0, reserved = 0;
};
struct Header {
    std::array<char, 8> magic{};
    std::uint32_t version = 0, byteOrder = 0;
    std::uint64_t fileSize = 0;
    std::uint32_t terms = 0, sections = 0;
    std::uint32_t crc = 0; // of header and section table, with this field zero
    std::uint32_t flags = 0;
    SectionEntry table[SectionCount]{};
};
constexpr std::uint32_t hasLostLetters = 1; // Header::flags: some name has a '?' inside a word

struct WidePrefix {
    std::uint64_t key = 0; // the prefix, padded with zeros
    std::uint32_t length = 0, list = 0; // bytes; number of its list
};
// A bit each for the first two (of 128), three and four keys (of 64) at every start of a term's names: a word
// whose bits are not all there is not in the term.
struct SignEntry {
    std::uint64_t two[2]{}, three = 0, four = 0;
    void add(const unsigned char *at)
    {
        if (at[0] == 0 || at[1] == 0)
            return;
        two[hash(at, 2) >> 6 & 1U] |= bit(at, 2);
        if (at[2] == 0)
            return;
        three |= bit(at, 3);
        if (at[3] != 0)
            four |= bit(at, 4);
    }
    bool empty() const { return two[0] == 0 && two[1] == 0; }
    bool has(const SignEntry &all) const
    {
        return ((two[0] & all.two[0]) == all.two[0]) & ((two[1] & all.two[1]) == all.two[1])
            & ((three & all.three) == all.three) & ((four & all.four) == all.four);
    }
    static std::uint32_t hash(const unsigned char *at, std::size_t size)
    {
        std::uint32_t value = 2166136261U;
        for (std::size_t i = 0; i < size; ++i)
            value = (value ^ at[i]) * 16777619U;
        return value ^ (value >> 15);
    }
    static std::uint64_t bit(const unsigned char *at, std::size_t size)
    {
        return 1ULL << (hash(at, size) & 63U);
    }
};
static_assert(sizeof(SignEntry) == 32);
// What a search asks of each term that it looks at, in one line of memory.
struct FactEntry {
    std::uint64_t names = 0; // the first one to three keys where its names begin, a bit each
    std::uint64_t words = 0; // the first two and three where its words begin
    std::uint32_t letters = 0; // the first key of its words
    std::uint32_t record = 0; // where its record begins
    std::uint32_t family =
        0; // the parent that stands for it when only their common head was typed, or itself
    std::uint32_t headGroup = 0; // keys in that head, Korean, initials, English; group (a byte each)
    void addName(const unsigned char *at)
    {
        for (std::size_t size = 1; size <= 3 && at[size - 1] != 0; ++size)
            names |= SignEntry::bit(at, size);
    }
    void addWord(const unsigned char *at)
    {
        letters |= at[0] != 0 ? 1U << ((at[0] + (at[0] >> 7) * 11U) & 31U) : 0;
        for (std::size_t size = 1; size <= 3 && at[size - 1] != 0; ++size)
            words |= size > 1 ? SignEntry::bit(at, size) : 0;
    }
    bool beginNames(const FactEntry &all) const { return (names & all.names) == all.names; }
    bool beginWords(const FactEntry &all) const
    {
        return (words & all.words) == all.words && (letters & all.letters) == all.letters;
    }
    unsigned group() const { return headGroup >> 24; }
    std::uint32_t heads() const { return headGroup & 0xFFFFFFU; }
};
static_assert(sizeof(FactEntry) == 32);
struct LinkEntry {
    std::uint32_t hash = 0, term = 0;
};

std::uint32_t crc32(std::span<const unsigned char> bytes, std::uint32_t before = 0);
std::uint32_t linkHash(
    const char16_t *system, std::size_t systemSize, const char16_t *code, std::size_t codeSize);

// The first eight bytes of a string as a number in its sort order, zero from its end on. Eight bytes must be
// readable at `at`.
inline std::uint64_t sortKey(const unsigned char *at)
{
    std::uint64_t value = 0;
    std::memcpy(&value, at, 8);
    const std::uint64_t zeros = (value - 0x0101010101010101ULL) & ~value & 0x8080808080808080ULL;
    if (zeros != 0) { // the lowest marked byte is the first zero: clear what follows
        const int bits = __builtin_ctzll(zeros) & ~7;
        value &= bits == 0 ? 0 : (~0ULL >> (64 - bits));
    }
    return __builtin_bswap64(value);
}

} // namespace naru::terminology::layout
