// Turns matches into rows for people: the term, the string that matched, its marks, what does not fit.
#pragma once

#include "core/terminology/index/Match.h"
#include "core/terminology/index/Query.h"
#include "core/terminology/index/Usage.h"

namespace naru::terminology {

class HitMaker {
public:
    HitMaker(const IndexImage &image, const TermFilter &filter, const UsageIndex *usage);

    std::vector<TermHit> hits(const std::vector<Match> &matches, const Query &query) const;
    // Without those that swap a syllable for one that makes another disease of it; at most ten.
    std::vector<TermHit> similar(const std::vector<Match> &matches, const Query &query) const;
    // What depends on the term and on who asks. The score of an alias hit gets the usage of its term.
    void judge(TermHit &hit, std::uint32_t term, bool collapsed) const;

    // Asks the memory for the records of matches that become rows.
    void prefetch(const std::vector<Match> &matches) const;
    TermHit hit(const Match &match, const Query &query) const;

private:
    void fillMatched(TermHit &hit, const Match &match, const Query &query) const;

    const IndexImage &m_image;
    const TermFilter &m_filter;
    const UsageIndex *m_usage;
    QDate m_day;
};

} // namespace naru::terminology
