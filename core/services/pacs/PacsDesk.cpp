#include "core/services/pacs/PacsDesk.h"

#include "core/base/Errors.h"
#include "core/imaging/dimse/Errors.h"
#include "core/services/Errors.h"
#include "core/services/ImageService.h"
#include "core/services/Internals.h"
#include "core/services/pacs/PacsNodes.h"
#include "core/services/pacs/PacsRun.h"

#include <QDateTime>
#include <QDirIterator>
#include <QFileInfo>
#include <QUrl>

#include <chrono>

namespace naru::services {

namespace {
constexpr int MostAttempts = 12; // with the gaps below about two hours
constexpr int FirstGapSeconds = 5, LastGapSeconds = 900;
constexpr int RoundSeconds = 2;
constexpr int QuietSeconds = 3; // a file that changed more recently may still be written
constexpr qsizetype MostSeen = 200'000;
constexpr int LastPauseSeconds = 300; // between looks at a file that cannot be kept just now

QDateTime nextAttempt(int attempts)
{
    const int gap = qMin(LastGapSeconds, FirstGapSeconds << qBound(0, attempts - 1, 10));
    return QDateTime::currentDateTimeUtc().addSecs(gap);
}

// Worth another try by itself: the network, the node's health, a disc; not what somebody has to change.
bool mayHelp(const base::Error &error)
{
    if (error.is(imaging::dimse::errors::Context))
        return false; // what the archive does not offer, it will not offer in a minute
    const bool outOfResources = error.is(imaging::dimse::errors::Status)
        && error.arguments.value(QStringLiteral("status")).startsWith(QLatin1String("A7"));
    return error.code.exitStatus == 3 || error.is(errors::PacsIncomplete) || error.is(errors::PacsNotSent)
        || outOfResources || error.is(base::errors::Io);
}
} // namespace

PacsDesk::PacsDesk(Profile::Internals &internals)
    : m(internals)
{
}

PacsDesk::~PacsDesk()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
        for (std::stop_source &source : m_running)
            source.request_stop();
    }
    m_worker = {}; // asks and joins
    stopListening();
}

void PacsDesk::audited(
    const QString &act, const QString &object, const QString &node, const base::Status &outcome)
{
    audit::AuditEvent event =
        m.events().act(act, {}, object, outcome ? audit::Outcome::Success : audit::Outcome::MinorFailure,
            outcome ? QString() : QString::fromLatin1(outcome.error().code.id));
    if (const auto known = readNode(m, node)) {
        audit::ActiveParticipant peer;
        peer.userId = known->web.isEmpty() ? known->aeTitle : known->web;
        peer.networkAccessPoint = known->web.isEmpty() ? known->host : QUrl(known->web).host();
        peer.networkAccessPointType = 1;
        event.participants.push_back(peer);
    }
    m.record(event);
}

base::Status PacsDesk::carryOut(const storage::PacsJobRecord &record, PacsDetails &details,
    const base::WorkContext &work, const PacsService::Progress &progress)
{
    NARU_ASSIGN(const PacsNode node, readNode(m, record.node));
    PacsRun run(m, node, details, work);
    const auto tell = [&](const PacsDetails &soFar) {
        (void)m.stores.pacsJobs->keep(record.id, soFar.toJson());
        if (progress) {
            storage::PacsJobRecord copy = record;
            copy.details = soFar.toJson();
            progress(jobOf(copy));
        }
        m.changed(Change::Pacs);
    };
    if (record.kind == QLatin1String("send"))
        return run.send(tell);
    return run.fetch(tell, [this]() -> std::shared_ptr<void> {
        // Another program of this house may hold the port already; what arrives there is as good.
        if (isListening() || !listen())
            return {};
        return std::shared_ptr<void>(
            this, [](void *desk) { static_cast<PacsDesk *>(desk)->stopListening(); });
    });
}

base::Status PacsDesk::finish(
    const storage::PacsJobRecord &record, const PacsDetails &details, const base::Status &outcome)
{
    QString state = QStringLiteral("done");
    QDateTime next;
    if (!outcome) {
        const bool stopped =
            outcome.error().is(imaging::dimse::errors::Stopped) || outcome.error().is(base::errors::Stopped);
        const bool again = mayHelp(outcome.error()) && record.attempts < MostAttempts;
        // Whoever closes the program has not given up the images: the next start goes on.
        state = stopped ? (m_closing ? QStringLiteral("queued") : QStringLiteral("stopped"))
            : again     ? QStringLiteral("queued")
                        : QStringLiteral("failed");
        if (again && !stopped)
            next = nextAttempt(record.attempts);
    }
    const QString code = outcome ? QString() : QString::fromLatin1(outcome.error().code.id);
    return m.stores.pacsJobs->end(record.id, state, code, next, details.toJson());
}

