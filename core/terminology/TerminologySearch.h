// One search over all files and alias tables of a Terminology: matches are merged first, and only those that
// are shown become rows.
#pragma once

#include "core/terminology/Terminology.h"
#include "core/terminology/index/HitMaker.h"

#include <atomic>

namespace naru::terminology {

class TerminologySearch {
public:
    // `aliases` are indexes over aliasTerms().
    TerminologySearch(std::vector<std::shared_ptr<const TermFile>> files,
        std::vector<std::shared_ptr<const TermFile>> aliases);

    struct Place {
        int file = -1;
        int id = -1;
    };
    Place place(const QString &system, QStringView code) const;
    TermAnswer search(QStringView text, const TermFilter &filter) const;

    const std::vector<std::shared_ptr<const TermFile>> &files() const { return m_files; }
    const QStringList &shown(size_t file) const { return m_shown[file]; } // systems not hidden by a release

private:
    struct Candidate {
        int score = 0;
        int file = -1;
        int alias = -1; // number of the alias table it was found in
        Match match{}; // in the alias index when alias >= 0
        std::uint32_t term = 0; // in the file
    };
    // Where the code of an alias row is, and the weight of the row as one of its term.
    struct Target {
        Place at{};
        int weight = 0;
    };
    struct Asked;

    static int floorOf(const std::vector<Candidate> &found, size_t limit);
    void searchFile(size_t file, const Asked &asked, std::vector<Candidate> &found) const;
    // `floor`: the score that a candidate must beat by its level.
    void searchAliases(size_t table, const Asked &asked, int floor, std::vector<Candidate> &found) const;
    Candidate aliasCandidate(size_t table, const Target &to, Match match, const Asked &asked) const;
    struct AliasWord;
    std::vector<AliasWord> aliasWords(const Asked &asked) const;
    // Several words, some in the strings of a term and some in its aliases: "DM nephropathy".
    void searchTogether(const Asked &asked, std::vector<Candidate> &found) const;
    Target target(size_t table, std::uint32_t row) const;
    bool isShadowed(const Candidate &candidate) const;
    TermHit hit(const Candidate &candidate, const Asked &asked) const;
    void prefetchRows(std::span<const Candidate> found) const;
    void addSimilar(const Asked &asked, TermAnswer &answer) const;

    std::vector<std::shared_ptr<const TermFile>> m_files{};
    std::vector<QStringList> m_shown{};
    std::vector<bool> m_whole{}; // all systems of the file are shown
    std::vector<bool> m_shadowed{}; // some of its systems are in an earlier file too
    std::vector<std::shared_ptr<const TermFile>> m_aliases{};
    // Found out at the first use of a row: file, id, weight; -1 not yet. One writer's value is as good as
    // another's.
    mutable std::vector<std::vector<std::atomic<std::int64_t>>> m_targets{};
};

} // namespace naru::terminology
