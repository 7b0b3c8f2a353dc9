// The rows of the audit trail. append() belongs into the transaction of the change it tells of; without one
// it makes its own. The newest head is also kept in <folder>/audit.head, so that an old copy of the database
// put back in place shows.
#pragma once

#include "core/audit/Trail.h"
#include "core/security/Sealer.h"
#include "core/storage/Database.h"

#include <atomic>

namespace naru::storage {

// What the access-log page and `naructl audit list` filter by; empty fields do not filter.
struct AuditFilter {
    QDateTime from{}, to{}; // UTC, from inclusive, to exclusive
    QString account{}, subject{}, act{}; // act may end in ".*"
    qint64 beforeSequence = 0; // paging: newest first, below this number
    int limit = 200;
};

struct AuditCounts {
    qint64 records = 0;
    qint64 undelivered = 0;
    QDateTime oldestUndelivered{}; // UTC
    friend bool operator==(const AuditCounts &, const AuditCounts &) = default;
};

class AuditStore final : public audit::TrailRows {
public:
    AuditStore(std::shared_ptr<Database> database, std::shared_ptr<const security::Sealer> sealer);
    ~AuditStore() override; // saves the anchor

    // Returns the sequence number. uuid and time are made when empty.
    base::Result<qint64> append(audit::AuditEvent event);
    base::Result<QList<audit::TrailRecord>> list(const AuditFilter &filter) const; // newest first
    base::Result<AuditCounts> counts() const;
    // Of the whole trail against the file's anchor and `more` (from print-outs).
    base::Result<audit::TrailVerdict> verify(
        const QList<audit::TrailAnchor> &more = {}, const base::WorkContext &context = {}) const;
    base::Result<audit::TrailAnchor> currentAnchor() const; // to print or send
    base::Status saveAnchor();
    // Delivered records older than two years (default) go; the chain then starts at the first that stays. How
    // many went.
    base::Result<qint64> purge(const QDateTime &now, int keepDays = 731);

    // TrailRows
    base::Result<audit::TrailHead> origin() const override;
    base::Result<audit::TrailHead> head() const override;
    base::Status forEach(qint64 fromSequence, const Visitor &visit) const override;
    base::Result<QList<audit::TrailRecord>> undelivered(int limit) const override;
    base::Status markDelivered(const QList<qint64> &sequences) override;
    base::Result<audit::AuditEvent> open(const audit::TrailRecord &record) const override;

private:
    base::Result<audit::TrailHead> chainEnd(const char *which) const;
    base::Status storeEnd(const char *which, const audit::TrailHead &head);
    base::Result<QList<audit::TrailAnchor>> savedAnchors() const;
    QString anchorPath() const;
    std::shared_ptr<Database> m_database{};
    std::shared_ptr<const security::Sealer> m_sealer{};
    std::atomic<int> m_sinceAnchor{0}; // hooks run after the connection's lock is given back
};

} // namespace naru::storage
