#include "core/services/images/RetrieveImages.h"

#include "core/base/Errors.h"
#include "core/ihe/wado/WadoUri.h"
#include "core/imaging/Errors.h"
#include "core/net/Errors.h"
#include "core/services/ConsentMapping.h"
#include "core/services/Errors.h"
#include "core/services/images/ImageDetails.h"
#include "core/services/images/PatientMatch.h"

#include <algorithm>

namespace naru::services {

namespace {
constexpr std::size_t mostFaults = 100;

// One image that cannot be read does not keep the others away; a full disk, another person's images and a
// stop do.
bool concernsOneImage(const base::Error &error)
{
    const std::string_view id(error.code.id);
    return error.is(errors::ImageNotAsked)
        || (id.starts_with("imaging.") && !error.is(imaging::errors::DecoderStart)
            && !error.is(imaging::errors::Stopped));
}

// The source answers, but does not offer this way of asking.
bool otherWayMayHelp(const base::Error &error)
{
    const QString status = error.arguments.value(QStringLiteral("status"));
    return error.is(net::errors::HttpStatus)
        && QStringList{QStringLiteral("404"), QStringLiteral("406"), QStringLiteral("415"),
            QStringLiteral("501")}
               .contains(status);
}

// After these the next series would only fail as well.
bool endsAll(const base::Error &error)
{
    const std::string_view id(error.code.id);
    const bool peer = id.starts_with("ihe.") || error.is(net::errors::HttpStatus);
    return !peer;
}

// The images of a RAD-69 answer, one after the other.
class ImageSink final : public ihe::BodySink {
public:
    ImageSink(qint64 limit, ihe::ImageArrived arrived)
        : m_limit(limit)
        , m_arrived(std::move(arrived))
    {
    }
    base::Status begin(int) override
    {
        m_image.clear();
        return {};
    }
    base::Status data(int, QByteArrayView bytes) override
    {
        if (m_image.size() + bytes.size() > m_limit)
            return base::Error(net::errors::MimeBudget, QStringLiteral("size of an image"),
                {{QStringLiteral("what"), QStringLiteral("size of an image")}});
        m_image.append(bytes.data(), bytes.size());
        return {};
    }
    base::Status end(int) override { return m_arrived(std::exchange(m_image, {})); }

private:
    qint64 m_limit = 0;
    ihe::ImageArrived m_arrived{};
    QByteArray m_image{};
};
} // namespace

base::Status RetrieveImages::checkConsent()
{
    if (!m_request.emergencyReason.isEmpty()) {
        m.record(m.events().consent(
            QStringLiteral("consent.emergency"), m_request.patient, {}, m_request.emergencyReason));
        return {};
    }
    // Where the exchange asks for the images apart, that answer counts; else the one for documents.
    consent::ShareRequest share;
    share.programme = m.site.consent.programmes.contains(programmeKey(clinical::Programme::Imaging))
        ? clinical::Programme::Imaging
        : clinical::Programme::Exchange;
    share.today = m.today();
    const consent::Decision decision = consent::mayShare(share, consentRecords(m, m_request.patient));
    if (decision.allowed)
        return {};
    return base::Error(errors::NoConsent, {}, {{QStringLiteral("reason"), decision.reason}});
}

base::Status RetrieveImages::checkCharts()
{
    StudyFilter filter;
    filter.studyUid = m_studyUid;
    for (const StudyRow &row : m.images->studies(filter)) {
        if (!row.patientKey.isEmpty() && row.patientKey != m_request.patient)
            return base::Error(errors::ImageOtherChart);
        if (const QStringList differing = differencesFrom(m_patient, row); !differing.isEmpty())
            return base::Error(errors::ImagesOfAnother, {},
                {{QStringLiteral("fields"), differing.join(QStringLiteral(", "))}});
    }
    return {};
}

base::Status RetrieveImages::prepare()
{
    NARU_ASSIGN(m_patient, m.patient(m_request.patient));
    if (!ihe::isDicomUid(m_studyUid) && (m_request.manifestId.isEmpty() || !m_studyUid.isEmpty()))
        return base::Error(errors::BadStudyUid);
    NARU_TRY(checkConsent());
    if (m.site.imaging.empty())
        return base::Error(errors::NoImagingSource);
    if (!m_studyUid.isEmpty())
        NARU_TRY(checkCharts());
    const bool unknown = m_studyUid.isEmpty();
    NARU_TRY(chooseSource());
    return unknown ? checkCharts() : base::Status();
}

base::Result<RetrieveImages::Names> RetrieveImages::listFrom(const ihe::ImagingEndpoint &source) const
{
    const ihe::DicomWeb web(m.caller->settings().tls, source);
    NARU_ASSIGN(const std::vector<ihe::WebInstance> listed, web.instances(m_studyUid, m_work));
    Names out;
    for (const ihe::WebInstance &one : listed)
        out.push_back(one.image);
    return out;
}

// By the Retrieve Location UID of a manifest. One that names no place means the only source there is.
base::Status RetrieveImages::locate(const QString &sourceId, const ihe::ImagingEndpoint *&out) const
{
    out = !sourceId.isEmpty()        ? m.site.imagingSource(sourceId)
        : m.site.imaging.size() == 1 ? &m.site.imaging.front()
                                     : nullptr;
    return out ? base::Status()
               : base::Status(base::Error(errors::ImageLocation, {}, {{QStringLiteral("what"), sourceId}}));
}

void RetrieveImages::want(const ihe::ImagingEndpoint *source, ihe::ImageReference image)
{
    if (!m_wanted.emplace(image.sopUid, image.seriesUid).second)
        return; // another manifest named it as well
    if (m_report.source.isEmpty())
        m_report.source = source->id;
    m_bySeries[{source->id, image.seriesUid}].push_back(std::move(image));
}

base::Status RetrieveImages::add(const FoundManifest &manifest)
{
    for (const imaging::ReferencedStudy &study : manifest.keys.studies) {
        if (m_studyUid.isEmpty())
            m_studyUid = m_report.studyUid = study.studyUid;
        if (study.studyUid != m_studyUid)
            continue;
        for (const imaging::ReferencedSeries &series : study.series) {
            const ihe::ImagingEndpoint *source = nullptr;
            NARU_TRY(locate(series.retrieveLocationUid, source));
            for (const imaging::ReferencedInstance &instance : series.instances)
                want(source, {study.studyUid, series.seriesUid, instance.sopUid});
        }
    }
    m_report.manifests.append(manifest.row.id);
    if (m_home.isEmpty())
        m_home = manifest.row.homeCommunityId;
    return {};
}

base::Status RetrieveImages::readManifests()
{
    ManifestSearch search(m, m_request.patient, m_work);
    if (!m_request.manifestId.isEmpty()) {
        NARU_ASSIGN(const FoundManifest manifest, search.byId(m_request.manifestId));
        return add(manifest);
    }
    NARU_ASSIGN(const std::vector<FoundManifest> manifests, search.ofStudy(m_studyUid));
    base::Status reason;
    for (const FoundManifest &manifest : manifests) {
        if (base::Status added = add(manifest); !added)
            reason = added;
    }
    return m_wanted.empty() ? reason : base::Status();
}

// What the manifests name; a source is asked for its list where there is none and the site allows it.
base::Status RetrieveImages::chooseSource()
{
    for (const ImageFetchRequest::Image &one : m_request.manifest) {
        const ihe::ImagingEndpoint *source = nullptr;
        const QString named = one.sourceId.isEmpty() ? m_request.sourceId : one.sourceId;
        if (const base::Status found = locate(named, source); !found && !named.isEmpty())
            return found;
        want(source ? source : &m.site.imaging.front(), {m_studyUid, one.seriesUid, one.sopUid});
    }
    base::Status manifests;
    if (m_wanted.empty())
        manifests = readManifests();
    if (m_wanted.empty()) {
        const base::Status direct = listDirectly();
        if (!direct)
            return manifests ? direct : manifests;
    }
    if (!ihe::isDicomUid(m_studyUid))
        return base::Error(errors::StudyNotOffered);
    m_report.expected = int(m_wanted.size());
    return {};
}

// The first source that has the study.
base::Status RetrieveImages::listDirectly()
{
    base::Error reason(errors::ImagesUnlisted);
    const bool allowed = std::any_of(m.site.imaging.begin(), m.site.imaging.end(),
        [](const ihe::ImagingEndpoint &source) { return source.direct; });
    if (!allowed || m_studyUid.isEmpty())
        return base::Error(errors::StudyNotOffered);
    for (const ihe::ImagingEndpoint &source : m.site.imaging) {
        if (!source.direct || source.dicomweb.isEmpty())
            continue;
        auto listed = listFrom(source);
        if (!listed)
            reason = listed.error();
        else if (listed->empty() && reason.is(errors::ImagesUnlisted))
            reason = base::Error(errors::StudyNotOffered);
        if (!listed || listed->empty())
            continue;
        for (ihe::ImageReference &one : *listed)
            want(&source, std::move(one));
        return {};
    }
    return reason;
}

std::set<QString> RetrieveImages::here() const
{
    std::set<QString> out;
    StudyFilter filter;
    filter.studyUid = m_studyUid;
    for (const StudyRow &study : m.images->studies(filter)) {
        for (const SeriesRow &series : m.images->series(study.key)) {
            for (const InstanceRow &instance : m.images->instances(series.key))
                out.insert(instance.sopUid);
        }
    }
    return out;
}

RetrieveImages::Names RetrieveImages::missingOf(const Names &all) const
{
    const std::set<QString> have = here();
    Names out;
    std::copy_if(all.begin(), all.end(), std::back_inserter(out),
        [&have](const ihe::ImageReference &one) { return !have.count(one.sopUid); });
    return out;
}

// Asked of the decoder's facts before anything is stored.
base::Status RetrieveImages::accept(const imaging::ImageFacts &facts) const
{
    const auto wanted = m_wanted.find(facts.sopUid);
    if (facts.studyUid != m_studyUid || wanted == m_wanted.end() || wanted->second != facts.seriesUid)
        return base::Error(errors::ImageNotAsked);
    const QStringList differing = differencesFrom(m_patient, studyFromFacts(facts, {}));
    if (!differing.isEmpty())
        return base::Error(
            errors::ImagesOfAnother, {}, {{QStringLiteral("fields"), differing.join(QStringLiteral(", "))}});
    return {};
}

base::Status RetrieveImages::keep(const QByteArray &part10)
{
    if (m_work.stopRequested())
        return base::Error(base::errors::Stopped);
    // The first one waits for nothing, so that it can be shown at once; the others share their writes.
    const bool first = m_report.stored == 0;
    const auto kept = m.images->put(part10, QStringLiteral("exchange:") + m_source->id, first,
        m_request.patient, [this](const imaging::ImageFacts &facts) { return accept(facts); });
    if (!kept) {
        note(kept.error());
        return concernsOneImage(kept.error()) ? base::Status() : base::Status(kept.error());
    }
    if (kept->studyKey.isEmpty()) {
        ++m_waiting;
        return {};
    }
    m_report.studyKey = kept->studyKey;
    if (kept->state != PutOutcome::State::Known) {
        m_report.stored += m_waiting + 1;
        m_waiting = 0;
        tell();
    }
    return {};
}

base::Status RetrieveImages::flush()
{
    NARU_TRY(m.images->flush());
    if (m_waiting > 0) {
        m_report.stored += std::exchange(m_waiting, 0);
        tell();
    }
    return {};
}

void RetrieveImages::tell()
{
    m_work.report("images", m_report.known + m_report.stored, m_report.expected);
    if (m_arrived)
        m_arrived(m_report);
}

void RetrieveImages::note(const base::Error &error)
{
    const QString code = QString::fromLatin1(error.code.id);
    const auto same = std::find_if(m_report.faults.begin(), m_report.faults.end(),
        [&code](const ImageFetchReport::Fault &fault) { return fault.code == code; });
    if (same != m_report.faults.end())
        ++same->count;
    else if (m_report.faults.size() < mostFaults)
        m_report.faults.push_back({code, error.toString(), error.arguments, 1});
}

base::Status RetrieveImages::viaWeb(const Names &missing)
{
    const ihe::DicomWeb web(m.caller->settings().tls, *m_source);
    return web.series(
        m_studyUid, missing.front().seriesUid, int(missing.size()),
        [this](const QByteArray &part10) { return keep(part10); }, m_work);
}

base::Status RetrieveImages::viaSoap(const Names &missing)
{
    const std::size_t step = std::size_t(m_source->imagesPerRequest);
    ImageSink sink(ihe::WebLimits().partBytes, [this](const QByteArray &part10) { return keep(part10); });
    for (std::size_t at = 0; at < missing.size(); at += step) {
        ihe::ImagingQuestion question;
        question.repositoryUniqueId = m_source->id;
        question.homeCommunityId = m_home;
        question.patientId = m_patient.exchangeId;
        question.sink = &sink;
        question.images.assign(
            missing.begin() + qptrdiff(at), missing.begin() + qptrdiff(std::min(at + step, missing.size())));
        NARU_ASSIGN(const ihe::RetrieveAnswer answer, m.caller->run<ihe::Rad69>(*m_source, question, m_work));
        for (const ihe::RetrievedDocument &image : answer.documents) {
            QStringList codes;
            for (const ihe::RegistryError &error : image.errors)
                codes.append(error.code);
            if (image.state != ihe::RetrievedDocument::State::Received)
                note(base::Error(
                    errors::NotDelivered, {}, {{QStringLiteral("codes"), codes.join(QStringLiteral(", "))}}));
        }
    }
    return {};
}

base::Status RetrieveImages::viaUri(const Names &missing)
{
    const ihe::WadoUri wado(m.caller->settings().tls, *m_source);
    for (const ihe::ImageReference &one : missing) {
        const auto image = wado.image(one, m_work);
        if (!image && image.error().is(net::errors::HttpStatus)) { // of this image; the next may be there
            note(image.error());
            continue;
        }
        NARU_TRY(image ? keep(*image) : base::Status(image.error()));
    }
    return {};
}

// A whole series in one answer where the source can; what remains of one, image by image.
base::Status RetrieveImages::series(const Names &all, const Names &missing)
{
    const auto oneByOne = [&] {
        if (!m_source->url.isEmpty())
            return viaSoap(missing);
        return m_source->wado.isEmpty() ? viaWeb(missing) : viaUri(missing);
    };
    if (m_source->dicomweb.isEmpty() || missing.size() < all.size())
        return oneByOne();
    const base::Status whole = viaWeb(missing);
    const bool other = !m_source->url.isEmpty() || !m_source->wado.isEmpty();
    return whole || !other || !otherWayMayHelp(whole.error()) ? whole : oneByOne();
}

// The series with most images first: it is what a reader begins with, and the picture that is shown while the
// rest arrives should be one of it.
std::vector<const RetrieveImages::Series *> RetrieveImages::inOrder() const
{
    std::vector<const Series *> out;
    for (const Series &one : m_bySeries)
        out.push_back(&one);
    std::stable_sort(out.begin(), out.end(),
        [](const Series *a, const Series *b) { return a->second.size() > b->second.size(); });
    return out;
}

void RetrieveImages::transfer()
{
    std::set<QString> gone; // sources that cannot be reached
    for (const Series *one : inOrder()) {
        const auto &[place, all] = *one;
        const Names missing = missingOf(all);
        m_source = m.site.imagingSource(place.first);
        if (missing.empty() || !m_source || gone.count(place.first))
            continue;
        const base::Status asked =
            m_work.stopRequested() ? base::Status(base::Error(base::errors::Stopped)) : series(all, missing);
        const base::Status flushed = flush();
        const base::Status &done = asked ? flushed : asked;
        if (done)
            continue;
        if (!m_error)
            m_error = done.error();
        if (endsAll(done.error()))
            gone.insert(place.first);
        if (m_work.stopRequested() || !flushed)
            return;
    }
}

// What is stored decides, never what anybody counted.
void RetrieveImages::settle()
{
    const std::set<QString> after = here();
    m_report.stored = m_report.failed = 0;
    for (const auto &[sopUid, series] : m_wanted) {
        if (m_before.count(sopUid))
            continue;
        ++(after.count(sopUid) ? m_report.stored : m_report.failed);
    }
    StudyFilter filter;
    filter.studyUid = m_studyUid;
    for (const StudyRow &row : m.images->studies(filter)) {
        m_report.studyKey = row.key;
        // Here before, and in nobody's chart: nothing contradicted it (checkCharts).
        if (row.patientKey.isEmpty())
            (void)m.images->assign(row.key, m_request.patient);
    }
    if (m_report.failed == 0)
        return; // how the source ended the conversation no longer matters
    if (m_error)
        m_report.error = *m_error;
    else
        m_report.error = base::Error(errors::ImagesIncomplete, {},
            {{QStringLiteral("missing"), QString::number(m_report.failed)},
                {QStringLiteral("total"), QString::number(m_report.expected)}});
}

void RetrieveImages::audit(const base::Error *error)
{
    const bool some = m_report.stored + m_report.known > 0;
    const audit::Outcome outcome = !error ? audit::Outcome::Success
        : some                            ? audit::Outcome::MinorFailure
                                          : audit::Outcome::SeriousFailure;
    const ihe::ImagingEndpoint *source = m_source ? m_source
        : m.site.imaging.empty()                  ? nullptr
                                                  : &m.site.imaging.front();
    audit::AuditEvent event = m.events().images(QStringLiteral("image.fetch"), m_studyUid, m_request.patient,
        m_patient.exchangeId.isEmpty() ? QString() : m_patient.exchangeId.toCx(),
        {!source                             ? QString()
                : source->dicomweb.isEmpty() ? (source->url.isEmpty() ? source->wado : source->url)
                                             : source->dicomweb,
            {}},
        outcome, error ? QString::fromLatin1(error->code.id) : QString());
    event.reason = QStringLiteral("expected=%1 stored=%2 known=%3")
                       .arg(m_report.expected)
                       .arg(m_report.stored)
                       .arg(m_report.known);
    m.record(event);
    m.changed(Change::Audit);
}

base::Result<ImageFetchReport> RetrieveImages::run()
{
    const AuditSubject subject(m_request.patient);
    m_studyUid = m_report.studyUid = m_request.studyUid;
    const base::Status ready = prepare();
    if (!ready) {
        audit(&ready.error());
        return ready.error();
    }
    m_before = here();
    for (const auto &[sopUid, series] : m_wanted)
        m_report.known += m_before.count(sopUid) ? 1 : 0;
    tell();
    transfer();
    settle();
    tell();
    audit(m_report.error ? &*m_report.error : nullptr);
    return m_report;
}

} // namespace naru::services
