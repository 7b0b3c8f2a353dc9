// ITI-57 Update Document Set (XDS Metadata Update supplement), of it the change of a document's availability:
// what we registered is no longer valid. prepare() once, deliverUpdate() as often as it takes; goes to the
// registry, without documents.
#pragma once

#include "core/ihe/iti41/Iti41.h"

namespace naru::ihe {

struct StatusUpdate {
    SubmissionSet set{}; // entryUuid and uniqueId are filled in when empty; patientId is that of the entry
    QString entryUuid{}; // urn:uuid: of the registered DocumentEntry
    Availability from = Availability::Approved;
    Availability to = Availability::Deprecated;
};

// Completes, checks and serialises; no entries and no attachments. Errors: ihe.Metadata.
base::Result<FrozenSubmission> prepare(StatusUpdate update);

struct Iti57 {
    static const TransactionInfo info;
    using Question = FrozenSubmission;
    using Answer = SubmitAnswer; // also when the peer refused: look at response.status
    static base::Status validate(const Question &question); // ihe.Frozen
    static base::Result<Outgoing> encode(const Question &question);
    static base::Result<Answer> decode(const Question &question, Received &&received);
    static std::vector<TransactionRecord> audit(const Question &question, const Answer *answer);
};

// The judgement is that of ITI-41: after Unknown the registry is asked for the entry's status before anything
// is repeated.
Delivery deliverUpdate(const Caller &caller, const Endpoint &registry, const FrozenSubmission &frozen,
    const base::WorkContext &work = {});

} // namespace naru::ihe
