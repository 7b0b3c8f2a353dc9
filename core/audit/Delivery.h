// From the trail to the audit repository, at least once: batches of at most 50 lines; a batch counts as
// delivered only when the sender reports a clean checkpoint (for RFC 5425: the peer's close_notify after
// ours), else it is sent whole again. The stable UUID and sequence in each line let the receiver drop
// duplicates.
#pragma once

#include "core/audit/AuditMessage.h"
#include "core/audit/Trail.h"

namespace naru::audit {

class AuditSender {
public:
    virtual ~AuditSender() = default;
    // Unframed RFC 5424 lines, in order. Success means that the receiver is known to have taken all of them.
    virtual base::Status sendBatch(const QList<QByteArray> &lines, const base::WorkContext &context) = 0;
};

struct DeliveryReport {
    int delivered = 0;
    int batches = 0;
    int left = 0; // 0 or more than 0; not the exact number when above one batch
    friend bool operator==(const DeliveryReport &, const DeliveryReport &) = default;
};

constexpr int deliveryBatchLimit = 50;

// Sends until nothing is left, the sender fails (its error is returned; what was confirmed before stays
// marked), or a stop.
base::Result<DeliveryReport> deliver(
    TrailRows &rows, AuditSender &sender, const SyslogFacts &facts, const base::WorkContext &context);

} // namespace naru::audit
