#include "ui/pages/imaging/MeasurementKeeper.h"

#include "core/imaging/Errors.h"
#include "core/imaging/objects/MeasurementReport.h"
#include "core/imaging/objects/Part10Writer.h"
#include "core/imaging/objects/Presentation.h"
#include "core/imaging/objects/ShapeObjects.h"
#include "core/imaging/objects/Subject.h"

#include <QHash>

namespace naru::ui {

namespace {

constexpr int ReportSeries = 9001, StateSeries = 9002;

imaging::ReferencedInstance imageOf(const Measurement &one)
{
    return {one.facts->sopClass, one.facts->sopUid, {one.shape.frame + 1}};
}

imaging::ObjectHeader headerFor(const Measurement &one, int series)
{
    imaging::ObjectHeader header;
    header.subject = imaging::subjectOf(*one.facts);
    header.seriesNumber = series;
    header.seriesDescription = MeasurementKeeper::seriesDescription();
    header.made = QDateTime::currentDateTime();
    return header;
}

base::Result<QByteArray> reportOf(const std::vector<const Measurement *> &all, const QString &observer)
{
    imaging::MeasurementReport report;
    report.header = headerFor(*all.front(), ReportSeries);
    report.observer = observer;
    for (const Measurement *one : all) {
        imaging::MeasurementGroup group =
            imaging::groupOf(one->shape, one->reading, imageOf(*one), one->facts->seriesUid);
        report.groups.push_back(std::move(group));
    }
    NARU_ASSIGN(const imaging::DataSetValue set, imaging::toDataSet(report));
    return imaging::writePart10(set);
}

base::Result<QByteArray> stateOf(const std::vector<const Measurement *> &all)
{
    imaging::PresentationState state;
    state.header = headerFor(*all.front(), StateSeries);
    state.label = QStringLiteral("MEASUREMENTS");
    QHash<QString, imaging::ReferencedSeries> series;
    for (const Measurement *one : all) {
        imaging::Annotation annotation;
        annotation.layer = QStringLiteral("MEASUREMENTS");
        annotation.images = {imageOf(*one)};
        imaging::drawShape(one->shape, one->shape.text, annotation);
        state.annotations.push_back(std::move(annotation));
        imaging::ReferencedSeries &known = series[one->facts->seriesUid];
        known.seriesUid = one->facts->seriesUid;
        imaging::ReferencedInstance whole = imageOf(*one);
        whole.frames.clear();
        if (std::find(known.instances.begin(), known.instances.end(), whole) != known.instances.end())
            continue;
        known.instances.push_back(whole);
        imaging::DisplayedArea area; // the whole image
        area.images = {whole};
        area.bottomRight = {one->facts->columns, one->facts->rows};
        const imaging::FrameFacts &frame = one->facts->frame(one->shape.frame);
        area.spacing = {frame.spacingRow, frame.spacingColumn};
        area.aspect = one->facts->aspect;
        state.areas.push_back(std::move(area));
    }
    for (const imaging::ReferencedSeries &one : series)
        state.images.push_back(one);
    NARU_ASSIGN(const imaging::DataSetValue set, imaging::toDataSet(state));
    return imaging::writePart10(set);
}

} // namespace

base::Result<QList<QByteArray>> MeasurementKeeper::write(
    const std::vector<Measurement> &all, const QString &observer)
{
    std::vector<const Measurement *> kept;
    for (const Measurement &one : all) {
        if (one.facts && !one.facts->sopUid.isEmpty())
            kept.push_back(&one);
    }
    if (kept.empty())
        return base::Error(imaging::errors::Incomplete);
    NARU_ASSIGN(const QByteArray report, reportOf(kept, observer));
    NARU_ASSIGN(const QByteArray state, stateOf(kept));
    return QList<QByteArray>{report, state};
}

base::Result<std::vector<Measurement>> MeasurementKeeper::read(StudySource &source, const QString &studyKey,
    const std::vector<imaging::InstanceRef> &instances, const base::WorkContext &work)
{
    QHash<QString, const imaging::InstanceRef *> bySop;
    std::optional<imaging::MeasurementReport> newest;
    for (const imaging::InstanceRef &instance : instances) {
        if (!instance.facts)
            continue;
        bySop.insert(instance.facts->sopUid, &instance);
        if (instance.facts->kind != imaging::Kind::Report
            || instance.facts->seriesDescription != seriesDescription())
            continue;
        NARU_ASSIGN(imaging::DecoderPool * pool, source.pool());
        NARU_ASSIGN(const imaging::ImageSource bytes, source.bytes(instance.handle));
        NARU_ASSIGN(const imaging::DataSetValue set, pool->dataSet(bytes, {}, work));
        const auto reading = imaging::measurementsOf(set);
        if (reading && (!newest || reading->report.header.made >= newest->header.made))
            newest = reading->report;
    }
    std::vector<Measurement> all;
    for (const imaging::MeasurementGroup &group :
        newest ? newest->groups : std::vector<imaging::MeasurementGroup>()) {
        const imaging::InstanceRef *image = bySop.value(group.image.sopUid);
        std::optional<imaging::Shape> shape = imaging::shapeOf(group);
        if (!image || !shape)
            continue;
        shape->id = group.trackingUid.isEmpty() ? imaging::newUid() : group.trackingUid;
        shape->sopUid = group.image.sopUid;
        shape->frame = group.image.frames.empty() ? 0 : group.image.frames.front() - 1;
        const QString place = image->handle + QLatin1Char('/') + QString::number(shape->frame);
        all.push_back({*shape, place, studyKey, group.seriesUid, image->facts,
            imaging::measure(*shape, *image->facts, shape->frame)});
    }
    return all;
}

} // namespace naru::ui
