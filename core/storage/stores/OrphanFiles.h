// Files beside the database that no row names: a write that was cut before its row, a removal cut before the
// file.
#pragma once

#include "core/storage/Database.h"

namespace naru::storage {

// `query` gives the names that rows hold, relative to `folder`. What is younger than `olderThanSeconds` may
// belong to a write under way and stays. Symbolic links are left alone. How many went.
base::Result<int> removeOrphans(
    Database &database, const char *query, const QString &folder, int olderThanSeconds);

} // namespace naru::storage
