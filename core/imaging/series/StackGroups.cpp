#include "core/imaging/series/StackParts.h"

#include <algorithm>
#include <map>

namespace naru::imaging::stacks {

namespace {
constexpr std::size_t MostPlanes = 1000; // of a series; each frame is held against each of them

bool alike(const Item &a, const Item &b)
{
    constexpr double Aligned = 0.99996; // cos 0.5 degrees
    constexpr double SameSpacing = 0.01;
    const auto near = [](double x, double y) {
        return std::abs(x - y) <= SameSpacing * std::max(std::abs(x), 1e-6);
    };
    const ImageFacts &f = *a.facts, &g = *b.facts;
    return dot(a.right, b.right) > Aligned && dot(a.down, b.down) > Aligned && f.rows == g.rows
        && f.columns == g.columns && f.samples == g.samples && f.frameOfReferenceUid == g.frameOfReferenceUid
        && near(a.own->spacingRow, b.own->spacingRow) && near(a.own->spacingColumn, b.own->spacingColumn);
}

// Views of a mammogram stand beside each other, never one below the other.
QString partOf(const ImageFacts &facts)
{
    if (facts.modality != QLatin1String("MG"))
        return {};
    return facts.laterality + facts.viewPosition;
}

// A picture of its own plane (radial slices, rotating projections, scouts) is no stack; all of them are one.
void poolSingles(std::vector<Group> &groups)
{
    const auto isSingle = [](const Group &group) { return group.items.size() == 1; };
    if (std::count_if(groups.begin(), groups.end(), isSingle) < 2)
        return;
    Group pool;
    for (const Group &group : groups) {
        if (isSingle(group))
            pool.items.push_back(group.items.front());
    }
    groups.erase(std::remove_if(groups.begin(), groups.end(), isSingle), groups.end());
    groups.push_back(std::move(pool));
}

bool byNumber(const Item &a, const Item &b)
{
    if (a.facts->instanceNumber != b.facts->instanceNumber)
        return a.facts->instanceNumber < b.facts->instanceNumber;
    if (a.facts->acquisitionNumber != b.facts->acquisitionNumber)
        return a.facts->acquisitionNumber < b.facts->acquisitionNumber;
    return a.instance != b.instance ? a.instance < b.instance : a.frame < b.frame;
}
} // namespace

std::vector<Group> groupsOf(const Items &items)
{
    std::vector<Group> placed, others;
    std::map<int, Group> loops; // by instance
    std::map<QString, Group> loose;
    Group strewn; // of too many planes for each to be a stack
    for (const Item &item : items) {
        if (item.placed) {
            // Neighbours are alike as a rule: the group found last is tried first.
            const auto found = std::find_if(placed.rbegin(), placed.rend(),
                [&item](const Group &group) { return alike(group.items.front(), item); });
            if (found != placed.rend())
                found->items.push_back(item);
            else if (placed.size() < MostPlanes)
                placed.push_back({{item}, true, 0, {}, {}});
            else
                strewn.items.push_back(item);
        } else if (item.facts->frames > 1) {
            loops[item.instance].items.push_back(item);
        } else {
            loose[partOf(*item.facts)].items.push_back(item);
        }
    }
    poolSingles(placed);
    if (!strewn.items.empty())
        others.push_back(std::move(strewn));
    for (auto &[instance, group] : loops)
        others.push_back(std::move(group));
    for (auto &[part, group] : loose) {
        group.part = part;
        others.push_back(std::move(group));
    }
    placed.insert(
        placed.end(), std::make_move_iterator(others.begin()), std::make_move_iterator(others.end()));
    for (Group &group : placed)
        std::sort(group.items.begin(), group.items.end(), byNumber);
    return placed;
}

} // namespace naru::imaging::stacks
