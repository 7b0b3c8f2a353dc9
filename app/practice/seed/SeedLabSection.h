// The section of results: one list of four groups, and an organizer for every result.
#pragma once

#include "app/practice/seed/SeedXml.h"
#include "core/clinical/Document.h"

namespace naru::practice {

void writeSeedLabs(SeedXml &xml, const std::vector<clinical::LabResult> &labs, const QString &root);

} // namespace naru::practice
