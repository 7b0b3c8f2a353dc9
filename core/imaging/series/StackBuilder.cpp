#include "core/imaging/series/StackParts.h"

#include <QSet>

#include <algorithm>
#include <map>
#include <tuple>

namespace naru::imaging {

using namespace stacks;

namespace {
constexpr int MostFrames = 100'000; // of an object
constexpr std::size_t MostOfStudy = 500'000; // of all; objects beyond give their first frame

// A loop of one place (ultrasound, angiography) is ordered by its frames.
bool moves(const ImageFacts &facts)
{
    if (facts.frames <= 1)
        return true;
    const auto &frames = facts.frameFacts;
    return std::any_of(frames.begin(), frames.end(), [&](const FrameFacts &frame) {
        return frame.position != frames.front().position || frame.orientation != frames.front().orientation;
    });
}

// The first `most` of an object.
void addFrames(const ImageFacts &facts, int instance, int most, Items &items)
{
    const bool canBePlaced = moves(facts);
    for (int frame = 0; frame < std::min(facts.frames, most); ++frame) {
        Item item;
        item.instance = instance;
        item.frame = frame;
        item.facts = &facts;
        item.own = &facts.frame(frame);
        const auto directions = canBePlaced ? directionsOf(*item.own) : std::nullopt;
        if (directions) {
            item.placed = true;
            item.origin = Vector3::from(item.own->position);
            item.right = (*directions)[0];
            item.down = (*directions)[1];
        }
        items.push_back(item);
    }
}

// Along the normal the way the instance numbers go; where they do not, from the head down, from front to
// back, from right to left.
Vector3 directionOf(const Items &items)
{
    const Vector3 normal = cross(items.front().right, items.front().down);
    int forward = 0;
    for (std::size_t i = 1; i < items.size(); ++i) { // sorted by instance number and frame
        const double step = dot(items[i].origin - items[i - 1].origin, normal);
        forward += step > SamePosition ? 1 : step < -SamePosition ? -1 : 0;
    }
    if (forward != 0)
        return forward > 0 ? normal : -normal;
    const double x = std::abs(normal.x), y = std::abs(normal.y), z = std::abs(normal.z);
    const bool away = z >= x && z >= y ? normal.z < 0 : y >= x ? normal.y > 0 : normal.x > 0;
    return away ? normal : -normal;
}

void keepTime(const Items &items, Stack &stack)
{
    double time = 0, last = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
        stack.slices[i].time = time;
        last = items[i].own->frameTime > 0 ? items[i].own->frameTime : last;
        time += last;
    }
    stack.cine = time > 0;
    stack.duration = time;
}

NoVolume whyNot(const Items &items, const Stack &stack, bool sameSize)
{
    const FrameFacts &own = *items.front().own;
    const ImageFacts &facts = *items.front().facts;
    if (!stack.positioned)
        return NoVolume::NoPosition;
    if (!sameSize)
        return NoVolume::MixedSizes;
    if (items.size() < 2)
        return NoVolume::OneSlice;
    if (repeatsIn(items) > 0)
        return NoVolume::RepeatedPositions;
    if (!(own.spacingRow > 0) || !(own.spacingColumn > 0))
        return NoVolume::NoSpacing;
    return facts.samples != 1 || facts.photometric == QLatin1String("PALETTE COLOR") ? NoVolume::NotGrey
                                                                                     : NoVolume::None;
}

Stack stackOf(const Group &group)
{
    const Items &items = group.items;
    const ImageFacts &facts = *items.front().facts;
    Stack out;
    out.seriesUid = facts.seriesUid;
    out.seriesNumber = facts.seriesNumber;
    out.frameOfReference = facts.frameOfReferenceUid;
    out.rows = facts.rows;
    out.columns = facts.columns;
    out.localizer = facts.imageType.value(2) == QLatin1String("LOCALIZER");
    out.part = group.part;
    out.positioned = group.placed;
    for (const Item &item : items)
        out.slices.push_back({item.instance, item.frame, group.placed ? item.position : 0, 0});
    if (group.placed) {
        out.normal = group.direction;
        judgeSpacing(items, out);
    } else if (facts.frames > 1 && items.front().instance == items.back().instance) {
        keepTime(items, out);
    }
    const bool sameSize = std::all_of(items.begin(), items.end(), [&facts](const Item &item) {
        return item.facts->rows == facts.rows && item.facts->columns == facts.columns;
    });
    out.noVolume = whyNot(items, out, sameSize);
    return out;
}

// A value that all images of a group share; none when they differ.
template <typename T, typename F> std::optional<T> shared(const Items &items, F &&value)
{
    const T first = value(items.front());
    const bool same =
        std::all_of(items.begin(), items.end(), [&](const Item &item) { return value(item) == first; });
    return same ? std::optional<T>(first) : std::nullopt;
}

struct Made {
    Group group{};
    Stack stack{};
    int firstNumber = 0;
};

template <typename T, typename F>
void nameDifference(std::vector<Made> &made, std::optional<T> Stack::*field, F &&value)
{
    const auto first = shared<T>(made.front().group.items, value);
    const bool differ = std::any_of(made.begin(), made.end(),
        [&](const Made &one) { return shared<T>(one.group.items, value) != first; });
    for (Made &one : made) {
        if (differ)
            one.stack.*field = shared<T>(one.group.items, value);
    }
}

void nameDifferences(std::vector<Made> &made)
{
    nameDifference(made, &Stack::echoTime, [](const Item &i) { return i.own->echoTime; });
    nameDifference(made, &Stack::bValue, [](const Item &i) { return i.own->bValue; });
    nameDifference(made, &Stack::temporalPosition, [](const Item &i) { return i.own->temporalPosition; });
    nameDifference(made, &Stack::triggerTime, [](const Item &i) { return i.own->triggerTime; });
    nameDifference(made, &Stack::acquisition, [](const Item &i) { return i.own->acquisition; });
}

void sortStacks(std::vector<Made> &made)
{
    const auto order = [](const Made &one) {
        const Stack &s = one.stack;
        return std::tuple(s.echoTime.value_or(0), s.bValue.value_or(-1), s.temporalPosition.value_or(0),
            s.triggerTime.value_or(-1), one.group.occurrence, one.firstNumber);
    };
    std::stable_sort(
        made.begin(), made.end(), [&](const Made &a, const Made &b) { return order(a) < order(b); });
}

std::vector<Stack> stacksOfSeries(const Items &items)
{
    std::vector<Made> made;
    for (Group &whole : groupsOf(items)) {
        std::vector<Group> parts;
        if (whole.placed) {
            const Vector3 direction = directionOf(whole.items);
            for (Item &item : whole.items)
                item.position = dot(item.origin, direction);
            parts = splitRepeats(std::move(whole));
            for (Group &part : parts)
                part.direction = direction;
        } else {
            parts.push_back(std::move(whole));
        }
        for (Group &part : parts) {
            Made one{std::move(part), {}, 0};
            one.firstNumber = one.group.items.front().facts->instanceNumber;
            for (const Item &item : one.group.items)
                one.firstNumber = std::min(one.firstNumber, item.facts->instanceNumber);
            one.stack = stackOf(one.group);
            made.push_back(std::move(one));
        }
    }
    nameDifferences(made);
    sortStacks(made);
    std::vector<Stack> out;
    out.reserve(made.size());
    for (Made &one : made)
        out.push_back(std::move(one.stack));
    return out;
}
} // namespace

std::vector<Stack> buildStacks(const std::vector<InstanceRef> &instances)
{
    std::map<QString, Items> series;
    QSet<QString> seen;
    std::size_t total = 0;
    for (std::size_t i = 0; i < instances.size(); ++i) {
        const ImageFacts *facts = instances[i].facts.get();
        if (!facts || !facts->decodable || facts->rows <= 0 || facts->columns <= 0)
            continue;
        // The same object twice (a CD and the network) is one.
        if (!facts->sopUid.isEmpty() && seen.contains(facts->sopUid))
            continue;
        seen.insert(facts->sopUid);
        const int most = total < MostOfStudy ? MostFrames : 1;
        addFrames(*facts, int(i), most, series[facts->seriesUid]);
        total += std::size_t(std::min(facts->frames, most));
    }
    std::vector<Stack> out;
    for (const auto &[uid, items] : series) {
        std::vector<Stack> stacks = stacksOfSeries(items);
        out.insert(out.end(), std::make_move_iterator(stacks.begin()), std::make_move_iterator(stacks.end()));
    }
    std::stable_sort(out.begin(), out.end(),
        [](const Stack &a, const Stack &b) { return a.seriesNumber < b.seriesNumber; });
    return out;
}

} // namespace naru::imaging
