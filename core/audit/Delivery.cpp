#include "core/audit/Delivery.h"

#include "core/audit/Errors.h"
#include "core/base/Errors.h"

namespace naru::audit {

base::Result<DeliveryReport> deliver(
    TrailRows &rows, AuditSender &sender, const SyslogFacts &facts, const base::WorkContext &context)
{
    DeliveryReport report;
    for (;;) {
        NARU_ASSIGN(const QList<TrailRecord> batch, rows.undelivered(deliveryBatchLimit));
        if (batch.isEmpty())
            return report;
        if (context.stopRequested()) {
            report.left = int(batch.size());
            return report;
        }
        QList<QByteArray> lines;
        QList<qint64> sequences;
        for (const TrailRecord &record : batch) {
            NARU_ASSIGN(const AuditEvent event, rows.open(record));
            SyslogFacts own = facts;
            own.sequence = record.sequence;
            NARU_ASSIGN(const QByteArray line, toSyslog(event, own));
            lines.push_back(line);
            sequences.push_back(record.sequence);
        }
        if (const auto sent = sender.sendBatch(lines, context); !sent)
            return base::Error(errors::NotDelivered).because(sent.error());
        NARU_TRY(rows.markDelivered(sequences));
        report.delivered += int(batch.size());
        ++report.batches;
        context.report("audit.deliver", report.delivered);
    }
}

} // namespace naru::audit
