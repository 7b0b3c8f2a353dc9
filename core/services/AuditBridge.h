// From transactions on the wire to the audit trail. ITI-41 and ITI-57 are left out: the outbox writes their
// record in the same database transaction as the change of state, so that neither can be without the other.
#pragma once

#include "core/ihe/TransactionRecord.h"
#include "core/services/Internals.h"

namespace naru::services {

class AuditBridge final : public ihe::AuditListener {
public:
    explicit AuditBridge(Profile::Internals &internals)
        : m(internals)
    {
    }
    void transaction(const ihe::TransactionRecord &record) override;

private:
    Profile::Internals &m;
};

audit::Outcome auditOutcome(int dicom);

} // namespace naru::services
