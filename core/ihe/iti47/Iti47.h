// ITI-47 Patient Demographics Query HL7 v3 (PRPA_IN201305UV02 / PRPA_IN201306UV02), with continuation and
// cancel (QUQI_IN000003UV01).
#pragma once

#include "core/ihe/Caller.h"
#include "core/ihe/hl7v3/PatientIdentity.h"

namespace naru::ihe {

struct PdqQuestion {
    V3Devices devices{};
    clinical::Identifier
        queryId{}; // root = sender device, extension unique; filled by the encoder's caller: newQueryId()
    QString family{}, given{}; // given may end in '*': fuzzy, as far as the supplier can
    clinical::Sex sex = clinical::Sex::Unknown;
    base::Timestamp birthDate{};
    std::vector<clinical::Identifier> ids{};
    QString phone{};
    QStringList domains{}; // OIDs of wanted identifiers (otherIDsScopingOrganization); empty: all
    int quantity = 0; // matches in the first answer; 0: all
    base::Timestamp created{};
};
clinical::Identifier newQueryId(const V3Devices &devices);

struct PdqAnswer {
    std::vector<PatientIdentity> patients{};
    V3Acknowledgement acknowledgement{};
    int total = -1; // -1: not said
    int remaining = 0; // still to be fetched with Iti47Continue
    QStringList deviations{};
};

struct Iti47 {
    static const TransactionInfo info;
    using Question = PdqQuestion;
    using Answer = PdqAnswer;
    static base::Status validate(const Question &question);
    static base::Result<Outgoing> encode(const Question &question);
    // NF is an answer without patients; AE, QE and NAKs are ihe.Nak.
    static base::Result<Answer> decode(const Question &question, Received &&received);
    static std::vector<TransactionRecord> audit(const Question &question, const Answer *answer);
};

struct ContinueQuestion {
    V3Devices devices{};
    clinical::Identifier queryId{}; // of the first question
    int quantity = 0;
    base::Timestamp created{};
};

struct Iti47Continue {
    static const TransactionInfo info;
    using Question = ContinueQuestion;
    using Answer = PdqAnswer;
    static base::Status validate(const Question &question);
    static base::Result<Outgoing> encode(const Question &question);
    static base::Result<Answer> decode(const Question &question, Received &&received);
    static std::vector<TransactionRecord> audit(const Question &question, const Answer *answer);
};

struct Iti47Cancel {
    static const TransactionInfo info;
    using Question = ContinueQuestion;
    using Answer = V3Acknowledgement;
    static base::Status validate(const Question &question);
    static base::Result<Outgoing> encode(const Question &question);
    static base::Result<Answer> decode(const Question &question, Received &&received);
    static std::vector<TransactionRecord> audit(const Question &question, const Answer *answer);
};

// All matches: asks, continues until nothing remains or `limit` is reached, then cancels the rest.
base::Result<PdqAnswer> findPatients(const Caller &caller, const Endpoint &pdq, PdqQuestion question,
    int limit = 100, const base::WorkContext &work = {});

} // namespace naru::ihe
