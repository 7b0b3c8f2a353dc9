// The structured body of the forms: each section's table and its entries are written from the same value.
#pragma once

#include "app/practice/seed/SeedXml.h"
#include "core/clinical/Document.h"

namespace naru::practice {

void writeSeedBody(SeedXml &xml, const clinical::Document &document);

} // namespace naru::practice
