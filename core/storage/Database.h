// One SQLite file, one connection a process. Writers of all processes take turns through an OFD lock on
// <file>.lock, which is also held while checkpointing: SQLite before 3.51.3 can corrupt a WAL when two
// connections write or checkpoint at once. WAL, synchronous=FULL (a COMMIT that returned survives a power
// cut), temp_store=MEMORY, secure_delete, STRICT tables. Thread-safe: every statement and transaction holds
// the connection's (recursive) mutex.
#pragma once

#include "core/base/Result.h"
#include "core/security/DurableFile.h"
#include "core/storage/Errors.h"
#include "core/storage/Statement.h"

#include <QList>
#include <QString>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

namespace naru::storage {

struct DatabaseCounters;

struct Migration {
    int version = 0;
    std::string_view sql{};
};

struct DatabaseOptions {
    int busyMilliseconds = 10'000; // how long to wait for another process
    int checkpointPages = 1000; // WAL size that triggers a checkpoint after a commit
    QList<Migration> migrations{}; // empty: those of this program
};

class Database {
public:
    // Makes <folder>/naru.db when missing, applies what migrations are missing in one transaction after a
    // copy to <folder>/backup/naru-<version>.db. storage.Newer when the file is ahead of this program.
    static base::Result<std::shared_ptr<Database>> open(
        const QString &folder, const DatabaseOptions &options = {});
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    base::Result<Statement> prepare(const char *sql);
    base::Status execute(const char *sql); // one or more statements without results
    int changes() const; // rows of the last statement
    int schemaVersion() const { return m_version; }
    const QString &folder() const { return m_folder; }
    // PRAGMA quick_check and foreign_key_check.
    base::Status check();
    // Online copy, consistent while others write; replaces `path` atomically.
    base::Status backupTo(const QString &path);
    base::Status checkpoint(); // waits for its turn

    // Runs `body` in a transaction; commits when it succeeds, else rolls back. Nested calls become
    // savepoints, so stores can be combined: database.inTransaction([&] { NARU_TRY(drafts.discard(id));
    // return audit.append(event); }).
    base::Status inTransaction(const std::function<base::Status()> &body);
    bool isInTransaction() const { return m_depth > 0; }
    // Runs after the outermost commit, outside the transaction, never after a rollback.
    void afterCommit(std::function<void()> hook);

private:
    Database(QString folder, DatabaseOptions options);
    base::Status takeTurn();
    base::Status connect();
    base::Status migrate();
    base::Status begin();
    base::Status commit();
    void rollBack();
    base::Status checkpointLocked();
    base::Error fault(const char *what) const;

    QString m_folder{};
    DatabaseOptions m_options{};
    std::unique_ptr<sqlite3, void (*)(sqlite3 *)> m_db;
    std::shared_ptr<std::recursive_mutex> m_mutex{};
    security::FileLock m_turn{};
    int m_depth = 0;
    int m_version = 0;
    std::unique_ptr<DatabaseCounters> m_counters;
    std::vector<std::function<void()>> m_afterCommit{};
};

} // namespace naru::storage
