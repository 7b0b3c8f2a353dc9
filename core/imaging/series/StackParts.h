// Steps of building stacks, each in its own file.
#pragma once

#include "core/imaging/series/Stack.h"

namespace naru::imaging::stacks {

// One frame on its way into a stack.
struct Item {
    int instance = -1, frame = 0;
    const ImageFacts *facts = nullptr;
    const FrameFacts *own = nullptr;
    bool placed = false; // has a position that orders it among others
    Vector3 origin{}, right{}, down{};
    double position = 0; // along the normal of its group
};
using Items = std::vector<Item>;

struct Group {
    Items items{};
    bool placed = false;
    int occurrence = 0; // split by order alone: which copy of each position
    QString part{};
    Vector3 direction{}; // slices go along it
};

// Frames that can be one stack by what they are: plane, size, Frame of Reference; cine loops apart.
std::vector<Group> groupsOf(const Items &items);
// A group in which positions repeat becomes several: by echo, b-value, time ..., at last by order.
std::vector<Group> splitRepeats(Group group);
// Closer than this, mm, is the same position.
constexpr double SamePosition = 0.01;
// Pairs of neighbours at the same position. Items must be sorted by position.
int repeatsIn(const Items &sorted);
void sortByPosition(Items &items);
// Step, regularity, gaps and tilt of a stack whose slices are in order.
void judgeSpacing(const Items &items, Stack &stack);

} // namespace naru::imaging::stacks
