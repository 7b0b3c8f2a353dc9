// Reads what an EMR hands over about one patient. Four shapes are recognised by content, never by file name:
//
// - naru-json: our own documented JSON (FORMAT.md)
// - fhir-r4: FHIR R4 Bundle or a single Patient (4.0.1; KR Core 2.0.0 identifiers and code systems)
// - hl7v2: HL7 version 2 ADT, ORU, RDE and kin (pipe encoding, HL7 v2.5 chapter 2)
// - csv: one patient, header row with Korean or English column names (RFC 4180)
//
// Text: UTF-8 with or without BOM, UTF-16 with BOM, CP949 (and so EUC-KR). Everything that enters is NFC.
// Every value knows its Source (kind Emr, label = the format's name for people, `original` when the value was
// changed on the way in). What is not understood becomes a note; what cannot be trusted (truncated,
// undecodable, two patients) is an error that names its place and never carries patient data.
#pragma once

#include "core/base/Result.h"
#include "core/clinical/HandOver.h"

#include <QByteArray>

namespace naru::handover {

struct ReadOptions {
    // Character set the sender declared outside the file ("CP949", "EUC-KR", "UTF-8"); empty: found out from
    // the content. A BOM, and MSH-18 in HL7 v2, outrank it.
    QString charset{};
    // OID of the institution whose chart numbers these are; the root of Patient::localId when the file names
    // none.
    QString institutionOid{};
    // Appended to department codes of two digits, as FHIR (KR Core) has them, to make the four digits of the
    // documents. "00" fits every public sample but is not confirmed, so a site decides; empty: as received.
    QString departmentSuffix{};
    qint64 maximumBytes = 16LL * 1024 * 1024;
    int maximumEntries = 10'000; // list entries over all sections together
};

// Errors: handover.* (errors.tsv). On success the patient has at least a chart number or a name.
base::Result<clinical::HandOver> readHandOver(const QByteArray &bytes, const ReadOptions &options = {});

} // namespace naru::handover
