// SQLite's codes as errors of this room. Internal to core/storage.
#pragma once

#include "core/base/Error.h"
#include "core/storage/Errors.h"

struct sqlite3;

namespace naru::storage {

// SQLite's own message is not passed on: it may quote values of a row.
base::Error sqliteFault(sqlite3 *database, const char *step);

} // namespace naru::storage
