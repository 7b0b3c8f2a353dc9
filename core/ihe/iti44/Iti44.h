// ITI-44 Patient Identity Feed HL7 v3, source side: add (PRPA_IN201301UV02) and revise (PRPA_IN201302UV02).
#pragma once

#include "core/ihe/Caller.h"
#include "core/ihe/hl7v3/PatientIdentity.h"

namespace naru::ihe {

struct FeedQuestion {
    V3Devices devices{};
    PatientIdentity patient{}; // exactly one person a feed; ids[0] is our own
    clinical::Institution provider{}; // whose patient this is
    base::Timestamp created{}; // required: the moment of the message (HL7 creationTime)
};

struct FeedAnswer {
    V3Acknowledgement acknowledgement{};
    QStringList deviations{};
};

struct Iti44Add {
    static const TransactionInfo info;
    using Question = FeedQuestion;
    using Answer = FeedAnswer;
    static base::Status validate(const Question &question);
    static base::Result<Outgoing> encode(const Question &question);
    static base::Result<Answer> decode(const Question &question, Received &&received); // ihe.Nak
    static std::vector<TransactionRecord> audit(const Question &question, const Answer *answer);
};

struct Iti44Revise : Iti44Add {
    static const TransactionInfo info;
    static base::Result<Outgoing> encode(const Question &question);
};

} // namespace naru::ihe
