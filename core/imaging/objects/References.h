// References from one object to others, in the hierarchy of study, series and instance that key objects,
// reports and presentation states share (PS3.3 table 10-3b, 10-4, C.17-3).
#pragma once

#include "core/imaging/objects/DataSetValue.h"

namespace naru::imaging {

struct ReferencedInstance {
    QString sopClass{}, sopUid{};
    std::vector<int> frames{}; // from 1; empty: all, and always for a class of one frame (PS3.3 10.3)
    friend bool operator==(const ReferencedInstance &, const ReferencedInstance &) = default;
};

struct ReferencedSeries {
    QString seriesUid{};
    // Where the instances can be had (XDS-I.b, IHE RAD TF-3 4.68.4.1.2); empty ones are left out.
    QString retrieveAeTitle{}; // (0008,0054)
    QString retrieveLocationUid{}; // (0040,E011): the repository or imaging source
    QString retrieveUrl{}; // (0008,1190): WADO-RS
    std::vector<ReferencedInstance> instances{};
    friend bool operator==(const ReferencedSeries &, const ReferencedSeries &) = default;
};

struct ReferencedStudy {
    QString studyUid{};
    std::vector<ReferencedSeries> series{};
    friend bool operator==(const ReferencedStudy &, const ReferencedStudy &) = default;
};

// Hierarchical SOP Instance Reference Macro: items of an evidence sequence.
std::vector<DataSetValue> evidenceItems(const std::vector<ReferencedStudy> &studies);
std::vector<ReferencedStudy> evidenceOf(const std::vector<DataSetValue> &items);
// One item with Referenced SOP Class, SOP Instance and, when given, Frame Number.
DataSetValue instanceItem(const ReferencedInstance &instance);
ReferencedInstance instanceOf(const DataSetValue &item);
// Series of one study: items of Referenced Series Sequence with Referenced Image Sequence (C.11.11).
std::vector<DataSetValue> seriesImageItems(const std::vector<ReferencedSeries> &series);
std::vector<ReferencedSeries> seriesImagesOf(const std::vector<DataSetValue> &items);

} // namespace naru::imaging
