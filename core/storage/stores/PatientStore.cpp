#include "core/storage/stores/PatientStore.h"

#include "core/base/Hangul.h"
#include "core/storage/json/ClinicalJson.h"

#include <QUuid>

#include <algorithm>

namespace naru::storage {

using security::Purpose;
using security::SealPlace;

namespace {
const char *const columns =
    "SELECT key, sealed, sealed_resident, sealed_hand_over, created, updated, opened FROM patient ";

SealPlace place(const QString &key, const char *column)
{
    return {QStringLiteral("patient"), key, QLatin1String(column)};
}

QString digits(const QString &text)
{
    QString out;
    for (const QChar c : text) {
        if (c.isDigit())
            out += c;
    }
    return out;
}

bool matches(const clinical::Patient &patient, const QString &text)
{
    const QString wanted = base::folded(text);
    if (wanted.isEmpty())
        return true;
    if (base::folded(patient.name).contains(wanted)
        || base::folded(patient.localId.extension).contains(wanted))
        return true;
    if (base::isChoseongOnly(wanted) && base::folded(base::choseong(patient.name)).contains(wanted))
        return true;
    // "610302" and "1961-03-02" both find a patient of that birthday.
    const QString number = digits(text);
    return number.size() >= 4 && number == wanted && digits(patient.birthDate.toHl7()).contains(number);
}
} // namespace

PatientStore::PatientStore(std::shared_ptr<Database> database, std::shared_ptr<const security::Sealer> sealer)
    : m_database(std::move(database))
    , m_sealer(std::move(sealer))
{
}

QByteArray PatientStore::blind(const char *field, const clinical::Identifier &id) const
{
    return m_sealer->blindIndex(
        QString(QLatin1String(field)), id.root + QLatin1Char('|') + base::normalized(id.extension));
}

base::Result<PatientRecord> PatientStore::record(const Statement &row) const
{
    PatientRecord out;
    out.key = row.text(0);
    NARU_ASSIGN(
        const QByteArray plain, m_sealer->open(Purpose::Records, place(out.key, "sealed"), row.blob(1)));
    NARU_ASSIGN(out.patient, fromJsonText<clinical::Patient>(plain));
    if (!row.isNull(2)) {
        NARU_ASSIGN(const QByteArray number,
            m_sealer->open(Purpose::ResidentNumbers, place(out.key, "sealed_resident"), row.blob(2)));
        out.patient.residentNumber = QString::fromUtf8(number);
    }
    if (!row.isNull(3)) {
        NARU_ASSIGN(const QByteArray json,
            m_sealer->open(Purpose::Records, place(out.key, "sealed_hand_over"), row.blob(3)));
        NARU_ASSIGN(out.handOver, fromJsonText<clinical::HandOver>(json));
        out.handOver->patient = out.patient;
    }
    out.created = row.time(4);
    out.updated = row.time(5);
    out.lastOpened = row.time(6);
    return out;
}

base::Result<PatientRecord> PatientStore::get(const QString &key) const
{
    NARU_ASSIGN(Statement row, m_database->prepare((QByteArray(columns) + "WHERE key = ?").constData()));
    NARU_ASSIGN(const bool found, row.bindAll(key).step());
    if (!found)
        return base::Error(errors::NotFound);
    return record(row);
}

base::Result<std::optional<PatientRecord>> PatientStore::findBlind(
    const char *sql, const QByteArray &blind) const
{
    NARU_ASSIGN(Statement row, m_database->prepare((QByteArray(columns) + sql).constData()));
    NARU_ASSIGN(const bool found, row.bindAll(blind).step());
    if (!found)
        return std::optional<PatientRecord>();
    NARU_ASSIGN(PatientRecord out, record(row));
    return std::optional<PatientRecord>(std::move(out));
}

base::Result<std::optional<PatientRecord>> PatientStore::findByLocalId(const clinical::Identifier &id) const
{
    return findBlind("WHERE blind_local = ?", blind("patient.local", id));
}

base::Result<std::optional<PatientRecord>> PatientStore::findByExchangeId(
    const clinical::Identifier &id) const
{
    return findBlind("WHERE blind_exchange = ? ORDER BY updated DESC LIMIT 1", blind("patient.exchange", id));
}

base::Result<QList<PatientRecord>> PatientStore::list(int limit) const
{
    NARU_ASSIGN(Statement row,
        m_database->prepare(
            (QByteArray(columns) + "ORDER BY max(updated, coalesce(opened, 0)) DESC, key LIMIT ?")
                .constData()));
    row.bindAll(limit > 0 ? limit : -1);
    QList<PatientRecord> out;
    for (;;) {
        NARU_ASSIGN(const bool more, row.step());
        if (!more)
            return out;
        NARU_ASSIGN(PatientRecord next, record(row));
        out.push_back(std::move(next));
    }
}

base::Result<QList<PatientRecord>> PatientStore::search(const QString &text, int limit) const
{
    NARU_ASSIGN(const QList<PatientRecord> all, list());
    QList<PatientRecord> out;
    for (const PatientRecord &each : all) {
        if (out.size() >= limit)
            break;
        if (matches(each.patient, text))
            out.push_back(each);
    }
    return out;
}

base::Result<QString> PatientStore::upsert(
    const clinical::Patient &given, const std::optional<clinical::HandOver> &handOver)
{
    clinical::Patient patient = given;
    QString key;
    const base::Status status = m_database->inTransaction([&]() -> base::Status {
        std::optional<PatientRecord> known;
        if (!patient.localId.isEmpty()) {
            NARU_ASSIGN(known, findByLocalId(patient.localId));
        } else if (!patient.exchangeId.isEmpty()) {
            NARU_ASSIGN(known, findByExchangeId(patient.exchangeId));
        }
        if (known && patient.exchangeId.isEmpty())
            patient.exchangeId = known->patient.exchangeId;
        if (known && patient.localId.isEmpty())
            patient.localId = known->patient.localId;
        key = known ? known->key : QUuid::createUuid().toString(QUuid::WithoutBraces);
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        const QString resident = std::exchange(patient.residentNumber, {});
        NARU_ASSIGN(Statement row,
            m_database->prepare("INSERT INTO patient VALUES (?,?,?,?,?,?,?,?,NULL) ON CONFLICT(key) DO "
                                "UPDATE SET blind_local = "
                                "excluded.blind_local, blind_exchange = excluded.blind_exchange, sealed = "
                                "excluded.sealed, sealed_resident = "
                                "coalesce(excluded.sealed_resident, sealed_resident), sealed_hand_over = "
                                "coalesce(excluded.sealed_hand_over, "
                                "sealed_hand_over), updated = excluded.updated"));
        row.bind(1, key);
        patient.localId.isEmpty() ? row.bindNull(2) : row.bind(2, blind("patient.local", patient.localId));
        patient.exchangeId.isEmpty() ? row.bindNull(3)
                                     : row.bind(3, blind("patient.exchange", patient.exchangeId));
        row.bind(4, m_sealer->seal(Purpose::Records, place(key, "sealed"), toJsonText(patient)));
        resident.isEmpty()
            ? row.bindNull(5)
            : row.bind(5,
                m_sealer->seal(Purpose::ResidentNumbers, place(key, "sealed_resident"), resident.toUtf8()));
        if (handOver) {
            clinical::HandOver stripped = *handOver;
            stripped.patient = {}; // once is enough; the resident number least of all twice
            row.bind(
                6, m_sealer->seal(Purpose::Records, place(key, "sealed_hand_over"), toJsonText(stripped)));
        } else {
            row.bindNull(6);
        }
        return row.bind(7, now).bind(8, now).run();
    });
    if (!status)
        return status.error();
    return key;
}

base::Status PatientStore::setExchangeId(const QString &key, const clinical::Identifier &id)
{
    return m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(PatientRecord known, get(key));
        known.patient.exchangeId = id;
        known.patient.residentNumber.clear(); // stays in its own column
        NARU_ASSIGN(Statement row,
            m_database->prepare(
                "UPDATE patient SET blind_exchange = ?, sealed = ?, updated = ? WHERE key = ?"));
        id.isEmpty() ? row.bindNull(1) : row.bind(1, blind("patient.exchange", id));
        row.bind(2, m_sealer->seal(Purpose::Records, place(key, "sealed"), toJsonText(known.patient)));
        return row.bind(3, QDateTime::currentMSecsSinceEpoch()).bind(4, key).run();
    });
}

base::Status PatientStore::setOpened(const QString &key, const QDateTime &when)
{
    return m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(Statement row, m_database->prepare("UPDATE patient SET opened = ? WHERE key = ?"));
        NARU_TRY(row.bindTime(1, when).bind(2, key).run());
        return m_database->changes() == 1 ? base::Status() : base::Error(errors::NotFound);
    });
}

base::Status PatientStore::remove(const QString &key)
{
    return m_database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(Statement row, m_database->prepare("DELETE FROM patient WHERE key = ?"));
        NARU_TRY(row.bindAll(key).run());
        return m_database->changes() == 1 ? base::Status() : base::Error(errors::NotFound);
    });
}

} // namespace naru::storage
