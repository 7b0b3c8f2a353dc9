#include "core/services/images/ImageIntake.h"

#include "core/imaging/Errors.h"
#include "core/services/Errors.h"
#include "core/services/images/ImageDetails.h"
#include "core/services/images/PatientMatch.h"

#include <QtEndian>

#include <algorithm>

namespace naru::services {

namespace {
constexpr qint64 onceMs = 60LL * 60 * 1000;
const QString importAct = QStringLiteral("image.import");

QString onceKey(const QString &user, const QString &act, const QString &studyKey)
{
    return user + QLatin1Char('|') + act + QLatin1Char('|') + studyKey;
}

bool isNew(const storage::ImageCommit &commit)
{
    return commit.state == storage::ImageCommit::State::Stored
        || commit.state == storage::ImageCommit::State::Conflict;
}
} // namespace

bool AuditOnce::isDue(const QString &user, const QString &act, const QString &studyKey, qint64 nowMs) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_last.constFind(onceKey(user, act, studyKey));
    return found == m_last.constEnd() || nowMs - *found > onceMs || nowMs < *found;
}

void AuditOnce::note(const QString &user, const QString &act, const QString &studyKey, qint64 nowMs)
{
    const std::lock_guard lock(m_mutex);
    if (m_last.size() > 10'000)
        m_last.clear(); // too many records are better than too much memory
    m_last.insert(onceKey(user, act, studyKey), nowMs);
}

bool mayBeDicom(QByteArrayView head)
{
    if (head.size() >= 132 && head.sliced(128, 4) == QByteArrayView("DICM"))
        return true;
    if (head.size() < 8)
        return false;
    if (head.startsWith(QByteArrayView("DICM")))
        return true;
    const quint16 group = qMin(qFromLittleEndian<quint16>(head.data()), qFromBigEndian<quint16>(head.data()));
    return group > 0 && group <= 0x0088; // as the decoder guesses
}

base::Result<bool> ImageIntake::take(
    imaging::DecoderPool &pool, const ArrivalPtr &arrival, const base::WorkContext &work)
{
    const QByteArray bytes = std::exchange(arrival->bytes, {});
    NARU_ASSIGN(arrival->facts, pool.facts({.path = {}, .bytes = bytes}, work));
    const imaging::ImageFacts &facts = arrival->facts;
    if (arrival->accept)
        NARU_TRY(arrival->accept(facts));
    if (facts.kind == imaging::Kind::Directory)
        return false;
    // Of no study, of no series, and nothing to look at: what is left of a damaged file.
    if (facts.studyUid.isEmpty() && facts.seriesUid.isEmpty() && !facts.decodable)
        return facts.whyNot == QLatin1String(imaging::errors::Truncated.id) ? imaging::errors::Truncated
                                                                            : imaging::errors::NoPixels;
    const QByteArray digest = m.stores.images->digestOf(bytes);
    const QString sopUid = facts.sopUid.isEmpty() ? QString::fromLatin1(digest.toHex()) : facts.sopUid;
    NARU_ASSIGN(auto known, m.stores.images->known(sopUid, digest));
    if (!known) {
        NARU_ASSIGN(known, m.stores.images->known(sopUid, m.stores.images->digestOfFile(bytes)));
    }
    if (known) {
        arrival->outcome = storage::ImageCommit{
            storage::ImageCommit::State::Known, known->studyKey, known->seriesKey, known->key, {}, false};
        if (!arrival->patient.isEmpty())
            NARU_TRY(settleChart(*arrival, arrival->outcome->value()));
        return false;
    }
    const StudyRow study = studyFromFacts(facts, arrival->source);
    NARU_ASSIGN(storage::StagedImage staged, m.stores.images->stage(bytes));
    fillIdentity(staged, facts);
    staged.studyDetails = toDetails(study);
    staged.seriesDetails = toDetails(seriesFromFacts(facts));
    staged.details = toDetails(facts);
    staged.byPerson = !arrival->patient.isEmpty();
    staged.patientKey = staged.byPerson ? arrival->patient : chartFor(m, study);
    arrival->staged = std::move(staged);
    const std::lock_guard lock(m_mutex);
    if (m_queue.empty())
        m_since = m.clock->nowUtc().toMSecsSinceEpoch();
    m_queue.push_back(arrival);
    return true;
}

std::size_t ImageIntake::waiting() const
{
    const std::lock_guard lock(m_mutex);
    return m_queue.size();
}

qint64 ImageIntake::waitingSinceMs() const
{
    const std::lock_guard lock(m_mutex);
    return m_queue.empty() ? 0 : m_since;
}

std::vector<ImageIntake::ArrivalPtr> ImageIntake::commit()
{
    const std::lock_guard turn(m_commitMutex);
    std::vector<ArrivalPtr> batch;
    {
        const std::lock_guard lock(m_mutex);
        batch.swap(m_queue);
    }
    if (batch.empty())
        return batch;
    std::vector<storage::StagedImage> staged;
    staged.reserve(batch.size());
    for (const ArrivalPtr &arrival : batch)
        staged.push_back(std::move(arrival->staged));
    const auto commits = m.stores.images->commit(
        staged, [&](const std::vector<storage::ImageCommit> &rows) { return afterRows(batch, rows); });
    const QString user = m.userName();
    const qint64 now = m.clock->nowUtc().toMSecsSinceEpoch();
    for (std::size_t i = 0; i < batch.size(); ++i) {
        if (!commits) {
            batch[i]->outcome = commits.error();
            continue;
        }
        if (isNew((*commits)[i]))
            m_audited.note(user, importAct, (*commits)[i].studyKey, now);
        batch[i]->outcome = (*commits)[i];
    }
    if (commits)
        m.changed(Change::Images);
    else
        recordFailure(batch, commits.error());
    return batch;
}

// Inside the transaction of the rows: charts, what a study is made of, and the audit records.
base::Status ImageIntake::afterRows(
    const std::vector<ArrivalPtr> &batch, const std::vector<storage::ImageCommit> &commits)
{
    const QString user = m.userName();
    const qint64 now = m.clock->nowUtc().toMSecsSinceEpoch();
    QStringList recorded;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        const storage::ImageCommit &commit = commits[i];
        if (commit.state == storage::ImageCommit::State::Refused)
            continue;
        if (!batch[i]->patient.isEmpty())
            NARU_TRY(settleChart(*batch[i], commit));
        if (!isNew(commit))
            continue;
        if (commit.newSeries)
            NARU_TRY(mergeDetails(*batch[i], commit));
        if (recorded.contains(commit.studyKey) || !m_audited.isDue(user, importAct, commit.studyKey, now))
            continue;
        recorded.append(commit.studyKey);
        NARU_ASSIGN(const storage::ImageStudy study, m.stores.images->study(commit.studyKey));
        audit::AuditEvent event = m.events().act(importAct, study.patientKey, batch[i]->facts.studyUid);
        event.reason = batch[i]->source;
        NARU_TRY(m.stores.audit->append(event));
    }
    return {};
}

