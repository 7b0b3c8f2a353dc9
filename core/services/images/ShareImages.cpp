#include "core/services/images/ShareImages.h"

#include "core/imaging/objects/KeyObjects.h"
#include "core/imaging/objects/Part10Writer.h"
#include "core/services/Errors.h"
#include "core/services/ImageService.h"
#include "core/services/images/Manifests.h"

#include <algorithm>

namespace naru::services {

namespace {
using imaging::ReferencedSeries;

base::Result<StudyRow> findStudy(Profile::Internals &in, const PatientKey &patient, const QString &study)
{
    if (auto byKey = in.images->study(study))
        return byKey;
    StudyFilter filter;
    filter.studyUid = study;
    const std::vector<StudyRow> rows = in.images->studies(filter);
    const auto own = std::find_if(
        rows.begin(), rows.end(), [&patient](const StudyRow &row) { return row.patientKey == patient; });
    if (own != rows.end())
        return *own;
    return rows.empty() ? base::Result<StudyRow>(base::Error(errors::NoStudy)) : rows.front();
}

base::Status mayGo(const StudyRow &row, const PatientKey &patient)
{
    if (row.patientKey.isEmpty())
        return base::Error(errors::StudyUnassigned);
    if (row.patientKey != patient)
        return base::Error(errors::ImageOtherChart);
    if (row.match == ImageMatch::Mismatch)
        return base::Error(errors::ImagesOfAnother, {},
            {{QStringLiteral("fields"), row.differing.join(QStringLiteral(", "))}});
    return {};
}

struct Chosen {
    SeriesRow series{};
    std::vector<InstanceRow> instances{};
};

std::vector<Chosen> chosenOf(Profile::Internals &in, const QString &studyKey, const QStringList &wanted)
{
    std::vector<Chosen> out;
    for (const SeriesRow &series : in.images->series(studyKey)) {
        Chosen one{series, {}};
        for (InstanceRow &row : in.images->instances(series.key)) {
            if (wanted.isEmpty() || wanted.contains(row.key) || wanted.contains(row.sopUid))
                one.instances.push_back(std::move(row));
        }
        if (!one.instances.empty())
            out.push_back(std::move(one));
    }
    return out;
}

base::Result<QString> drawUid(const Profile::Internals &in)
{
    imaging::ManifestUidRule rule;
    rule.root = in.site.images.kosRoot.isEmpty() ? in.clinic().institution.oid : in.site.images.kosRoot;
    rule.time = in.site.images.kosTime;
    rule.randomDigits = in.site.images.kosDigits;
    return imaging::newManifestUid(rule, in.clock->nowUtc().toOffsetFromUtc(9 * 3600));
}

ReferencedSeries referenced(
    const ihe::ImagingEndpoint &archive, const QString &studyUid, const Chosen &chosen)
{
    ReferencedSeries out;
    out.seriesUid = chosen.series.seriesUid;
    out.retrieveLocationUid = archive.id;
    out.retrieveAeTitle = archive.aeTitle;
    if (!archive.dicomweb.isEmpty())
        out.retrieveUrl = QStringLiteral("%1/studies/%2/series/%3")
                              .arg(archive.dicomweb, studyUid, chosen.series.seriesUid);
    for (const InstanceRow &row : chosen.instances)
        out.instances.push_back({row.sopClass, row.sopUid, {}});
    return out;
}

base::Result<QByteArray> manifestBytes(const Profile::Internals &in, const clinical::Document &document,
    const clinical::AttachedImages &images, const std::vector<Chosen> &chosen)
{
    imaging::KeyObjectDocument out;
    out.title = imaging::code("manifest");
    out.header.subject = imaging::subjectOf(chosen.front().instances.front().facts);
    out.header.sopUid = images.kosUid;
    out.header.institution = document.custodian.name;
    out.header.made = in.clock->nowUtc().toOffsetFromUtc(9 * 3600);
    imaging::ReferencedStudy study{images.studyUid, {}};
    for (const Chosen &one : chosen)
        study.series.push_back(referenced(*in.site.imageArchive(), images.studyUid, one));
    out.studies.push_back(std::move(study));
    imaging::ImagingRequest request;
    request.studyUid = images.studyUid;
    request.accession = images.accession;
    out.requests.push_back(request);
    NARU_ASSIGN(const imaging::DataSetValue set, imaging::toDataSet(out));
    return imaging::writePart10(set);
}

ManifestFacts factsOf(
    const Profile::Internals &in, const clinical::AttachedImages &images, const imaging::ImageFacts &first)
{
    ManifestFacts out;
    out.documentId = images.kosUid;
    out.studyUid = images.studyUid;
    out.accession = images.accession;
    out.title = images.description.isEmpty() ? images.modalities : images.description;
    out.modalities = images.modalities;
    out.bodyPart = first.bodyPart;
    out.created = in.nowLocal();
    if (const auto time = base::Timestamp::parseAny(images.date))
        out.studyTime = *time;
    return out;
}

base::Status addOne(Profile::Internals &in, const clinical::AttachedImages &images, SendRequest &request)
{
    NARU_ASSIGN(const StudyRow row, in.images->study(images.studyKey));
    NARU_TRY(mayGo(row, request.patient));
    const std::vector<Chosen> chosen = chosenOf(in, images.studyKey, images.instances);
    if (chosen.empty())
        return base::Error(errors::NothingToShare);
    SubmissionPlan::Manifest manifest;
    NARU_ASSIGN(manifest.bytes, manifestBytes(in, request.document, images, chosen));
    manifest.facts = factsOf(in, images, chosen.front().instances.front().facts);
    request.manifests.push_back(std::move(manifest));
    for (const Chosen &one : chosen) {
        for (const InstanceRow &instance : one.instances)
            request.images.push_back({0, instance.key, instance.bytes});
    }
    return {};
}
} // namespace

base::Result<clinical::AttachedImages> describeImages(
    Profile::Internals &in, const PatientKey &patient, const QString &study, const QStringList &instances)
{
    if (!in.site.imageArchive() || !in.site.codes.manifest)
        return base::Error(errors::NoImageArchive);
    NARU_ASSIGN(const StudyRow row, findStudy(in, patient, study));
    NARU_TRY(mayGo(row, patient));
    clinical::AttachedImages out;
    out.studyKey = row.key;
    out.studyUid = row.studyUid;
    out.accession = row.accession;
    out.description = row.description;
    out.modalities = row.modalities;
    out.date = row.date;
    for (const Chosen &one : chosenOf(in, row.key, instances)) {
        for (const InstanceRow &instance : one.instances) {
            ++out.images;
            out.bytes += instance.bytes;
            if (!instances.isEmpty())
                out.instances.append(instance.key);
        }
    }
    if (out.images == 0)
        return base::Error(instances.isEmpty() ? errors::NothingToShare : errors::NoSuchImage);
    NARU_ASSIGN(out.kosUid, drawUid(in));
    return out;
}

GoingImages goingImages(Profile::Internals &in, const clinical::AttachedImages &attached)
{
    GoingImages out;
    out.attached = attached;
    for (const Chosen &one : chosenOf(in, attached.studyKey, attached.instances)) {
        ++out.series;
        for (const InstanceRow &instance : one.instances) {
            ++out.images;
            out.bytes += instance.bytes;
        }
    }
    return out;
}

base::Status addImages(Profile::Internals &in, SendRequest &request)
{
    if (request.document.images.empty())
        return {};
    if (!in.site.imageArchive() || !in.site.codes.manifest)
        return base::Error(errors::NoImageArchive);
    for (const clinical::AttachedImages &images : request.document.images)
        NARU_TRY(addOne(in, images, request));
    return {};
}

} // namespace naru::services
