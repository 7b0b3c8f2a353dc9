// What is fixed about a transaction by its standard.
#pragma once

#include "core/ihe/TransactionRecord.h"

namespace naru::ihe {

struct TransactionInfo {
    const char *number = ""; // "ITI-41"
    const char *action = ""; // WS-Addressing Action of the request
    const char *answerAction = ""; // of the answer
    bool mtom = false; // the request is sent as MTOM
    bool retrySafe = false; // repeating it changes nothing
    bool bigAnswer = false; // documents inside: streamed, with the large budget
    TransactionRecord::Kind kind = TransactionRecord::Kind::Query;
    char auditAction = 'E';
};

} // namespace naru::ihe
