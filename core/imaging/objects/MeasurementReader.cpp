// TID 1500 reports, of this program and of others.
#include "core/base/Oid.h"
#include "core/imaging/Errors.h"
#include "core/imaging/objects/Attributes.h"
#include "core/imaging/objects/Content.h"
#include "core/imaging/objects/ShapeNames.h"

#include <QHash>

#include <cmath>

namespace naru::imaging {

namespace {
constexpr std::size_t MostGroups = 10'000;

class GroupReader {
public:
    explicit GroupReader(int &leftOut)
        : m_leftOut(leftOut)
    {
    }
    MeasurementGroup read(const DataSetValue &item)
    {
        for (const DataSetValue &child : item.items(attr::ContentSequence))
            readChild(child);
        return m_group;
    }

private:
    void readChild(const DataSetValue &child);
    void readShape(const DataSetValue &item);
    void readImage(const DataSetValue &item);
    static ReferencedInstance imageOf(const DataSetValue &shape);
    void readValue(const DataSetValue &item);

    MeasurementGroup m_group{};
    int &m_leftOut;
};

void GroupReader::readImage(const DataSetValue &item)
{
    if (const DataSetValue *reference = item.item(attr::ReferencedSop);
        reference && m_group.image.sopUid.isEmpty())
        m_group.image = instanceOf(*reference);
}

// The image that a shape was selected from.
ReferencedInstance GroupReader::imageOf(const DataSetValue &shape)
{
    for (const DataSetValue &child : shape.items(attr::ContentSequence)) {
        const DataSetValue *reference =
            content::typeOf(child) == QLatin1String("IMAGE") ? child.item(attr::ReferencedSop) : nullptr;
        if (reference)
            return instanceOf(*reference);
    }
    return {};
}

void GroupReader::readShape(const DataSetValue &item)
{
    const std::vector<double> data = item.numbers(attr::GraphicData);
    MeasuredShape shape;
    shape.type = shapeType(item.text(attr::GraphicType));
    for (std::size_t i = 0; i + 1 < data.size(); i += 2)
        shape.points.push_back({data[i], data[i + 1]});
    const bool good = shape.type != ShapeType::None && data.size() % 2 == 0 && isDrawable(shape);
    const bool first = good && m_group.shape.type == ShapeType::None;
    const ReferencedInstance image = imageOf(item);
    // Whatever image the group names besides: a shape lies on its own.
    if (!image.sopUid.isEmpty() && (first || m_group.image.sopUid.isEmpty()))
        m_group.image = image;
    if (first) {
        m_group.shape = shape;
    } else if (!good
        || !(m_group.shape == shape)) { // several in a group (TID 1410 has one): the first is shown
        ++m_leftOut;
    }
}

void GroupReader::readValue(const DataSetValue &item)
{
    const DataSetValue *measured = item.item(attr::MeasuredValue);
    const auto number = measured ? measured->number(attr::FloatingValue) : std::nullopt;
    const auto decimal = measured ? measured->number(attr::NumericValue) : std::nullopt;
    MeasuredValue value;
    value.quantity = content::nameOf(item);
    for (const DataSetValue &child : item.items(attr::ContentSequence)) {
        const QString type = content::typeOf(child);
        if (content::isNamed(child, "derivation"))
            value.derivation = codeIn(child, attr::ConceptCode);
        else if (type == QLatin1String("SCOORD"))
            readShape(child);
        else if (type == QLatin1String("IMAGE"))
            readImage(child);
    }
    if (!number && !decimal) {
        ++m_leftOut;
        return;
    }
    value.value = number ? *number : *decimal;
    value.unit = codeIn(*measured, attr::UnitsCode);
    m_group.values.push_back(value);
}

void GroupReader::readChild(const DataSetValue &child)
{
    const QString type = content::typeOf(child);
    if (type == QLatin1String("NUM")) {
        readValue(child);
    } else if (type == QLatin1String("SCOORD")) {
        readShape(child);
    } else if (type == QLatin1String("IMAGE")) {
        readImage(child);
    } else if (content::isNamed(child, "trackingId")) {
        m_group.trackingId = child.text(attr::TextValue);
    } else if (content::isNamed(child, "trackingUid")) {
        m_group.trackingUid = child.text(attr::Uid);
    } else if (content::isNamed(child, "finding")) {
        m_group.finding = codeIn(child, attr::ConceptCode);
    } else if (content::isNamed(child, "findingSite")) {
        m_group.site = codeIn(child, attr::ConceptCode);
        if (const DataSetValue *side = content::child(child, "laterality"))
            m_group.laterality = codeIn(*side, attr::ConceptCode);
    } else if (content::isNamed(child, "comment")) {
        m_group.comment = child.text(attr::TextValue);
    } else {
        ++m_leftOut;
    }
}

QHash<QString, QString> seriesOfImages(const DataSetValue &set)
{
    QHash<QString, QString> out;
    for (const quint32 sequence : {attr::CurrentEvidence, attr::OtherEvidence}) {
        for (const ReferencedStudy &study : evidenceOf(set.items(sequence))) {
            for (const ReferencedSeries &series : study.series) {
                for (const ReferencedInstance &instance : series.instances)
                    out.insert(instance.sopUid, series.seriesUid);
            }
        }
    }
    return out;
}

void readContext(const DataSetValue &set, MeasurementReport &report)
{
    for (const DataSetValue &item : set.items(attr::ContentSequence)) {
        if (content::isNamed(item, "language"))
            report.language = codeIn(item, attr::ConceptCode).value;
        else if (content::isNamed(item, "observerName"))
            report.observer = item.text(attr::PersonName);
        else if (content::isNamed(item, "observerOrganization"))
            report.organization = item.text(attr::TextValue);
        else if (content::isNamed(item, "procedureReported"))
            report.procedures.push_back(codeIn(item, attr::ConceptCode));
    }
    report.complete = set.text(attr::CompletionFlag) == QLatin1String("COMPLETE");
    report.verified = set.text(attr::VerificationFlag) == QLatin1String("VERIFIED");
}
} // namespace

base::Result<MeasurementReading> measurementsOf(const DataSetValue &set)
{
    const DataSetValue *measurements = content::child(set, "imagingMeasurements");
    if (!set.text(attr::SopClass).startsWith(base::oid("sopReports").text() + QLatin1Char('.'))
        || !measurements)
        return errors::WrongObject;
    MeasurementReading out;
    MeasurementReport &report = out.report;
    report.header = headerOf(set);
    report.title = content::nameOf(set);
    readContext(set, report);
    const QHash<QString, QString> series = seriesOfImages(set);
    for (const DataSetValue &item : measurements->items(attr::ContentSequence)) {
        if (!content::isNamed(item, "measurementGroup") || report.groups.size() >= MostGroups) {
            ++out.leftOut;
            continue;
        }
        MeasurementGroup group = GroupReader(out.leftOut).read(item);
        group.seriesUid = series.value(group.image.sopUid);
        if (group.image.sopUid.isEmpty()) // of a whole study or volume: nothing to show on an image
            ++out.leftOut;
        else
            report.groups.push_back(std::move(group));
    }
    return out;
}

} // namespace naru::imaging