// A person named the chart: a study in no chart goes there, one in another chart stays where it is.
base::Status ImageIntake::settleChart(Arrival &arrival, const storage::ImageCommit &commit)
{
    NARU_ASSIGN(const storage::ImageStudy study, m.stores.images->study(commit.studyKey));
    if (study.patientKey == arrival.patient)
        return {};
    if (!study.patientKey.isEmpty()) {
        arrival.otherChart = true;
        return {};
    }
    return m.stores.database->inTransaction([&]() -> base::Status {
        NARU_TRY(m.stores.images->setPatient(study.key, arrival.patient, true));
        NARU_TRY(m.stores.audit->append(
            m.events().act(QStringLiteral("image.assign"), arrival.patient, studyRow(study).studyUid)));
        return {};
    });
}

base::Status ImageIntake::mergeDetails(const Arrival &arrival, const storage::ImageCommit &commit)
{
    NARU_ASSIGN(const storage::ImageStudy study, m.stores.images->study(commit.studyKey));
    const StudyRow before = studyRow(study);
    const StudyRow after = mergedStudy(before, studyFromFacts(arrival.facts, arrival.source));
    return after == before ? base::Status() : m.stores.images->setStudyDetails(study.key, toDetails(after));
}

void ImageIntake::recordFailure(const std::vector<ArrivalPtr> &batch, const base::Error &error)
{
    QStringList studies;
    for (const ArrivalPtr &arrival : batch) {
        if (studies.contains(arrival->facts.studyUid))
            continue;
        studies.append(arrival->facts.studyUid);
        m.record(m.events().act(importAct, arrival->patient, arrival->facts.studyUid,
            audit::Outcome::MinorFailure, QString::fromLatin1(error.code.id)));
    }
}

} // namespace naru::services
