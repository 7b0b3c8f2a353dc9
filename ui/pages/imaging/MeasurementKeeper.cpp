#include "ui/pages/imaging/MeasurementKeeper.h"

#include "core/imaging/Errors.h"
#include "core/imaging/objects/MeasurementReport.h"
#include "core/imaging/objects/Part10Writer.h"
#include "core/imaging/objects/Presentation.h"
#include "core/imaging/objects/ShapeObjects.h"
#include "core/imaging/objects/Subject.h"

#include <QHash>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

namespace naru::ui {

namespace {

constexpr int ReportSeries = 9001, StateSeries = 9002;
constexpr int MostFrames = 100'000;
const auto Drawn = QStringLiteral("MEASUREMENTS"), NothingDrawn = QStringLiteral("NOTHING DRAWN");

// Which image, what it says of itself.
struct Place {
    std::shared_ptr<const imaging::ImageFacts> facts{};
    int frame = 0;
};
imaging::ReferencedInstance imageOf(const Place &place)
{
    return {place.facts->sopClass, place.facts->sopUid, {place.frame + 1}};
}

// The times of DICOM here are whole seconds; the instance number keeps the order within one.
imaging::ObjectHeader headerFor(const imaging::ImageFacts &facts, int series, const QDateTime &made)
{
    imaging::ObjectHeader header;
    header.subject = imaging::subjectOf(facts);
    header.seriesNumber = series;
    header.instanceNumber = made.time().msecsSinceStartOfDay();
    header.seriesDescription = MeasurementKeeper::seriesDescription();
    header.made = made;
    return header;
}
bool isLater(const imaging::ObjectHeader &a, const imaging::ObjectHeader &b)
{
    return a.made != b.made ? a.made > b.made : a.instanceNumber > b.instanceNumber;
}

base::Result<QByteArray> reportOf(
    const std::vector<Measurement> &all, const QString &observer, const QDateTime &made)
{
    imaging::MeasurementReport report;
    report.header = headerFor(*all.front().facts, ReportSeries, made);
    report.observer = observer;
    for (const Measurement &one : all)
        report.groups.push_back(imaging::groupOf(
            one.shape, one.reading, imageOf({one.facts, one.shape.frame}), one.facts->seriesUid));
    NARU_ASSIGN(const imaging::DataSetValue set, imaging::toDataSet(report));
    return imaging::writePart10(set);
}

using Spacing = std::array<double, 2>; // mm between rows, columns

// Frames, from 1, by the size of their pixels: the user's own, else the image's.
std::map<Spacing, std::vector<int>> framesBySpacing(
    const imaging::ImageFacts &facts, const OwnCalibrations &own)
{
    std::map<int, Spacing> users;
    for (const auto &[where, one] : own) {
        if (one.facts->sopUid == facts.sopUid)
            users[one.frame] = {one.value.mmY, one.value.mmX};
    }
    std::map<Spacing, std::vector<int>> out;
    for (int frame = 0; frame < std::clamp(facts.frames, 1, MostFrames); ++frame) {
        const auto found = users.find(frame);
        const imaging::FrameFacts &its = facts.frame(frame);
        out[found == users.end() ? Spacing{its.spacingRow, its.spacingColumn} : found->second].push_back(
            frame + 1);
    }
    return out;
}

// The images that a state speaks of, each once.
class StateImages {
public:
    explicit StateImages(imaging::PresentationState &state)
        : m_state(state)
    {
    }
    ~StateImages() { m_state.images.assign(m_series.begin(), m_series.end()); }
    StateImages(const StateImages &) = delete;
    StateImages &operator=(const StateImages &) = delete;

