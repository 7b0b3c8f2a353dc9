// Reads a BPPC consent or withdrawal (CDA R2) with a few lines of its own: policy, date, excluded
// departments, withdrawn institutions. README.md says which shapes are understood.
#pragma once

#include "app/practice/consent/ConsentBook.h"
#include "core/base/Result.h"

namespace naru::practice {

// Errors: base.Xml* for broken XML, base.Invalid when no known policy is stated.
base::Result<ConsentEvent> readConsent(const QByteArray &cda);
// True when a CDA document says that it is sent by the emergency exception (its own marker, not only
// metadata).
bool cdaClaimsEmergency(const QByteArray &cda);

} // namespace naru::practice