// A report of storage commitment that came while the job was at it stands in its record.
void PacsDesk::adoptReport(const QString &id, PacsDetails &details) const
{
    const auto record = m.stores.pacsJobs->get(id);
    if (details.transaction.isEmpty() || !record)
        return;
    const PacsDetails kept = PacsDetails::fromJson(record->details);
    if (kept.transaction.isEmpty() && kept.committed >= 0) {
        details = kept;
    }
}

base::Result<PacsJob> PacsDesk::run(
    const QString &id, const base::WorkContext &work, const PacsService::Progress &progress)
{
    NARU_ASSIGN(const bool claimed, m.stores.pacsJobs->claim(id));
    NARU_ASSIGN(const storage::PacsJobRecord record, m.stores.pacsJobs->get(id));
    if (!claimed)
        return record.state == QLatin1String("running") ? base::Result<PacsJob>(errors::WorkerBusy)
                                                        : base::Result<PacsJob>(jobOf(record));
    std::stop_source stop;
    const std::stop_callback outer(work.stopToken(), [&stop] { stop.request_stop(); });
    {
        const std::lock_guard lock(m_mutex);
        m_running.insert(id, stop);
    }
    PacsDetails details = PacsDetails::fromJson(record.details);
    base::Status outcome = carryOut(record, details, base::WorkContext(stop.get_token()), progress);
    {
        const std::lock_guard lock(m_mutex);
        m_running.remove(id);
    }
    {
        const std::lock_guard lock(m_reports);
        adoptReport(id, details);
        if (outcome)
            outcome = details.answeredFor();
        details.note(outcome);
        NARU_TRY(finish(record, details, outcome));
    }
    audited(QStringLiteral("pacs.") + record.kind, details.studyUid, record.node, outcome);
    m.changed(Change::Pacs);
    NARU_ASSIGN(const storage::PacsJobRecord now, m.stores.pacsJobs->get(id));
    return jobOf(now);
}

void PacsDesk::stopRunning(const QString &id)
{
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_running.find(id); found != m_running.end())
        found->request_stop();
}

QString PacsDesk::nodeName(const QString &aeTitle) const
{
    for (const PacsNode &node : readNodes(m)) {
        if (node.aeTitle == aeTitle)
            return node.name;
    }
    return aeTitle;
}

base::Result<int> PacsDesk::listen()
{
    const std::lock_guard lock(m_listenMutex);
    if (m_listener)
        return m_listener->port();
    const PacsListen settings = readListen(m);
    imaging::dimse::ListenOptions options;
    options.address = settings.address;
    options.port = settings.port;
    options.aeTitle = settings.aeTitle;
    options.tls = settings.tls;
    options.credentials = {settings.certificate, settings.key, settings.authorities};
    imaging::dimse::Listener::Handlers handlers;
    handlers.peers = [this] {
        std::vector<imaging::dimse::AllowedPeer> out;
        for (const PacsNode &node : readNodes(m)) {
            if (node.maySend)
                out.push_back({node.aeTitle, node.host});
        }
        return out;
    };
    handlers.received = [this](const imaging::dimse::Received &one) { return received(one); };
    handlers.ended = [this](const QString &who, int kept, int failed, const base::Status &status) {
        ended(who, kept, failed, status);
    };
    handlers.committed = [this](const imaging::dimse::Commitment &report, const QString &) {
        committed(report);
    };
    m_kept = m_failed = m_conflicts = 0;
    NARU_ASSIGN(m_listener, imaging::dimse::Listener::start(options, std::move(handlers)));
    return m_listener->port();
}

void PacsDesk::stopListening()
{
    std::unique_ptr<imaging::dimse::Listener> ending;
    {
        const std::lock_guard lock(m_listenMutex);
        ending = std::move(m_listener);
    }
}

bool PacsDesk::isListening() const
{
    const std::lock_guard lock(const_cast<PacsDesk *>(this)->m_listenMutex);
    return bool(m_listener);
}

PacsService::Arrivals PacsDesk::arrivals() const
{
    return {m_kept.load(), m_failed.load(), m_conflicts.load()};
}

// Success is told only after this: the instance is durable.
base::Status PacsDesk::received(const imaging::dimse::Received &one)
{
    const QByteArray copy(one.part10.constData(), one.part10.size());
    const auto kept = m.images->put(copy, QStringLiteral("pacs:") + nodeName(one.callingAe), true);
    ++(kept ? m_kept : m_failed);
    if (!kept)
        return kept.error();
    m_conflicts += kept->state == PutOutcome::State::Conflict;
    const std::lock_guard lock(m_mutex);
    m_arrived[one.callingAe].insert(kept->facts.studyUid);
    return {};
}

