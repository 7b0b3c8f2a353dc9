// The manifest of a study: a key object selection document that names every image.
#include "app/practice/seed/SeedWorld.h"
#include "app/practice/seed/imaging/SeedStudy.h"
#include "app/practice/seed/imaging/Tags.h"
#include "core/base/Digest.h"
#include "core/base/Oid.h"

#include <QHash>

namespace naru::practice {

namespace {
DicomObject code(const char *value, const char *scheme, const char *meaning)
{
    DicomObject out;
    out.text(tag::CodeValue, "SH", QLatin1String(value))
        .text(tag::CodingScheme, "SH", QLatin1String(scheme))
        .text(tag::CodeMeaning, "LO", QLatin1String(meaning));
    return out;
}

DicomObject reference(const SeedStudy &study, const PhantomSeries &series, int image)
{
    DicomObject out;
    out.text(tag::ReferencedSopClass, "UI", SeedStudy::sopClass(series))
        .text(tag::ReferencedSopInstance, "UI", study.sopUid(series, image));
    return out;
}

QList<DicomObject> evidence(const SeedStudy &study, const QString &retrieveUid, const QString &retrieveUrl)
{
    QList<DicomObject> all;
    for (const PhantomSeries &series : study.series()) {
        QList<DicomObject> images;
        for (int image = 0; image < series.images; ++image)
            images.append(reference(study, series, image));
        DicomObject one;
        one.text(tag::SeriesUid, "UI", study.seriesUid(series))
            .text(tag::RetrieveAeTitle, "AE", QStringLiteral("NARUPRACTICE"))
            .text(tag::RetrieveLocationUid, "UI", retrieveUid)
            .items(tag::ReferencedSop, images);
        if (!retrieveUrl.isEmpty())
            one.text(tag::RetrieveUrl, "UR",
                QStringLiteral("%1/studies/%2/series/%3")
                    .arg(retrieveUrl, study.studyUid, study.seriesUid(series)));
        all.append(one);
    }
    DicomObject whole;
    whole.text(tag::StudyUid, "UI", study.studyUid).items(tag::ReferencedSeries, all);
    return {whole};
}

QList<DicomObject> content(const SeedStudy &study)
{
    QList<DicomObject> out;
    for (const PhantomSeries &series : study.series()) {
        for (int image = 0; image < series.images; ++image) {
            DicomObject one;
            one.text(tag::RelationshipType, "CS", QStringLiteral("CONTAINS"))
                .text(tag::ValueType, "CS", QStringLiteral("IMAGE"))
                .items(tag::ReferencedSop, {reference(study, series, image)});
            out.append(one);
        }
    }
    return out;
}
} // namespace

QByteArray manifestFile(const SeedStudy &study, const QString &retrieveUid, const QString &retrieveUrl)
{
    const QString date = study.time.left(8), time = study.time.mid(8);
    DicomObject requested;
    requested.text(tag::AccessionNumber, "SH", study.accession).text(tag::StudyUid, "UI", study.studyUid);
    DicomObject form;
    form.text(tag::MappingResource, "CS", QStringLiteral("DCMR"))
        .text(tag::TemplateIdentifier, "CS", QStringLiteral("2010"));
    DicomObject out;
    out.text(tag::SpecificCharacterSet, "CS", QStringLiteral("ISO_IR 192"))
        .text(tag::SopClassUid, "UI", base::oid("sopKeyObjects").text())
        .text(tag::SopInstanceUid, "UI", study.manifestUid())
        .text(tag::StudyDate, "DA", date)
        .text(tag::ContentDate, "DA", date)
        .text(tag::StudyTime, "TM", time)
        .text(tag::ContentTime, "TM", time)
        .text(tag::AccessionNumber, "SH", study.accession)
        .text(tag::Modality, "CS", QStringLiteral("KO"))
        .text(tag::Manufacturer, "LO", QStringLiteral("Naru phantom"))
        .text(tag::InstitutionName, "LO", study.institution)
        .text(tag::ReferringPhysician, "PN", {})
        .text(tag::PatientName, "PN", study.patientName)
        .text(tag::PatientId, "LO", study.patientId)
        .text(tag::IssuerOfPatientId, "LO", study.issuer)
        .text(tag::PatientBirthDate, "DA", study.birth)
        .text(tag::PatientSex, "CS", study.sex)
        .text(tag::StudyUid, "UI", study.studyUid)
        .text(tag::SeriesUid, "UI", study.studyUid + QStringLiteral(".0"))
        .text(tag::StudyId, "SH", study.accession)
        .text(tag::SeriesNumber, "IS", QStringLiteral("0"))
        .text(tag::InstanceNumber, "IS", QStringLiteral("1"))
        .text(tag::ValueType, "CS", QStringLiteral("CONTAINER"))
        .items(tag::ConceptName, {code("113030", "DCM", "Manifest")})
        .text(tag::ContinuityOfContent, "CS", QStringLiteral("SEPARATE"))
        .items(tag::ReferencedRequest, {requested})
        .items(tag::CurrentEvidence, evidence(study, retrieveUid, retrieveUrl))
        .items(tag::ContentTemplate, {form})
        .items(tag::ContentSequence, content(study));
    return out.part10();
}

SeedDocument manifestOf(const SeedDocument &report, const SeedStudy &study, const QString &retrieveUid)
{
    SeedDocument out = report;
    out.studies = {study};
    out.policies.clear();
    out.repliesTo.clear();
    out.metadataKey = QStringLiteral("manifest");
    out.title = study.description;
    out.mimeType = QStringLiteral("application/dicom");
    out.languageCode = QStringLiteral("art"); // no language (IHE RAD TF-3 4.68.4.1.2.3)
    out.uniqueId = study.manifestUid();
    out.entryUuid.clear();
    out.bytes = manifestFile(study, retrieveUid, {});
    out.sha1Hex = base::sha1Hex(out.bytes);
    out.references = {QStringLiteral("%1^^^&%2&ISO^urn:ihe:iti:xds:2013:accession")
                          .arg(study.accession, study.institutionOid),
        QStringLiteral("%1^^^^urn:ihe:iti:xds:2016:studyInstanceUID").arg(study.studyUid)};
    QStringList seen;
    for (const PhantomSeries &series : study.series()) {
        if (seen.contains(series.modality))
            continue;
        seen.append(series.modality);
        clinical::CodedValue modality;
        modality.code = series.modality;
        modality.system = base::oid("dcm").text();
        modality.display = series.modality;
        out.events.push_back(modality);
    }
    static const QHash<QString, std::pair<const char *, const char *>> parts{
        {QStringLiteral("CHEST"), {"51185008", "Chest"}}, {QStringLiteral("HEAD"), {"69536005", "Head"}},
        {QStringLiteral("LSPINE"), {"122496007", "Lumbar spine"}},
        {QStringLiteral("ABDOMEN"), {"818983003", "Abdomen"}},
        {QStringLiteral("WRIST"), {"8205005", "Wrist"}}, {QStringLiteral("THYROID"), {"69748006", "Thyroid"}},
        {QStringLiteral("BREAST"), {"76752008", "Breast"}}};
    const QString body = study.series().empty() ? QString() : study.series().front().body;
    if (const auto part = parts.constFind(body); part != parts.constEnd()) {
        clinical::CodedValue region;
        region.code = QLatin1String(part->first);
        region.system = base::oid("snomedCt").text();
        region.display = QLatin1String(part->second);
        out.events.push_back(region);
    }
    return out;
}

} // namespace naru::practice
