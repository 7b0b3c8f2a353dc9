#include "core/storage/Statement.h"

#include "core/storage/SqliteFault.h"

#include <sqlite3.h>

namespace naru::storage {

namespace {
void finalize(sqlite3_stmt *statement)
{
    sqlite3_finalize(statement);
}
} // namespace

Statement::Statement(sqlite3_stmt *statement, std::shared_ptr<std::recursive_mutex> mutex)
    : m_mutex(std::move(mutex))
    , m_lock(*m_mutex)
    , m_statement(statement, finalize)
{
}

Statement &Statement::bind(int position, const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    if (sqlite3_bind_text(m_statement.get(), position, utf8.constData(), int(utf8.size()), SQLITE_TRANSIENT)
        != SQLITE_OK)
        m_bindFailed = true;
    return *this;
}

Statement &Statement::bind(int position, const QByteArray &blob)
{
    // A null pointer would bind NULL.
    const char *data = blob.isEmpty() ? "" : blob.constData();
    if (sqlite3_bind_blob64(m_statement.get(), position, data, sqlite3_uint64(blob.size()), SQLITE_TRANSIENT)
        != SQLITE_OK)
        m_bindFailed = true;
    return *this;
}

Statement &Statement::bind(int position, qint64 number)
{
    if (sqlite3_bind_int64(m_statement.get(), position, number) != SQLITE_OK)
        m_bindFailed = true;
    return *this;
}

Statement &Statement::bindTime(int position, const QDateTime &time)
{
    return time.isValid() ? bind(position, qint64(time.toMSecsSinceEpoch())) : bindNull(position);
}

Statement &Statement::bindNull(int position)
{
    if (sqlite3_bind_null(m_statement.get(), position) != SQLITE_OK)
        m_bindFailed = true;
    return *this;
}

base::Result<bool> Statement::step()
{
    if (m_bindFailed)
        return base::Error(
            errors::Failed, QStringLiteral("bind"), {{QStringLiteral("what"), QStringLiteral("bind")}});
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    return sqliteFault(sqlite3_db_handle(m_statement.get()), "step");
}

base::Status Statement::run()
{
    NARU_ASSIGN(const bool row, step());
    if (row)
        return base::Error(errors::Failed, QStringLiteral("unexpected row"),
            {{QStringLiteral("what"), QStringLiteral("step")}});
    return {};
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get());
    sqlite3_clear_bindings(m_statement.get());
    m_bindFailed = false;
}

QString Statement::text(int column) const
{
    const auto *data = reinterpret_cast<const char *>(sqlite3_column_text(m_statement.get(), column));
    return QString::fromUtf8(data, sqlite3_column_bytes(m_statement.get(), column));
}

QByteArray Statement::blob(int column) const
{
    const auto *data = static_cast<const char *>(sqlite3_column_blob(m_statement.get(), column));
    return QByteArray(data, sqlite3_column_bytes(m_statement.get(), column));
}

qint64 Statement::number(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

QDateTime Statement::time(int column) const
{
    return isNull(column) ? QDateTime() : QDateTime::fromMSecsSinceEpoch(number(column), Qt::UTC);
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

} // namespace naru::storage
