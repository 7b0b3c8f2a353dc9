// Code systems in any spelling (FHIR URI, HL7 v2 mnemonic, OID, urn:oid:, our own name) and coded values made
// from what arrives.
#pragma once

#include "core/clinical/Content.h"

#include <initializer_list>
#include <optional>

namespace naru::handover {

// The OID for a spelling of tables/systems.tsv, of core/base/tables/oids.tsv or an OID itself; empty when
// unknown.
QString systemOid(const QString &spelling);

// One code as received; `system` in any spelling.
struct ReceivedCode {
    QString code{};
    QString system{};
    QString display{};
};

// The first code of the best system (`preferred`: names of oids.tsv, best first) with the others as
// translations. `text` becomes the original text when it says something else than the display. An unknown
// system leaves CodedValue::system empty and its spelling in `unknownSystem` (for a note).
clinical::CodedValue makeCoded(const std::vector<ReceivedCode> &codes, const QString &text,
    std::initializer_list<const char *> preferred, QString *unknownSystem = nullptr);

// KD codes have thirteen digits, EDI codes nine (korea-fhir 6); what the code alone says when no system was
// given.
QString drugSystemByShape(const QString &code);

// A vital sign of tables/vitals.tsv for a LOINC code, named in Korean; none when the code is not a vital
// sign.
std::optional<clinical::VitalSign> vitalByLoinc(const QString &code);

// "BID" -> "2" (tables/frequencies.tsv); empty when the pattern says no fixed number.
QString timesPerDayOf(const QString &pattern);

// tables/hl7_codes.tsv: the meaning of a value of an HL7 v2 table ("0004", "O" -> "AMB"); empty when it has
// none.
QString hl7Meaning(const char *table, const QString &value);

clinical::LabResult::Category labCategoryOf(
    const QString &key); // "specimen" "pathology" "radiology" "functional"

} // namespace naru::handover
