#include "core/storage/Migrations.h"

#include "core/storage/migrations/m0001_initialTable.h"

namespace naru::storage {

QList<Migration> programMigrations()
{
    return {{1, tables::m0001_initial}};
}

} // namespace naru::storage
