// How a study hangs: rows of tables/hanging.tsv, chosen by modality and body part; which stack stands in
// which cell, and the prior beside it.
#pragma once

#include "core/imaging/series/Stack.h"

namespace naru::imaging {

struct HangingCell {
    int stack = -1; // index into the stacks given; -1 empty
    bool prior = false; // index into the stacks of the prior study
    bool mirrored = false; // shown mirrored, so that a pair of breasts hangs back to back
    int wall =
        0; // edge of the picture where the chest wall is, for the middle: -1 left, 1 right (columns); 0 none
    QString slot{}; // "RCC", "scout", "main"
    friend bool operator==(const HangingCell &, const HangingCell &) = default;
};

struct Hanging {
    QString rule{}; // key of the row, for what the user saves instead
    int rows = 1, columns = 1;
    std::vector<HangingCell> cells{}; // rows * columns, row by row
    int active = 0; // the cell that has the keys at the beginning
    bool synchronised = false; // scroll and window of current and prior
    friend bool operator==(const Hanging &, const Hanging &) = default;
};

// `prior` may be empty. The caller answers for both studies being of the same patient: nothing here can know.
Hanging hang(const std::vector<InstanceRef> &current, const std::vector<Stack> &stacks,
    const std::vector<InstanceRef> &prior = {}, const std::vector<Stack> &priorStacks = {});
// The same cells for a layout that the user chose (1 to 3 each way): stacks in order.
Hanging hangInGrid(int rows, int columns, const std::vector<Stack> &stacks);

// Whether two studies show the same part, so that one is offered as prior of the other.
bool comparable(const ImageFacts &current, const ImageFacts &earlier);
// The stack of a prior that fits: same orientation, modality and part, then the most alike description; -1
// none.
int matchingStack(const InstanceRef &of, const Stack &stack, const std::vector<InstanceRef> &prior,
    const std::vector<Stack> &priorStacks);

} // namespace naru::imaging
