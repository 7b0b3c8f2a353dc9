// Does the narrative say what the entries say? Differences become warnings; nothing is ever corrected.
#pragma once

#include "core/cda/read/DataTypes.h"
#include "core/clinical/ReadDocument.h"

namespace naru::cda {

// `anchors` of the whole document; `path` names the section ("section 30954-2").
void checkEntries(const std::vector<clinical::Entry> &entries, const Anchors &anchors, const QString &path,
    std::vector<clinical::ReadWarning> &warnings);

} // namespace naru::cda
