#include "core/services/images/ImageImport.h"

#include "core/base/Errors.h"
#include "core/imaging/Errors.h"
#include "core/jobs/RunAll.h"
#include "core/services/Errors.h"
#include "core/storage/Errors.h"

#include <QThread>

namespace naru::services {

namespace {
constexpr std::size_t batchSize = 64; // instances that share the waiting for the disc
constexpr qint64 firstBatchMs = 250; // nobody waits longer for what is complete
constexpr std::size_t mostFaults = 1000;
constexpr quint32 directoryRecords = 0x00041220, referencedFile = 0x00041500;
const imaging::DataSetLimits directoryLimits{.elements = 3'000'000, .depth = 8, .bytes = 256LL * 1024 * 1024};

// What stops an import, as against what is wrong with one file.
bool isFatal(const base::Error &error)
{
    return error.has(storage::errors::Full) || error.has(storage::errors::Broken)
        || error.has(storage::errors::Failed) || error.has(storage::errors::Busy)
        || error.has(imaging::errors::DecoderStart);
}
// A file with the mark of PS3.10 7.1 that cannot be read is no bystander but a damaged image.
bool saysItIsDicom(const QByteArray &bytes)
{
    constexpr qsizetype At = 128;
    return bytes.size() >= At + 4 && bytes.mid(At, 4) == QByteArrayView("DICM");
}
// Nothing that is wrong with the file.
bool isOfTheMoment(const base::Error &error)
{
    return isFatal(error) || error.has(base::errors::Io) || error.has(imaging::errors::SharedMemory);
}
} // namespace

base::Result<ImportReport> ImageImport::run(const ImportPlan &plan, const base::WorkContext &work)
{
    m_report.total = int(plan.items().size());
    for (const auto &[file, error] : plan.faults())
        fault(file, error);
    const int threads = qBound(1, QThread::idealThreadCount(), 8);
    std::vector<jobs::Work<int>> tasks;
    tasks.reserve(std::size_t(threads));
    for (int i = 0; i < threads; ++i) {
        tasks.push_back([this, &plan](const base::WorkContext &inner) -> base::Result<int> {
            workOn(plan, inner);
            return 0;
        });
    }
    for (const auto &result : jobs::runAll<int>(tasks, threads, work)) {
        if (!result && !result.error().is(base::errors::Stopped))
            giveUp(result.error());
    }
    if (!m_fatal)
        commit(plan); // what is complete is kept, whoever stopped us
    m_report.stopped = work.stopRequested();
    if (m_fatal) {
        m.record(m.events().act(QStringLiteral("image.import"), m_patient, {}, audit::Outcome::MinorFailure,
            QString::fromLatin1(m_fatal->code.id)));
        if (m_report.stored == 0 && m_report.known == 0)
            return *m_fatal;
        fault({}, *m_fatal);
    }
    return m_report;
}

void ImageImport::workOn(const ImportPlan &plan, const base::WorkContext &work)
{
    for (std::size_t i = m_next++; i < plan.items().size(); i = m_next++) {
        if (work.stopRequested() || m_over)
            return;
        look(plan, i, work);
        const qint64 since = m_intake.waitingSinceMs();
        if (m_intake.waiting() >= batchSize
            || (since > 0 && m.clock->nowUtc().toMSecsSinceEpoch() - since > firstBatchMs))
            commit(plan);
        int files = 0;
        {
            const std::lock_guard lock(m_mutex);
            files = m_report.files;
        }
        work.report("import", files, m_report.total);
    }
}

void ImageImport::look(const ImportPlan &plan, std::size_t index, const base::WorkContext &work)
{
    const ImportItem &item = plan.items()[index];
    auto bytes = plan.read(item);
    base::Status status = bytes ? base::Status() : base::Status(bytes.error());
    auto arrival = std::make_shared<ImageIntake::Arrival>();
    bool queued = false; // then commit() settles it, perhaps already
    QByteArray copy; // shares the bytes; of a directory, which is read a second time
    if (bytes && *bytes) {
        copy = **bytes;
        *arrival = {.bytes = std::move(**bytes),
            .source = QStringLiteral("import"),
            .patient = m_patient,
            .tag = int(index)};
        const auto taken = m_intake.take(m_pool, arrival, work);
        status = taken ? base::Status() : base::Status(taken.error());
        queued = taken && *taken;
    }
    if (work.stopRequested() && !status)
        return; // not a fault of the file
    const bool directory = status && arrival->facts.kind == imaging::Kind::Directory;
    {
        const std::lock_guard lock(m_mutex);
        ++m_report.files;
        const bool other = status ? !bytes->has_value() || directory
                                  : status.error().is(imaging::errors::NotDicom) && !saysItIsDicom(copy);
        m_report.notDicom += other ? 1 : 0;
        if (!status && !other)
            faultLocked(item.shown, status.error());
        if (status && !queued && arrival->outcome)
            settle(item, *arrival);
    }
    if (directory)
        checkDirectory(plan, item, copy, work);
    if (!status && isFatal(status.error()))
        giveUp(status.error());
}

// Files are found by looking; the index of the disc only says whether all were there.
void ImageImport::checkDirectory(
    const ImportPlan &plan, const ImportItem &item, const QByteArray &bytes, const base::WorkContext &work)
{
    const auto set = m_pool.dataSet({.path = {}, .bytes = bytes}, directoryLimits, work);
    if (!set) {
        fault(item.shown, set.error());
        return;
    }
    const QString root = item.place.section(QLatin1Char('/'), 0, -2);
    for (const imaging::DataSetValue &record : set->items(directoryRecords)) {
        const QStringList parts = record.texts(referencedFile);
        const QString place = discPlace(parts.join(QLatin1Char('/')));
        if (place.isEmpty() || parts.contains(QStringLiteral("..")))
            continue;
        const QString whole = root.isEmpty() ? place : root + QLatin1Char('/') + place;
        if (plan.hasPlace(whole))
            continue;
        const std::lock_guard lock(m_mutex);
        ++m_report.missing;
        faultLocked(parts.join(QLatin1Char('/')), base::Error(errors::ImageMissing));
    }
}

void ImageImport::commit(const ImportPlan &plan)
{
    const auto settled = m_intake.commit();
    if (settled.empty())
        return;
    ImportReport soFar;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &arrival : settled)
            settle(plan.items()[std::size_t(arrival->tag)], *arrival);
        soFar = m_report;
    }
    const auto &outcome = settled.front()->outcome;
    if (outcome && !*outcome)
        giveUp(outcome->error());
    else if (m_arrived)
        m_arrived(soFar);
}

