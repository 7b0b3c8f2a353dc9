// ITI-41 Provide and Register Document Set-b, source side. prepare() once, deliver() as often as it takes.
#pragma once

#include "core/ihe/Caller.h"
#include "core/ihe/ebxml/RegistryResponse.h"
#include "core/ihe/iti41/FrozenSubmission.h"

#include <optional>

namespace naru::ihe {

struct Submission {
    struct Item {
        DocumentEntry entry{}; // entryUuid, hash and size are filled in when empty; hash and size must be
                               // right when not
        QByteArray bytes{};
        QString replaces{}; // entryUUID of the entry this one replaces (RPLC); the new entry needs its own
                            // uniqueId
        QString appendsTo{}; // entryUUID (APND)
    };
    SubmissionSet set{}; // entryUuid and uniqueId are filled in when empty
    std::vector<Item> items{};
};

// Draws entryUuid and uniqueId where they are empty.
void completeSet(SubmissionSet &set);

// Completes, checks (metadata/MetadataRules.h) and serialises. Errors: ihe.Metadata.
base::Result<FrozenSubmission> prepare(Submission submission);

struct SubmitAnswer {
    RegistryResponse response{};
    QStringList deviations{};
    friend bool operator==(const SubmitAnswer &, const SubmitAnswer &) = default;
};

struct Iti41 {
    static const TransactionInfo info;
    using Question = FrozenSubmission;
    using Answer = SubmitAnswer; // also when the peer refused: look at response.status
    static base::Status validate(const Question &question);
    static base::Result<Outgoing> encode(const Question &question);
    static base::Result<Answer> decode(const Question &question, Received &&received);
    static std::vector<TransactionRecord> audit(const Question &question, const Answer *answer);
};

// What the outbox has to know after an attempt.
struct Delivery {
    enum class State {
        DefiniteNotSent, // the peer processed nothing: send again later
        Accepted, // registered
        Rejected, // a complete answer said no: a person decides
        Unknown, // anything else: ask the registry before sending again
    };
    State state = State::Unknown;
    // Rejected, but only because the peer was busy or out of resources: the same bytes may be sent again
    // later.
    bool retryLater = false;
    RegistryResponse response{}; // when an answer came
    std::optional<base::Error> error{}; // when none came
    QStringList deviations{};
};

Delivery deliver(const Caller &caller, const Endpoint &repository, const FrozenSubmission &frozen,
    const base::WorkContext &work = {});
// To the repository's submitUrl where it has one.
Delivery deliver(const Caller &caller, const RepositoryEndpoint &repository, const FrozenSubmission &frozen,
    const base::WorkContext &work = {});
// Pure: the same judgement on a result of run<Iti41>().
Delivery judge(const base::Result<SubmitAnswer> &result);

} // namespace naru::ihe
