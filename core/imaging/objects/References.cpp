#include "core/imaging/objects/References.h"
#include "core/imaging/objects/Attributes.h"

#include <cmath>

namespace naru::imaging {

DataSetValue instanceItem(const ReferencedInstance &instance)
{
    DataSetValue item;
    item.setText(attr::ReferencedClass, instance.sopClass);
    item.setText(attr::ReferencedUid, instance.sopUid);
    if (!instance.frames.empty())
        item.setNumbers(attr::ReferencedFrame, {instance.frames.begin(), instance.frames.end()});
    return item;
}

ReferencedInstance instanceOf(const DataSetValue &item)
{
    ReferencedInstance out{item.text(attr::ReferencedClass), item.text(attr::ReferencedUid), {}};
    for (const double frame : item.numbers(attr::ReferencedFrame)) {
        if (frame >= 1 && frame < 1e9)
            out.frames.push_back(int(frame));
    }
    return out;
}

namespace {
std::vector<DataSetValue> instanceItems(const std::vector<ReferencedInstance> &instances)
{
    std::vector<DataSetValue> out;
    out.reserve(instances.size());
    for (const ReferencedInstance &instance : instances)
        out.push_back(instanceItem(instance));
    return out;
}

std::vector<ReferencedInstance> instancesOf(const std::vector<DataSetValue> &items)
{
    std::vector<ReferencedInstance> out;
    for (const DataSetValue &item : items) {
        if (!item.text(attr::ReferencedUid).isEmpty())
            out.push_back(instanceOf(item));
    }
    return out;
}

DataSetValue seriesItem(const ReferencedSeries &series, quint32 instances)
{
    DataSetValue item;
    item.setText(attr::SeriesUid, series.seriesUid);
    if (!series.retrieveAeTitle.isEmpty())
        item.setText(attr::RetrieveAe, series.retrieveAeTitle);
    if (!series.retrieveLocationUid.isEmpty())
        item.setText(attr::RetrieveLocation, series.retrieveLocationUid);
    if (!series.retrieveUrl.isEmpty())
        item.setText(attr::RetrieveUrl, series.retrieveUrl);
    // Frames are named by the content, not by the evidence (PS3.3 table 10-11).
    item.setItems(instances, instanceItems(series.instances));
    return item;
}

ReferencedSeries seriesOf(const DataSetValue &item, quint32 instances)
{
    ReferencedSeries out;
    out.seriesUid = item.text(attr::SeriesUid);
    out.retrieveAeTitle = item.text(attr::RetrieveAe);
    out.retrieveLocationUid = item.text(attr::RetrieveLocation);
    out.retrieveUrl = item.text(attr::RetrieveUrl);
    out.instances = instancesOf(item.items(instances));
    return out;
}
} // namespace

std::vector<DataSetValue> evidenceItems(const std::vector<ReferencedStudy> &studies)
{
    std::vector<DataSetValue> out;
    for (const ReferencedStudy &study : studies) {
        DataSetValue item;
        item.setText(attr::StudyUid, study.studyUid);
        std::vector<DataSetValue> series;
        for (const ReferencedSeries &one : study.series)
            series.push_back(seriesItem(one, attr::ReferencedSop));
        item.setItems(attr::ReferencedSeries, std::move(series));
        out.push_back(std::move(item));
    }
    return out;
}

std::vector<ReferencedStudy> evidenceOf(const std::vector<DataSetValue> &items)
{
    std::vector<ReferencedStudy> out;
    for (const DataSetValue &item : items) {
        ReferencedStudy study{item.text(attr::StudyUid), {}};
        for (const DataSetValue &series : item.items(attr::ReferencedSeries))
            study.series.push_back(seriesOf(series, attr::ReferencedSop));
        out.push_back(std::move(study));
    }
    return out;
}

std::vector<DataSetValue> seriesImageItems(const std::vector<ReferencedSeries> &series)
{
    std::vector<DataSetValue> out;
    out.reserve(series.size());
    for (const ReferencedSeries &one : series)
        out.push_back(seriesItem(one, attr::ReferencedImage));
    return out;
}

std::vector<ReferencedSeries> seriesImagesOf(const std::vector<DataSetValue> &items)
{
    std::vector<ReferencedSeries> out;
    out.reserve(items.size());
    for (const DataSetValue &item : items)
        out.push_back(seriesOf(item, attr::ReferencedImage));
    return out;
}

} // namespace naru::imaging
