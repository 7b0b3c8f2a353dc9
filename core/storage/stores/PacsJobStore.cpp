#include "core/storage/stores/PacsJobStore.h"
#include "core/storage/stores/ProcessIdentity.h"

#include <QUuid>

namespace naru::storage {

namespace {
const char *const columns = "SELECT id, kind, node, state, attempts, next_attempt, last_error, sealed, "
                            "created, updated, host, pid, process FROM pacs_job ";

bool isFree(const Statement &row)
{
    if (row.text(3) == QLatin1String("queued"))
        return true;
    const ProcessIdentity worker{row.text(10), row.number(11), row.text(12)};
    return row.text(3) == QLatin1String("running") && !worker.mayLive();
}

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

base::Status changedOne(const Database &database)
{
    return database.changes() == 1 ? base::Status() : base::Status(base::Error(errors::NotFound));
}
} // namespace

PacsJobStore::PacsJobStore(std::shared_ptr<Database> database, std::shared_ptr<const security::Sealer> sealer)
    : m_database(std::move(database))
    , m_sealer(std::move(sealer))
{
}

QByteArray PacsJobStore::sealed(const QString &id, const QByteArray &details) const
{
    return m_sealer->seal(
        security::Purpose::Records, {QStringLiteral("pacs_job"), id, QStringLiteral("sealed")}, details);
}

base::Result<PacsJobRecord> PacsJobStore::record(const Statement &row) const
{
    PacsJobRecord out;
    out.id = row.text(0);
    out.kind = row.text(1);
    out.node = row.text(2);
    out.state = row.text(3);
    out.attempts = int(row.number(4));
    out.nextAttempt = row.time(5);
    out.lastError = row.text(6);
    out.created = row.time(8);
    out.updated = row.time(9);
    NARU_ASSIGN(out.details,
        m_sealer->open(security::Purpose::Records,
            {QStringLiteral("pacs_job"), out.id, QStringLiteral("sealed")}, row.blob(7)));
    return out;
}

base::Result<QString> PacsJobStore::add(const QString &kind, const QString &node, const QByteArray &details)
{
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const QByteArray blob = sealed(id, details);
    NARU_TRY(m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(Statement row,
            m_database->prepare("INSERT INTO pacs_job SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, "
                                "'queued', 0, NULL, '', '', 0, '', ?4, ?5, ?5 FROM pacs_job"));
        return row.bindAll(id, kind, node, blob, now()).run();
    }));
    return id;
}

base::Result<PacsJobRecord> PacsJobStore::get(const QString &id) const
{
    NARU_ASSIGN(Statement row, m_database->prepare((QByteArray(columns) + "WHERE id = ?").constData()));
    NARU_ASSIGN(const bool found, row.bindAll(id).step());
    if (!found)
        return base::Error(errors::NotFound);
    return record(row);
}

base::Result<QList<PacsJobRecord>> PacsJobStore::list() const
{
    NARU_ASSIGN(
        Statement row, m_database->prepare((QByteArray(columns) + "ORDER BY number DESC").constData()));
    QList<PacsJobRecord> out;
    for (;;) {
        NARU_ASSIGN(const bool more, row.step());
        if (!more)
            return out;
        NARU_ASSIGN(const PacsJobRecord one, record(row));
        out.push_back(one);
    }
}

base::Result<bool> PacsJobStore::claim(const QString &id)
{
    const ProcessIdentity self = ProcessIdentity::own();
    bool taken = false;
    NARU_TRY(m_database->inTransaction([&]() -> base::Status {
        {
            NARU_ASSIGN(
                Statement row, m_database->prepare((QByteArray(columns) + "WHERE id = ?").constData()));
            NARU_ASSIGN(const bool found, row.bindAll(id).step());
            if (!found)
                return base::Error(errors::NotFound);
            if (!isFree(row))
                return {};
        }
        NARU_ASSIGN(Statement row,
            m_database->prepare("UPDATE pacs_job SET state = 'running', attempts = attempts + 1, host = ?, "
                                "pid = ?, process = ?, updated = ? WHERE id = ?"));
        NARU_TRY(row.bindAll(self.host, self.pid, self.stamp, now(), id).run());
        taken = true;
        return {};
    }));
    return taken;
}

base::Result<std::optional<QString>> PacsJobStore::due(const QDateTime &moment) const
{
    NARU_ASSIGN(Statement row,
        m_database->prepare((QByteArray(columns)
            + "WHERE state = 'running' OR (state = 'queued' AND coalesce(next_attempt, 0) <= ?) ORDER BY "
              "number")
                                .constData()));
    row.bindAll(moment.toMSecsSinceEpoch());
    for (;;) {
        NARU_ASSIGN(const bool more, row.step());
        if (!more)
            return std::optional<QString>();
        if (isFree(row))
            return std::optional(row.text(0));
    }
}

base::Status PacsJobStore::keep(const QString &id, const QByteArray &details)
{
    const QByteArray blob = sealed(id, details);
    return m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(
            Statement row, m_database->prepare("UPDATE pacs_job SET sealed = ?, updated = ? WHERE id = ?"));
        NARU_TRY(row.bindAll(blob, now(), id).run());
        return changedOne(*m_database);
    });
}

base::Status PacsJobStore::end(const QString &id, const QString &state, const QString &error,
    const QDateTime &nextAttempt, const QByteArray &details)
{
    const QByteArray blob = sealed(id, details);
    return m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(Statement row,
            m_database->prepare("UPDATE pacs_job SET state = ?, last_error = ?, next_attempt = ?, sealed = "
                                "?, updated = ?, host = '', pid = 0, process = '' WHERE id = ?"));
        row.bindAll(state, error).bindTime(3, nextAttempt);
        NARU_TRY(row.bind(4, blob).bind(5, now()).bind(6, id).run());
        return changedOne(*m_database);
    });
}

base::Status PacsJobStore::again(const QString &id)
{
    return m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(Statement row,
            m_database->prepare("UPDATE pacs_job SET state = 'queued', attempts = 0, next_attempt = NULL, "
                                "updated = ? WHERE id = ? AND state <> 'running'"));
        NARU_TRY(row.bindAll(now(), id).run());
        return changedOne(*m_database);
    });
}

base::Status PacsJobStore::stop(const QString &id)
{
    return m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(Statement row,
            m_database->prepare(
                "UPDATE pacs_job SET state = 'stopped', updated = ? WHERE id = ? AND state = 'queued'"));
        NARU_TRY(row.bindAll(now(), id).run());
        return changedOne(*m_database);
    });
}

base::Status PacsJobStore::remove(const QString &id)
{
    return m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(
            Statement row, m_database->prepare("DELETE FROM pacs_job WHERE id = ? AND state <> 'running'"));
        NARU_TRY(row.bindAll(id).run());
        return changedOne(*m_database);
    });
}

} // namespace naru::storage
