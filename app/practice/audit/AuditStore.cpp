#include "app/practice/audit/AuditStore.h"

#include "core/base/Digest.h"
#include "core/base/Errors.h"
#include "core/base/Xml.h"

#include <sqlite3.h>

namespace naru::practice {

namespace {
constexpr const char *schema = R"(
CREATE TABLE IF NOT EXISTS record (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, received TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  peer TEXT, host TEXT, app TEXT, message_id TEXT, event_id TEXT, event_type TEXT, action TEXT, outcome TEXT, event_time TEXT,
  source TEXT, users TEXT, objects TEXT, xml BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS record_event ON record(event_id);
CREATE TABLE IF NOT EXISTS rejected (
  id INTEGER PRIMARY KEY, received TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), peer TEXT, reason TEXT, bytes BLOB);
)";
constexpr int keptRejectedBytes = 4096;

base::Error database(const char *what)
{
    return base::Error(
        base::errors::Io, QLatin1String(what), {{QStringLiteral("what"), QStringLiteral("audit database")}});
}

// DICOM PS3.15 A.5 writes the code as csd-code; RFC 3881 wrote it as code.
QString codeOf(const base::XmlElement *element)
{
    if (!element)
        return {};
    const QString modern = element->attribute(QLatin1String("csd-code"));
    return modern.isEmpty() ? element->attribute(QLatin1String("code")) : modern;
}

QString joined(const base::XmlElement &root, const char *element, const char *attribute)
{
    QStringList out;
    for (const base::XmlElement *one : root.all(QLatin1String(element))) {
        if (out.size() < 50)
            out.append(one->attribute(QLatin1String(attribute)));
    }
    return out.join(QLatin1Char('|'));
}
} // namespace

AuditStore::~AuditStore()
{
    close();
}

base::Status AuditStore::open(const QString &path)
{
    const std::lock_guard lock(m_mutex);
    if (m_database)
        return {}; // started again
    if (sqlite3_open_v2(path.toUtf8().constData(), &m_database,
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX, nullptr)
            != SQLITE_OK
        || sqlite3_exec(m_database, schema, nullptr, nullptr, nullptr) != SQLITE_OK) {
        sqlite3_close(m_database);
        m_database = nullptr;
        return database("open");
    }
    sqlite3_busy_timeout(m_database, 5000);
    return {};
}

void AuditStore::close()
{
    const std::lock_guard lock(m_mutex);
    sqlite3_close(m_database);
    m_database = nullptr;
}

base::Status AuditStore::insert(const char *sql, const QList<QByteArray> &values, bool *changed)
{
    const std::lock_guard lock(m_mutex);
    sqlite3_stmt *statement = nullptr;
    if (!m_database || sqlite3_prepare_v2(m_database, sql, -1, &statement, nullptr) != SQLITE_OK)
        return database("prepare");
    for (int i = 0; i < values.size(); ++i)
        sqlite3_bind_text(statement, i + 1, values[i].constData(), int(values[i].size()), SQLITE_TRANSIENT);
    const int result = sqlite3_step(statement);
    if (changed)
        *changed = sqlite3_changes(m_database) > 0;
    sqlite3_finalize(statement);
    return result == SQLITE_DONE ? base::Status{} : base::Status{database("write")};
}

base::Status AuditStore::reject(const QByteArray &bytes, const QString &peer, const QString &reason)
{
    return insert("INSERT INTO rejected(peer, reason, bytes) VALUES(?1, ?2, ?3)",
        {peer.toUtf8(), reason.toUtf8(), bytes.left(keptRejectedBytes)});
}

base::Status AuditStore::accept(const QByteArray &message, const QString &peer)
{
    const auto syslog = parseSyslog(message);
    if (!syslog)
        return reject(message, peer, syslog.error().toString());
    const auto root = base::parseXml(syslog->body);
    if (!root)
        return reject(message, peer, root.error().toString());
    if (root->name != QLatin1String("AuditMessage"))
        return reject(message, peer, QStringLiteral("not an AuditMessage"));
    const base::XmlElement *event = root->child(QLatin1String("EventIdentification"));
    if (!event || codeOf(event->child(QLatin1String("EventID"))).isEmpty())
        return reject(message, peer, QStringLiteral("no EventID"));
    // A message without its own UUID can only be told by its bytes.
    const QString key = syslog->uuid.isEmpty() ? base::sha256Hex(message) : syslog->uuid;
    const base::XmlElement *source = root->child(QLatin1String("AuditSourceIdentification"));
    bool changed = false;
    NARU_TRY(insert("INSERT INTO record(key, peer, host, app, message_id, event_id, event_type, action, "
                    "outcome, event_time, source, "
                    "users, objects, xml) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14) ON "
                    "CONFLICT(key) DO NOTHING",
        {key.toUtf8(), peer.toUtf8(), syslog->host.toUtf8(), syslog->app.toUtf8(), syslog->messageId.toUtf8(),
            codeOf(event->child(QLatin1String("EventID"))).toUtf8(),
            codeOf(event->child(QLatin1String("EventTypeCode"))).toUtf8(),
            event->attribute(QLatin1String("EventActionCode")).toUtf8(),
            event->attribute(QLatin1String("EventOutcomeIndicator")).toUtf8(),
            event->attribute(QLatin1String("EventDateTime")).toUtf8(),
            source ? source->attribute(QLatin1String("AuditSourceID")).toUtf8() : QByteArray(),
            joined(*root, "ActiveParticipant", "UserID").toUtf8(),
            joined(*root, "ParticipantObjectIdentification", "ParticipantObjectID").toUtf8(), syslog->body},
        &changed));
    if (!changed) {
        const std::lock_guard lock(m_mutex);
        ++m_duplicates;
    }
    return {};
}

qint64 AuditStore::number(const char *sql, const QString &argument) const
{
    const std::lock_guard lock(m_mutex);
    sqlite3_stmt *statement = nullptr;
    if (!m_database || sqlite3_prepare_v2(m_database, sql, -1, &statement, nullptr) != SQLITE_OK)
        return 0;
    const QByteArray text = argument.toUtf8();
    if (sqlite3_bind_parameter_count(statement) > 0)
        sqlite3_bind_text(statement, 1, text.constData(), int(text.size()), SQLITE_TRANSIENT);
    const qint64 value = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_finalize(statement);
    return value;
}

AuditCounts AuditStore::counts() const
{
    AuditCounts out;
    out.stored = number("SELECT count(*) FROM record");
    out.malformed = number("SELECT count(*) FROM rejected");
    const std::lock_guard lock(m_mutex);
    out.duplicates = m_duplicates;
    return out;
}

qint64 AuditStore::countEvent(const QString &eventId) const
{
    return eventId.isEmpty() ? number("SELECT count(*) FROM record")
                             : number("SELECT count(*) FROM record WHERE event_id = ?1", eventId);
}

} // namespace naru::practice
