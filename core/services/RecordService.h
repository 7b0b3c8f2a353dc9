// Documents of a patient: search of the exchange, retrieval, the sealed local store, reading, answers to our
// referrals.
#pragma once

#include "core/services/Profile.h"
#include "core/services/Types.h"

namespace naru::services {

class RecordService {
public:
    explicit RecordService(Profile::Internals &internals);

    // Registry query, then the sources' state. `arrived` is called as each source answers (on a worker
    // thread).
    using Arrived = std::function<void(const SearchResult &soFar)>;
    base::Result<SearchResult> search(
        const SearchRequest &request, const base::WorkContext &work, const Arrived &arrived = {});
    // Everything stored here for the patient, newest first; never waits for the network.
    std::vector<DocumentRow> local(const PatientKey &patient);
    // Retrieves (from all repositories concerned in parallel), checks hash and size, stores sealed. One
    // Result per id.
    std::vector<base::Result<Stored>> retrieve(
        const PatientKey &patient, const std::vector<DocumentRow> &rows, const base::WorkContext &work);
    base::Result<Stored> stored(const QString &documentId);
    // Reads a stored document; `purpose` goes to the audit ("read", "preview", "answer"). Marks it seen.
    base::Result<clinical::ReadDocument> read(
        const QString &documentId, const QString &purpose = QStringLiteral("read"));
    base::Status exportTo(const QString &documentId, const QString &path);
    base::Result<std::vector<FieldDifference>> diff(const QString &olderId, const QString &newerId);
    // Marks our own document deprecated on the exchange (ITI-57), through the outbox; `reason` (up to 256
    // characters) goes along as comment of the submission. NotOurs, AlreadyDeprecated; ConsentStays for
    // consents and withdrawals.
    base::Result<OutboxId> deprecate(const QString &documentId, const QString &reason);
    // Looks for answers to our referrals; called by the background work, and by naructl.
    base::Result<int> fetchAnswers(const base::WorkContext &work);
    HomeCounts counts(bool everyone = false);
    // Unread answers and other new documents, newest first.
    std::vector<DocumentRow> arrivals();

private:
    Profile::Internals &m;
};

// Any CDA R2 bytes, no profile needed (document show/validate FILE).
base::Result<clinical::ReadDocument> readBytes(const QByteArray &bytes);
std::vector<clinical::RuleProblem> checkBytes(const QByteArray &bytes);
QString renderText(const clinical::ReadDocument &document);
QString renderHtml(const clinical::ReadDocument &document);
QByteArray renderJson(const clinical::ReadDocument &document);
std::vector<FieldDifference> diffBytes(
    const clinical::ReadDocument &older, const clinical::ReadDocument &newer);

} // namespace naru::services
