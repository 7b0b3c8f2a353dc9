#include "core/storage/stores/OutboxStore.h"

#include "core/base/Digest.h"
#include "core/base/Errors.h"
#include "core/base/Tsv.h"
#include "core/security/Errors.h"
#include "core/storage/stores/FrozenBytes.h"
#include "core/storage/tables/outbox_transitionsTable.h"

#include <QUuid>

#include <array>

namespace naru::storage {

using security::Purpose;

namespace {
constexpr std::array<const char *, 7> kinds{
    "referral", "consent", "withdrawal", "document", "replace", "deprecate", "images"};
constexpr std::array<const char *, 7> states{
    "held", "queued", "sending", "unknown", "done", "rejected", "recalled"};
const char *const columns =
    "SELECT id, kind, patient_key, state, attempts, last_error, next_attempt, depends_on, absent_checks, "
    "last_absent, "
    "document_unique_id, submission_set_unique_id, sha1, size, created, updated FROM outbox ";
// Due, and not waiting for another item (a document waits for the consent it needs). When that one ended
// without success the worker has to look at this one as well: waiting for ever in silence would be a loss.
const char *const unblocked =
    "state = 'queued' AND (depends_on IS NULL OR EXISTS (SELECT 1 FROM outbox parent WHERE parent.id = "
    "outbox.depends_on AND parent.state IN ('done', 'rejected', 'recalled')))";
// And its images are where it says they are.
const char *const imagesWait =
    "EXISTS (SELECT 1 FROM outbox_image image WHERE image.item = outbox.id AND image.stored IS NULL)";
const QByteArray sendable = QByteArray(unblocked) + " AND NOT " + imagesWait;
// An item last touched in the future was given its time by a clock that has been set back since.
const char *const due = " AND (coalesce(next_attempt, 0) <= CAST(?1 AS INTEGER) OR updated > CAST(?1 AS "
                        "INTEGER)) ORDER BY number";

security::SealPlace place(const QString &id)
{
    return {QStringLiteral("outbox"), id, QStringLiteral("sealed")};
}

template <std::size_t N> int indexOf(const std::array<const char *, N> &words, const QString &word)
{
    for (std::size_t i = 0; i < N; ++i) {
        if (word == QLatin1String(words[i]))
            return int(i);
    }
    return 0;
}

OutboxItem item(const Statement &row)
{
    OutboxItem out;
    out.id = row.text(0);
    out.kind = OutboxKind(indexOf(kinds, row.text(1)));
    out.patientKey = row.text(2);
    out.state = OutboxState(indexOf(states, row.text(3)));
    out.attempts = int(row.number(4));
    out.lastError = row.text(5);
    out.nextAttempt = row.time(6);
    out.dependsOn = row.text(7);
    out.absentChecks = int(row.number(8));
    out.lastAbsent = row.time(9);
    out.documentUniqueId = row.text(10);
    out.submissionSetUniqueId = row.text(11);
    out.sha1 = row.text(12);
    out.size = row.number(13);
    out.created = row.time(14);
    out.updated = row.time(15);
    return out;
}

base::Error wrongState(OutboxState state)
{
    return base::Error(errors::WrongState, {}, {{QStringLiteral("state"), outboxStateKey(state)}});
}

const base::TsvTable &transitions()
{
    static const base::TsvTable table = base::TsvTable::parse(tables::outbox_transitions);
    return table;
}

int transitionRow(const char *name)
{
    for (int row = 0; row < transitions().rowCount(); ++row) {
        if (transitions().at(row, "name") == QLatin1String(name))
            return row;
    }
    return -1;
}
} // namespace

struct OutboxStore::Change {
    int attempt = -1; // what the caller saw; counted transitions compare it
    QString error{};
    std::optional<QDateTime> nextAttempt{}; // replaces when given; an invalid time means at once
};

QString outboxKindKey(OutboxKind kind)
{
    return QLatin1String(kinds.at(std::size_t(kind)));
}

QString outboxStateKey(OutboxState state)
{
    return QLatin1String(states.at(std::size_t(state)));
}

base::Result<OutboxLease> OutboxLease::acquire(const Database &database, int milliseconds)
{
    auto lock = security::FileLock::acquire(database.folder() + QStringLiteral("/outbox.lock"), milliseconds);
    if (lock)
        return OutboxLease(std::move(*lock));
    if (lock.error().is(security::errors::VaultBusy))
        return base::Error(errors::WorkerBusy);
    return lock.error();
}

OutboxStore::OutboxStore(std::shared_ptr<Database> database, std::shared_ptr<const security::Sealer> sealer,
    std::shared_ptr<AuditStore> audit, base::ClockPtr clock)
    : m_database(std::move(database))
    , m_sealer(std::move(sealer))
    , m_audit(std::move(audit))
    , m_clock(std::move(clock))
{
}

QDateTime OutboxStore::now() const
{
    return m_clock ? m_clock->nowUtc() : base::SystemClock().nowUtc();
}

base::Result<QString> OutboxStore::enqueue(
    const NewOutboxItem &given, const std::optional<audit::AuditEvent> &event)
{
    const FrozenSubmission &frozen = given.submission;
    if (frozen.submissionSetUniqueId.isEmpty())
        return base::Error(
            base::errors::Invalid, {}, {{QStringLiteral("what"), QStringLiteral("submission set id")}});
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const FrozenDocument first = frozen.documents.empty() ? FrozenDocument{} : frozen.documents.front();
    NARU_ASSIGN(
        const QByteArray sealed, m_sealer->sealChunks(Purpose::Outbox, place(id), frozenToBytes(frozen)));
    const base::Status status = m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(Statement row,
            m_database->prepare("INSERT INTO outbox VALUES (?,(SELECT coalesce(max(number), 0) + 1 FROM "
                                "outbox),?,?,?,0,'',NULL,?,0,NULL,?,?,?,?,?,?,?,?)"));
        row.bind(1, id).bind(2, outboxKindKey(given.kind)).bind(3, given.patientKey);
        row.bind(4, outboxStateKey(given.held ? OutboxState::Held : OutboxState::Queued));
        given.dependsOn.isEmpty() ? row.bindNull(5) : row.bind(5, given.dependsOn);
        row.bind(6, first.documentUniqueId).bind(7, frozen.submissionSetUniqueId);
        given.uniqueKey.isEmpty()
            ? row.bindNull(8)
            : row.bind(8, m_sealer->blindIndex(QStringLiteral("outbox.unique"), given.uniqueKey));
        row.bind(9, first.sha1).bind(10, first.size).bind(11, sealed);
        NARU_TRY(row.bindTime(12, now()).bindTime(13, now()).run());
        NARU_TRY(addImages(id, given.images));
        if (event)
            NARU_TRY(m_audit->append(*event));
        return {};
    });
    if (!status)
        return status.error();
    return id;
}

