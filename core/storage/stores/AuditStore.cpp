#include "core/storage/stores/AuditStore.h"

#include "core/audit/AuditMessage.h"
#include "core/audit/Errors.h"
#include "core/security/Errors.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

namespace naru::storage {

using audit::TrailHead;
using audit::TrailRecord;
using security::Purpose;

namespace {
constexpr int recordsBetweenAnchors = 32;
constexpr qint64 anchorFileLimit = 1024 * 1024;
const char *const columns = "SELECT sequence, uuid, recorded, act, account, place, subject, outcome, sealed, "
                            "mac, delivered FROM audit ";

security::SealPlace place(const QString &row, const char *column)
{
    return {QStringLiteral("audit"), row, QLatin1String(column)};
}

TrailRecord record(const Statement &row)
{
    TrailRecord out;
    out.sequence = row.number(0);
    out.uuid = row.text(1);
    out.recorded = row.text(2);
    out.act = row.text(3);
    out.account = row.text(4);
    out.place = row.text(5);
    out.subject = row.text(6);
    out.outcome = int(row.number(7));
    out.sealed = row.blob(8);
    out.mac = row.blob(9);
    out.delivered = row.flag(10);
    return out;
}

QString timeText(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}
} // namespace

AuditStore::AuditStore(std::shared_ptr<Database> database, std::shared_ptr<const security::Sealer> sealer)
    : m_database(std::move(database))
    , m_sealer(std::move(sealer))
{
}

AuditStore::~AuditStore()
{
    if (m_sinceAnchor > 0)
        (void)saveAnchor();
}

QString AuditStore::anchorPath() const
{
    return m_database->folder() + QStringLiteral("/audit.head");
}

base::Result<TrailHead> AuditStore::chainEnd(const char *which) const
{
    NARU_ASSIGN(Statement row,
        m_database->prepare("SELECT sequence, mac, sealed_key FROM audit_end WHERE which = ?"));
    NARU_ASSIGN(const bool found, row.bindAll(QString(QLatin1String(which))).step());
    TrailHead out;
    if (!found) {
        // Before the first record ever; once there are ends, a missing one is damage that verify() reports.
        out.key = m_sealer->deriveKey(Purpose::AuditKeys, "trail-seed");
        return out;
    }
    out.sequence = row.number(0);
    out.mac = row.blob(1);
    NARU_ASSIGN(QByteArray key,
        m_sealer->open(Purpose::AuditKeys, place(QLatin1String(which) + QString::number(out.sequence), "key"),
            row.blob(2)));
    out.key = base::SecureBytes(QByteArrayView(key));
    key.fill('\0');
    return out;
}

base::Status AuditStore::storeEnd(const char *which, const TrailHead &head)
{
    const QString name = QLatin1String(which);
    NARU_ASSIGN(Statement row,
        m_database->prepare(
            "INSERT INTO audit_end VALUES (?,?,?,?) ON CONFLICT(which) DO UPDATE SET sequence = "
            "excluded.sequence, mac = excluded.mac, sealed_key = excluded.sealed_key"));
    const QByteArray sealed = m_sealer->seal(
        Purpose::AuditKeys, place(name + QString::number(head.sequence), "key"), head.key.view());
    return row.bindAll(name, head.sequence, head.mac, sealed).run();
}

base::Result<TrailHead> AuditStore::origin() const
{
    return chainEnd("origin");
}

base::Result<TrailHead> AuditStore::head() const
{
    return chainEnd("head");
}

base::Result<qint64> AuditStore::append(audit::AuditEvent event)
{
    if (event.uuid.isEmpty())
        event.uuid = QUuid::createUuid().toString(QUuid::WithoutBraces);
    if (!event.time.isValid())
        event.time = QDateTime::currentDateTimeUtc();
    // What could never be delivered must not get in: it would hold up everything behind it.
    NARU_TRY(audit::toXml(event));
    TrailRecord next;
    next.uuid = event.uuid;
    next.recorded = timeText(event.time);
    next.act = event.act;
    next.account = event.account;
    next.place = event.place;
    next.subject = event.subject;
    next.outcome = int(event.outcome);
    next.sealed = m_sealer->seal(Purpose::Audit, place(event.uuid, "sealed"), audit::toJson(event));
    qint64 sequence = 0;
    const base::Status status = m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(TrailHead end, head());
        next = audit::chain(end, std::move(next));
        sequence = next.sequence;
        NARU_ASSIGN(Statement row, m_database->prepare("INSERT INTO audit VALUES (?,?,?,?,?,?,?,?,?,?,0)"));
        NARU_TRY(row.bindAll(next.sequence, next.uuid, next.recorded, next.act, next.account, next.place,
                        next.subject, next.outcome, next.sealed, next.mac)
                     .run());
        return storeEnd("head", end);
    });
    if (!status)
        return status.error();
    m_database->afterCommit([this] {
        if (++m_sinceAnchor >= recordsBetweenAnchors)
            (void)saveAnchor();
    });
    return sequence;
}

