// ITI-43 Retrieve Document Set, consumer side: MTOM, MTOM without multipart and inline base64; an outcome per
// document.
#pragma once

#include "core/ihe/Caller.h"
#include "core/ihe/ebxml/RegistryResponse.h"

namespace naru::ihe {

struct DocumentReference {
    QString repositoryUniqueId{};
    QString documentUniqueId{};
    QString homeCommunityId{}; // without urn:oid:; written as an URN
    friend bool operator==(const DocumentReference &, const DocumentReference &) = default;
};

struct RetrieveQuestion {
    std::vector<DocumentReference> documents{};
    // Receives the bytes while they arrive; must outlive the call. nullptr: they are kept in
    // RetrievedDocument::bytes.
    BodySink *sink = nullptr;
    clinical::Identifier patientId{}; // for the audit, when known; not sent
};

struct RetrievedDocument {
    enum class State {
        Received,
        Refused, // the answer carries an error for it
        Missing, // neither document nor error, or a response without a Document
        Broken, // its bytes did not arrive whole (base64 damaged, attachment missing)
    };
    DocumentReference reference{}; // as asked for
    State state = State::Missing;
    std::vector<RegistryError> errors{};
    QString mimeType{}; // of the DocumentResponse, not of the MIME part
    QString newDocumentUniqueId{}; // of a persisted On-Demand document
    QString newRepositoryUniqueId{};
    int body = -1; // index given to the sink
    QByteArray bytes{}; // without sink
    qint64 size = 0;
    QString sha1Hex{};
};

struct RetrieveAnswer {
    RegistryResponse response{};
    std::vector<RetrievedDocument> documents{}; // one for each reference, in the order of the question
    QStringList deviations{};
    bool complete() const; // all Received
};

struct Iti43 {
    static const TransactionInfo info;
    using Question = RetrieveQuestion;
    using Answer = RetrieveAnswer;
    static base::Status validate(const Question &question);
    static base::Result<Outgoing> encode(const Question &question);
    static base::Result<Answer> decode(const Question &question, Received &&received);
    // A partly failed retrieve makes two records (CP-493).
    static std::vector<TransactionRecord> audit(const Question &question, const Answer *answer);
    static BodySink *sink(const Question &question) { return question.sink; }
};

// Splits by the repository's documentsPerRequest. A request that fails as a whole leaves its documents
// Missing and its error in the list; the error is returned only when every request failed.
struct RetrieveAllAnswer {
    std::vector<RetrievedDocument> documents{};
    std::vector<base::Error> errors{};
    QStringList deviations{};
};
base::Result<RetrieveAllAnswer> retrieveAll(const Caller &caller, const RepositoryEndpoint &repository,
    const std::vector<DocumentReference> &documents, const base::WorkContext &work = {},
    const clinical::Identifier &patientId = {});

} // namespace naru::ihe
