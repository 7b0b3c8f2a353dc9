// Word lists the synthetic masters are put together from. Own wording: plain anatomy, conditions, analytes
// and invented company names; nothing here is a row of an official file.
#pragma once

#include <cstddef>
#include <span>

namespace naru::testsupport::words {

struct Word {
    const char *ko;
    const char *en;
};

std::span<const Word> qualifiers();
std::span<const Word> sites();
std::span<const Word> conditions();
std::span<const Word> sides(); // the first one is no side
std::span<const Word> approaches();
std::span<const Word> operations();
std::span<const Word> analytes();
std::span<const Word> properties();
std::span<const Word> specimens();
std::span<const Word> scales();
std::span<const Word> methods();
std::span<const Word> modalities();
std::span<const Word> views();
std::span<const Word> drugs();
std::span<const Word> strengths();
std::span<const Word> forms();
std::span<const Word> makers();
std::span<const Word> nursingFoci();
std::span<const Word> nursingJudgements();
std::span<const Word> recipients();
std::span<const Word> publicSubjects();
std::span<const Word> publicServices();
std::span<const Word> koreanPatterns();
std::span<const Word> koreanOrgans();
std::span<const Word> organisms();
std::span<const Word> findings();

} // namespace naru::testsupport::words
