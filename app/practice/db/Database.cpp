#include "app/practice/db/Database.h"

#include <sqlite3.h>

namespace naru::practice {

namespace {
// `object` keeps ebRIM objects whole (xml) beside the columns that are searched. Consent events follow the
// documents they were read from: an event counts only while its document is approved. Of images, image_study
// is what the seed makes, image_file what was stored, image_holder who showed that it has those bytes,
// image_exception what came without consent and why, and image_reference which documents name a study.
constexpr const char *schema = R"sql(
CREATE TABLE IF NOT EXISTS setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS person(
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, folded TEXT NOT NULL, family TEXT NOT NULL,
  given TEXT NOT NULL, sex TEXT NOT NULL, birth TEXT NOT NULL, phone TEXT NOT NULL, address TEXT NOT NULL,
  address_detail TEXT NOT NULL, postal TEXT NOT NULL, resident TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS person_folded ON person(folded);
CREATE INDEX IF NOT EXISTS person_resident ON person(resident) WHERE resident <> '';
CREATE TABLE IF NOT EXISTS person_id(
  root TEXT NOT NULL, extension TEXT NOT NULL, person INTEGER NOT NULL REFERENCES person(id), PRIMARY KEY(root, extension)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS person_id_person ON person_id(person);
CREATE TABLE IF NOT EXISTS object(
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind INTEGER NOT NULL, patient TEXT NOT NULL, unique_id TEXT NOT NULL,
  status TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, submitter TEXT NOT NULL, updated TEXT NOT NULL,
  xml BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS object_unique ON object(unique_id) WHERE unique_id <> '';
CREATE INDEX IF NOT EXISTS object_patient ON object(patient, kind);
CREATE INDEX IF NOT EXISTS object_source ON object(source) WHERE source <> '';
CREATE INDEX IF NOT EXISTS object_target ON object(target) WHERE target <> '';
CREATE TABLE IF NOT EXISTS consent(
  seq INTEGER PRIMARY KEY, patient TEXT NOT NULL, document TEXT NOT NULL, effective TEXT NOT NULL, policy TEXT NOT NULL,
  departments TEXT NOT NULL, institutions TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS consent_patient ON consent(patient);
CREATE TABLE IF NOT EXISTS blob(
  repository TEXT NOT NULL, unique_id TEXT NOT NULL, file TEXT NOT NULL, mime TEXT NOT NULL, hash TEXT NOT NULL,
  size INTEGER NOT NULL, PRIMARY KEY(repository, unique_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pending_reply(
  seq INTEGER PRIMARY KEY, repository TEXT NOT NULL, unique_id TEXT NOT NULL UNIQUE, entry TEXT NOT NULL,
  hospital TEXT NOT NULL, due INTEGER NOT NULL, state TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS image_study(
  study_uid TEXT PRIMARY KEY, patient TEXT NOT NULL, report TEXT NOT NULL, words TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS image_study_patient ON image_study(patient);
CREATE TABLE IF NOT EXISTS image_file(
  sop_uid TEXT PRIMARY KEY, study_uid TEXT NOT NULL, series_uid TEXT NOT NULL, number INTEGER NOT NULL, syntax TEXT NOT NULL,
  file TEXT NOT NULL, hash TEXT NOT NULL, size INTEGER NOT NULL, header BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS image_file_study ON image_file(study_uid);
CREATE TABLE IF NOT EXISTS image_holder(
  sop_uid TEXT NOT NULL, study_uid TEXT NOT NULL, institution TEXT NOT NULL, patient TEXT NOT NULL,
  PRIMARY KEY(sop_uid, institution)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS image_holder_study ON image_holder(study_uid);
CREATE TABLE IF NOT EXISTS image_exception(
  seq INTEGER PRIMARY KEY, sop_uid TEXT NOT NULL, institution TEXT NOT NULL, purpose TEXT NOT NULL, time TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS image_reference(
  study_uid TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY(study_uid, document)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counter(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
)sql";
} // namespace

Statement::Statement(sqlite3 *db, const char *sql)
    : m_db(db)
{
    if (sqlite3_prepare_v2(db, sql, -1, &m_statement, nullptr) != SQLITE_OK)
        fail();
}

Statement::~Statement()
{
    sqlite3_finalize(m_statement);
}

void Statement::fail() const
{
    throw DatabaseFailure(sqlite3_errmsg(m_db));
}

Statement &Statement::bind(int index, const QString &value)
{
    const QByteArray utf8 = value.toUtf8();
    if (sqlite3_bind_text(m_statement, index, utf8.constData(), int(utf8.size()), SQLITE_TRANSIENT)
        != SQLITE_OK)
        fail();
    return *this;
}

Statement &Statement::bind(int index, qint64 value)
{
    if (sqlite3_bind_int64(m_statement, index, value) != SQLITE_OK)
        fail();
    return *this;
}

Statement &Statement::bindBytes(int index, const QByteArray &value)
{
    if (sqlite3_bind_blob64(
            m_statement, index, value.constData(), sqlite3_uint64(value.size()), SQLITE_TRANSIENT)
        != SQLITE_OK)
        fail();
    return *this;
}

bool Statement::step()
{
    const int state = sqlite3_step(m_statement);
    if (state != SQLITE_ROW && state != SQLITE_DONE)
        fail();
    return state == SQLITE_ROW;
}

void Statement::run()
{
    step();
}

QString Statement::text(int column) const
{
    return QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column)),
        sqlite3_column_bytes(m_statement, column));
}

qint64 Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

QByteArray Statement::bytes(int column) const
{
    return QByteArray(static_cast<const char *>(sqlite3_column_blob(m_statement, column)),
        sqlite3_column_bytes(m_statement, column));
}

Database::~Database()
{
    sqlite3_close(m_db);
}

void Database::open(const QString &path)
{
    if (sqlite3_open_v2(path.toUtf8().constData(), &m_db,
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX, nullptr)
        != SQLITE_OK)
        throw DatabaseFailure("the database cannot be opened");
    sqlite3_busy_timeout(m_db, 2000);
    exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON;"
         "PRAGMA secure_delete=ON;");
    exec(schema);
}

void Database::exec(const char *sql)
{
    if (sqlite3_exec(m_db, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        throw DatabaseFailure(sqlite3_errmsg(m_db));
}

qint64 Database::lastRow() const
{
    return sqlite3_last_insert_rowid(m_db);
}

Transaction::Transaction(Database &db)
    : m_db(db)
    , m_lock(db.lock())
{
    if (m_db.m_depth++ == 0)
        m_db.exec("BEGIN IMMEDIATE");
}

Transaction::~Transaction()
{
    if (--m_db.m_depth == 0 && !m_done && sqlite3_get_autocommit(m_db.handle()) == 0)
        sqlite3_exec(m_db.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit()
{
    if (m_db.m_depth == 1)
        m_db.exec("COMMIT");
    m_done = true;
}

} // namespace naru::practice