void PacsDesk::ended(const QString &callingAe, int kept, int failed, const base::Status &status)
{
    QSet<QString> studies;
    {
        const std::lock_guard lock(m_mutex);
        studies = m_arrived.take(callingAe);
    }
    if (kept == 0 && failed == 0 && status)
        return; // an echo
    const base::Status outcome =
        failed > 0 && status ? base::Status(imaging::dimse::errors::NotKept) : status;
    if (studies.isEmpty())
        studies.insert(QString());
    for (const QString &study : studies)
        audited(QStringLiteral("pacs.receive"), study.isEmpty() ? callingAe : study, nodeName(callingAe),
            outcome);
    m.changed(Change::Pacs);
}

// A report that came on an association of its own: whose transaction it is stands in the job.
void PacsDesk::committed(const imaging::dimse::Commitment &report)
{
    const std::lock_guard lock(m_reports);
    const auto jobs = m.stores.pacsJobs->list();
    for (const storage::PacsJobRecord &record : jobs ? *jobs : QList<storage::PacsJobRecord>()) {
        PacsDetails details = PacsDetails::fromJson(record.details);
        if (details.transaction.isEmpty() || details.transaction != report.transaction)
            continue;
        details.take(report);
        const base::Status outcome = details.answeredFor();
        if (record.state == QLatin1String("done") && !outcome) {
            details.note(outcome);
            (void)finish(record, details, outcome);
        } else { // a run that is under way, or comes, goes on from it
            (void)m.stores.pacsJobs->keep(record.id, details.toJson());
        }
        audited(QStringLiteral("pacs.commit"), details.studyUid, record.node, outcome);
        m.changed(Change::Pacs);
        return;
    }
}

base::Result<int> PacsDesk::importFolders(const base::WorkContext &work)
{
    QStringList fresh;
    const QDateTime now = QDateTime::currentDateTimeUtc(), quiet = now.addSecs(-QuietSeconds);
    QHash<QString, QString> marks;
    for (const QString &folder : readListen(m).folders) {
        QDirIterator it(folder, QDir::Files | QDir::NoSymLinks, QDirIterator::Subdirectories);
        while (it.hasNext() && marks.size() < MostSeen && !work.stopRequested()) {
            const QString path = it.next();
            const QFileInfo file = it.fileInfo();
            const QString mark = QString::number(file.size()) + QLatin1Char('/')
                + file.lastModified().toString(Qt::ISODateWithMs);
            const auto later = m_later.constFind(path);
            if (m_seen.value(path) == mark || file.lastModified() > quiet
                || (later != m_later.constEnd() && later->notBefore > now))
                continue;
            fresh.append(path);
            marks.insert(path, mark);
        }
    }
    if (fresh.isEmpty())
        return 0;
    const auto report = m.images->import(fresh, {}, work);
    if (!report || !report->stopped)
        noteLookedAt(marks, report ? &*report : nullptr);
    return report ? base::Result<int>(report->stored) : report.error();
}

// A full disc is no property of the files: those that could not be kept are looked at again, ever more
// rarely. The others, also those that are no images, are done.
void PacsDesk::noteLookedAt(const QHash<QString, QString> &marks, const ImportReport *report)
{
    QSet<QString> names; // of files that are worth another try; a report names no folders
    int listed = 0;
    for (const ImportReport::Fault &fault : report ? report->faults : std::vector<ImportReport::Fault>()) {
        listed += fault.later;
        if (fault.later)
            names.insert(fault.file);
    }
    const bool all = !report || names.contains(QString()) || listed < report->later;
    m_failed += report ? report->faultCount - report->later : 0;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (auto it = marks.cbegin(); it != marks.cend(); ++it) {
        if (!all && !names.contains(QFileInfo(it.key()).fileName())) {
            m_seen.insert(it.key(), it.value());
            m_later.remove(it.key());
            continue;
        }
        Later &later = m_later[it.key()];
        m_failed += later.attempts == 0;
        later.notBefore = now.addSecs(qMin(LastPauseSeconds, 1 << qMin(later.attempts++, 9)));
    }
}

void PacsDesk::wake()
{
    {
        const std::lock_guard lock(m_mutex);
        m_woken = true;
    }
    m_wake.notify_all();
}

void PacsDesk::start(std::function<void(const base::WorkContext &)> round)
{
    if (m_worker.joinable())
        return;
    m_worker = std::jthread([this, round = std::move(round)](const std::stop_token &stop) {
        const base::WorkContext work(stop);
        while (!stop.stop_requested()) {
            round(work);
            std::unique_lock lock(m_mutex);
            m_wake.wait_for(lock, stop, std::chrono::seconds(RoundSeconds), [this] { return m_woken; });
            m_woken = false;
        }
    });
}

} // namespace naru::services
