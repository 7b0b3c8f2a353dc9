#include "core/services/images/Manifests.h"

#include "core/base/Oid.h"
#include "core/ihe/iti18/Iti18.h"
#include "core/ihe/rad69/Rad69.h"
#include "core/services/DocumentRows.h"
#include "core/services/Errors.h"
#include "core/services/ImageService.h"
#include "core/services/RecordService.h"
#include "core/services/Sending.h"
#include "core/services/images/PatientMatch.h"

#include <algorithm>

namespace naru::services {

namespace {
constexpr std::size_t mostStudies = 100;
constexpr std::size_t mostImages = 20'000;
constexpr std::size_t mostManifests = 50; // opened to find one study

base::Error bad(const char *what)
{
    return base::Error(
        errors::BadManifest, QLatin1String(what), {{QStringLiteral("what"), QLatin1String(what)}});
}

base::Status check(const imaging::KeyObjectDocument &manifest)
{
    std::size_t images = 0;
    if (manifest.studies.size() > mostStudies)
        return bad("too many studies");
    for (const imaging::ReferencedStudy &study : manifest.studies) {
        if (!ihe::isDicomUid(study.studyUid))
            return bad("a study UID is none");
        for (const imaging::ReferencedSeries &series : study.series) {
            images += series.instances.size();
            if (images > mostImages)
                return bad("too many images");
            if (!ihe::isDicomUid(series.seriesUid)
                || (!series.retrieveLocationUid.isEmpty() && !ihe::isDicomUid(series.retrieveLocationUid)))
                return bad("a series or location UID is none");
            for (const imaging::ReferencedInstance &instance : series.instances) {
                if (!ihe::isDicomUid(instance.sopUid))
                    return bad("an instance UID is none");
            }
        }
    }
    return images > 0 ? base::Status() : base::Status(bad("it names no image"));
}

bool names(const imaging::KeyObjectDocument &manifest, const QString &studyUid)
{
    return std::any_of(manifest.studies.begin(), manifest.studies.end(),
        [&studyUid](const imaging::ReferencedStudy &study) { return study.studyUid == studyUid; });
}
} // namespace

base::Result<imaging::KeyObjectDocument> manifestOf(const imaging::DataSetValue &set)
{
    auto manifest = imaging::keyObjectsOf(set);
    if (!manifest)
        return bad("it is no key object selection document").because(manifest.error());
    NARU_TRY(check(*manifest));
    return manifest;
}

base::Result<imaging::KeyObjectDocument> readManifest(
    Profile::Internals &in, const QByteArray &bytes, const base::WorkContext &work)
{
    NARU_ASSIGN(imaging::DecoderPool * pool, in.images->pool());
    NARU_ASSIGN(const imaging::DataSetValue set, pool->dataSet({.path = {}, .bytes = bytes}, {}, work));
    return manifestOf(set);
}

bool namesAnother(const clinical::Patient &chart, const imaging::KeyObjectDocument &manifest)
{
    const imaging::Subject &named = manifest.header.subject;
    StudyRow row;
    row.patientName = named.patientName;
    row.birthDate = named.birthDate;
    row.sex = named.sex;
    return differencesFrom(chart, row).size() > 1;
}

// By their format, so that a long record does not come along. Which study one is about is a reference id
// where the submitter wrote it; those without are opened.
std::vector<DocumentRow> ManifestSearch::registered(const QString &studyUid)
{
    const auto exchangeId = exchangeIdOf(m, m_patient, m_work);
    if (!exchangeId || !m.site.codes.manifest)
        return kept();
    ihe::FindDocuments find;
    find.patientId = *exchangeId;
    find.formatCodes.push_back(m.site.codes.manifest->formatCode);
    const auto answer = m.caller->run<ihe::Iti18>(m.site.registry, find.toQuery(), m_work);
    if (!answer || answer->uncertain)
        return kept();
    std::vector<DocumentRow> named, silent;
    for (const ihe::DocumentEntry &entry : answer->content.documents) {
        if (!entry.patientId.isEmpty() && entry.patientId != *exchangeId)
            continue;
        DocumentRow row = rowFromEntry(m, entry);
        if (row.studyUid == studyUid)
            named.push_back(std::move(row));
        else if (row.studyUid.isEmpty() && row.manifest)
            silent.push_back(std::move(row));
    }
    std::stable_sort(silent.begin(), silent.end(),
        [](const DocumentRow &a, const DocumentRow &b) { return b.created < a.created; });
    named.insert(named.end(), silent.begin(), silent.end());
    return named;
}

std::vector<DocumentRow> ManifestSearch::kept() const
{
    std::vector<DocumentRow> out = m.records->local(m_patient);
    std::erase_if(
        out, [](const DocumentRow &row) { return !row.manifest || row.status != QLatin1String("approved"); });
    return out;
}

base::Result<FoundManifest> ManifestSearch::opened(const DocumentRow &row)
{
    const auto here = m.stores.documents->findByUniqueId(row.id, row.repositoryId, m_patient);
    if (!here || !*here) {
        const auto fetched = m.records->retrieve(m_patient, {row}, m_work);
        if (!fetched.front())
            return fetched.front().error();
    }
    NARU_ASSIGN(const Stored stored, m.records->stored(row.id));
    NARU_ASSIGN(imaging::KeyObjectDocument keys, readManifest(m, stored.bytes, m_work));
    NARU_ASSIGN(const clinical::Patient chart, m.patient(m_patient));
    if (namesAnother(chart, keys))
        return base::Error(errors::OtherPatient);
    return FoundManifest{row, std::move(keys)};
}

base::Result<std::vector<FoundManifest>> ManifestSearch::ofStudy(const QString &studyUid)
{
    std::vector<FoundManifest> out;
    std::optional<base::Error> reason;
    std::size_t looked = 0;
    for (const DocumentRow &row : registered(studyUid)) {
        if (m_work.stopRequested() || ++looked > mostManifests)
            break;
        if (!row.studyUid.isEmpty() && row.studyUid != studyUid)
            continue;
        auto found = opened(row);
        if (!found)
            reason = reason ? reason : std::optional(found.error());
        else if (names(found->keys, studyUid))
            out.push_back(std::move(*found));
    }
    if (out.empty() && reason)
        return *reason;
    return out;
}

base::Result<FoundManifest> ManifestSearch::byId(const QString &documentId)
{
    const auto here = m.stores.documents->findByUniqueId(documentId);
    if (here && *here && (*here)->patientKey == m_patient)
        return opened(rowFromStored(m, **here));
    const auto answer = m.caller->run<ihe::Iti18>(
        m.site.registry, ihe::getDocuments({documentId}, ihe::IdKind::UniqueId), m_work);
    if (!answer)
        return answer.error();
    const ihe::DocumentEntry *entry = answer->content.documentByUniqueId(documentId);
    if (!entry)
        return base::Error(errors::NoDocument);
    NARU_ASSIGN(const clinical::Identifier exchangeId, exchangeIdOf(m, m_patient, m_work));
    if (!entry->patientId.isEmpty() && entry->patientId != exchangeId)
        return base::Error(errors::OtherPatient);
    return opened(rowFromEntry(m, *entry));
}

} // namespace naru::services
