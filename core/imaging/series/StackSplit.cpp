#include "core/imaging/series/StackParts.h"

#include <QHash>

#include <algorithm>
#include <array>
#include <map>

namespace naru::imaging::stacks {

void sortByPosition(Items &items)
{
    std::stable_sort(items.begin(), items.end(),
        [](const Item &a, const Item &b) { return a.position < b.position - SamePosition / 2; });
}

int repeatsIn(const Items &sorted)
{
    int out = 0;
    for (std::size_t i = 1; i < sorted.size(); ++i)
        out += sorted[i].position - sorted[i - 1].position < SamePosition ? 1 : 0;
    return out;
}

namespace {
// What may tell images of one position apart, the most telling first. Text becomes a number per series.
using Key = double (*)(const Item &);
const std::array<Key, 7> keys{[](const Item &i) { return i.own->echoTime; },
    [](const Item &i) { return i.own->bValue; },
    [](const Item &i) { return double(i.own->temporalPosition); },
    [](const Item &i) { return i.own->triggerTime; },
    [](const Item &i) { return double(i.own->acquisition); },
    [](const Item &i) { return double(qHash(i.own->stackId, 1) & 0xFFFFFFFFU); },
    [](const Item &i) { return double(qHash(i.facts->imageType.join(QLatin1Char('\\')), 1) & 0xFFFFFFFFU); }};

std::map<double, Items> partition(const Items &items, Key key)
{
    std::map<double, Items> out;
    for (const Item &item : items)
        out[key(item)].push_back(item);
    return out;
}

// The most images at one position.
int depthOf(const Items &sorted)
{
    int most = 0, run = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        run = i > 0 && sorted[i].position - sorted[i - 1].position < SamePosition ? run + 1 : 1;
        most = std::max(most, run);
    }
    return most;
}

// The key that leaves the fewest repeats; -1: none helps. One that tears the group into more parts than
// images stand at one position says something of each image, not of sets of images (trigger times of single
// beats).
int bestKey(const Items &sorted)
{
    int best = -1, fewest = repeatsIn(sorted);
    const std::size_t most = std::size_t(depthOf(sorted));
    for (std::size_t k = 0; k < keys.size(); ++k) {
        const auto parts = partition(sorted, keys[k]);
        if (parts.size() < 2 || parts.size() > most)
            continue;
        int repeats = 0;
        for (const auto &[value, items] : parts)
            repeats += repeatsIn(items);
        if (repeats < fewest) {
            fewest = repeats;
            best = int(k);
        }
    }
    return best;
}

// The same number of images everywhere and nothing that names them: first copies, second copies ...
std::vector<Group> splitByOrder(Group group)
{
    constexpr int Most = 200; // stacks out of one: what repeats more often is no set of copies
    const int depth = depthOf(group.items);
    if (depth > Most
        || group.items.size()
            != std::size_t(depth) * (group.items.size() - std::size_t(repeatsIn(group.items))))
        return {std::move(group)};
    std::vector<Group> out(std::size_t(depth), Group{{}, true, 0, group.part, {}});
    for (std::size_t i = 0; i < group.items.size();) {
        std::size_t end = i + 1;
        while (end < group.items.size()
            && group.items[end].position - group.items[end - 1].position < SamePosition)
            ++end;
        if (end - i != std::size_t(depth))
            return {std::move(group)};
        std::stable_sort(group.items.begin() + std::ptrdiff_t(i), group.items.begin() + std::ptrdiff_t(end),
            [](const Item &a, const Item &b) { return a.own->triggerTime < b.own->triggerTime; });
        for (std::size_t n = i; n < end; ++n) {
            out[n - i].items.push_back(group.items[n]);
            out[n - i].occurrence = int(n - i) + 1;
        }
        i = end;
    }
    return out;
}
} // namespace

std::vector<Group> splitRepeats(Group group)
{
    sortByPosition(group.items);
    if (repeatsIn(group.items) == 0)
        return {std::move(group)};
    const int key = bestKey(group.items);
    if (key < 0)
        return splitByOrder(std::move(group));
    std::vector<Group> out;
    for (auto &[value, items] : partition(group.items, keys[std::size_t(key)])) {
        for (Group &part : splitRepeats({std::move(items), true, group.occurrence, group.part, {}}))
            out.push_back(std::move(part));
    }
    return out;
}

} // namespace naru::imaging::stacks
