#include "core/services/ImageService.h"

#include "core/base/Errors.h"
#include "core/base/Hangul.h"
#include "core/services/Errors.h"
#include "core/services/images/ImageDesk.h"
#include "core/services/images/ImageDetails.h"
#include "core/services/images/ImageExport.h"
#include "core/services/images/ImageImport.h"
#include "core/services/images/InstanceList.h"
#include "core/services/images/PatientMatch.h"
#include "core/services/images/RetrieveImages.h"
#include "core/storage/Errors.h"

#include <algorithm>

namespace naru::services {

namespace {
constexpr std::size_t networkBatch = 64;
constexpr qint64 networkMs = 300;

// The charts are asked once for a list.
class Charts {
public:
    explicit Charts(const Profile::Internals &internals)
        : m(internals)
    {
    }
    void match(StudyRow &row)
    {
        if (row.patientKey.isEmpty())
            return;
        auto known = m_charts.constFind(row.patientKey);
        if (known == m_charts.constEnd()) {
            const auto chart = m.stores.patients->get(row.patientKey);
            known = m_charts.insert(
                row.patientKey, chart ? std::optional(chart->patient) : std::optional<clinical::Patient>());
        }
        // A chart that is gone: nobody's images again.
        row.differing = *known ? differencesFrom(**known, row) : QStringList();
        row.match = !*known           ? ImageMatch::Unmatched
            : row.differing.isEmpty() ? ImageMatch::Matched
                                      : ImageMatch::Mismatch;
    }

private:
    const Profile::Internals &m;
    QHash<PatientKey, std::optional<clinical::Patient>> m_charts{};
};

bool hasText(const StudyRow &row, const QString &wanted)
{
    const QString all = QStringList{row.patientName, row.patientId, row.description, row.institution,
        row.accession, row.modalities, row.date}
                            .join(QLatin1Char(' '));
    return base::folded(all).contains(base::folded(wanted))
        || (base::isChoseongOnly(wanted) && base::choseong(base::folded(all)).contains(wanted));
}

base::Error noStudy(const base::Error &cause)
{
    return cause.is(storage::errors::NotFound) ? base::Error(errors::NoStudy) : cause;
}
} // namespace

ImageService::ImageService(Profile::Internals &internals)
    : m(internals)
    , m_desk(std::make_unique<ImageDesk>(internals))
{
}

ImageService::~ImageService() = default;

base::Result<ImportReport> ImageService::import(const QStringList &paths, const PatientKey &patient,
    const base::WorkContext &work, const Arrived &arrived)
{
    if (!patient.isEmpty())
        NARU_TRY(m.patient(patient).map([](const clinical::Patient &) { return true; }));
    m_desk->sweepOnce();
    NARU_ASSIGN(imaging::DecoderPool * decoders, pool());
    NARU_ASSIGN(const ImportPlan plan, ImportPlan::make(paths, work));
    return ImageImport(m, m_desk->audited, *decoders, patient, arrived).run(plan, work);
}

base::Result<PutOutcome> ImageService::put(const QByteArray &bytes, const QString &source, bool durable,
    const PatientKey &patient, const Accept &accept)
{
    NARU_ASSIGN(imaging::DecoderPool * decoders, pool());
    auto arrival = std::make_shared<ImageIntake::Arrival>();
    arrival->bytes = bytes;
    arrival->source = source;
    arrival->patient = patient;
    arrival->accept = accept;
    NARU_ASSIGN(const bool queued, m_desk->network.take(*decoders, arrival, {}));
    const qint64 since = m_desk->network.waitingSinceMs();
    const bool due = since > 0 && m.clock->nowUtc().toMSecsSinceEpoch() - since > networkMs;
    // Whoever comes first writes for all who wait: many senders at once share one fsync.
    const bool now = durable || due || m_desk->network.waiting() >= networkBatch;
    PutOutcome out;
    out.facts = arrival->facts;
    if (queued && now)
        (void)m_desk->network.commit();
    if ((queued && !now) || !arrival->outcome)
        return out;
    if (!*arrival->outcome)
        return arrival->outcome->error();
    const storage::ImageCommit &commit = arrival->outcome->value();
    if (commit.state == storage::ImageCommit::State::Refused)
        return errors::ImageVersions;
    out.state = commit.state == storage::ImageCommit::State::Known ? PutOutcome::State::Known
        : commit.state == storage::ImageCommit::State::Conflict    ? PutOutcome::State::Conflict
                                                                   : PutOutcome::State::Stored;
    out.studyKey = commit.studyKey;
    out.instanceKey = commit.instanceKey;
    return out;
}

base::Result<ImageFetchReport> ImageService::fetchFromExchange(
    const ImageFetchRequest &request, const base::WorkContext &work, const FetchArrived &arrived)
{
    return RetrieveImages(m, request, work, arrived).run();
}

base::Status ImageService::flush()
{
    for (const auto &arrival : m_desk->network.commit()) {
        if (!*arrival->outcome)
            return arrival->outcome->error();
    }
    return {};
}

std::vector<StudyRow> ImageService::studies(const StudyFilter &filter)
{
    const storage::ImageStore &store = *m.stores.images;
    const auto stored = !filter.studyUid.isEmpty() ? store.studiesByUid(filter.studyUid)
        : !filter.patientKey.isEmpty()             ? store.studiesOf(filter.patientKey)
        : filter.unmatched                         ? store.studiesOf({})
                                                   : store.studies();
    std::vector<StudyRow> out;
    Charts charts(m);
    for (const storage::ImageStudy &study : stored ? *stored : QList<storage::ImageStudy>()) {
        StudyRow row = studyRow(study);
        charts.match(row);
        const bool wanted = (filter.patientKey.isEmpty() || row.patientKey == filter.patientKey)
            && (!filter.unmatched || row.match == ImageMatch::Unmatched)
            && (filter.text.isEmpty() || hasText(row, filter.text));
        if (wanted)
            out.push_back(std::move(row));
    }
    std::stable_sort(out.begin(), out.end(), [](const StudyRow &a, const StudyRow &b) {
        return std::tie(b.date, b.time, b.stored) < std::tie(a.date, a.time, a.stored);
    });
    return out;
}

base::Result<StudyRow> ImageService::study(const QString &studyKey)
{
    const auto stored = m.stores.images->study(studyKey);
    if (!stored)
        return noStudy(stored.error());
    StudyRow row = studyRow(*stored);
    Charts(m).match(row);
    return row;
}

std::vector<SeriesRow> ImageService::series(const QString &studyKey)
{
    const auto stored = m.stores.images->series(studyKey);
    std::vector<SeriesRow> out;
    for (const storage::ImageSeries &each : stored ? *stored : QList<storage::ImageSeries>())
        out.push_back(seriesRow(each));
    std::stable_sort(out.begin(), out.end(), [](const SeriesRow &a, const SeriesRow &b) {
        return std::tie(a.number, a.description, a.seriesUid)
            < std::tie(b.number, b.description, b.seriesUid);
    });
    return out;
}

std::vector<InstanceRow> ImageService::instances(const QString &seriesKey)
{
    return instanceRows(*m.stores.images, seriesKey);
}

std::vector<imaging::InstanceRef> ImageService::pictures(const QString &seriesKey)
{
    return instanceRefs(*m.stores.images, seriesKey);
}

QString ImageService::likelyFirst(const QString &studyKey)
{
    return m.stores.images->likelyFirst(studyKey).valueOr(QString());
}

base::Result<imaging::ImageSource> ImageService::source(const QString &instanceKey)
{
    const auto studyKey = m.stores.images->studyOf(instanceKey);
    if (!studyKey)
        return studyKey.error().is(storage::errors::NotFound) ? base::Error(errors::NoImage)
                                                              : studyKey.error();
    auto bytes = m_desk->bytes(instanceKey);
    const QString act = QStringLiteral("image.open"), user = m.userName();
    const qint64 now = m.clock->nowUtc().toMSecsSinceEpoch();
    if (m_desk->audited.isDue(user, act, *studyKey, now)) {
        NARU_ASSIGN(const StudyRow row, study(*studyKey));
        m.record(m.events().act(act, row.patientKey, row.studyUid,
            bytes ? audit::Outcome::Success : audit::Outcome::MinorFailure,
            bytes ? QString() : QString::fromLatin1(bytes.error().code.id)));
        m_desk->audited.note(user, act, *studyKey, now);
    }
    if (!bytes)
        return bytes.error();
    return imaging::ImageSource{{}, std::move(*bytes)};
}

base::Result<imaging::DecoderPool *> ImageService::pool()
{
    return m_desk->pool();
}

base::Status ImageService::assign(const QString &studyKey, const PatientKey &patient)
{
    NARU_ASSIGN(const StudyRow row, study(studyKey));
    if (!patient.isEmpty())
        NARU_TRY(m.patient(patient).map([](const clinical::Patient &) { return true; }));
    // Which chart it leaves is part of the record: it is the access of that patient that ends.
    const base::Status done = m.stores.database->inTransaction([&]() -> base::Status {
        if (!row.patientKey.isEmpty() && row.patientKey != patient) {
            audit::AuditEvent left =
                m.events().act(QStringLiteral("image.assign"), row.patientKey, row.studyUid);
            left.reason = QStringLiteral("taken out");
            NARU_TRY(m.stores.audit->append(left));
        }
        NARU_TRY(m.stores.images->setPatient(studyKey, patient, true));
        NARU_TRY(
            m.stores.audit->append(m.events().act(QStringLiteral("image.assign"), patient, row.studyUid)));
        return {};
    });
    if (!done) {
        m.record(m.events().act(QStringLiteral("image.assign"), patient, row.studyUid,
            audit::Outcome::MinorFailure, QString::fromLatin1(done.error().code.id)));
        return done;
    }
    m.changed(Change::Audit);
    m.changed(Change::Images);
    return {};
}

base::Status ImageService::remove(const QString &studyKey)
{
    NARU_ASSIGN(const StudyRow row, study(studyKey));
    const base::Status done = m.stores.database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(const bool awaited, m.stores.outbox->awaitsStudy(studyKey));
        if (awaited)
            return base::Error(errors::ImagesWaiting);
        NARU_TRY(m.stores.images->removeStudy(studyKey));
        NARU_TRY(m.stores.audit->append(
            m.events().act(QStringLiteral("image.remove"), row.patientKey, row.studyUid)));
        return {};
    });
    if (!done) {
        m.record(m.events().act(QStringLiteral("image.remove"), row.patientKey, row.studyUid,
            audit::Outcome::MinorFailure, QString::fromLatin1(done.error().code.id)));
        return noStudy(done.error());
    }
    m_desk->forget();
    m.changed(Change::Audit);
    m.changed(Change::Images);
    return {};
}

