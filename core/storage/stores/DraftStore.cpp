#include "core/storage/stores/DraftStore.h"

#include "core/storage/stores/ProcessIdentity.h"

#include <QUuid>

namespace naru::storage {

using security::Purpose;

namespace {
const char *const columns =
    "SELECT id, owner, patient_key, form, created, updated, saved, journal_revision, saved_revision, "
    "host, pid, clean_closed, process, sealed_journal, sealed_saved FROM draft ";

security::SealPlace place(const QString &id, const char *column)
{
    return {QStringLiteral("draft"), id, QLatin1String(column)};
}

DraftSummary summary(const Statement &row)
{
    DraftSummary out;
    out.id = row.text(0);
    out.owner = row.text(1);
    out.patientKey = row.text(2);
    out.form = clinical::formFromKey(row.text(3));
    out.created = row.time(4);
    out.updated = row.time(5);
    out.saved = row.time(6);
    out.journalRevision = row.number(7);
    out.savedRevision = row.number(8);
    out.host = row.text(9);
    out.pid = row.number(10);
    out.cleanClosed = row.flag(11);
    return out;
}

ProcessIdentity editor(const Statement &row)
{
    return {row.text(9), row.number(10), row.text(12)};
}

base::Status changedOne(const Database &database)
{
    return database.changes() == 1 ? base::Status() : base::Error(errors::NotFound);
}
} // namespace

DraftStore::DraftStore(std::shared_ptr<Database> database, std::shared_ptr<const security::Sealer> sealer)
    : m_database(std::move(database))
    , m_sealer(std::move(sealer))
{
}

base::Result<QString> DraftStore::create(
    const QString &owner, const QString &patientKey, clinical::Form form, const QByteArray &json)
{
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const QByteArray sealed = m_sealer->seal(Purpose::Drafts, place(id, "sealed_journal"), json);
    const ProcessIdentity self = ProcessIdentity::own();
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const base::Status status = m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(Statement row,
            m_database->prepare("INSERT INTO draft VALUES (?,?,?,?,?,NULL,1,0,?,?,NULL,?,?,?,0)"));
        return row
            .bindAll(id, owner, patientKey, clinical::formKey(form), sealed, now, now, self.host, self.pid,
                self.stamp)
            .run();
    });
    if (!status)
        return status.error();
    return id;
}

base::Status DraftStore::write(const QString &id, const QByteArray &json, bool saved)
{
    const QByteArray journal = m_sealer->seal(Purpose::Drafts, place(id, "sealed_journal"), json);
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    return m_database->inTransaction([&]() -> base::Status {
        {
            NARU_ASSIGN(Statement row,
                m_database->prepare(
                    "UPDATE draft SET sealed_journal = ?, updated = ?, journal_revision = journal_revision + "
                    "1 WHERE id = ?"));
            NARU_TRY(row.bindAll(journal, now, id).run());
            NARU_TRY(changedOne(*m_database));
        }
        if (!saved)
            return {};
        const QByteArray sealed = m_sealer->seal(Purpose::Drafts, place(id, "sealed_saved"), json);
        NARU_ASSIGN(Statement row,
            m_database->prepare("UPDATE draft SET sealed_saved = ?, saved = ?, saved_revision = "
                                "journal_revision WHERE id = ?"));
        return row.bindAll(sealed, now, id).run();
    });
}

base::Status DraftStore::journal(const QString &id, const QByteArray &json)
{
    return write(id, json, false);
}

base::Status DraftStore::save(const QString &id, const QByteArray &json)
{
    return write(id, json, true);
}

base::Result<Draft> DraftStore::get(const QString &id) const
{
    NARU_ASSIGN(Statement row, m_database->prepare((QByteArray(columns) + "WHERE id = ?").constData()));
    NARU_ASSIGN(const bool found, row.bindAll(id).step());
    if (!found)
        return base::Error(errors::NotFound);
    Draft out;
    out.summary = summary(row);
    NARU_ASSIGN(out.journal, m_sealer->open(Purpose::Drafts, place(id, "sealed_journal"), row.blob(13)));
    if (!row.isNull(14)) {
        NARU_ASSIGN(out.saved, m_sealer->open(Purpose::Drafts, place(id, "sealed_saved"), row.blob(14)));
    }
    return out;
}

base::Result<QList<DraftSummary>> DraftStore::list(const QString &owner, const QString &patientKey) const
{
    NARU_ASSIGN(Statement row,
        m_database->prepare((QByteArray(columns)
            + "WHERE (?1 = '' OR owner = ?1) AND (?2 = '' OR patient_key = ?2) ORDER BY updated DESC, id")
                                .constData()));
    row.bindAll(owner, patientKey);
    QList<DraftSummary> out;
    for (;;) {
        NARU_ASSIGN(const bool more, row.step());
        if (!more)
            return out;
        out.push_back(summary(row));
    }
}

base::Status DraftStore::open(const QString &id)
{
    const ProcessIdentity self = ProcessIdentity::own();
    return m_database->inTransaction([&]() -> base::Status {
        {
            NARU_ASSIGN(
                Statement row, m_database->prepare((QByteArray(columns) + "WHERE id = ?").constData()));
            NARU_ASSIGN(const bool found, row.bindAll(id).step());
            if (!found)
                return base::Error(errors::NotFound);
            const ProcessIdentity other = editor(row);
            if (!row.flag(11) && other != self && other.mayLive())
                return base::Error(
                    errors::WrongState, {}, {{QStringLiteral("state"), QStringLiteral("open elsewhere")}});
        }
        NARU_ASSIGN(Statement row,
            m_database->prepare(
                "UPDATE draft SET host = ?, pid = ?, process = ?, clean_closed = 0 WHERE id = ?"));
        return row.bindAll(self.host, self.pid, self.stamp, id).run();
    });
}

base::Status DraftStore::closeCleanly(const QString &id)
{
    return m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(Statement row, m_database->prepare("UPDATE draft SET clean_closed = 1 WHERE id = ?"));
        NARU_TRY(row.bindAll(id).run());
        return changedOne(*m_database);
    });
}

base::Status DraftStore::revertToSaved(const QString &id)
{
    return m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(const Draft draft, get(id));
        if (!draft.summary.saved.isValid())
            return base::Error(
                errors::WrongState, {}, {{QStringLiteral("state"), QStringLiteral("never saved")}});
        return write(id, draft.saved, true);
    });
}

base::Status DraftStore::discard(const QString &id)
{
    return m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(Statement row, m_database->prepare("DELETE FROM draft WHERE id = ?"));
        NARU_TRY(row.bindAll(id).run());
        return changedOne(*m_database);
    });
}

base::Result<QList<DraftSummary>> DraftStore::orphans(const QString &owner) const
{
    NARU_ASSIGN(Statement row,
        m_database->prepare((QByteArray(columns)
            + "WHERE clean_closed = 0 AND (?1 = '' OR owner = ?1) ORDER BY updated DESC, id")
                                .constData()));
    row.bindAll(owner);
    QList<DraftSummary> out;
    for (;;) {
        NARU_ASSIGN(const bool more, row.step());
        if (!more)
            return out;
        if (!editor(row).mayLive())
            out.push_back(summary(row));
    }
}

} // namespace naru::storage
