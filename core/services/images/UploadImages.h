// The images of an outbox item into the archive of the exchange (STOW-RS), before anything of the item itself
// leaves: batch by batch, each acknowledgement durable with its audit record before the next. What was cut
// goes on with the images that are not acknowledged; storing one twice is no harm.
#pragma once

#include "core/ihe/web/StowRs.h"
#include "core/services/Internals.h"

#include <functional>
#include <optional>

namespace naru::services {

class UploadImages {
public:
    struct Outcome {
        int stored = 0; // acknowledged in this run
        std::optional<base::Error> error{}; // why some are not
        bool refused = false; // and will not be: the archive said no, or an image is gone
    };
    // Called between two batches, so that a long transfer does not hold up documents. Its error ends the run.
    using Between = std::function<base::Status()>;

    UploadImages(Profile::Internals &internals, const storage::OutboxItem &item, const OutboxFacts &facts,
        const base::WorkContext &work)
        : m(internals)
        , m_item(item)
        , m_facts(facts)
        , m_work(work)
    {
    }
    // Fails only where the local data does.
    base::Result<Outcome> run(const Between &between);

private:
    struct Batch {
        QString studyUid{};
        std::vector<QByteArray> files{};
        std::vector<std::pair<int, QString>> images{}; // number and SOP instance UID
    };
    QString purpose() const;
    base::Result<Batch> nextBatch(const std::vector<storage::OutboxImage> &waiting) const;
    base::Status send(const ihe::ImagingEndpoint &archive, const Batch &batch);
    base::Status settle(
        const ihe::ImagingEndpoint &archive, const Batch &batch, const ihe::StoreOutcome &outcome);
    audit::AuditEvent event(const ihe::ImagingEndpoint &archive, const QString &studyUid, int images,
        const base::Error *error) const;

    Profile::Internals &m;
    const storage::OutboxItem &m_item;
    const OutboxFacts &m_facts;
    const base::WorkContext &m_work;
    Outcome m_outcome{};
    QString m_purpose{}; // why they may go without consent
};

} // namespace naru::services
