// The answer of a practice hospital to a referral that really arrived: reads the referral's CDA with its own
// few lines and composes a 진료회송서 that refers to it.
#pragma once

#include "app/practice/seed/SeedWorld.h"

namespace naru::practice {

struct ReturnOptions {
    clinical::Institution hospital{}; // who answers
    QDateTime when{}; // effectiveTime
    quint64 seed = 1; // doctor's name, wording; same input, same bytes
    int serial = 1; // of the request number (id/@extension)
};

// Same patient header, diagnoses confirmed, results, medication change and plan, addressed to the referring
// institution and doctor. The link to the referral: inFulfillmentOf/order/id = the referral's id
// (relatedDocument is for documents that replace, append or transform; CDA R2 4.2.3). Errors: base.Xml* for
// broken input, base.Invalid when it is not a 진료의뢰서.
base::Result<SeedDocument> composeReturn(const QByteArray &referral, const ReturnOptions &options);

} // namespace naru::practice
