// clinical::Document -> CDA R2 (HL7 CDA R2 2005, POCD_HD000040), UTF-8 without BOM. Deterministic: the same
// value and profile give the same bytes, so a sealed document can be hashed and re-made.
//
// Written: the header of korea-documents section 3 and every filled field of Content, both as narrative
// (Korean headings, one table a section) and, where CDA has a place for it, as coded entry. Narrative rows
// and cells carry IDs
// "<section>.<row>.<field>" and entries point at them. A section with content that the form's list does not
// name is written after the listed ones: nothing is lost. Not written, on purpose: Patient::residentNumber,
// Patient::exchangeId and sources, Institution::kind and its directory flags, Author::userId,
// Authenticator::licence and department. Errors: cda.NoForm, cda.TextNotXml (a character XML 1.0 cannot
// carry; argument `field`), cda.CodeInvalid (a code or system that is no token; argument `field`),
// cda.NoTemplate.
#pragma once

#include "core/base/Clock.h"
#include "core/cda/write/WriteProfile.h"

#include <functional>

namespace naru::cda {

base::Result<QByteArray> writeDocument(
    const clinical::Document &document, const WriteProfile &profile = WriteProfile::standard());

// Source of random digits: returns `count` random bytes. base::randomBytes fits; tests pass their own.
using RandomBytes = std::function<QByteArray(int count)>;

// <Korean template OID>.<8-digit institution number>.<yyyyMMddHHmmss in Korean time + 6 random digits>
// (section 5). Errors: cda.NoTemplate, cda.InstitutionNumber (not 8 digits).
base::Result<QString> newDocumentId(clinical::Form form, const clinical::Institution &institution,
    const base::Clock &clock, const RandomBytes &random,
    const WriteProfile &profile = WriteProfile::standard());

// 21 digits: institution number 8 + Korean date 8 + serial 5 (1..99999). Errors: cda.InstitutionNumber,
// cda.Serial.
base::Result<QString> requestNumber(
    const clinical::Institution &institution, const base::Clock &clock, int serial);

} // namespace naru::cda
