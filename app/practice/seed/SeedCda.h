// CDA R2 (HL7 CDA Release 2, 2005) of the Korean exchange forms, written from the public facts on the
// national forms and from nothing of core/cda. UTF-8, one element a line, byte for byte the same for the same
// values.
#pragma once

#include "core/clinical/Document.h"

namespace naru::practice {

// `institution` is the author's and custodian's. document.patient.localId must be that institution's chart
// number. Resident numbers are never written.
QByteArray writeSeedCda(const clinical::Document &document, const clinical::Institution &institution);

} // namespace naru::practice
