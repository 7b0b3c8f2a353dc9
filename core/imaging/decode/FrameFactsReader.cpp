// Geometry, rescale and windows of each frame: per-frame functional groups win over shared ones, shared ones
// over the top level (PS3.3 C.7.6.16).
#include "core/imaging/decode/FactsReader.h"
#include "core/imaging/decode/Tags.h"

#include <algorithm>
#include <cmath>

namespace naru::imaging {

namespace {
constexpr int MostFrames = 100'000;
constexpr int MostWindows = 32; // of a frame

bool allFinite(const std::vector<double> &values)
{
    return std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

void note(ImageFacts &facts, const char *what)
{
    const QString text = QString::fromLatin1(what);
    if (!facts.notes.contains(text)) // once, not once a frame
        facts.notes.append(text);
}

// Position and orientation may stand in different macros; `hasPosition` needs both.
struct Plane {
    std::vector<double> position{}, orientation{};
};

void readPlane(const DataSet &set, Plane &plane, ImageFacts &facts)
{
    if (const auto values = set.numbers(tag::Position, "DS", 4); values.size() == 3 && allFinite(values))
        plane.position = values;
    else if (set.has(tag::Position) && !values.empty())
        note(facts, "ImagePositionPatient is unreadable");
    if (const auto values = set.numbers(tag::Orientation, "DS", 7); values.size() == 6 && allFinite(values))
        plane.orientation = values;
    else if (set.has(tag::Orientation) && !values.empty())
        note(facts, "ImageOrientationPatient is unreadable");
}

bool readPair(const DataSet &set, quint32 tag, FrameFacts &frame)
{
    const std::vector<double> pair = set.numbers(tag, "DS", 3);
    if (pair.size() != 2 || !allFinite(pair) || !(pair[0] > 0) || !(pair[1] > 0))
        return false;
    frame.spacingRow = pair[0];
    frame.spacingColumn = pair[1];
    return true;
}

// IHE: Pixel Spacing that differs from Imager Pixel Spacing, or that names a calibration, has been corrected;
// equal values are those of the detector's plane.
void readSpacing(const DataSet &set, FrameFacts &frame, ImageFacts &facts)
{
    FrameFacts detector;
    const bool hasDetector = readPair(set, tag::ImagerPixelSpacing, detector);
    if (readPair(set, tag::PixelSpacing, frame)) {
        const bool same = hasDetector && std::abs(detector.spacingRow - frame.spacingRow) < 1e-6
            && std::abs(detector.spacingColumn - frame.spacingColumn) < 1e-6;
        frame.spacingSource = set.has(tag::CalibrationType) || (hasDetector && !same)
            ? SpacingSource::Calibrated
            : same ? SpacingSource::ImagerPixelSpacing
                   : SpacingSource::PixelSpacing;
        return;
    }
    if (const Element *element = set.find(tag::PixelSpacing); element && element->length > 0)
        note(facts, "PixelSpacing is unreadable");
    if (hasDetector || readPair(set, tag::NominalPixelSpacing, detector)) {
        frame.spacingRow = detector.spacingRow;
        frame.spacingColumn = detector.spacingColumn;
        frame.spacingSource = SpacingSource::ImagerPixelSpacing;
    }
}

void readMeasures(const DataSet &set, FrameFacts &frame, ImageFacts &facts)
{
    readSpacing(set, frame, facts);
    if (const auto thickness = set.number(tag::SliceThickness, "DS"); thickness && *thickness > 0)
        frame.sliceThickness = *thickness;
}

void readRescale(const DataSet &set, FrameFacts &frame)
{
    const auto slope = set.number(tag::Slope, "DS"), intercept = set.number(tag::Intercept, "DS");
    if (!slope && !intercept)
        return;
    frame.hasRescale = true;
    frame.slope = slope.value_or(1);
    frame.intercept = intercept.value_or(0);
    frame.rescaleType = set.ascii(tag::RescaleType);
}

void readWindows(const DataSet &set, TextReader &text, FrameFacts &frame, ImageFacts &facts)
{
    const std::vector<double> centres = set.numbers(tag::WindowCentre, "DS", MostWindows),
                              widths = set.numbers(tag::WindowWidth, "DS", MostWindows);
    if (centres.empty() && widths.empty())
        return;
    const QString function = set.ascii(tag::VoiFunction);
    frame.voi = function == QLatin1String("SIGMOID") ? VoiFunction::Sigmoid
        : function == QLatin1String("LINEAR_EXACT")  ? VoiFunction::LinearExact
                                                     : VoiFunction::Linear;
    const QStringList names = text.read(set, tag::WindowExplanation).split(QLatin1Char('\\'));
    frame.windows.clear();
    for (std::size_t i = 0; i < std::min(centres.size(), widths.size()); ++i) {
        // C.11.2.1.2: at least 1 for LINEAR, above 0 for the others.
        const double least = frame.voi == VoiFunction::Linear ? 1 : 1e-300;
        if (!std::isfinite(centres[i]) || !std::isfinite(widths[i]) || widths[i] < least) {
            if (std::isfinite(centres[i]) || std::isfinite(widths[i]))
                note(facts, "a window is unusable");
            continue;
        }
        frame.windows.push_back({centres[i], widths[i], names.value(qsizetype(i)).trimmed()});
    }
}

void apply(const Plane &plane, FrameFacts &frame)
{
    if (plane.position.size() != 3 || plane.orientation.size() != 6)
        return;
    frame.hasPosition = true;
    std::copy(plane.position.begin(), plane.position.end(), frame.position.begin());
    std::copy(plane.orientation.begin(), plane.orientation.end(), frame.orientation.begin());
}

// Echo, b-value and trigger of classic objects (top level) and of functional groups.
void readWhich(const DataSet &set, FrameFacts &frame)
{
    const auto read = [](const DataSet &from, quint32 tag, const char *vr, double least, double &to) {
        if (const auto value = from.number(tag, vr); value && std::isfinite(*value) && *value >= least)
            to = *value;
    };
    read(set, tag::EchoTime, "DS", 0, frame.echoTime);
    read(set, tag::TriggerTime, "DS", 0, frame.triggerTime);
    read(set, tag::DiffusionB, "FD", 0, frame.bValue);
    if (const auto item = set.firstItem(tag::EchoSequence))
        read(*item, tag::EffectiveEchoTime, "FD", 0, frame.echoTime);
    if (const auto item = set.firstItem(tag::DiffusionSequence))
        read(*item, tag::DiffusionB, "FD", 0, frame.bValue);
    if (const auto item = set.firstItem(tag::CardiacSequence))
        read(*item, tag::TriggerDelay, "FD", 0, frame.triggerTime);
}

// Mammography and digital radiography use the same attributes with other meanings.
bool hasArm(const ImageFacts &facts)
{
    return facts.modality == QLatin1String("XA") || facts.modality == QLatin1String("RF");
}

// C.8.7.5.1.2 gives the ranges.
void readArm(const DataSet &set, FrameFacts &frame, ImageFacts &facts)
{
    const auto read = [&](quint32 tag, double most, std::optional<double> &to) {
        const auto value = set.number(tag, "DS");
        if (value && std::isfinite(*value) && std::abs(*value) <= most)
            to = *value;
        else if (value)
            note(facts, "an angle of the positioner is out of its range");
    };
    read(tag::PrimaryAngle, 180, frame.primaryAngle);
    read(tag::SecondaryAngle, 90, frame.secondaryAngle);
}

// Of an arm that moves the angle is the first frame's, the steps count from there (PS3.17 FFF.2.1.3.1.2);
// where they do not say it for every frame, nothing is known of the others.
struct ArmSteps {
    bool moves = false;
    std::vector<double> primary{}, secondary{};
};

void moveArm(const ArmSteps &steps, int index, FrameFacts &frame)
{
    const auto move = [index](const std::vector<double> &by, std::optional<double> &angle) {
        if (angle && std::size_t(index) < by.size())
            angle = *angle + by[std::size_t(index)];
        else if (index > 0)
            angle.reset();
    };
    move(steps.primary, frame.primaryAngle);
    move(steps.secondary, frame.secondaryAngle);
}

ArmSteps armStepsOf(const DataSet &set, const ImageFacts &facts)
{
    ArmSteps steps;
    steps.moves =
        hasArm(facts) && facts.frames > 1 && set.ascii(tag::PositionerMotion) == QLatin1String("DYNAMIC");
    if (!steps.moves)
        return steps;
    const auto read = [&](quint32 tag) {
        std::vector<double> values = set.numbers(tag, "DS", MostFrames);
        return int(values.size()) == facts.frames && allFinite(values) ? values : std::vector<double>();
    };
    steps.primary = read(tag::PrimaryAngleSteps);
    steps.secondary = read(tag::SecondaryAngleSteps);
    return steps;
}

void readGroups(
    const DataSet &groups, TextReader &parentText, Plane &plane, FrameFacts &frame, ImageFacts &facts)
{
    if (const auto item = groups.firstItem(tag::PlanePosition))
        readPlane(*item, plane, facts);
    if (const auto item = groups.firstItem(tag::PlaneOrientation))
        readPlane(*item, plane, facts);
    if (const auto item = groups.firstItem(tag::PixelMeasures))
        readMeasures(*item, frame, facts);
    if (const auto item = groups.firstItem(tag::PixelTransformation))
        readRescale(*item, frame);
    if (const auto item = groups.firstItem(tag::FrameVoi)) {
        TextReader text(*item, &parentText);
        readWindows(*item, text, frame, facts);
    }
    if (const auto item = groups.firstItem(tag::FrameContent)) {
        frame.stackPosition = item->integer(tag::InStackPosition, "UL");
        frame.temporalPosition = item->integer(tag::TemporalPosition, "UL");
        frame.stackId = item->ascii(tag::StackId);
        frame.acquisition = item->integer(tag::FrameAcquisition, "US", frame.acquisition);
    }
    if (const auto item = groups.firstItem(tag::PositionerPosition); item && hasArm(facts))
        readArm(*item, frame, facts);
    readWhich(groups, frame);
    apply(plane, frame);
}

// Milliseconds until the next frame (C.7.6.5.1): entry i of the vector leads to frame i.
std::vector<double> frameTimes(const DataSet &set, int frames)
{
    const std::vector<double> vector = set.numbers(tag::FrameTimeVector, "DS", MostFrames);
    if (frames < 2 || int(vector.size()) < frames || !allFinite(vector))
        return {};
    std::vector<double> out;
    out.reserve(std::size_t(frames));
    for (int i = 0; i < frames; ++i)
        out.push_back(qMax(0.0, vector[std::size_t(i + 1 < frames ? i + 1 : frames - 1)]));
    return out;
}

double commonFrameTime(const DataSet &set)
{
    if (const auto time = set.number(tag::FrameTime, "DS"); time && *time > 0)
        return *time;
    for (const quint32 rate : {tag::RecommendedRate, tag::CineRate}) {
        if (const auto value = set.number(rate, "IS"); value && *value > 0)
            return 1000.0 / *value;
    }
    return 0;
}

// Distances of the frames from the first along the normal: RT dose grids, reconstructed NM.
std::vector<double> offsetsAlongNormal(const DataSet &set, const ImageFacts &facts)
{
    std::vector<double> offsets = set.numbers(tag::GridOffsets, "DS", MostFrames);
    if (int(offsets.size()) == facts.frames && facts.frames > 1 && allFinite(offsets)) {
        const double first = offsets.front();
        if (std::abs(first) > 1e-9) { // the other convention: absolute positions
            for (double &offset : offsets)
                offset -= first;
        }
        return offsets;
    }
    offsets.clear();
    const double step = set.number(tag::SpacingBetweenSlices, "DS").value_or(0);
    if (facts.modality != QLatin1String("NM") || facts.imageType.value(2) != QLatin1String("RECON TOMO")
        || step <= 0 || facts.frames < 2 || facts.frames > MostFrames)
        return {};
    for (int i = 0; i < facts.frames; ++i)
        offsets.push_back(i * step);
    return offsets;
}

void moveAlongNormal(FrameFacts &frame, double distance)
{
    const auto &o = frame.orientation;
    const double normal[3] = {
        o[1] * o[5] - o[2] * o[4], o[2] * o[3] - o[0] * o[5], o[0] * o[4] - o[1] * o[3]};
    for (std::size_t axis = 0; axis < 3; ++axis)
        frame.position[axis] += distance * normal[axis];
}
} // namespace

void readFrameFacts(const DataSet &set, TextReader &text, ImageFacts &facts)
{
    FrameFacts common;
    Plane plane;
    if (const auto detector = set.firstItem(tag::DetectorInformation)) // NM keeps its plane there
        readPlane(*detector, plane, facts);
    readPlane(set, plane, facts);
    apply(plane, common);
    readMeasures(set, common, facts);
    readRescale(set, common);
    readWindows(set, text, common, facts);
    common.frameTime = commonFrameTime(set);
    common.temporalPosition = set.integer(tag::TemporalIndex, "IS");
    common.acquisition = facts.acquisitionNumber;
    readWhich(set, common);
    if (hasArm(facts))
        readArm(set, common, facts);
    if (const auto shared = set.firstItem(tag::SharedGroups))
        readGroups(*shared, text, plane, common, facts);

    const std::vector<DataSet> groups = set.items(tag::FrameGroups, MostFrames);
    const std::vector<double> times = frameTimes(set, facts.frames);
    const std::vector<double> offsets =
        common.hasPosition ? offsetsAlongNormal(set, facts) : std::vector<double>();
    if (!groups.empty() && int(groups.size()) != facts.frames)
        note(facts, "the functional groups do not match the number of frames");
    const ArmSteps arm = armStepsOf(set, facts);
    if (groups.empty() && times.empty() && offsets.empty() && !arm.moves) {
        facts.frameFacts = {common};
        return;
    }
    // Frames without a group of their own have what is said of all of them, never what is said of another
    // one.
    const int count = std::min(facts.frames, MostFrames);
    for (int i = 0; i < count; ++i) {
        FrameFacts frame = common;
        Plane own = plane;
        if (std::size_t(i) < groups.size())
            readGroups(groups[std::size_t(i)], text, own, frame, facts);
        if (arm.moves && groups.empty())
            moveArm(arm, i, frame);
        if (std::size_t(i) < times.size())
            frame.frameTime = times[std::size_t(i)];
        if (std::size_t(i) < offsets.size())
            moveAlongNormal(frame, offsets[std::size_t(i)]);
        facts.frameFacts.push_back(std::move(frame));
    }
}

} // namespace naru::imaging