void ImageImport::settle(const ImportItem &item, const ImageIntake::Arrival &arrival)
{
    using State = storage::ImageCommit::State;
    if (!*arrival.outcome)
        return; // told once, by giveUp()
    const storage::ImageCommit &commit = arrival.outcome->value();
    m_report.known += commit.state == State::Known ? 1 : 0;
    m_report.stored += commit.state == State::Stored || commit.state == State::Conflict ? 1 : 0;
    if (commit.state == State::Conflict) {
        ++m_report.conflicts;
        faultLocked(item.shown, base::Error(errors::ImageConflict));
    }
    if (commit.state == State::Refused) {
        faultLocked(item.shown, base::Error(errors::ImageVersions));
        return;
    }
    if (arrival.otherChart)
        faultLocked(item.shown, base::Error(errors::ImageOtherChart));
    if (!m_report.studyKeys.contains(commit.studyKey)) {
        m_report.studyKeys.append(commit.studyKey);
        ++m_report.studies;
    }
}

void ImageImport::fault(const QString &file, const base::Error &error)
{
    const std::lock_guard lock(m_mutex);
    faultLocked(file, error);
}

void ImageImport::faultLocked(const QString &file, const base::Error &error)
{
    ++m_report.faultCount;
    const bool later = isOfTheMoment(error);
    m_report.later += later ? 1 : 0;
    if (m_report.faults.size() < mostFaults)
        m_report.faults.push_back(
            {file, QString::fromLatin1(error.code.id), error.detail, error.arguments, later});
}

void ImageImport::giveUp(const base::Error &error)
{
    m_over = true;
    const std::lock_guard lock(m_mutex);
    if (!m_fatal)
        m_fatal = error;
}

} // namespace naru::services
