// Body of a document: the sections of the form in order, then every other section with content.
#pragma once

#include "core/cda/write/WriteProfile.h"
#include "core/cda/write/XmlOut.h"

namespace naru::cda {

void writeBody(XmlOut &out, const clinical::Document &document, const WriteProfile &profile,
    const FormTemplate &formTemplate);

} // namespace naru::cda
