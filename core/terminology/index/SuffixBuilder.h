// Makes the sections of one suffix array from strings with their starts.
#pragma once

#include "core/terminology/index/SuffixArray.h"

#include <array>
#include <string>

namespace naru::terminology {

struct SuffixEntry {
    std::uint64_t key = 0;
    std::uint32_t position = 0;
    std::uint16_t value = 0; // score
    std::uint16_t group = 0; // bit of the term's group, modulo 16
};

// The strings of a run of terms, with positions from the start of the run.
struct StringRun {
    std::string arena{};
    std::vector<std::uint32_t> termStart{};
    std::vector<SuffixEntry> entries{}; // without keys
    std::vector<unsigned char> begins{}; // StartClass of each entry

    void beginTerm() { termStart.push_back(std::uint32_t(arena.size())); }
    void add(const IndexedString &string, const QByteArray &bytes,
        const std::vector<IndexedString::Start> &starts, unsigned base, std::uint16_t group);
};

using PartBytes = std::array<std::string, layout::PartCount>;
// False when the strings are more than 32-bit offsets reach.
bool buildSuffixArray(std::vector<StringRun> runs, std::uint32_t terms, PartBytes &out);

} // namespace naru::terminology
