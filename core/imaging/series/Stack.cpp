#include "core/imaging/series/Stack.h"

#include <algorithm>

namespace naru::imaging {

int Stack::nearest(double position) const
{
    if (!positioned)
        return 0;
    const auto after = std::lower_bound(slices.begin(), slices.end(), position,
        [](const SliceRef &slice, double wanted) { return slice.position < wanted; });
    if (after == slices.begin())
        return 0;
    if (after == slices.end())
        return size() - 1;
    const auto before = after - 1;
    return int((position - before->position <= after->position - position ? before : after) - slices.begin());
}

int Stack::nearest(Vector3 patient) const
{
    return nearest(dot(patient, normal));
}

int Stack::atTime(double milliseconds) const
{
    if (!cine || milliseconds <= 0)
        return 0;
    const auto after = std::upper_bound(slices.begin(), slices.end(), milliseconds,
        [](double wanted, const SliceRef &slice) { return wanted < slice.time; });
    return std::max(0, int(after - slices.begin()) - 1);
}

} // namespace naru::imaging
