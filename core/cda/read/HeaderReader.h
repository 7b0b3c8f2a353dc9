// Header of any CDA R2 document.
#pragma once

#include "core/cda/read/DataTypes.h"

namespace naru::cda {

void readHeader(const base::XmlElement &root, clinical::Document &document);

} // namespace naru::cda
