// The CDA header of the exchange forms (korea-documents section 3). The resident number is never an input
// here.
#pragma once

#include "core/cda/write/WriteProfile.h"
#include "core/cda/write/XmlOut.h"

namespace naru::cda {

void writeHeader(XmlOut &out, const clinical::Document &document, const WriteProfile &profile,
    const FormTemplate &formTemplate);

} // namespace naru::cda
