#include "core/imaging/series/StackParts.h"

#include <algorithm>

namespace naru::imaging::stacks {

namespace {
double median(std::vector<double> values)
{
    if (values.empty())
        return 0;
    const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2)
        return *middle;
    return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

// What the distance at `at` would be if it were like that of its neighbours on either side. The larger
// counts: where thin slices pass into thick ones none is missing.
double expected(const std::vector<double> &steps, std::size_t at)
{
    constexpr std::size_t Reach = 4;
    const auto part = [&steps](std::size_t from, std::size_t to) {
        return median({steps.begin() + std::ptrdiff_t(from), steps.begin() + std::ptrdiff_t(to)});
    };
    return std::max(
        part(at > Reach ? at - Reach : 0, at), part(at + 1, std::min(steps.size(), at + 1 + Reach)));
}
} // namespace

void judgeSpacing(const Items &items, Stack &stack)
{
    if (items.size() < 2)
        return;
    std::vector<double> steps;
    for (std::size_t i = 1; i < items.size(); ++i)
        steps.push_back(items[i].position - items[i - 1].position);
    stack.step = median(steps);
    const double tolerance = std::max(0.05, 0.05 * stack.step);
    stack.regular = std::all_of(
        steps.begin(), steps.end(), [&](double step) { return std::abs(step - stack.step) <= tolerance; });
    for (std::size_t i = 0; i < steps.size() && steps.size() > 1; ++i) {
        const double like = expected(steps, i);
        if (like > SamePosition && steps[i] > 1.5 * like && steps[i] > like + tolerance) {
            stack.gaps.push_back(int(i));
            stack.missing += std::max(1, int(std::lround(steps[i] / like)) - 1);
        }
    }
    const Vector3 way = (items.back().origin - items.front().origin).unit();
    const double tilt = std::acos(std::clamp(dot(way, stack.normal), -1.0, 1.0)) * 180 / M_PI;
    stack.tilt = tilt > 0.1 && tilt < 89 ? tilt : 0;
}

} // namespace naru::imaging::stacks
