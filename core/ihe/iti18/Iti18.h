// ITI-18 Registry Stored Query, consumer side.
#pragma once

#include "core/ihe/Caller.h"
#include "core/ihe/ebxml/RegistryResponse.h"
#include "core/ihe/iti18/StoredQuery.h"

namespace naru::ihe {

struct QueryAnswer {
    RegistryResponse response{}; // PartialSuccess and warnings are worth showing
    RegistryContent content{};
    QStringList objectRefs{}; // entryUUIDs, when leafClass was false
    // The registry says "failure" without an error, or answers warnings only: an empty result means
    // "unknown", not "none".
    bool uncertain = false;
    QStringList deviations{};
    friend bool operator==(const QueryAnswer &, const QueryAnswer &) = default;
};

struct Iti18 {
    static const TransactionInfo info;
    using Question = StoredQuery;
    using Answer = QueryAnswer;
    static base::Status validate(const Question &question); // ihe.Query
    static base::Result<Outgoing> encode(const Question &question);
    // ihe.Rejected when the registry reports errors and no content; the argument "codes" has the registry's
    // own.
    static base::Result<Answer> decode(const Question &question, Received &&received);
    static std::vector<TransactionRecord> audit(const Question &question, const Answer *answer);
};

// ITI-18 has no pages: asks for references first and fetches the entries `chunk` at a time. Entries that the
// registry named but did not deliver make the answer `uncertain`.
base::Result<QueryAnswer> findInChunks(const Caller &caller, const Endpoint &registry,
    const FindDocuments &find, int chunk = 100, const base::WorkContext &work = {});

} // namespace naru::ihe