base::Status AuditStore::forEach(qint64 fromSequence, const Visitor &visit) const
{
    NARU_ASSIGN(Statement row,
        m_database->prepare((QByteArray(columns) + "WHERE sequence >= ? ORDER BY sequence").constData()));
    row.bindAll(fromSequence);
    for (;;) {
        NARU_ASSIGN(const bool more, row.step());
        if (!more)
            return {};
        NARU_TRY(visit(record(row)));
    }
}

base::Result<QList<TrailRecord>> AuditStore::list(const AuditFilter &filter) const
{
    NARU_ASSIGN(Statement row,
        m_database->prepare((QByteArray(columns)
            + "WHERE (?1 = '' OR recorded >= ?1) AND (?2 = '' OR recorded < ?2) AND (?3 = '' OR account = "
              "?3) AND (?4 = '' OR "
              "subject = ?4) AND (?5 = '' OR act = ?5 OR (substr(?5, -2) = '.*' AND substr(act, 1, "
              "length(?5) - 1) = substr(?5, "
              "1, length(?5) - 1))) AND (?6 = 0 OR sequence < ?6) ORDER BY sequence DESC LIMIT ?7")
                                .constData()));
    row.bindAll(filter.from.isValid() ? timeText(filter.from) : QString(),
        filter.to.isValid() ? timeText(filter.to) : QString(), filter.account, filter.subject, filter.act,
        filter.beforeSequence, filter.limit);
    QList<TrailRecord> out;
    for (;;) {
        NARU_ASSIGN(const bool more, row.step());
        if (!more)
            return out;
        out.push_back(record(row));
    }
}

base::Result<AuditCounts> AuditStore::counts() const
{
    NARU_ASSIGN(Statement row,
        m_database->prepare(
            "SELECT (SELECT count(*) FROM audit), (SELECT count(*) FROM audit WHERE delivered = 0), (SELECT "
            "recorded FROM audit WHERE delivered = 0 ORDER BY sequence LIMIT 1)"));
    NARU_TRY(row.step());
    AuditCounts out;
    out.records = row.number(0);
    out.undelivered = row.number(1);
    if (!row.isNull(2))
        out.oldestUndelivered = QDateTime::fromString(row.text(2), Qt::ISODateWithMs);
    return out;
}

base::Result<QList<TrailRecord>> AuditStore::undelivered(int limit) const
{
    NARU_ASSIGN(Statement row,
        m_database->prepare(
            (QByteArray(columns) + "WHERE delivered = 0 ORDER BY sequence LIMIT ?").constData()));
    row.bindAll(limit);
    QList<TrailRecord> out;
    for (;;) {
        NARU_ASSIGN(const bool more, row.step());
        if (!more)
            return out;
        out.push_back(record(row));
    }
}

base::Status AuditStore::markDelivered(const QList<qint64> &sequences)
{
    return m_database->inTransaction([&]() -> base::Status {
        for (const qint64 sequence : sequences) {
            NARU_ASSIGN(
                Statement row, m_database->prepare("UPDATE audit SET delivered = 1 WHERE sequence = ?"));
            NARU_TRY(row.bindAll(sequence).run());
        }
        return {};
    });
}

base::Result<audit::AuditEvent> AuditStore::open(const TrailRecord &record) const
{
    NARU_ASSIGN(
        const QByteArray json, m_sealer->open(Purpose::Audit, place(record.uuid, "sealed"), record.sealed));
    return audit::fromJson(json);
}

