// Body of consent and withdrawal documents: the tables whose row numbers the national module reads, and the
// signature.
#pragma once

#include "app/practice/seed/SeedXml.h"
#include "core/clinical/Document.h"

namespace naru::practice {

void writeSeedConsent(SeedXml &xml, const clinical::Document &document);
// A small grey PNG with a stroke that depends on `name`.
QByteArray signatureStroke(const QString &name);

} // namespace naru::practice
