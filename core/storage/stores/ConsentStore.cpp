#include "core/storage/stores/ConsentStore.h"

#include "core/storage/json/ClinicalJson.h"

#include <QUuid>

#include <array>

namespace naru::storage {

using security::Purpose;

namespace {
constexpr std::array<const char *, 5> states{"local", "queued", "registered", "refused", "withdrawn"};
const char *const columns = "SELECT id, patient_key, withdrawal, state, sealed, document_unique_id, "
                            "outbox_id, created, updated FROM consent ";

security::SealPlace place(const char *table, const QString &id)
{
    return {QLatin1String(table), id, QStringLiteral("sealed")};
}

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QDateTime orNow(const QDateTime &time)
{
    return time.isValid() ? time : QDateTime::currentDateTimeUtc();
}
} // namespace

QString consentStateKey(ConsentRecord::State state)
{
    return QLatin1String(states.at(std::size_t(state)));
}

ConsentStore::ConsentStore(std::shared_ptr<Database> database, std::shared_ptr<const security::Sealer> sealer)
    : m_database(std::move(database))
    , m_sealer(std::move(sealer))
{
}

base::Result<QString> ConsentStore::add(ConsentRecord record)
{
    if (record.id.isEmpty())
        record.id = newId();
    const QByteArray sealed =
        m_sealer->seal(Purpose::Records, place("consent", record.id), toJsonText(record.statement));
    const base::Status status = m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(Statement row, m_database->prepare("INSERT INTO consent VALUES (?,?,?,?,?,?,?,?,?)"));
        row.bindAll(record.id, record.patientKey, record.withdrawal, consentStateKey(record.state), sealed,
            record.documentUniqueId, record.outboxId);
        return row.bindTime(8, orNow(record.created)).bindTime(9, orNow(record.updated)).run();
    });
    if (!status)
        return status.error();
    return record.id;
}

base::Result<ConsentRecord> ConsentStore::record(const Statement &row) const
{
    ConsentRecord out;
    out.id = row.text(0);
    out.patientKey = row.text(1);
    out.withdrawal = row.flag(2);
    for (std::size_t i = 0; i < states.size(); ++i) {
        if (row.text(3) == QLatin1String(states[i]))
            out.state = ConsentRecord::State(i);
    }
    NARU_ASSIGN(
        const QByteArray plain, m_sealer->open(Purpose::Records, place("consent", out.id), row.blob(4)));
    NARU_ASSIGN(out.statement, fromJsonText<clinical::ConsentStatement>(plain));
    out.documentUniqueId = row.text(5);
    out.outboxId = row.text(6);
    out.created = row.time(7);
    out.updated = row.time(8);
    return out;
}

base::Result<ConsentRecord> ConsentStore::get(const QString &id) const
{
    NARU_ASSIGN(Statement row, m_database->prepare((QByteArray(columns) + "WHERE id = ?").constData()));
    NARU_ASSIGN(const bool found, row.bindAll(id).step());
    if (!found)
        return base::Error(errors::NotFound);
    return record(row);
}

base::Result<QList<ConsentRecord>> ConsentStore::byPatient(const QString &patientKey) const
{
    NARU_ASSIGN(Statement row,
        m_database->prepare(
            (QByteArray(columns) + "WHERE patient_key = ? ORDER BY created DESC, id").constData()));
    row.bindAll(patientKey);
    QList<ConsentRecord> out;
    for (;;) {
        NARU_ASSIGN(const bool more, row.step());
        if (!more)
            return out;
        NARU_ASSIGN(ConsentRecord next, record(row));
        out.push_back(std::move(next));
    }
}

base::Status ConsentStore::setState(
    const QString &id, ConsentRecord::State state, const QString &documentUniqueId, const QString &outboxId)
{
    return m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(Statement row,
            m_database->prepare(
                "UPDATE consent SET state = ?1, document_unique_id = iif(?2 = '', document_unique_id, ?2), "
                "outbox_id = iif(?3 = '', outbox_id, ?3), updated = ?4 WHERE id = ?5"));
        row.bindAll(
            consentStateKey(state), documentUniqueId, outboxId, QDateTime::currentMSecsSinceEpoch(), id);
        NARU_TRY(row.run());
        return m_database->changes() == 1 ? base::Status() : base::Error(errors::NotFound);
    });
}

base::Result<QString> ConsentStore::addException(ExceptionRecord record)
{
    if (record.id.isEmpty())
        record.id = newId();
    const QByteArray sealed = m_sealer->seal(
        Purpose::Records, place("emergency_exception", record.id), toJsonText(record.exception));
    const base::Status status = m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(Statement row, m_database->prepare("INSERT INTO emergency_exception VALUES (?,?,?,?)"));
        return row.bindAll(record.id, record.patientKey, sealed).bindTime(4, orNow(record.created)).run();
    });
    if (!status)
        return status.error();
    return record.id;
}

base::Result<QList<ExceptionRecord>> ConsentStore::exceptions(const QString &patientKey) const
{
    NARU_ASSIGN(Statement row,
        m_database->prepare("SELECT id, sealed, created FROM emergency_exception WHERE patient_key = ? ORDER "
                            "BY created DESC, id"));
    row.bindAll(patientKey);
    QList<ExceptionRecord> out;
    for (;;) {
        NARU_ASSIGN(const bool more, row.step());
        if (!more)
            return out;
        ExceptionRecord next;
        next.id = row.text(0);
        next.patientKey = patientKey;
        NARU_ASSIGN(const QByteArray plain,
            m_sealer->open(Purpose::Records, place("emergency_exception", next.id), row.blob(1)));
        NARU_ASSIGN(next.exception, fromJsonText<clinical::EmergencyException>(plain));
        next.created = row.time(2);
        out.push_back(std::move(next));
    }
}

} // namespace naru::storage
