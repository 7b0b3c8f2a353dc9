#include "core/services/BackgroundWork.h"

#include "core/services/AuditService.h"
#include "core/services/OutboxService.h"
#include "core/services/RecordService.h"
#include "core/services/TermService.h"

#include <algorithm>
#include <chrono>

namespace naru::services {

namespace {
constexpr int roundMilliseconds = 1000;
// Answers take seconds in practice and days in life: every look is a query and an audit record, so looks
// become rarer.
constexpr qint64 answersFirstMs = 5'000, answersLastMs = 600'000;
constexpr qint64 auditEveryMs = 3'000;
constexpr qint64 afterFailureMs = 30'000;
constexpr qint64 sweepEveryMs = 24LL * 60 * 60 * 1000;
} // namespace

BackgroundWork::BackgroundWork(Profile::Internals &internals)
    : m(internals)
{
    m_queue.submit<int>([this](const base::WorkContext &work) {
        serve(work);
        return base::Result<int>(0);
    });
}

BackgroundWork::~BackgroundWork()
{
    m_queue.shutdown();
}

void BackgroundWork::wake()
{
    {
        const std::lock_guard lock(m_mutex);
        m_woken = true;
    }
    m_wake.notify_all();
}

void BackgroundWork::serve(const base::WorkContext &work)
{
    m.termService->warmUp(); // the index of the starter terms takes a moment: not at the first key
    while (!work.stopRequested()) {
        (void)m.termService->refresh(); // another program may have taken over a new release
        round(work);
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(
            lock, work.stopToken(), std::chrono::milliseconds(roundMilliseconds), [this] { return m_woken; });
        m_woken = false;
    }
}

void BackgroundWork::round(const base::WorkContext &work)
{
    // A worker of another program on this profile may hold the lease; that is as good.
    const auto sent = m.outbox->run(work);
    // Due times count time that passes: a wall clock set back would stop answers and audit for as long.
    const qint64 now = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now().time_since_epoch())
                           .count();
    if (sent && sent->done > 0) {
        m_answersDue = now + 1000;
        m_answersGap = answersFirstMs;
    }
    if (now >= m_answersDue) {
        const auto fetched = m.records->fetchAnswers(work);
        m_answersGap = fetched && *fetched > 0
            ? answersFirstMs
            : std::min(answersLastMs, std::max(m_answersGap, answersFirstMs) * 5 / 4);
        m_answersDue = now + (fetched ? m_answersGap : std::max(m_answersGap, afterFailureMs));
    }
    if (now >= m_auditDue) {
        const auto delivered = m.audit->deliver(work);
        m_auditDue = now + (delivered ? auditEveryMs : afterFailureMs);
    }
    if (now >= m_sweepDue) {
        // Best effort: what stays is swept another day. Audit records go only delivered and after two years
        // (the storage period of access records, AuditStore::purge).
        (void)m.stores.documents->sweepOrphans();
        (void)m.stores.images->sweepOrphans();
        (void)m.stores.audit->purge(m.clock->nowUtc());
        m_sweepDue = now + sweepEveryMs;
    }
}

} // namespace naru::services
