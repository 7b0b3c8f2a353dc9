// Sections of consent and withdrawal documents (korea-documents section 6) and the marker of a transfer
// without consent.
#pragma once

#include "core/cda/write/XmlOut.h"
#include "core/clinical/Document.h"

namespace naru::cda {

void writeConsentText(XmlOut &out, const clinical::Document &document); // children of <text>
void writeSignatureText(XmlOut &out);
void writeSignatureEntry(XmlOut &out, const clinical::ConsentStatement &statement);
void writeExceptionText(XmlOut &out, const clinical::EmergencyException &exception, const QString &rowId);

} // namespace naru::cda
