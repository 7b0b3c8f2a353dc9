#include "core/imaging/objects/MeasurementReport.h"
#include "core/base/Oid.h"
#include "core/imaging/Errors.h"
#include "core/imaging/objects/Attributes.h"
#include "core/imaging/objects/Content.h"
#include "core/imaging/objects/ShapeNames.h"

#include <algorithm>
#include <cmath>

namespace naru::imaging {

using content::Relation;

namespace {
base::Error incomplete(const char *what)
{
    return base::Error(errors::Incomplete, {}, {{QStringLiteral("what"), QLatin1String(what)}});
}

base::Error bad(const char *what)
{
    return base::Error(errors::BadGraphic, {}, {{QStringLiteral("what"), QLatin1String(what)}});
}

DataSetValue shapeItem(Relation relation, const Code &name, const MeasurementGroup &group)
{
    DataSetValue item = content::item(relation, "SCOORD", name);
    item.setText(attr::GraphicType, QLatin1String(shapeName(group.shape.type)));
    std::vector<double> data;
    for (const GraphicPoint &point : group.shape.points) {
        data.push_back(point.x);
        data.push_back(point.y);
    }
    DataElement points; // FL, the VR that SCOORD has (C.18.6)
    points.tag = attr::GraphicData;
    points.vr = vrOf("FL");
    points.numbers = data;
    item.put(std::move(points));
    item.setItem(attr::ContentSequence, content::referenceItem(Relation::SelectedFrom, {}, group.image));
    return item;
}

DataSetValue valueItem(const MeasuredValue &value)
{
    DataSetValue item = content::item(Relation::Contains, "NUM", value.quantity);
    DataSetValue measured;
    const QString decimal = decimalString(value.value);
    measured.setText(attr::NumericValue, decimal);
    if (decimal.toDouble() != value.value) // 16 characters were not enough
        measured.setNumber(attr::FloatingValue, value.value);
    measured.setItem(attr::UnitsCode, codeItem(value.unit));
    item.setItem(attr::MeasuredValue, std::move(measured));
    return item;
}

// TID 1410 for what encloses an area, TID 1501 for all else: there each value is inferred from the shape.
DataSetValue groupItem(const MeasurementGroup &group)
{
    const bool region = isRegion(group.shape);
    std::vector<DataSetValue> children;
    children.push_back(content::textItem(Relation::HasObservation, code("trackingId"),
        group.trackingId.isEmpty() ? QStringLiteral("1") : group.trackingId));
    children.push_back(content::uidItem(Relation::HasObservation, code("trackingUid"),
        group.trackingUid.isEmpty() ? newUid() : group.trackingUid));
    if (!group.finding.isEmpty())
        children.push_back(content::codeItem(Relation::Contains, code("finding"), group.finding));
    if (!group.site.isEmpty()) {
        DataSetValue site = content::codeItem(Relation::HasConcept, code("findingSite"), group.site);
        if (!group.laterality.isEmpty())
            site.setItem(attr::ContentSequence,
                content::codeItem(Relation::HasConcept, code("laterality"), group.laterality));
        children.push_back(std::move(site));
    }
    if (group.shape.type == ShapeType::None)
        children.push_back(content::referenceItem(Relation::Contains, code("sourceImage"), group.image));
    else if (region || group.values.empty())
        children.push_back(shapeItem(Relation::Contains, code("imageRegion"), group));
    for (const MeasuredValue &value : group.values) {
        DataSetValue item = valueItem(value);
        std::vector<DataSetValue> below;
        if (!value.derivation.isEmpty())
            below.push_back(content::codeItem(Relation::HasConcept, code("derivation"), value.derivation));
        if (!region && group.shape.type != ShapeType::None)
            below.push_back(shapeItem(Relation::InferredFrom, {}, group));
        if (!below.empty())
            item.setItems(attr::ContentSequence, std::move(below));
        children.push_back(std::move(item));
    }
    if (!group.comment.isEmpty())
        children.push_back(content::textItem(Relation::Contains, code("comment"), group.comment));
    DataSetValue item = content::container(Relation::Contains, code("measurementGroup"), std::move(children));
    DataSetValue used;
    used.setText(attr::MappingResource, QStringLiteral("DCMR"));
    used.setText(attr::TemplateId, region ? QStringLiteral("1410") : QStringLiteral("1501"));
    item.setItem(attr::ContentTemplate, std::move(used));
    return item;
}

base::Status check(const MeasurementReport &report)
{
    if (report.groups.empty())
        return incomplete("measurement");
    if (report.header.subject.studyUid.isEmpty())
        return incomplete("study");
    if (report.verified && report.observer.isEmpty())
        return incomplete("observer");
    for (const MeasurementGroup &group : report.groups) {
        if (group.image.sopUid.isEmpty() || group.image.sopClass.isEmpty() || group.seriesUid.isEmpty())
            return incomplete("image");
        if (!isDrawable(group.shape))
            return bad("shape");
        for (const MeasuredValue &value : group.values) {
            if (!std::isfinite(value.value))
                return bad("value");
            if (value.quantity.isEmpty() || value.unit.isEmpty())
                return incomplete("quantity, unit");
        }
    }
    return {};
}

// The images of all groups, each once, in the order of their first use.
ReferencedStudy evidence(const MeasurementReport &report)
{
    ReferencedStudy study{report.header.subject.studyUid, {}};
    for (const MeasurementGroup &group : report.groups) {
        auto series = std::find_if(study.series.begin(), study.series.end(),
            [&group](const ReferencedSeries &one) { return one.seriesUid == group.seriesUid; });
        if (series == study.series.end()) {
            study.series.emplace_back();
            series = std::prev(study.series.end());
            series->seriesUid = group.seriesUid;
        }
        const bool known = std::any_of(series->instances.begin(), series->instances.end(),
            [&group](const ReferencedInstance &one) { return one.sopUid == group.image.sopUid; });
        if (!known)
            series->instances.push_back({group.image.sopClass, group.image.sopUid, {}});
    }
    return study;
}

Code languageCode(const QString &language)
{
    const QString meaning = language.startsWith(QLatin1String("ko")) ? QStringLiteral("Korean")
        : language.startsWith(QLatin1String("en"))                   ? QStringLiteral("English")
                                                                     : language;
    return {language, QStringLiteral("RFC5646"), meaning};
}

std::vector<DataSetValue> contentOf(const MeasurementReport &report, const ReferencedStudy &study)
{
    std::vector<DataSetValue> out;
    out.push_back(content::codeItem(Relation::HasConcept, code("language"), languageCode(report.language)));
    if (!report.observer.isEmpty()) {
        out.push_back(content::codeItem(Relation::HasObservation, code("observerType"), code("person")));
        out.push_back(content::personItem(Relation::HasObservation, code("observerName"), report.observer));
        if (!report.organization.isEmpty())
            out.push_back(content::textItem(
                Relation::HasObservation, code("observerOrganization"), report.organization));
    }
    const std::vector<Code> procedures =
        report.procedures.empty() ? std::vector{code("imagingProcedure")} : report.procedures;
    for (const Code &procedure : procedures)
        out.push_back(content::codeItem(Relation::HasConcept, code("procedureReported"), procedure));
    std::vector<DataSetValue> images, groups;
    for (const ReferencedSeries &series : study.series) {
        for (const ReferencedInstance &instance : series.instances)
            images.push_back(content::referenceItem(Relation::Contains, {}, instance));
    }
    out.push_back(content::container(Relation::Contains, code("imageLibrary"),
        {content::container(Relation::Contains, code("imageLibraryGroup"), std::move(images))}));
    for (const MeasurementGroup &group : report.groups)
        groups.push_back(groupItem(group));
    out.push_back(content::container(Relation::Contains, code("imagingMeasurements"), std::move(groups)));
    return out;
}

void putVerification(const MeasurementReport &report, const QDateTime &made, DataSetValue &set)
{
    set.setText(
        attr::CompletionFlag, report.complete ? QStringLiteral("COMPLETE") : QStringLiteral("PARTIAL"));
    set.setText(
        attr::VerificationFlag, report.verified ? QStringLiteral("VERIFIED") : QStringLiteral("UNVERIFIED"));
    if (!report.verified)
        return;
    DataSetValue observer;
    observer.setText(attr::VerifyingName, report.observer);
    observer.setItems(attr::VerifyingCode, {});
    observer.setText(attr::VerifyingOrganization,
        report.organization.isEmpty() ? QStringLiteral("-") : report.organization);
    observer.setText(attr::VerificationTime, dicomDate(made) + dicomTime(made));
    set.setItem(attr::VerifyingObserver, std::move(observer));
}
} // namespace

base::Result<DataSetValue> toDataSet(const MeasurementReport &report)
{
    NARU_TRY(check(report));
    ObjectHeader header = report.header;
    if (!header.made.isValid())
        header.made = QDateTime::currentDateTime();
    DataSetValue set;
    putHeader(header, base::oid("sopComprehensiveSr").text(), QStringLiteral("SR"), set);
    set.setItems(attr::PerformedStepReference, {});
    set.setItems(attr::PerformedCode, {});
    set.setText(attr::ContentDate, dicomDate(header.made));
    set.setText(attr::ContentTime, dicomTime(header.made));
    putVerification(report, header.made, set);
    const ReferencedStudy study = evidence(report);
    set.setItems(attr::CurrentEvidence, evidenceItems({study}));
    content::putRoot(set, report.title.isEmpty() ? code("measurementReport") : report.title,
        QStringLiteral("1500"), contentOf(report, study));
    return set;
}

} // namespace naru::imaging
