// One import from its plan to its report, on as many threads as there are decoders.
#pragma once

#include "core/services/ImageService.h"
#include "core/services/images/ImageIntake.h"
#include "core/services/images/ImportPlan.h"

#include <atomic>

namespace naru::services {

class ImageImport {
public:
    ImageImport(Profile::Internals &internals, AuditOnce &audited, imaging::DecoderPool &pool,
        const PatientKey &patient, const ImageService::Arrived &arrived)
        : m(internals)
        , m_intake(internals, audited)
        , m_pool(pool)
        , m_patient(patient)
        , m_arrived(arrived)
    {
    }
    base::Result<ImportReport> run(const ImportPlan &plan, const base::WorkContext &work);

private:
    void workOn(const ImportPlan &plan, const base::WorkContext &work);
    void look(const ImportPlan &plan, std::size_t index, const base::WorkContext &work);
    void checkDirectory(const ImportPlan &plan, const ImportItem &item, const QByteArray &bytes,
        const base::WorkContext &work);
    void commit(const ImportPlan &plan);
    void settle(const ImportItem &item, const ImageIntake::Arrival &arrival); // under the lock
    void fault(const QString &file, const base::Error &error);
    void faultLocked(const QString &file, const base::Error &error);
    void giveUp(const base::Error &error); // nothing more can be stored

    Profile::Internals &m;
    ImageIntake m_intake;
    imaging::DecoderPool &m_pool;
    const PatientKey m_patient;
    const ImageService::Arrived &m_arrived;
    std::mutex m_mutex{}; // of the report
    ImportReport m_report{};
    std::optional<base::Error> m_fatal{};
    std::atomic<std::size_t> m_next{0};
    std::atomic<bool> m_over{false};
};

} // namespace naru::services