void ImageService::forgetOpened()
{
    m_desk->forget();
}

base::Result<ExportReport> ImageService::exportTo(
    const QString &studyKey, const QString &path, const base::WorkContext &work)
{
    NARU_ASSIGN(StudyRow row, study(studyKey));
    std::vector<DirectorySeries> files;
    for (const SeriesRow &each : series(studyKey)) {
        files.push_back({each, {}});
        for (InstanceRow &instance : instances(each.key))
            files.back().files.push_back({std::move(instance), {}});
    }
    // The record first: nothing lies outside of which the trail does not know, whenever the power goes.
    audit::AuditEvent event = m.events().act(QStringLiteral("image.export"), row.patientKey, row.studyUid);
    NARU_TRY(m.stores.audit->append(event));
    m.changed(Change::Audit);
    ImageExport run(m, *m_desk, row, std::move(files));
    const bool archive = path.endsWith(QLatin1String(".zip"), Qt::CaseInsensitive);
    auto done = archive ? run.toArchive(path, work) : run.toFolder(path, work);
    if (!done) {
        event.uuid.clear(); // a record of its own
        event.outcome = audit::Outcome::MinorFailure;
        event.outcomeDescription = QString::fromLatin1(done.error().code.id);
        m.record(event);
    }
    return done;
}

QString imageMatchKey(ImageMatch match)
{
    static constexpr std::array names{"matched", "unmatched", "mismatch"};
    return QLatin1String(names[std::size_t(match)]);
}

} // namespace naru::services