base::Status OutboxStore::complete(
    const QString &id, const FrozenSubmission &given, const audit::AuditEvent &event)
{
    return m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(const OutboxItem before, get(id));
        NARU_ASSIGN(const FrozenSubmission known, submission(id));
        if (before.state != OutboxState::Held || !known.submitObjectsRequest.isEmpty())
            return wrongState(before.state);
        bool same = !given.submitObjectsRequest.isEmpty()
            && given.submissionSetUniqueId == known.submissionSetUniqueId
            && given.submissionSetUuid == known.submissionSetUuid
            && given.documents.size() == known.documents.size();
        for (std::size_t i = 0; same && i < known.documents.size(); ++i)
            same = given.documents[i] == known.documents[i];
        if (!same)
            return base::Error(
                base::errors::Invalid, {}, {{QStringLiteral("what"), QStringLiteral("submission")}});
        NARU_ASSIGN(Statement row,
            m_database->prepare("UPDATE outbox SET sealed = ?, updated = ? WHERE id = ? AND state = 'held'"));
        NARU_ASSIGN(
            const QByteArray sealed, m_sealer->sealChunks(Purpose::Outbox, place(id), frozenToBytes(given)));
        row.bind(1, sealed).bindTime(2, now());
        NARU_TRY(row.bind(3, id).run());
        if (m_database->changes() != 1)
            return wrongState(before.state);
        NARU_TRY(m_audit->append(event));
        return {};
    });
}

base::Result<QList<OutboxItem>> OutboxStore::select(const char *sql, const QString &argument) const
{
    NARU_ASSIGN(Statement row, m_database->prepare((QByteArray(columns) + sql).constData()));
    row.bindAll(argument);
    QList<OutboxItem> out;
    for (;;) {
        NARU_ASSIGN(const bool more, row.step());
        if (!more)
            return out;
        out.push_back(item(row));
    }
}

base::Result<OutboxItem> OutboxStore::get(const QString &id) const
{
    NARU_ASSIGN(const QList<OutboxItem> found, select("WHERE id = ?", id));
    if (found.isEmpty())
        return base::Error(errors::NotFound);
    return found.first();
}

base::Result<FrozenSubmission> OutboxStore::submission(const QString &id) const
{
    QByteArray sealed;
    {
        NARU_ASSIGN(Statement row, m_database->prepare("SELECT sealed FROM outbox WHERE id = ?"));
        NARU_ASSIGN(const bool found, row.bindAll(id).step());
        if (!found)
            return base::Error(errors::NotFound);
        sealed = row.blob(0);
    }
    NARU_ASSIGN(const QByteArray plain, m_sealer->openChunks(Purpose::Outbox, place(id), sealed));
    return frozenFromBytes(plain);
}

