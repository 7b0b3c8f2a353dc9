#include "core/services/ImageSharing.h"

#include "core/base/Digest.h"
#include "core/services/ComposeService.h"
#include "core/services/ConsentMapping.h"
#include "core/services/DraftContent.h"
#include "core/services/Errors.h"
#include "core/services/PacsService.h"
#include "core/services/images/ShareImages.h"

#include <algorithm>

namespace naru::services {

namespace {
// The row of the results that leads to the images (form rule: rel the accession number, rev the manifest).
clinical::LabResult resultRow(const Profile::Internals &in, const clinical::AttachedImages &images)
{
    clinical::LabResult row;
    row.category = clinical::LabResult::Category::Radiology;
    const QString name = images.description.isEmpty() ? images.modalities : images.description;
    row.code.originalText = name;
    row.item = name;
    if (const auto time = base::Timestamp::parseAny(images.date))
        row.time = *time;
    row.value = QStringLiteral("영상 %1장").arg(images.images);
    row.accessionNumber = images.accession;
    row.kosUid = images.kosUid;
    row.viewerUrl = in.site.images.viewerUrl;
    row.viewerUrl.replace(QLatin1String("{kos}"), images.kosUid)
        .replace(QLatin1String("{accession}"), images.accession);
    row.source.kind = clinical::Source::Kind::Typed;
    row.source.reviewed = true;
    return row;
}

base::Result<clinical::Document> shareHeader(Profile::Internals &in, const ShareRequest &request)
{
    ComposeService::NewOptions options;
    options.withHandOver = false;
    NARU_ASSIGN(
        clinical::Document out, startDocument(in, clinical::Form::ImagingReport, request.patient, options));
    out.form = clinical::Form::Unknown; // no document goes along
    out.content = {};
    out.recipients.clear();
    out.effectiveTime = in.nowLocal();
    if (!request.recipientOid.isEmpty()) {
        const clinical::Institution *institution = in.directory.byOid(request.recipientOid);
        if (!institution)
            return base::Error(errors::NoInstitution, {}, {{QStringLiteral("what"), request.recipientOid}});
        clinical::Recipient recipient;
        recipient.institution = *institution;
        out.recipients.push_back(recipient);
    }
    return out;
}
} // namespace

ImageSharing::ImageSharing(Profile::Internals &internals)
    : m(internals)
{
}

base::Result<clinical::AttachedImages> ImageSharing::describe(
    const PatientKey &patient, const QString &study, const QStringList &instances)
{
    return describeImages(m, patient, study, instances);
}

std::vector<GoingImages> ImageSharing::going(const clinical::Document &document)
{
    std::vector<GoingImages> out;
    if (document.images.empty())
        return out;
    const std::vector<PacsJob> jobs = m.pacs->jobs();
    for (const clinical::AttachedImages &one : document.images) {
        GoingImages going = goingImages(m, one);
        for (const PacsJob &job : jobs) {
            const bool underWay = job.state == PacsJob::State::Queued || job.state == PacsJob::State::Running;
            if (!underWay || job.kind != QLatin1String("fetch") || job.studyUid != one.studyUid)
                continue;
            going.arriving = true;
            going.awaited = std::max(going.awaited, job.total - job.done);
        }
        out.push_back(std::move(going));
    }
    return out;
}

void ImageSharing::put(clinical::Document &document, const clinical::AttachedImages &images) const
{
    const auto same = std::find_if(document.images.begin(), document.images.end(),
        [&images](const clinical::AttachedImages &one) { return one.studyKey == images.studyKey; });
    clinical::AttachedImages merged = images;
    if (same != document.images.end()) {
        merged.kosUid = same->kosUid;
        take(document, merged.kosUid);
    }
    document.content.labs.push_back(resultRow(m, merged));
    document.images.push_back(std::move(merged));
}

void ImageSharing::take(clinical::Document &document, const QString &kosUid)
{
    std::erase_if(
        document.images, [&kosUid](const clinical::AttachedImages &one) { return one.kosUid == kosUid; });
    std::erase_if(
        document.content.labs, [&kosUid](const clinical::LabResult &row) { return row.kosUid == kosUid; });
}

base::Result<Draft> ImageSharing::attach(
    const DraftId &id, const QString &study, const QStringList &instances)
{
    NARU_ASSIGN(const Draft draft, m.compose->open(id));
    QStringList all = instances;
    for (const clinical::AttachedImages &one : draft.document.images) {
        if (instances.isEmpty() || (one.studyKey != study && one.studyUid != study))
            continue;
        if (one.instances.isEmpty()) // the whole study goes already
            return draft;
        all += one.instances;
    }
    NARU_ASSIGN(const clinical::AttachedImages images, describe(draft.patient, study, all));
    return m.compose->amend(id, [&](clinical::Document &document) {
        put(document, images);
        return true;
    });
}

base::Result<Draft> ImageSharing::detach(const DraftId &id, const QString &kosUid)
{
    bool known = false;
    NARU_ASSIGN(const Draft draft, m.compose->amend(id, [&](clinical::Document &document) {
        const std::size_t before = document.images.size();
        take(document, kosUid);
        known = document.images.size() != before;
        return known;
    }));
    return known ? base::Result<Draft>(draft) : base::Error(errors::NoStudy);
}

base::Result<Shared> ImageSharing::share(const ShareRequest &request)
{
    Shared out;
    NARU_ASSIGN(clinical::Document header, shareHeader(m, request));
    QStringList found;
    for (const QString &study : request.studies) {
        auto images = describe(request.patient, study, request.instances);
        // Chosen images may lie in some of the studies only.
        if (!images && images.error().is(errors::NoSuchImage) && request.studies.size() > 1)
            continue;
        NARU_TRY(images ? base::Status() : base::Status(images.error()));
        out.images += images->images;
        out.bytes += images->bytes;
        found.append(images->description.isEmpty() ? images->modalities : images->description);
        header.images.push_back(*images);
    }
    if (header.images.empty())
        return base::Error(errors::NothingToShare);
    header.id.root = header.images.front().kosUid;
    header.title = found.join(QStringLiteral(", ")).left(200);
    if (const base::Status allowed = mayLeave(m, request.patient, header); !allowed) {
        m.record(m.events().act(QStringLiteral("document.queue"), request.patient, header.id.root,
            audit::Outcome::MinorFailure, QLatin1String(allowed.error().code.id)));
        return allowed.error();
    }
    SendRequest send;
    send.patient = request.patient;
    send.document = header;
    send.withDocument = false;
    send.keepDocumentForRecall = false;
    send.kind = storage::OutboxKind::Images;
    NARU_TRY(addImages(m, send));
    send.bytes = send.manifests.front().bytes;
    send.dependsOn = pendingConsentItem(m, request.patient);
    NARU_ASSIGN(const clinical::Identifier exchangeId, exchangeIdIfReachable(m, request.patient));
    NARU_ASSIGN(out.outbox, queue(m, send, exchangeId));
    out.studies = header.images;
    return out;
}

} // namespace naru::services