    void add(const Place &place, const OwnCalibrations &own)
    {
        imaging::ReferencedSeries &known = m_series[place.facts->seriesUid];
        known.seriesUid = place.facts->seriesUid;
        imaging::ReferencedInstance whole = imageOf(place);
        whole.frames.clear();
        if (std::exchange(m_known[place.facts->sopUid], true))
            return;
        known.instances.push_back(whole);
        // The whole image; frames of a loop that are of other sizes have areas of their own.
        const std::map<Spacing, std::vector<int>> sizes = framesBySpacing(*place.facts, own);
        for (const auto &[spacing, frames] : sizes) {
            imaging::DisplayedArea area;
            area.images = {whole};
            if (sizes.size() > 1)
                area.images.front().frames = frames;
            area.bottomRight = {place.facts->columns, place.facts->rows};
            area.spacing = spacing;
            area.aspect = place.facts->aspect;
            m_state.areas.push_back(std::move(area));
        }
    }

private:
    imaging::PresentationState &m_state;
    QHash<QString, imaging::ReferencedSeries> m_series{};
    QHash<QString, bool> m_known{};
};

bool isStored(const std::shared_ptr<const imaging::ImageFacts> &facts)
{
    return facts && !facts->sopUid.isEmpty();
}

// Where something is drawn or calibrated, as far as it is an image of its own.
std::vector<Place> storedPlaces(const Measured &all)
{
    std::vector<Place> out;
    for (const Measurement &one : all.all) {
        if (isStored(one.facts))
            out.push_back({one.facts, one.shape.frame});
    }
    for (const auto &[where, one] : *all.own) {
        if (isStored(one.facts))
            out.push_back({one.facts, one.frame});
    }
    return out;
}

// What lies on the stored images of one study: objects say which study they belong to.
Measured partOf(const Measured &all, const QString &studyUid)
{
    Measured out;
    const auto isHere = [&studyUid](const std::shared_ptr<const imaging::ImageFacts> &facts) {
        return isStored(facts) && facts->studyUid == studyUid;
    };
    std::copy_if(all.all.begin(), all.all.end(), std::back_inserter(out.all),
        [&isHere](const Measurement &one) { return isHere(one.facts); });
    OwnCalibrations own;
    std::copy_if(all.own->begin(), all.own->end(), std::inserter(own, own.end()),
        [&isHere](const auto &one) { return isHere(one.second.facts); });
    out.own = std::make_shared<OwnCalibrations>(std::move(own));
    return out;
}

// `before`: images that were spoken of earlier.
base::Result<QByteArray> stateOf(const Measured &now, const std::vector<Place> &before, const QDateTime &made)
{
    std::vector<Place> places = storedPlaces(now);
    places.insert(places.end(), before.begin(), before.end());
    imaging::PresentationState state;
    state.header = headerFor(*places.front().facts, StateSeries, made);
    state.label = now.all.empty() ? NothingDrawn : Drawn;
    {
        StateImages images(state);
        for (const Measurement &one : now.all) {
            imaging::Annotation annotation;
            annotation.layer = Drawn;
            annotation.images = {imageOf({one.facts, one.shape.frame})};
            imaging::drawShape(one.shape, one.shape.text, annotation);
            state.annotations.push_back(std::move(annotation));
        }
        for (const Place &place : places)
            images.add(place, *now.own);
    }
    NARU_ASSIGN(const imaging::DataSetValue set, imaging::toDataSet(state));
    return imaging::writePart10(set);
}

bool isOurs(const imaging::ImageFacts &facts)
{
    return facts.seriesDescription == MeasurementKeeper::seriesDescription()
        && (facts.kind == imaging::Kind::Report || facts.kind == imaging::Kind::Presentation);
}

QDateTime madeAt(const imaging::ObjectHeader &header)
{
    return {header.made.date(), QTime::fromMSecsSinceStartOfDay(std::max(0, header.instanceNumber))};
}

// Our newest objects of a study.
struct Newest {
    std::optional<imaging::MeasurementReport> report{};
    std::optional<imaging::PresentationState> state{};

