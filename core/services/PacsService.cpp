#include "core/services/PacsService.h"

#include "core/imaging/dimse/Errors.h"
#include "core/services/Errors.h"
#include "core/services/ImageService.h"
#include "core/services/Internals.h"
#include "core/services/pacs/PacsDesk.h"
#include "core/services/pacs/PacsLink.h"
#include "core/services/pacs/PacsNodes.h"
#include "core/storage/Errors.h"

#include <algorithm>

namespace naru::services {

namespace {
constexpr int MostStudies = 2000; // of one question

PacsDetails detailsOf(const QString &studyUid, const QString &studyKey, const QString &patient)
{
    PacsDetails out;
    out.studyUid = studyUid;
    out.studyKey = studyKey;
    out.patientKey = patient;
    return out;
}

base::Error noJob(const base::Error &error)
{
    return error.is(storage::errors::NotFound) ? base::Error(errors::NoPacsJob) : error;
}

// Identifying values belong into the record, sealed with it, and nowhere else.
QByteArray queryText(const PacsQuery &query)
{
    return QStringList{query.name, query.patientId, query.birthDate, query.accession, query.studyUid,
        query.from + QLatin1Char('-') + query.to, query.modality}
        .join(QLatin1Char('|'))
        .toUtf8();
}
} // namespace

PacsService::PacsService(Profile::Internals &internals)
    : m(internals)
    , m_desk(std::make_unique<PacsDesk>(internals))
{
}

PacsService::~PacsService() = default;

std::vector<PacsNode> PacsService::nodes() const
{
    return readNodes(m);
}

base::Result<PacsNode> PacsService::node(const QString &name) const
{
    return readNode(m, name);
}

base::Status PacsService::setNode(const PacsNode &node)
{
    NARU_TRY(checkNode(node));
    std::vector<PacsNode> all = readNodes(m);
    const auto found =
        std::find_if(all.begin(), all.end(), [&node](const PacsNode &one) { return one.name == node.name; });
    if (found == all.end())
        all.push_back(node);
    else
        *found = node;
    NARU_TRY(writeNodes(m, all));
    m.record(m.events().act(QStringLiteral("settings.change"), {}, QStringLiteral("pacs.node ") + node.name));
    m.changed(Change::Pacs);
    return {};
}

base::Status PacsService::removeNode(const QString &name)
{
    NARU_TRY(readNode(m, name));
    std::vector<PacsNode> all = readNodes(m);
    std::erase_if(all, [&name](const PacsNode &one) { return one.name == name; });
    NARU_TRY(writeNodes(m, all));
    m.record(m.events().act(QStringLiteral("settings.change"), {}, QStringLiteral("pacs.node ") + name));
    m.changed(Change::Pacs);
    return {};
}

base::Status PacsService::preferNode(const QString &name)
{
    NARU_TRY(readNode(m, name));
    std::vector<PacsNode> all = readNodes(m);
    std::stable_partition(all.begin(), all.end(), [&name](const PacsNode &one) { return one.name == name; });
    NARU_TRY(writeNodes(m, all));
    m.record(m.events().act(QStringLiteral("settings.change"), {}, QStringLiteral("pacs.node ") + name));
    m.changed(Change::Pacs);
    return {};
}

PacsListen PacsService::listenSettings() const
{
    return readListen(m);
}

base::Status PacsService::setListenSettings(const PacsListen &settings)
{
    NARU_TRY(writeListen(m, settings));
    m.record(m.events().act(QStringLiteral("settings.change"), {}, QStringLiteral("pacs.listen")));
    m.changed(Change::Pacs);
    return {};
}

base::Result<std::vector<PacsTestStep>> PacsService::test(const QString &name, const base::WorkContext &work)
{
    NARU_ASSIGN(const PacsNode node, readNode(m, name));
    return linkTo(node, 1)->test(work);
}

base::Result<PacsFound> PacsService::find(
    const QString &name, const PacsQuery &query, const base::WorkContext &work)
{
    NARU_ASSIGN(const PacsNode node, readNode(m, name));
    const auto found = linkTo(node, MostStudies)->find(query, work);
    audit::AuditEvent event = m.events().act(QStringLiteral("pacs.query"), {}, name,
        found ? audit::Outcome::Success : audit::Outcome::MinorFailure,
        found ? QString() : QString::fromLatin1(found.error().code.id));
    if (!event.objects.empty()) {
        event.objects.back().name.clear();
        event.objects.back().query = queryText(query);
    }
    m.record(event);
    if (!found)
        return found.error();
    QHash<QString, int> here;
    for (const StudyRow &row : m.images->studies())
        here[row.studyUid] += row.instances;
    PacsFound out;
    out.more = found->more;
    for (PacsStudy study : found->studies) {
        study.here = here.value(study.studyUid);
        if (!study.studyUid.isEmpty())
            out.studies.push_back(study);
    }
    std::stable_sort(out.studies.begin(), out.studies.end(),
        [](const PacsStudy &a, const PacsStudy &b) { return a.date + a.time > b.date + b.time; });
    return out;
}

base::Result<QString> PacsService::fetch(
    const QString &node, const QString &studyUid, const PatientKey &patient)
{
    NARU_TRY(readNode(m, node));
    if (!imaging::dimse::validUid(studyUid))
        return base::Error(
            imaging::dimse::errors::Invalid, {}, {{QStringLiteral("what"), QStringLiteral("study UID")}});
    NARU_ASSIGN(const QString id,
        m.stores.pacsJobs->add(QStringLiteral("fetch"), node, detailsOf(studyUid, {}, patient).toJson()));
    m.changed(Change::Pacs);
    m_desk->wake();
    return id;
}

base::Result<QString> PacsService::send(const QString &studyKey, const QString &node)
{
    NARU_TRY(readNode(m, node));
    NARU_ASSIGN(const StudyRow study, m.images->study(studyKey));
    NARU_ASSIGN(const QString id,
        m.stores.pacsJobs->add(
            QStringLiteral("send"), node, detailsOf(study.studyUid, study.key, {}).toJson()));
    m.changed(Change::Pacs);
    m_desk->wake();
    return id;
}

std::vector<PacsJob> PacsService::jobs()
{
    std::vector<PacsJob> out;
    const auto records = m.stores.pacsJobs->list();
    for (const storage::PacsJobRecord &record : records ? *records : QList<storage::PacsJobRecord>())
        out.push_back(jobOf(record));
    return out;
}

base::Result<PacsJob> PacsService::job(const QString &id)
{
    const auto record = m.stores.pacsJobs->get(id);
    return record ? base::Result<PacsJob>(jobOf(*record)) : noJob(record.error());
}

base::Status PacsService::retry(const QString &id)
{
    if (const base::Status done = m.stores.pacsJobs->again(id); !done)
        return noJob(done.error());
    m.changed(Change::Pacs);
    m_desk->wake();
    return {};
}

base::Status PacsService::stop(const QString &id)
{
    m_desk->stopRunning(id);
    const base::Status stopped = m.stores.pacsJobs->stop(id);
    m.changed(Change::Pacs);
    // A running one ends by itself.
    return stopped || stopped.error().is(storage::errors::NotFound) ? base::Status() : stopped;
}

base::Status PacsService::removeJob(const QString &id)
{
    const base::Status removed = m.stores.pacsJobs->remove(id);
    m.changed(Change::Pacs);
    return removed ? removed : base::Status(noJob(removed.error()));
}

base::Result<PacsJob> PacsService::run(
    const QString &id, const base::WorkContext &work, const Progress &progress)
{
    const auto done = m_desk->run(id, work, progress);
    return done ? done : base::Result<PacsJob>(noJob(done.error()));
}

base::Result<int> PacsService::runDue(const base::WorkContext &work)
{
    int done = 0;
    while (!work.stopRequested()) {
        NARU_ASSIGN(const std::optional<QString> id, m.stores.pacsJobs->due(QDateTime::currentDateTimeUtc()));
        if (!id)
            break;
        const auto job = m_desk->run(*id, work, {});
        if (!job && !job.error().is(errors::WorkerBusy))
            return job.error();
        done += job && job->state == PacsJob::State::Done;
    }
    return done;
}

base::Result<int> PacsService::startListening()
{
    return m_desk->listen();
}

void PacsService::stopListening()
{
    m_desk->stopListening();
}

bool PacsService::isListening() const
{
    return m_desk->isListening();
}

PacsService::Arrivals PacsService::arrivals() const
{
    return m_desk->arrivals();
}

base::Result<int> PacsService::importFolders(const base::WorkContext &work)
{
    return m_desk->importFolders(work);
}

void PacsService::startBackgroundWork()
{
    if (listenSettings().automatic)
        (void)startListening(); // a port that is taken is seen by isListening()
    m_desk->start([this](const base::WorkContext &work) {
        if (m.locked)
            return;
        (void)runDue(work);
        (void)importFolders(work);
    });
}

QString pacsStateKey(PacsJob::State state)
{
    static constexpr std::array names{"queued", "running", "done", "failed", "stopped"};
    return QLatin1String(names[std::size_t(state)]);
}

} // namespace naru::services
