// All stores of one profile over one database and one key.
#pragma once

#include "core/storage/stores/AuditStore.h"
#include "core/storage/stores/ConsentStore.h"
#include "core/storage/stores/DocumentStore.h"
#include "core/storage/stores/DraftStore.h"
#include "core/storage/stores/ImageStore.h"
#include "core/storage/stores/OutboxStore.h"
#include "core/storage/stores/PacsJobStore.h"
#include "core/storage/stores/PatientStore.h"
#include "core/storage/stores/SettingsStore.h"
#include "core/storage/stores/UsageStore.h"

namespace naru::storage {

struct Stores {
    std::shared_ptr<Database> database{};
    std::shared_ptr<AuditStore> audit{};
    std::shared_ptr<PatientStore> patients{};
    std::shared_ptr<DraftStore> drafts{};
    std::shared_ptr<OutboxStore> outbox{};
    std::shared_ptr<DocumentStore> documents{};
    std::shared_ptr<ConsentStore> consents{};
    std::shared_ptr<SettingsStore> settings{};
    std::shared_ptr<UsageStore> usage{};
    std::shared_ptr<ImageStore> images{};
    std::shared_ptr<PacsJobStore> pacsJobs{};

    static base::Result<Stores> open(const QString &folder,
        const std::shared_ptr<const security::Sealer> &sealer, base::ClockPtr clock = {},
        const DatabaseOptions &options = {});
};

} // namespace naru::storage
