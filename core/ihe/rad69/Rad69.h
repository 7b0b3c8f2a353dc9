// RAD-69 Retrieve Imaging Document Set, consumer side (IHE RAD TF-2 4.69): images named under their study and
// series, as MTOM; an outcome for each of them. The answer is that of ITI-43.
#pragma once

#include "core/ihe/iti43/Iti43.h"

namespace naru::ihe {

struct ImageReference {
    QString studyUid{};
    QString seriesUid{};
    QString sopUid{}; // the DocumentUniqueId of the request
    friend bool operator==(const ImageReference &, const ImageReference &) = default;
};

struct ImagingQuestion {
    QString repositoryUniqueId{}; // of the imaging source: the Retrieve Location UID of manifests
    QString homeCommunityId{}; // of the manifest's entry, echoed; without urn:oid:; may be empty
    std::vector<ImageReference> images{}; // one request; most() at most
    QStringList transferSyntaxes{}; // UIDs; empty: all that are read here (syntaxes.tsv)
    // Receives each image while it arrives; must outlive the call. Which image it is, its own bytes say.
    BodySink *sink = nullptr;
    clinical::Identifier patientId{}; // for the audit, when known; not sent
    static constexpr std::size_t most() { return 60; } // with the envelope within net::MimeLimits::parts
};

struct Rad69 {
    static const TransactionInfo info;
    using Question = ImagingQuestion;
    using Answer = RetrieveAnswer; // documents in the order of the question's images
    static base::Status validate(const Question &question);
    static base::Result<Outgoing> encode(const Question &question);
    static base::Result<Answer> decode(const Question &question, Received &&received);
    static std::vector<TransactionRecord> audit(const Question &question, const Answer *answer);
    static BodySink *sink(const Question &question) { return question.sink; }
};

QStringList readableTransferSyntaxes(); // UIDs, of syntaxes.tsv
bool isDicomUid(const QString &text); // PS3.5 9.1: digits and dots, at most 64

} // namespace naru::ihe