base::Result<QList<OutboxItem>> OutboxStore::list() const
{
    return select("WHERE ? = '' ORDER BY number", {});
}

base::Result<QList<OutboxItem>> OutboxStore::inState(OutboxState state) const
{
    return select("WHERE state = ? ORDER BY number", outboxStateKey(state));
}

base::Result<QList<OutboxAttempt>> OutboxStore::attempts(const QString &id) const
{
    NARU_ASSIGN(Statement row,
        m_database->prepare("SELECT number, started, ended, outcome, error FROM outbox_attempt WHERE item = "
                            "? ORDER BY number"));
    row.bindAll(id);
    QList<OutboxAttempt> out;
    for (;;) {
        NARU_ASSIGN(const bool more, row.step());
        if (!more)
            return out;
        out.push_back({int(row.number(0)), row.time(1), row.time(2), row.text(3), row.text(4)});
    }
}

base::Result<std::optional<QDateTime>> OutboxStore::nextDue() const
{
    NARU_ASSIGN(Statement row,
        m_database->prepare(
            ("SELECT min(coalesce(next_attempt, 0)) FROM outbox WHERE " + QByteArray(unblocked))
                .constData()));
    NARU_TRY(row.step());
    return row.isNull(0) ? std::optional<QDateTime>() : std::optional<QDateTime>(row.time(0));
}

base::Status OutboxStore::apply(const char *transition, const QString &id, const Change &change,
    const std::optional<audit::AuditEvent> &event)
{
    const int rule = transitionRow(transition);
    const QString target = transitions().at(rule, "to");
    const bool counted = transitions().at(rule, "counted") == QLatin1String("1");
    return m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(const OutboxItem before, get(id));
        const QStringList from = transitions().at(rule, "from").split(QLatin1Char(' '));
        if (!from.contains(outboxStateKey(before.state)) || (counted && change.attempt != before.attempts))
            return wrongState(before.state);
        const bool claims = target == QLatin1String("sending");
        const bool recalls = target == QLatin1String("recalled");
        // A rejected item was sent: taking it back only means that nobody will try again.
        {
            NARU_ASSIGN(Statement row,
                m_database->prepare(
                    "UPDATE outbox SET state = ?, attempts = attempts + ?, last_error = ?, next_attempt = ?, "
                    "absent_checks = 0, last_absent = NULL, updated = ? WHERE id = ? AND state = ? AND "
                    "attempts = ?"));
            row.bind(1, target).bind(2, claims ? 1 : 0);
            row.bind(3, claims || recalls ? before.lastError : change.error);
            row.bindTime(4, change.nextAttempt.value_or(claims ? before.nextAttempt : QDateTime()))
                .bindTime(5, now());
            NARU_TRY(row.bind(6, id).bind(7, outboxStateKey(before.state)).bind(8, before.attempts).run());
            if (m_database->changes() != 1)
                return wrongState(before.state);
        }
        if (claims) {
            NARU_ASSIGN(
                Statement row, m_database->prepare("INSERT INTO outbox_attempt VALUES (?,?,?,NULL,'','')"));
            NARU_TRY(row.bind(1, id).bind(2, before.attempts + 1).bindTime(3, now()).run());
        }
        if (transitions().at(rule, "ends") == QLatin1String("1")) {
            NARU_ASSIGN(Statement row,
                m_database->prepare("UPDATE outbox_attempt SET ended = ?, outcome = ?, error = ? WHERE item "
                                    "= ? AND number = ?"));
            // An attempt without an answer that turns out to have arrived keeps telling why nobody knew at
            // first.
            const bool verified = before.state == OutboxState::Unknown && target == QLatin1String("done");
            row.bindTime(1, now()).bind(
                2, verified ? QStringLiteral("verified") : QString(QLatin1String(transition)));
            row.bind(3, verified ? before.lastError : change.error);
            NARU_TRY(row.bind(4, id).bind(5, before.attempts).run());
        }
        if (event)
            NARU_TRY(m_audit->append(*event));
        return {};
    });
}

base::Status OutboxStore::release(const QString &id, const std::optional<audit::AuditEvent> &event)
{
    return apply("release", id, {}, event);
}

base::Status OutboxStore::recall(const QString &id, const std::optional<audit::AuditEvent> &event)
{
    return apply("recall", id, {}, event);
}

base::Status OutboxStore::retry(const QString &id, const std::optional<audit::AuditEvent> &event)
{
    return apply("retry", id, {}, event);
}

