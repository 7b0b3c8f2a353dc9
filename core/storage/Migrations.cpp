#include "core/storage/Migrations.h"

#include "core/storage/migrations/m0001_initialTable.h"
#include "core/storage/migrations/m0002_imagesTable.h"
#include "core/storage/migrations/m0003_pacsTable.h"
#include "core/storage/migrations/m0004_image_shareTable.h"
#include "core/storage/migrations/m0005_image_orderTable.h"

namespace naru::storage {

QList<Migration> programMigrations()
{
    return {{1, tables::m0001_initial}, {2, tables::m0002_images}, {3, tables::m0003_pacs},
        {4, tables::m0004_image_share}, {5, tables::m0005_image_order}};
}

} // namespace naru::storage
