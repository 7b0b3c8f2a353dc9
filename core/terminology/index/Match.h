// One thing found by a search, and how good it is.
#pragma once

#include "core/terminology/index/IndexImage.h"

namespace naru::terminology {

// The order of kinds, finer than MatchKind; lower is better.
enum class Level : unsigned char {
    CodeExact = 1,
    NameExact, // of a code that may be used as it stands
    NameWhole, // of another one, or all that follows a stock phrase
    CodePrefix,
    NameStart,
    LayoutExact, // an alias typed in the other keyboard mode
    WordStart,
    Inside,
    InitialsWhole,
    InitialsStart,
    Initials, // from the start of a word
    InitialsInside,
    OtherLayout,
    OtherWord,
    OtherInside,
    OtherInitials,
    OtherInitialsWord,
    OtherInitialsInside,
    Similar,
    AxisString // whatever it matched: after all names
};
constexpr int levelShift = 25; // of the level in scoreOf()

MatchKind kindOf(Level level);

struct Match {
    std::uint32_t term = 0;
    std::uint32_t position = 0; // in the arena of `array`
    std::uint32_t rank = 0; // tie order
    std::uint16_t length = 0; // keys matched
    std::uint16_t value = 0; // static score, without the class of its start
    Level level = Level::Similar;
    MatchKind kind = MatchKind::Similar;
    IndexImage::Array array = IndexImage::NamesArray;
    bool retired = false, collapsed = false;
    int usage = 0; // rank of UsageIndex
    bool department = false; // one that TermFilter::department uses
    int score = 0; // scoreOf() of the finished match
};

// 31 bits, higher is better: not retired, level, usage, department, static score.
int scoreOf(const Match &match);
constexpr int lowestScore = -1;
// Below every score of `level` and above every one of the next level.
int justBelow(Level level);
// Match::value of a stored score.
inline std::uint16_t staticPart(unsigned value)
{
    return std::uint16_t(score::withoutBegin(value));
}

} // namespace naru::terminology
