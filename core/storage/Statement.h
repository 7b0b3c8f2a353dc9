// A prepared statement that finalises itself and holds the connection's mutex while it lives: keep it short.
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <memory>
#include <mutex>

struct sqlite3;
struct sqlite3_stmt;

namespace naru::storage {

class Statement {
public:
    Statement(sqlite3_stmt *statement, std::shared_ptr<std::recursive_mutex> mutex);
    Statement(Statement &&) noexcept = default;
    Statement &operator=(Statement &&) noexcept = default;

    // Positions count from 1.
    Statement &bind(int position, const QString &text);
    Statement &bind(int position, const QByteArray &blob); // an empty one is an empty blob, not NULL
    Statement &bind(int position, qint64 number);
    Statement &bind(int position, int number) { return bind(position, qint64(number)); }
    Statement &bind(int position, bool value) { return bind(position, qint64(value ? 1 : 0)); }
    Statement &bindTime(
        int position, const QDateTime &time); // milliseconds since 1970 UTC; NULL when invalid
    Statement &bindNull(int position);
    // All of them in order.
    template <typename... T> Statement &bindAll(const T &...values)
    {
        int position = 0;
        (bind(++position, values), ...);
        return *this;
    }

    base::Result<bool> step(); // true: a row is there
    base::Status run(); // step() that expects no row
    void reset();

    // Columns count from 0.
    QString text(int column) const;
    QByteArray blob(int column) const;
    qint64 number(int column) const;
    bool flag(int column) const { return number(column) != 0; }
    QDateTime time(int column) const; // UTC; invalid when NULL
    bool isNull(int column) const;

private:
    // The order matters: the statement goes before the mutex is given back.
    std::shared_ptr<std::recursive_mutex> m_mutex{};
    std::unique_lock<std::recursive_mutex> m_lock{};
    std::unique_ptr<sqlite3_stmt, void (*)(sqlite3_stmt *)> m_statement;
    bool m_bindFailed = false;
};

} // namespace naru::storage
