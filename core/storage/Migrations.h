// The numbered schema changes of this program, oldest first.
#pragma once

#include "core/storage/Database.h"

namespace naru::storage {

QList<Migration> programMigrations();

} // namespace naru::storage