    void take(const imaging::DataSetValue &set)
    {
        if (auto reading = imaging::measurementsOf(set);
            reading && (!report || !isLater(report->header, reading->report.header)))
            report = std::move(reading->report);
        if (auto reading = imaging::presentationOf(set);
            reading && (!state || !isLater(state->header, reading->state.header)))
            state = std::move(reading->state);
    }
    bool isCleared() const
    {
        return state && state->label == NothingDrawn && (!report || isLater(state->header, report->header));
    }
};

using BySop = QHash<QString, const imaging::InstanceRef *>;

QString placeOf(const imaging::InstanceRef &image, int frame)
{
    return image.handle + QLatin1Char('/') + QString::number(frame);
}

// From 0: those that are named, else all.
std::vector<int> framesOf(const imaging::ReferencedInstance &image, const imaging::ImageFacts &facts)
{
    std::vector<int> out = image.frames;
    for (int &frame : out)
        --frame;
    for (int frame = 0; image.frames.empty() && frame < std::clamp(facts.frames, 1, MostFrames); ++frame)
        out.push_back(frame);
    std::erase_if(out, [&facts](int frame) { return frame < 0 || frame >= std::max(1, facts.frames); });
    return out;
}

// A spacing that is not the image's own was given by the user.
OwnCalibrations calibrationsOf(const imaging::PresentationState &state, const BySop &bySop)
{
    constexpr double Same = 1e-6; // decimal strings hold no more
    OwnCalibrations out;
    for (const imaging::DisplayedArea &area : state.areas) {
        for (const imaging::ReferencedInstance &one : area.images) {
            const imaging::InstanceRef *image = bySop.value(one.sopUid);
            if (!image || !(area.spacing[0] > 0) || !(area.spacing[1] > 0))
                continue;
            for (const int frame : framesOf(one, *image->facts)) {
                const imaging::FrameFacts &own = image->facts->frame(frame);
                if (std::abs(own.spacingRow - area.spacing[0]) <= Same * area.spacing[0]
                    && std::abs(own.spacingColumn - area.spacing[1]) <= Same * area.spacing[1])
                    continue;
                imaging::Calibration value;
                value.source = imaging::CalibrationSource::Manual;
                value.mmX = area.spacing[1];
                value.mmY = area.spacing[0];
                value.aspect = value.mmY / value.mmX;
                out[placeOf(*image, frame)] = {value, image->facts, frame};
            }
        }
    }
    return out;
}

std::vector<Measurement> measurementsIn(const imaging::MeasurementReport &report, const QString &studyKey,
    const BySop &bySop, const OwnCalibrations &own)
{
    std::vector<Measurement> all;
    for (const imaging::MeasurementGroup &group : report.groups) {
        const imaging::InstanceRef *image = bySop.value(group.image.sopUid);
        std::optional<imaging::Shape> shape = imaging::shapeOf(group);
        if (!image || !shape)
            continue;
        shape->id = group.trackingUid.isEmpty() ? imaging::newUid() : group.trackingUid;
        shape->sopUid = group.image.sopUid;
        shape->frame = group.image.frames.empty() ? 0 : group.image.frames.front() - 1;
        const QString place = placeOf(*image, shape->frame);
        const auto manual = own.find(place);
        all.push_back({*shape, place, studyKey, group.seriesUid, image->facts,
            imaging::measure(*shape, *image->facts, shape->frame, nullptr,
                manual == own.end() ? std::nullopt : std::optional(manual->second.value))});
    }
    return all;
}

} // namespace

base::Result<QList<QByteArray>> MeasurementKeeper::write(
    const Measured &now, const Measured &before, const QString &observer)
{
    QStringList studies;
    for (const Measured *each : {&now, &before}) {
        for (const Place &place : storedPlaces(*each)) {
            if (!studies.contains(place.facts->studyUid))
                studies.append(place.facts->studyUid);
        }
    }
    if (studies.isEmpty())
        return base::Error(imaging::errors::Incomplete);
    const QDateTime made = QDateTime::currentDateTime();
    QList<QByteArray> out;
    for (const QString &study : std::as_const(studies)) {
        const Measured after = partOf(now, study), earlier = partOf(before, study);
        if (after == earlier)
            continue;
        if (!after.all.empty()) {
            NARU_ASSIGN(const QByteArray report, reportOf(after.all, observer, made));
            out.append(report);
        }
        NARU_ASSIGN(const QByteArray state, stateOf(after, storedPlaces(earlier), made));
        out.append(state);
    }
    return out;
}

QStringList MeasurementKeeper::objectsOf(const std::vector<imaging::InstanceRef> &instances)
{
    QStringList out;
    for (const imaging::InstanceRef &one : instances) {
        if (one.facts && isOurs(*one.facts))
            out.append(one.handle);
    }
    out.sort();
    return out;
}

base::Result<Measured> MeasurementKeeper::read(StudySource &source, const QString &studyKey,
    const std::vector<imaging::InstanceRef> &instances, const base::WorkContext &work)
{
    BySop bySop;
    Newest newest;
    for (const imaging::InstanceRef &instance : instances) {
        if (!instance.facts)
            continue;
        bySop.insert(instance.facts->sopUid, &instance);
        if (!isOurs(*instance.facts))
            continue;
        NARU_ASSIGN(imaging::DecoderPool * pool, source.pool());
        NARU_ASSIGN(const imaging::ImageSource bytes, source.bytes(instance.handle));
        NARU_ASSIGN(const imaging::DataSetValue set, pool->dataSet(bytes, {}, work));
        newest.take(set);
    }
    Measured out;
    if (newest.report)
        out.made = madeAt(newest.report->header);
    if (newest.state && (!out.made.isValid() || madeAt(newest.state->header) > out.made))
        out.made = madeAt(newest.state->header);
    if (newest.state)
        out.own = std::make_shared<OwnCalibrations>(calibrationsOf(*newest.state, bySop));
    if (newest.report && !newest.isCleared())
        out.all = measurementsIn(*newest.report, studyKey, bySop, *out.own);
    return out;
}

} // namespace naru::ui
