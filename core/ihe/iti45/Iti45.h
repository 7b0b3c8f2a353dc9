// ITI-45 PIXV3 Query: the other identifiers of a patient (PRPA_IN201309UV02 / PRPA_IN201310UV02).
#pragma once

#include "core/ihe/Caller.h"
#include "core/ihe/hl7v3/PatientIdentity.h"

namespace naru::ihe {

struct PixQuestion {
    V3Devices devices{};
    clinical::Identifier patient{}; // known to us
    QStringList domains{}; // OIDs asked for; empty: all
    base::Timestamp created{};
    QString queryId{}; // extension; filled by newV3Id() when empty
};

struct PixAnswer {
    bool found = false; // queryResponseCode OK
    std::vector<clinical::Identifier> ids{};
    V3Acknowledgement acknowledgement{};
    QStringList deviations{};
};

struct Iti45 {
    static const TransactionInfo info;
    using Question = PixQuestion;
    using Answer = PixAnswer;
    static base::Status validate(const Question &question);
    static base::Result<Outgoing> encode(const Question &question);
    // NF is an answer (found = false); AE, QE and NAKs are ihe.Nak.
    static base::Result<Answer> decode(const Question &question, Received &&received);
    static std::vector<TransactionRecord> audit(const Question &question, const Answer *answer);
};

} // namespace naru::ihe
