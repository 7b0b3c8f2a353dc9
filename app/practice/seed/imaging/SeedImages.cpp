// The images of a study: header and pixels (PS3.3 A.2, A.3, A.4, A.6, A.26).
#include "app/practice/seed/imaging/Phantom.h"
#include "app/practice/seed/imaging/SeedStudy.h"
#include "app/practice/seed/imaging/Tags.h"
#include "core/base/Oid.h"

#include <algorithm>

namespace naru::practice {

namespace {
constexpr int ctOffset = 1024; // stored = HU + 1024
constexpr int projectionTop = 4095;

Plane planeOf(const PhantomSeries &series)
{
    return series.plane == QLatin1String("coronal") ? Plane::Coronal
        : series.plane == QLatin1String("sagittal") ? Plane::Sagittal
                                                    : Plane::Axial;
}

bool isProjection(const PhantomSeries &series)
{
    return Phantom::channel(series.channel) == Phantom::Attenuation;
}

bool isUltrasound(const PhantomSeries &series)
{
    return series.modality == QLatin1String("US");
}

// Along the plane's normal, from one end of the stack to the other; axial stacks run from the head to the
// feet.
double positionOf(const PhantomSeries &series, int image)
{
    const double away = (image - (series.images - 1) / 2.0) * series.step;
    return planeOf(series) == Plane::Axial ? -away : away;
}

void identity(DicomObject &out, const SeedStudy &study, const PhantomSeries &series, int image)
{
    const QString date = study.time.left(8), time = study.time.mid(8);
    out.text(tag::SpecificCharacterSet, "CS", QStringLiteral("ISO_IR 192"))
        .text(tag::SopClassUid, "UI", SeedStudy::sopClass(series))
        .text(tag::SopInstanceUid, "UI", study.sopUid(series, image));
    for (const quint32 each : {tag::StudyDate, tag::SeriesDate, tag::ContentDate})
        out.text(each, "DA", date);
    for (const quint32 each : {tag::StudyTime, tag::SeriesTime, tag::ContentTime})
        out.text(each, "TM", time);
    out.text(tag::AccessionNumber, "SH", study.accession)
        .text(tag::Modality, "CS", series.modality)
        .text(tag::Manufacturer, "LO", QStringLiteral("Naru phantom"))
        .text(tag::InstitutionName, "LO", study.institution)
        .text(tag::ReferringPhysician, "PN", {})
        .text(tag::StudyDescription, "LO", study.description)
        .text(tag::SeriesDescription, "LO", series.description)
        .text(tag::PatientName, "PN", study.patientName)
        .text(tag::PatientId, "LO", study.patientId)
        .text(tag::IssuerOfPatientId, "LO", study.issuer)
        .text(tag::PatientBirthDate, "DA", study.birth)
        .text(tag::PatientSex, "CS", study.sex)
        .text(tag::BodyPart, "CS", series.body)
        .text(tag::StudyUid, "UI", study.studyUid)
        .text(tag::SeriesUid, "UI", study.seriesUid(series))
        .text(tag::StudyId, "SH", study.accession)
        .text(tag::SeriesNumber, "IS", QString::number(series.number))
        .text(tag::InstanceNumber, "IS", QString::number(image + 1));
}

// Orientation and the centre of the first pixel (C.7.6.2.1.1): the picture's middle is the body's origin.
void place(DicomObject &out, const SeedStudy &study, const PhantomSeries &series, int image)
{
    const PlaneAxes axes = PlaneAxes::of(planeOf(series));
    std::array<double, 3> position{};
    QList<double> orientation(6, 0.0);
    orientation[axes.column] = 1;
    orientation[3 + axes.row] = axes.rowSign;
    position[std::size_t(axes.column)] = -(series.columns - 1) / 2.0 * series.spacing;
    position[std::size_t(axes.row)] = -axes.rowSign * (series.rows - 1) / 2.0 * series.spacing;
    position[std::size_t(axes.normal)] = positionOf(series, image);
    out.decimals(tag::ImagePosition, {position[0], position[1], position[2]})
        .decimals(tag::ImageOrientation, orientation)
        .text(tag::FrameOfReference, "UI", study.studyUid + QStringLiteral(".0.2"))
        .text(tag::PositionReference, "LO", {})
        .decimals(tag::SliceThickness, {series.step})
        .decimals(tag::PixelSpacing, {series.spacing, series.spacing});
}

void projectionFacts(DicomObject &out, const PhantomSeries &series)
{
    static constexpr std::array letters{"L", "P", "F"};
    const PlaneAxes axes = PlaneAxes::of(planeOf(series));
    out.decimals(tag::ImagerPixelSpacing, {series.spacing, series.spacing})
        .text(tag::PatientOrientation, "CS",
            QLatin1String(letters[std::size_t(axes.column)]) + QLatin1Char('\\')
                + QLatin1String(letters[std::size_t(axes.row)]))
        .text(tag::ViewPosition, "CS", series.view.isEmpty() ? QStringLiteral("PA") : series.view)
        .text(tag::PresentationLutShape, "CS", QStringLiteral("IDENTITY"));
    if (!series.laterality.isEmpty())
        out.text(tag::ImageLaterality, "CS", series.laterality);
    if (series.modality == QLatin1String("MG"))
        out.text(tag::PresentationIntent, "CS", QStringLiteral("FOR PRESENTATION"));
}

void ultrasoundRegion(DicomObject &out, const PhantomSeries &series)
{
    DicomObject region;
    constexpr int centimetres = 3;
    region.shorts(tag::RegionFormat, {1})
        .shorts(tag::RegionType, {1})
        .longs(tag::RegionFlags, {0})
        .longs(tag::RegionMinX, {0})
        .longs(tag::RegionMinY, {0})
        .longs(tag::RegionMaxX, {quint32(series.columns - 1)})
        .longs(tag::RegionMaxY, {quint32(series.rows - 1)})
        .shorts(tag::RegionUnitX, {centimetres})
        .shorts(tag::RegionUnitY, {centimetres})
        .doubles(tag::RegionDeltaX, {series.spacing / 10})
        .doubles(tag::RegionDeltaY, {series.spacing / 10});
    out.items(tag::Regions, {region});
}

QByteArray pixels(const SeedStudy &study, const PhantomSeries &series, int image)
{
    const PictureSize size{series.rows, series.columns, series.spacing};
    const Phantom &phantom = Phantom::named(series.scene);
    const quint64 noise = qHash(study.sopUid(series, image), 7);
    const auto channel = Phantom::channel(series.channel);
    std::vector<std::int16_t> values;
    if (isProjection(series))
        values = phantom.projection(planeOf(series), size, projectionTop, noise);
    else if (series.modality == QLatin1String("CT"))
        values = phantom.slice(planeOf(series), channel, positionOf(series, image), size, -1000, 12, noise);
    else
        values = phantom.slice(planeOf(series), channel, positionOf(series, image), size, 0,
            isUltrasound(series) ? 24 : 10, noise);
    if (isUltrasound(series)) { // the same value three times: US pictures are RGB
        QByteArray out(qsizetype(values.size()) * 3, Qt::Uninitialized);
        for (std::size_t i = 0; i < values.size(); ++i)
            std::fill_n(out.begin() + qsizetype(i) * 3, 3, char(std::clamp<int>(values[i], 0, 255)));
        return out;
    }
    const int offset = series.modality == QLatin1String("CT") && !isProjection(series) ? ctOffset : 0;
    for (std::int16_t &value : values)
        value = std::int16_t(std::clamp(value + offset, 0, projectionTop));
    return {reinterpret_cast<const char *>(values.data()), qsizetype(values.size() * sizeof(std::int16_t))};
}
} // namespace

DicomObject imageHeader(const SeedStudy &study, const PhantomSeries &series, int image)
{
    const bool projection = isProjection(series), ultrasound = isUltrasound(series);
    DicomObject out;
    identity(out, study, series, image);
    out.text(tag::ImageType, "CS",
           projection ? QStringLiteral("ORIGINAL\\PRIMARY\\LOCALIZER")
                      : QStringLiteral("ORIGINAL\\PRIMARY\\AXIAL"))
        .shorts(tag::SamplesPerPixel, {ultrasound ? 3 : 1})
        .text(tag::Photometric, "CS", ultrasound ? QStringLiteral("RGB") : QStringLiteral("MONOCHROME2"))
        .shorts(tag::Rows, {series.rows})
        .shorts(tag::Columns, {series.columns})
        .shorts(tag::BitsAllocated, {ultrasound ? 8 : 16})
        .shorts(tag::BitsStored, {ultrasound ? 8 : 12})
        .shorts(tag::HighBit, {ultrasound ? 7 : 11})
        .shorts(tag::PixelRepresentation, {0})
        .text(tag::BurnedIn, "CS", QStringLiteral("NO"));
    if (ultrasound) {
        out.shorts(0x00280006, {0}); // Planar Configuration: by pixel
        ultrasoundRegion(out, series);
        return out;
    }
    out.decimals(tag::WindowCentre, {series.centre}).decimals(tag::WindowWidth, {series.width});
    const bool ct = series.modality == QLatin1String("CT");
    if (projection && !ct) {
        projectionFacts(out, series);
        return out;
    }
    place(out, study, series, image);
    if (ct)
        out.decimals(tag::Kvp, {120})
            .decimals(tag::RescaleIntercept, {projection ? 0.0 : -double(ctOffset)})
            .decimals(tag::RescaleSlope, {1})
            .text(tag::RescaleType, "LO", projection ? QStringLiteral("US") : QStringLiteral("HU"));
    return out;
}

QByteArray imageFile(const SeedStudy &study, const PhantomSeries &series, int image)
{
    DicomObject out = imageHeader(study, series, image);
    out.bytes(tag::PixelData, isUltrasound(series) ? "OB" : "OW", pixels(study, series, image));
    return out.part10();
}

} // namespace naru::practice
