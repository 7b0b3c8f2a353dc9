#include "core/storage/Migrations.h"

#include "core/storage/migrations/m0001_initialTable.h"
#include "core/storage/migrations/m0002_imagesTable.h"
#include "core/storage/migrations/m0003_pacsTable.h"

namespace naru::storage {

QList<Migration> programMigrations()
{
    return {{1, tables::m0001_initial}, {2, tables::m0002_images}, {3, tables::m0003_pacs}};
}

} // namespace naru::storage
