// A trail in memory, for tests that tamper with it.
#pragma once

#include "core/audit/AuditMessage.h"
#include "core/audit/Trail.h"

namespace naru::test {

struct MemoryRows final : audit::TrailRows {
    QList<audit::TrailRecord> records{};
    audit::TrailHead first{};
    audit::TrailHead last{};

    MemoryRows()
    {
        first.key = base::SecureBytes(QByteArray(32, 's'));
        last.key = first.key.clone();
    }
    void add(const QString &act, const audit::AuditEvent &event = {})
    {
        audit::TrailRecord record;
        record.uuid = QStringLiteral("u%1").arg(last.sequence + 1);
        record.recorded = QStringLiteral("2026-11-22T09:00:00.000Z");
        record.act = act;
        record.account = QStringLiteral("kim");
        record.place = QStringLiteral("pc1");
        record.subject = QStringLiteral("p1");
        record.sealed = audit::toJson(event);
        records.push_back(audit::chain(last, record));
    }
    static audit::TrailHead copy(const audit::TrailHead &head)
    {
        audit::TrailHead out;
        out.sequence = head.sequence;
        out.mac = head.mac;
        out.key = head.key.clone();
        return out;
    }
    base::Result<audit::TrailHead> origin() const override { return copy(first); }
    base::Result<audit::TrailHead> head() const override { return copy(last); }
    base::Status forEach(qint64 from, const Visitor &visit) const override
    {
        for (const audit::TrailRecord &record : records) {
            if (record.sequence >= from)
                NARU_TRY(visit(record));
        }
        return {};
    }
    base::Result<QList<audit::TrailRecord>> undelivered(int limit) const override
    {
        QList<audit::TrailRecord> out;
        for (const audit::TrailRecord &record : records) {
            if (!record.delivered && out.size() < limit)
                out.push_back(record);
        }
        return out;
    }
    base::Status markDelivered(const QList<qint64> &sequences) override
    {
        for (audit::TrailRecord &record : records)
            record.delivered = record.delivered || sequences.contains(record.sequence);
        return {};
    }
    base::Result<audit::AuditEvent> open(const audit::TrailRecord &record) const override
    {
        return audit::fromJson(record.sealed);
    }
};

} // namespace naru::test
