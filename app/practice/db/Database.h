// SQLite for the practice exchange: one connection, one writer, guarded by one mutex. Failures are thrown as
// DatabaseFailure and caught where a request is answered (http/Dispatcher).
#pragma once

#include <QByteArray>
#include <QString>
#include <mutex>
#include <stdexcept>

struct sqlite3;
struct sqlite3_stmt;

namespace naru::practice {

class DatabaseFailure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class Statement {
public:
    Statement(sqlite3 *db, const char *sql);
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;
    ~Statement();

    Statement &bind(int index, const QString &value);
    Statement &bind(int index, qint64 value);
    Statement &bindBytes(int index, const QByteArray &value);
    bool step(); // true: a row is there
    void run(); // one step without a row
    QString text(int column) const;
    qint64 integer(int column) const;
    QByteArray bytes(int column) const;

private:
    [[noreturn]] void fail() const;
    sqlite3 *m_db;
    sqlite3_stmt *m_statement = nullptr;
};

class Database {
public:
    Database() = default;
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;
    ~Database();

    void open(const QString &path); // creates and upgrades the tables
    void exec(const char *sql);
    sqlite3 *handle() const { return m_db; }
    qint64 lastRow() const;
    // Held for a whole request step that reads and writes; recursive because services call each other.
    using Lock = std::unique_lock<std::recursive_mutex>;
    Lock lock() { return Lock(m_mutex); }

private:
    friend class Transaction;
    sqlite3 *m_db = nullptr;
    int m_depth = 0;
    std::recursive_mutex m_mutex{};
};

// Holds the lock; rolls back unless committed. Nested ones join the outer one.
class Transaction {
public:
    explicit Transaction(Database &db);
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;
    ~Transaction();
    void commit();

private:
    Database &m_db;
    Database::Lock m_lock;
    bool m_done = false;
};

} // namespace naru::practice
