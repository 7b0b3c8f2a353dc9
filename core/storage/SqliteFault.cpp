#include "core/storage/SqliteFault.h"

#include <sqlite3.h>

namespace naru::storage {

base::Error sqliteFault(sqlite3 *database, const char *step)
{
    const int extended = database ? sqlite3_extended_errcode(database) : SQLITE_NOMEM;
    base::ErrorCode code = errors::Failed;
    switch (extended & 0xFF) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        code = errors::Broken;
        break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        code = errors::Busy;
        break;
    case SQLITE_FULL:
        code = errors::Full;
        break;
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
        code = errors::OpenFailed;
        break;
    case SQLITE_CONSTRAINT:
        if (extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY)
            code = errors::Duplicate;
        break;
    default:
        break;
    }
    return base::Error(code, QStringLiteral("%1: sqlite %2").arg(QLatin1String(step)).arg(extended),
        {{QStringLiteral("what"), QLatin1String(step)}});
}

} // namespace naru::storage
