// The way in for one instance after another: facts from the confined decoder, a sealed file, and rows that
// are written for many at a time. take() may be called by many threads at once.
#pragma once

#include "core/imaging/pool/DecoderPool.h"
#include "core/services/ImageTypes.h"
#include "core/services/Internals.h"

#include <memory>

namespace naru::services {

// Which acts on which studies are in the audit trail already: one record an hour per user and study says all
// that hundreds would.
class AuditOnce {
public:
    // True when it is to be recorded; note() it once that has happened.
    bool isDue(const QString &user, const QString &act, const QString &studyKey, qint64 nowMs) const;
    void note(const QString &user, const QString &act, const QString &studyKey, qint64 nowMs);

private:
    mutable std::mutex m_mutex{};
    QHash<QString, qint64> m_last{};
};

class ImageIntake {
public:
    struct Arrival {
        // From outside:
        QByteArray bytes{};
        QString source{}; // "import", "pacs:NAME"
        PatientKey patient{}; // a person's choice, or empty
        int tag = 0; // of the caller's
        std::function<base::Status(const imaging::ImageFacts &)> accept{}; // its error refuses the instance
        // By take():
        imaging::ImageFacts facts{};
        storage::StagedImage staged{};
        // By commit(): set once it is durable, or has failed.
        std::optional<base::Result<storage::ImageCommit>> outcome{};
        bool otherChart = false; // the study was in another chart than `patient` and stays there
    };
    using ArrivalPtr = std::shared_ptr<Arrival>;

    ImageIntake(Profile::Internals &internals, AuditOnce &audited)
        : m(internals)
        , m_audited(audited)
    {
    }

    // Reads, seals and queues: true. False for known bytes, which have their outcome at once, and for
    // directories (facts.kind). Drops the bytes. What is queued belongs to commit(): another thread's may
    // settle it at any moment.
    base::Result<bool> take(
        imaging::DecoderPool &pool, const ArrivalPtr &arrival, const base::WorkContext &work);
    // Makes what is queued durable and lists it. Another thread that is at it already is waited for. Returns
    // what this call settled.
    std::vector<ArrivalPtr> commit();
    std::size_t waiting() const;
    qint64 waitingSinceMs() const; // of the oldest; 0 when none waits

private:
    base::Status afterRows(
        const std::vector<ArrivalPtr> &batch, const std::vector<storage::ImageCommit> &commits);
    base::Status settleChart(Arrival &arrival, const storage::ImageCommit &commit);
    base::Status mergeDetails(const Arrival &arrival, const storage::ImageCommit &commit);
    void recordFailure(const std::vector<ArrivalPtr> &batch, const base::Error &error);

    Profile::Internals &m;
    AuditOnce &m_audited;
    mutable std::mutex m_mutex{}; // of the queue
    std::mutex m_commitMutex{};
    std::vector<ArrivalPtr> m_queue{};
    qint64 m_since = 0;
};

// Whether bytes may be a DICOM object, by the first of them: "DICM" at 128 or 0, or a data set that begins
// with a low group. Only so that films, programs and archives of a disc need not be read whole.
bool mayBeDicom(QByteArrayView head);

} // namespace naru::services
