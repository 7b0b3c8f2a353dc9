// One question to all files and alias tables of a TerminologySearch.
#pragma once

#include "core/terminology/TerminologySearch.h"
#include "core/terminology/index/Searcher.h"

namespace naru::terminology {

struct TerminologySearch::Asked {
    const TermFilter &filter;
    Query query{};
    std::vector<TermFilter> filters{}; // per file
    std::vector<std::shared_ptr<const UsageIndex>> usage{}; // per file
    std::vector<std::unique_ptr<Searcher>> searchers{}; // per file; null: all of its systems are hidden
    QDate day{};
};

} // namespace naru::terminology
