// Tamper evidence: every record carries HMAC-SHA256 over its fields and the previous record's MAC, under a
// key that is replaced by its hash after each record (k(i+1) = SHA-256("naru-ratchet" | k(i))), so who reads
// today's key cannot forge yesterday. Pure over the abstract rows; storage::AuditStore keeps them.
#pragma once

#include "core/audit/AuditEvent.h"
#include "core/base/Result.h"
#include "core/base/SecureBytes.h"
#include "core/base/WorkContext.h"

#include <QList>
#include <functional>
#include <optional>

namespace naru::audit {

// As stored. Everything but `delivered` is under the MAC.
struct TrailRecord {
    qint64 sequence = 0; // from 1, without gaps
    QString uuid{};
    QString recorded{}; // UTC, ISO 8601 with milliseconds
    QString act{}, account{}, place{}, subject{};
    int outcome = 0;
    QByteArray sealed{}; // the event, opaque here
    QByteArray mac{}; // 32 bytes
    bool delivered = false;
    friend bool operator==(const TrailRecord &, const TrailRecord &) = default;
};

// The end of the chain: what the next record hangs on.
struct TrailHead {
    qint64 sequence = 0;
    QByteArray mac = QByteArray(32, '\0');
    base::SecureBytes key{}; // of the next record; 32 bytes
};

// A head seen earlier and kept elsewhere (file, print-out, repository).
struct TrailAnchor {
    qint64 sequence = 0;
    QByteArray mac{};
    friend bool operator==(const TrailAnchor &, const TrailAnchor &) = default;
};

class TrailRows {
public:
    using Visitor = std::function<base::Status(const TrailRecord &)>;
    virtual ~TrailRows() = default;
    virtual base::Result<TrailHead>
    origin() const = 0; // before the first record that is kept, with the key of that record
    virtual base::Result<TrailHead> head() const = 0;
    virtual base::Status forEach(qint64 fromSequence, const Visitor &visit) const = 0; // ascending
    virtual base::Result<QList<TrailRecord>> undelivered(int limit) const = 0; // ascending
    virtual base::Status markDelivered(const QList<qint64> &sequences) = 0;
    virtual base::Result<AuditEvent> open(const TrailRecord &record) const = 0;
};

QByteArray recordMac(const base::SecureBytes &key, const QByteArray &previousMac, const TrailRecord &record);
base::SecureBytes nextKey(const base::SecureBytes &key);
// Gives the record its sequence and MAC and moves the head on (the old key is wiped).
TrailRecord chain(TrailHead &head, TrailRecord record);

struct TrailVerdict {
    qint64 records = 0; // seen
    bool intact = false;
    std::optional<qint64> firstBad{}; // sequence number; the first missing one when records are gone
    QString why{}; // "edited" "missing" "order" "truncated" "anchor" "head"
    friend bool operator==(const TrailVerdict &, const TrailVerdict &) = default;
};

// An error only when the rows cannot be read or the work was stopped; a broken chain is a verdict.
base::Result<TrailVerdict> verify(
    const TrailRows &rows, const QList<TrailAnchor> &anchors = {}, const base::WorkContext &context = {});

} // namespace naru::audit
