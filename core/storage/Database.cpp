#include "core/storage/Database.h"

#include "core/base/Errors.h"
#include "core/security/Errors.h"
#include "core/storage/Migrations.h"
#include "core/storage/SqliteFault.h"

#include <QDir>
#include <QFile>

#include <sqlite3.h>

#include <atomic>
#include <unistd.h>

namespace naru::storage {

namespace {
void closeDatabase(sqlite3 *database)
{
    sqlite3_close_v2(database);
}

QString databasePath(const QString &folder)
{
    return folder + QStringLiteral("/naru.db");
}

const char *const connectionPragmas = "PRAGMA journal_mode=WAL;"
                                      "PRAGMA synchronous=FULL;"
                                      "PRAGMA foreign_keys=ON;"
                                      "PRAGMA trusted_schema=OFF;"
                                      "PRAGMA temp_store=MEMORY;"
                                      "PRAGMA secure_delete=ON;"
                                      "PRAGMA mmap_size=0;"
                                      "PRAGMA cell_size_check=ON;"
                                      "PRAGMA wal_autocheckpoint=0;";

// Pages in the WAL after the last commit of this connection.
int rememberWalPages(void *target, sqlite3 *, const char *, int pages)
{
    *static_cast<std::atomic<int> *>(target) = pages;
    return SQLITE_OK;
}
} // namespace

struct DatabaseCounters {
    std::atomic<int> walPages{0};
};

Database::Database(QString folder, DatabaseOptions options)
    : m_folder(std::move(folder))
    , m_options(std::move(options))
    , m_db(nullptr, closeDatabase)
    , m_mutex(std::make_shared<std::recursive_mutex>())
    , m_counters(std::make_unique<DatabaseCounters>())
{
}

Database::~Database()
{
    const std::lock_guard lock(*m_mutex);
    if (m_db && m_depth == 0)
        (void)checkpoint(); // a courtesy; the WAL is as good
}

base::Error Database::fault(const char *what) const
{
    return sqliteFault(m_db.get(), what);
}

base::Result<std::shared_ptr<Database>> Database::open(const QString &folder, const DatabaseOptions &options)
{
    if (!QDir().mkpath(folder))
        return base::Error(errors::OpenFailed, QStringLiteral("mkpath"),
            {{QStringLiteral("what"), QStringLiteral("folder")}});
    std::shared_ptr<Database> database(new Database(folder, options));
    if (database->m_options.migrations.isEmpty())
        database->m_options.migrations = programMigrations();
    NARU_TRY(database->takeTurn());
    base::Status status = database->connect();
    if (status)
        status = database->migrate();
    database->m_turn.release();
    if (!status)
        return status.error();
    return database;
}

base::Status Database::takeTurn()
{
    auto turn = security::FileLock::acquire(
        databasePath(m_folder) + QStringLiteral(".lock"), m_options.busyMilliseconds);
    if (!turn) {
        const base::ErrorCode code =
            turn.error().is(security::errors::VaultBusy) ? errors::Busy : base::errors::Io;
        return base::Error(
            code, turn.error().detail, {{QStringLiteral("what"), QStringLiteral("naru.db.lock")}});
    }
    m_turn = std::move(*turn);
    return {};
}

base::Status Database::connect()
{
    sqlite3 *raw = nullptr;
    const QByteArray path = databasePath(m_folder).toUtf8();
    const int code = sqlite3_open_v2(path.constData(), &raw,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_NOFOLLOW, nullptr);
    m_db.reset(raw);
    if (code != SQLITE_OK)
        return fault("open");
    sqlite3_extended_result_codes(raw, 1);
    sqlite3_busy_timeout(raw, m_options.busyMilliseconds);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    // Closing must not checkpoint: that would be outside our turn.
    sqlite3_db_config(raw, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    sqlite3_limit(raw, SQLITE_LIMIT_ATTACHED, 0);
    QFile::setPermissions(databasePath(m_folder), QFile::ReadOwner | QFile::WriteOwner);
    NARU_TRY(execute(connectionPragmas));
    sqlite3_wal_hook(raw, rememberWalPages, &m_counters->walPages);
    return {};
}

base::Status Database::migrate()
{
    {
        NARU_ASSIGN(Statement version, prepare("PRAGMA user_version"));
        NARU_TRY(version.step());
        m_version = int(version.number(0));
    }
    const int newest = m_options.migrations.last().version;
    if (m_version > newest)
        return base::Error(errors::Newer, {}, {{QStringLiteral("version"), QString::number(m_version)}});
    if (m_version == newest)
        return {};
    if (m_version > 0) {
        QDir().mkpath(m_folder + QStringLiteral("/backup"));
        NARU_TRY(backupTo(m_folder + QStringLiteral("/backup/naru-%1.db").arg(m_version)));
    }
    // All steps in one transaction: the old schema or the new one, never between.
    NARU_TRY(execute("BEGIN EXCLUSIVE"));
    for (const Migration &migration : m_options.migrations) {
        if (migration.version <= m_version)
            continue;
        const QByteArray sql = QByteArray(migration.sql.data(), qsizetype(migration.sql.size()))
            + ";PRAGMA user_version=" + QByteArray::number(migration.version) + ';';
        if (const auto status = execute(sql.constData()); !status) {
            (void)execute("ROLLBACK");
            return status;
        }
    }
    if (const auto status = execute("COMMIT"); !status) {
        (void)execute("ROLLBACK");
        return status;
    }
    m_version = newest;
    return {};
}

base::Result<Statement> Database::prepare(const char *sql)
{
    const std::lock_guard lock(*m_mutex);
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v2(m_db.get(), sql, -1, &statement, nullptr) != SQLITE_OK)
        return fault("prepare");
    return Statement(statement, m_mutex);
}

base::Status Database::execute(const char *sql)
{
    const std::lock_guard lock(*m_mutex);
    if (sqlite3_exec(m_db.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return fault("execute");
    return {};
}

int Database::changes() const
{
    return sqlite3_changes(m_db.get());
}

base::Status Database::check()
{
    NARU_ASSIGN(Statement quick, prepare("PRAGMA quick_check(1)"));
    NARU_TRY(quick.step());
    if (quick.text(0) != QLatin1String("ok"))
        return base::Error(errors::Broken, QStringLiteral("quick_check"),
            {{QStringLiteral("what"), QStringLiteral("quick_check")}});
    NARU_ASSIGN(Statement keys, prepare("PRAGMA foreign_key_check"));
    NARU_ASSIGN(const bool violated, keys.step());
    if (violated)
        return base::Error(errors::Broken, QStringLiteral("foreign_key_check"),
            {{QStringLiteral("what"), QStringLiteral("foreign keys")}});
    return {};
}

base::Status Database::backupTo(const QString &path)
{
    const std::lock_guard lock(*m_mutex);
    const QString temporary = path + QStringLiteral(".tmp-%1").arg(::getpid());
    QFile::remove(temporary);
    sqlite3 *raw = nullptr;
    const int opened = sqlite3_open_v2(temporary.toUtf8().constData(), &raw,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE, nullptr);
    std::unique_ptr<sqlite3, void (*)(sqlite3 *)> copy(raw, closeDatabase);
    if (opened != SQLITE_OK)
        return sqliteFault(raw, "backup");
    QFile::setPermissions(temporary, QFile::ReadOwner | QFile::WriteOwner);
    sqlite3_backup *backup = sqlite3_backup_init(raw, "main", m_db.get(), "main");
    int step = SQLITE_ERROR;
    if (backup) {
        step = sqlite3_backup_step(backup, -1);
        sqlite3_backup_finish(backup);
    }
    if (step != SQLITE_DONE) {
        copy.reset();
        QFile::remove(temporary);
        return base::Error(
            errors::Failed, QStringLiteral("backup"), {{QStringLiteral("what"), QStringLiteral("backup")}});
    }
    copy.reset(); // SQLite has synchronised the copy at its commit
    if (::rename(QFile::encodeName(temporary).constData(), QFile::encodeName(path).constData()) != 0)
        return base::Error(
            base::errors::Io, QStringLiteral("rename"), {{QStringLiteral("what"), QStringLiteral("backup")}});
    return security::syncFolder(QFileInfo(path).absolutePath());
}

base::Status Database::checkpoint()
{
    const std::lock_guard lock(*m_mutex);
    if (m_depth > 0)
        return base::Error(errors::WrongState, QStringLiteral("in a transaction"),
            {{QStringLiteral("state"), QStringLiteral("transaction")}});
    NARU_TRY(takeTurn());
    const base::Status status = checkpointLocked();
    m_turn.release();
    return status;
}

base::Status Database::checkpointLocked()
{
    int inLog = 0, done = 0;
    const int code = sqlite3_wal_checkpoint_v2(m_db.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &inLog, &done);
    m_counters->walPages = inLog - done;
    // A reader of another process may hold pages: the rest goes next time.
    if (code != SQLITE_OK && code != SQLITE_BUSY)
        return fault("checkpoint");
    return {};
}

base::Status Database::begin()
{
    m_mutex->lock();
    if (m_depth == 0) {
        base::Status status = takeTurn();
        if (status) {
            status = execute("BEGIN IMMEDIATE");
            if (!status)
                m_turn.release();
        }
        if (!status) {
            m_mutex->unlock();
            return status;
        }
    } else {
        const QByteArray sql = "SAVEPOINT naru" + QByteArray::number(m_depth);
        if (const auto status = execute(sql.constData()); !status) {
            m_mutex->unlock();
            return status;
        }
    }
    ++m_depth;
    return {};
}

base::Status Database::commit()
{
    if (m_depth > 1) {
        const QByteArray sql = "RELEASE naru" + QByteArray::number(m_depth - 1);
        NARU_TRY(execute(sql.constData()));
        --m_depth;
        m_mutex->unlock();
        return {};
    }
    NARU_TRY(execute("COMMIT"));
    m_depth = 0;
    if (m_counters->walPages >= m_options.checkpointPages)
        (void)checkpointLocked(); // the commit stands whatever comes of it
    m_turn.release();
    const auto hooks = std::exchange(m_afterCommit, {});
    m_mutex->unlock();
    for (const auto &hook : hooks)
        hook();
    return {};
}

void Database::rollBack()
{
    if (m_depth > 1) {
        const QByteArray number = QByteArray::number(m_depth - 1);
        const QByteArray sql = "ROLLBACK TO naru" + number + ";RELEASE naru" + number;
        (void)execute(sql.constData());
        --m_depth;
    } else {
        // SQLite may have rolled back by itself (disk full, I/O error): then this only says so.
        if (sqlite3_get_autocommit(m_db.get()) == 0)
            (void)execute("ROLLBACK");
        m_depth = 0;
        m_afterCommit.clear();
        m_turn.release();
    }
    m_mutex->unlock();
}

base::Status Database::inTransaction(const std::function<base::Status()> &body)
{
    NARU_TRY(begin());
    base::Status status = body();
    if (status)
        status = commit();
    else {
        rollBack();
        return status;
    }
    if (!status)
        rollBack();
    return status;
}

void Database::afterCommit(std::function<void()> hook)
{
    const std::unique_lock lock(*m_mutex);
    if (m_depth > 0)
        m_afterCommit.push_back(std::move(hook));
    else
        hook();
}

} // namespace naru::storage
