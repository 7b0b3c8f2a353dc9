// Measurements as a structured report (PS3.16 TID 1500 with TID 1410 and 1411 groups; Comprehensive SR, or
// Comprehensive 3D SR on reading): each group is one shape on one image, what was measured of it and in which
// units (UCUM).
#pragma once

#include "core/base/Result.h"
#include "core/imaging/objects/Code.h"
#include "core/imaging/objects/Presentation.h"
#include "core/imaging/objects/References.h"
#include "core/imaging/objects/Subject.h"

namespace naru::imaging {

// A shape in SCOORD terms (C.18.6): column, row, the first pixel's centre is 0.5\0.5. Circle: centre and a
// point on it; ellipse: ends of the major, then of the minor axis. A closed polyline repeats its first point.
enum class ShapeType : char { None, Point, Multipoint, Polyline, Circle, Ellipse };
struct MeasuredShape {
    ShapeType type = ShapeType::None;
    std::vector<GraphicPoint> points{};
    friend bool operator==(const MeasuredShape &, const MeasuredShape &) = default;
};

struct MeasuredValue {
    Code quantity{}; // code("length"), ("angle"), ("area"), ("attenuation"), ("pixelValue") ...
    double value = 0;
    Code unit{}; // UCUM, code("mm"), ("deg"), ("mm2"), ("hu"), ("pixels") ...
    Code derivation{}; // code("mean"), ("standardDeviation"), ("minimum"), ("maximum"); may be empty
    friend bool operator==(const MeasuredValue &, const MeasuredValue &) = default;
};

struct MeasurementGroup {
    QString trackingId{}, trackingUid{}; // the identifier people see; empty UID: a new one
    Code finding{}, site{}, laterality{}; // may be empty
    QString comment{};
    ReferencedInstance image{}; // the frame is frames.front()
    QString seriesUid{}; // of the image
    MeasuredShape shape{};
    std::vector<MeasuredValue> values{};
    friend bool operator==(const MeasurementGroup &, const MeasurementGroup &) = default;
};

struct MeasurementReport {
    ObjectHeader header{};
    Code title{}; // empty: "Imaging Measurement Report"
    QString language = QStringLiteral("ko"); // RFC 5646
    QString observer{}, organization{}; // who measured
    std::vector<Code> procedures{}; // empty: "Imaging procedure"
    bool complete = false, verified = false;
    std::vector<MeasurementGroup> groups{};
    friend bool operator==(const MeasurementReport &, const MeasurementReport &) = default;
};

// imaging.Incomplete: no group, or one without an image; imaging.BadGraphic.
base::Result<DataSetValue> toDataSet(const MeasurementReport &report);
struct MeasurementReading {
    MeasurementReport report{};
    int leftOut = 0; // groups or values that are of another kind and were passed over
};
// imaging.WrongObject for what is no report or has another root template.
base::Result<MeasurementReading> measurementsOf(const DataSetValue &set);

} // namespace naru::imaging