base::Result<audit::TrailAnchor> AuditStore::currentAnchor() const
{
    NARU_ASSIGN(const TrailHead end, head());
    return audit::TrailAnchor{end.sequence, end.mac};
}

// The file is sealed: without the key nobody can write an older head that would be believed.
base::Status AuditStore::saveAnchor()
{
    NARU_ASSIGN(const audit::TrailAnchor anchor, currentAnchor());
    // An anchor that the trail no longer contains is evidence: it is never written over.
    NARU_ASSIGN(const QList<audit::TrailAnchor> saved, savedAnchors());
    NARU_ASSIGN(const TrailHead start, origin());
    if (!saved.isEmpty() && saved.first().sequence > start.sequence) {
        NARU_ASSIGN(Statement row, m_database->prepare("SELECT mac FROM audit WHERE sequence = ?"));
        NARU_ASSIGN(const bool found, row.bindAll(saved.first().sequence).step());
        if (!found || row.blob(0) != saved.first().mac)
            return base::Error(audit::errors::Tampered, {},
                {{QStringLiteral("record"), QString::number(saved.first().sequence)}});
    }
    const QByteArray json =
        QJsonDocument(QJsonObject{{QStringLiteral("sequence"), anchor.sequence},
                          {QStringLiteral("mac"), QString::fromLatin1(anchor.mac.toHex())}})
            .toJson(QJsonDocument::Compact);
    const QByteArray sealed =
        m_sealer->seal(Purpose::AuditKeys, place(QStringLiteral("anchor"), "file"), json);
    NARU_TRY(security::replaceFile(anchorPath(), sealed));
    m_sinceAnchor = 0;
    return {};
}

base::Result<QList<audit::TrailAnchor>> AuditStore::savedAnchors() const
{
    if (!QFile::exists(anchorPath()))
        return QList<audit::TrailAnchor>();
    NARU_ASSIGN(const QByteArray sealed, security::readFile(anchorPath(), anchorFileLimit));
    NARU_ASSIGN(const QByteArray json,
        m_sealer->open(Purpose::AuditKeys, place(QStringLiteral("anchor"), "file"), sealed));
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    return QList<audit::TrailAnchor>{{object.value(QLatin1String("sequence")).toInteger(),
        QByteArray::fromHex(object.value(QLatin1String("mac")).toString().toLatin1())}};
}

base::Result<audit::TrailVerdict> AuditStore::verify(
    const QList<audit::TrailAnchor> &more, const base::WorkContext &context) const
{
    const auto saved = savedAnchors();
    if (!saved) {
        audit::TrailVerdict verdict;
        verdict.why = QStringLiteral("anchor");
        verdict.firstBad = 0; // the anchor file itself was touched
        return verdict;
    }
    auto verdict = audit::verify(*this, *saved + more, context);
    // An end whose key does not open was edited or put back: a verdict, not a fault of the disk.
    if (!verdict && verdict.error().is(security::errors::SealBroken)) {
        audit::TrailVerdict bad;
        bad.why = QStringLiteral("head");
        bad.firstBad = 0;
        return bad;
    }
    return verdict;
}

base::Result<qint64> AuditStore::purge(const QDateTime &now, int keepDays)
{
    const QString limit = timeText(now.addDays(-keepDays));
    qint64 gone = 0;
    const base::Status status = m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(TrailHead start, origin());
        bool going = true;
        NARU_TRY(forEach(start.sequence + 1, [&](const TrailRecord &each) -> base::Status {
            // Only from the front, so that what stays is one chain.
            going = going && each.delivered && each.recorded < limit;
            if (going) {
                start.sequence = each.sequence;
                start.mac = each.mac;
                start.key = audit::nextKey(start.key);
                ++gone;
            }
            return {};
        }));
        if (gone == 0)
            return {};
        NARU_TRY(storeEnd("origin", start));
        NARU_ASSIGN(Statement row, m_database->prepare("DELETE FROM audit WHERE sequence <= ?"));
        return row.bindAll(start.sequence).run();
    });
    if (!status)
        return status.error();
    return gone;
}

} // namespace naru::storage
