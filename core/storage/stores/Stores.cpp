#include "core/storage/stores/Stores.h"

namespace naru::storage {

base::Result<Stores> Stores::open(const QString &folder,
    const std::shared_ptr<const security::Sealer> &sealer, base::ClockPtr clock,
    const DatabaseOptions &options)
{
    Stores out;
    NARU_ASSIGN(out.database, Database::open(folder, options));
    out.audit = std::make_shared<AuditStore>(out.database, sealer);
    out.patients = std::make_shared<PatientStore>(out.database, sealer);
    out.drafts = std::make_shared<DraftStore>(out.database, sealer);
    out.outbox = std::make_shared<OutboxStore>(out.database, sealer, out.audit, std::move(clock));
    out.documents = std::make_shared<DocumentStore>(out.database, sealer);
    out.consents = std::make_shared<ConsentStore>(out.database, sealer);
    out.settings = std::make_shared<SettingsStore>(out.database);
    out.usage = std::make_shared<UsageStore>(out.database, sealer);
    out.images = std::make_shared<ImageStore>(out.database, sealer);
    out.pacsJobs = std::make_shared<PacsJobStore>(out.database, sealer);
    return out;
}

} // namespace naru::storage
