// Sending, with the delivery rules of docs: what was sealed is sent byte for byte, an unknown outcome is
// looked up before anything is repeated, nothing is lost by a crash.
#pragma once

#include "core/services/Profile.h"
#include "core/services/Types.h"

namespace naru::services {

class OutboxService {
public:
    explicit OutboxService(Profile::Internals &internals);

    std::vector<OutboxRow> list();
    base::Result<OutboxRow> get(const OutboxId &id);
    std::vector<OutboxAttempt> attempts(const OutboxId &id);
    base::Result<QByteArray> documentBytes(const OutboxId &id);

    struct RunReport {
        int done = 0, rejected = 0, unknown = 0, waiting = 0;
    };
    // Works through what is due, once (skipHold: does not wait for the recall time). Only one worker of all
    // processes runs; services.WorkerBusy when another has the lease.
    base::Result<RunReport> run(const base::WorkContext &work, bool skipHold = false);
    base::Status retry(const OutboxId &id); // due now
    base::Status recall(const OutboxId &id); // only while held
    base::Status finishWithout(const OutboxId &id, const QString &reason); // a person ends a rejected item

private:
    Profile::Internals &m;
};

} // namespace naru::services
