// One round of sending under the lease (facts: delivery semantics 6.2): announce, send, classify; look up
// before repeating.
#pragma once

#include "core/services/OutboxService.h"
#include "core/services/Submission.h"

namespace naru::services {

class OutboxWorker {
public:
    OutboxWorker(Profile::Internals &internals, const base::WorkContext &work)
        : m(internals)
        , m_work(work)
    {
    }
    base::Result<OutboxService::RunReport> run(bool skipHold);

private:
    base::Status releaseHeld(bool skipHold);
    base::Status releaseOne(const storage::OutboxItem &item, bool skipHold);
    base::Status identify(const storage::OutboxItem &item, bool skipHold);
    base::Status mayStillLeave(const storage::OutboxItem &item, const storage::FrozenSubmission &stored);
    base::Status resolveUnknown(bool skipHold);
    bool onlyThisItem(const base::Status &status, const storage::OutboxItem &item);
    base::Status resolve(const storage::OutboxItem &item);
    base::Status absent(const storage::OutboxItem &item);
    base::Status resolveDeprecation(
        const storage::OutboxItem &item, const storage::FrozenSubmission &stored, const OutboxFacts &facts);
    ihe::Delivery deliver(const storage::OutboxItem &item, const storage::FrozenSubmission &stored,
        const ihe::FrozenSubmission &frozen) const;
    base::Status sendDue();
    base::Status storeImages(bool hurry);
    base::Status storeImagesOf(const storage::OutboxItem &item);
    base::Status refuse(const storage::OutboxItem &item, const storage::FrozenSubmission &stored,
        const OutboxFacts &facts, const QString &code);
    base::Status sendOne(const storage::OutboxItem &item);
    base::Status finishDone(
        const storage::OutboxItem &item, const storage::FrozenSubmission &stored, const OutboxFacts &facts);
    base::Status finishRejected(
        const storage::OutboxItem &item, const OutboxFacts &facts, const QString &code);
    audit::AuditEvent exportEvent(const storage::OutboxItem &item, const storage::FrozenSubmission &stored,
        const OutboxFacts &facts, audit::Outcome outcome, const QString &errorCode) const;
    base::Status later(const storage::OutboxItem &item, const storage::FrozenSubmission &stored,
        const OutboxFacts &facts, const QString &code);
    int verifyGap() const;
    QDateTime nextAttempt(int attempts) const;

    Profile::Internals &m;
    const base::WorkContext &m_work;
    OutboxService::RunReport m_report{};
    bool m_endpointDown = false;
};

} // namespace naru::services
