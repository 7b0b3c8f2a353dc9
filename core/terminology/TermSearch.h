// What a search asks and answers.
#pragma once

#include "core/terminology/Concept.h"

#include <vector>

namespace naru::terminology {

struct TermFilter {
    QStringList systems{}; // OIDs; empty means every system
    QStringList categories{}; // Concept::category; empty means all
    int limit = 50; // at most this many hits (1..500)
};

// How the best string of a term matched, best first; also the coarse part of the score.
enum class MatchKind {
    CodeExact,
    NameExact,
    CodePrefix,
    NameStart,
    WordStart,
    Inside,
    Initials,
    OtherLayout
};

struct TermHit {
    Concept term{};
    QString matched{}; // the name, alias or code that matched, as it is written
    MatchKind kind = MatchKind::Inside;
    int score = 0; // higher is better; equal queries over equal terms give equal scores

    friend bool operator==(const TermHit &, const TermHit &) = default;
};

} // namespace naru::terminology