base::Status OutboxStore::hurry(const QString &id)
{
    return m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(const OutboxItem before, get(id));
        if (before.state != OutboxState::Queued)
            return wrongState(before.state);
        NARU_ASSIGN(Statement row, m_database->prepare("UPDATE outbox SET next_attempt = NULL WHERE id = ?"));
        return row.bindAll(id).run();
    });
}

base::Result<std::optional<OutboxItem>> OutboxStore::claimNext()
{
    std::optional<OutboxItem> out;
    const base::Status status = m_database->inTransaction([&]() -> base::Status {
        const QByteArray sql = "WHERE " + sendable + due + " LIMIT 1";
        NARU_ASSIGN(const QList<OutboxItem> next,
            select(sql.constData(), QString::number(now().toMSecsSinceEpoch())));
        if (next.isEmpty())
            return {};
        NARU_TRY(apply("claim", next.first().id, {}, {}));
        NARU_ASSIGN(out, get(next.first().id));
        return {};
    });
    if (!status)
        return status.error();
    return out;
}

base::Result<OutboxItem> OutboxStore::claim(const QString &id)
{
    OutboxItem out;
    const base::Status status = m_database->inTransaction([&]() -> base::Status {
        const QByteArray sql = "WHERE " + sendable + " AND id = ?";
        NARU_ASSIGN(const OutboxItem before, get(id));
        NARU_ASSIGN(const QList<OutboxItem> found, select(sql.constData(), id));
        if (found.isEmpty())
            return wrongState(before.state);
        NARU_TRY(apply("claim", id, {}, {}));
        NARU_ASSIGN(out, get(id));
        return {};
    });
    if (!status)
        return status.error();
    return out;
}

base::Status OutboxStore::notSent(const OutboxItem &item, const QString &error, const QDateTime &nextAttempt)
{
    return apply("notSent", item.id, {item.attempts, error, nextAttempt}, {});
}

base::Status OutboxStore::done(const OutboxItem &item, const audit::AuditEvent &event)
{
    return apply("done", item.id, {item.attempts, {}, {}}, event);
}

base::Status OutboxStore::rejected(
    const OutboxItem &item, const QString &error, const audit::AuditEvent &event)
{
    return apply("rejected", item.id, {item.attempts, error, {}}, event);
}

base::Status OutboxStore::unknown(
    const OutboxItem &item, const QString &error, const std::optional<audit::AuditEvent> &event)
{
    return apply("unknown", item.id, {item.attempts, error, {}}, event);
}

base::Result<bool> OutboxStore::absent(const OutboxItem &item, int apart, const QDateTime &nextAttempt)
{
    bool queued = false;
    const base::Status status = m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(const OutboxItem before, get(item.id));
        if (before.state != OutboxState::Unknown || before.attempts != item.attempts)
            return wrongState(before.state);
        const QDateTime moment = now();
        // A first answer that lies in the future (a clock set back since) is counted anew.
        if (before.absentChecks == 0 || before.lastAbsent > moment) {
            NARU_ASSIGN(Statement row,
                m_database->prepare(
                    "UPDATE outbox SET absent_checks = 1, last_absent = ?, updated = ? WHERE id = ?"));
            return row.bindTime(1, moment).bindTime(2, moment).bind(3, item.id).run();
        }
        // The second answer counts only when it is late enough for a slow server to have finished.
        if (before.lastAbsent.secsTo(moment) < apart)
            return {};
        queued = true;
        return apply("absent", item.id, {item.attempts, before.lastError, nextAttempt}, {});
    });
    if (!status)
        return status.error();
    return queued;
}

base::Result<QList<OutboxItem>> OutboxStore::imagesDue() const
{
    const QByteArray sql = QByteArray("WHERE ") + unblocked + " AND " + imagesWait + due;
    return select(sql.constData(), QString::number(now().toMSecsSinceEpoch()));
}

base::Status OutboxStore::postpone(const OutboxItem &item, const QString &error, const QDateTime &nextAttempt)
{
    return apply("postpone", item.id, {item.attempts, error, nextAttempt}, {});
}

base::Status OutboxStore::refuse(const OutboxItem &item, const QString &error, const audit::AuditEvent &event)
{
    return apply("refuse", item.id, {item.attempts, error, {}}, event);
}

base::Result<int> OutboxStore::recoverSending()
{
    int count = 0;
    const base::Status status = m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(const QList<OutboxItem> cut, inState(OutboxState::Sending));
        for (const OutboxItem &each : cut) {
            NARU_TRY(unknown(each, QString(QLatin1String(errors::Interrupted.id))));
            ++count;
        }
        return {};
    });
    if (!status)
        return status.error();
    return count;
}

} // namespace naru::storage
