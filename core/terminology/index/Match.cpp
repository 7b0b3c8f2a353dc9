#include "core/terminology/index/Match.h"

#include "core/terminology/index/DepartmentUse.h"
#include "core/terminology/index/Usage.h"

namespace naru::terminology {

MatchKind kindOf(Level level)
{
    switch (level) {
    case Level::CodeExact:
        return MatchKind::CodeExact;
    case Level::NameExact:
    case Level::NameWhole:
    case Level::LayoutExact:
        return MatchKind::NameExact;
    case Level::CodePrefix:
        return MatchKind::CodePrefix;
    case Level::NameStart:
        return MatchKind::NameStart;
    case Level::WordStart:
        return MatchKind::WordStart;
    case Level::Inside:
        return MatchKind::Inside;
    case Level::InitialsWhole:
    case Level::InitialsStart:
        return MatchKind::InitialsStart;
    case Level::Initials:
    case Level::InitialsInside:
        return MatchKind::Initials;
    case Level::OtherLayout:
    case Level::OtherWord:
    case Level::OtherInside:
    case Level::OtherInitials:
    case Level::OtherInitialsWord:
    case Level::OtherInitialsInside:
        return MatchKind::OtherLayout;
    case Level::Similar:
    case Level::AxisString:
        break;
    }
    return MatchKind::Similar;
}

int scoreOf(const Match &match)
{
    // The two bits of the start class are free: open moves down to make room for usage and department.
    const unsigned value = (match.value & 0x1FFFU) | (score::open(match.value) ? 1U << 13 : 0U);
    return int((match.retired ? 0U : 1U << 30) | (32U - unsigned(match.level)) << levelShift
        | unsigned(match.usage) << place::usageShift | (match.department ? 1U << place::departmentBit : 0U)
        | value);
}

int justBelow(Level level)
{
    return int(1U << 30 | (32U - unsigned(level)) << levelShift) - 1;
}

} // namespace naru::terminology
