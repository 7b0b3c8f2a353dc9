// Frames of a series put into stacks a person scrolls through: one orientation, one time point, one echo, one
// b-value each, ordered by position along the normal (PS3.3 C.7.6.2.1.1). Where positions are known, instance
// numbers decide nothing but which end comes first.
#pragma once

#include "core/imaging/ImageFacts.h"
#include "core/imaging/series/Geometry.h"

#include <memory>
#include <vector>

namespace naru::imaging {

// An instance as the caller knows it: `handle` is the caller's (key of the store, path).
struct InstanceRef {
    std::shared_ptr<const ImageFacts> facts{};
    QString handle{};
};

// One picture of a stack.
struct SliceRef {
    int instance = -1; // index into the instances that buildStacks was given
    int frame = 0;
    double position = 0; // mm along Stack::normal; 0 when the stack has no positions
    double time = 0; // ms since the first frame, of a cine
    friend bool operator==(const SliceRef &, const SliceRef &) = default;
};

// Why a stack cannot be resliced; None: it can.
enum class NoVolume : char { None, NoPosition, OneSlice, RepeatedPositions, NoSpacing, NotGrey, MixedSizes };

struct Stack {
    std::vector<SliceRef> slices{}; // never empty in what buildStacks returns
    QString seriesUid{}, frameOfReference{};
    int seriesNumber = 0;
    int rows = 0, columns = 0; // of the first picture; MixedSizes when others differ

    bool positioned = false; // ordered by position; else by instance number and frame
    // At right angles to the pictures. Slices go along it, the way the instance numbers do, so that "image
    // 45" of a report is where a reader looks for it.
    Vector3 normal{};
    double step = 0; // mm, median distance of neighbours along the normal; 0 unknown
    bool regular = false; // all distances equal within 5 % or 0.05 mm
    std::vector<int> gaps{}; // slices are missing behind these indices
    int missing = 0; // how many, judged by the distance of the neighbours
    double tilt = 0; // degrees between the normal and the way from slice to slice (gantry tilt, C.8.2.1)
    bool localizer = false; // Image Type value 3
    bool cine = false; // times are known: frames of one instance without position
    NoVolume noVolume = NoVolume::NoPosition;

    // What tells it from the other stacks of its series; unset where all are the same.
    std::optional<double> echoTime{}, bValue{}, triggerTime{};
    std::optional<int> temporalPosition{}, acquisition{};
    QString part{}; // MG: side and view, "RCC"; else what else told them apart

    int size() const { return int(slices.size()); }
    const SliceRef &at(int index) const { return slices[std::size_t(index)]; }
    // The slice nearest to a position along the normal, to a patient point; 0 when there are no positions.
    int nearest(double position) const;
    int nearest(Vector3 patient) const;
    // Frame shown at a time of a cine, from 0 to its duration; exact at any display rate.
    int atTime(double milliseconds) const;
    double duration = 0; // ms of the whole cine
    friend bool operator==(const Stack &, const Stack &) = default;
};

// All decodable images among `instances` (others are left out; those without facts too), in the order of
// series number, then of what told the stacks apart. Works within one series at a time whatever order they
// come in.
std::vector<Stack> buildStacks(const std::vector<InstanceRef> &instances);

} // namespace naru::imaging
