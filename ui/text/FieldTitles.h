// Fields of a document as its form calls them: "recipients[0].department" is 수신 기관 1 · 진료과.
#pragma once

#include "core/services/Types.h"
#include "ui/text/Language.h"

namespace naru::text {

// The path itself for a field that no form shows.
QString fieldTitle(clinical::Form form, const QString &path, Language language);
// Differences with titles for paths. The number of entries of a list and the code behind a name go without
// saying where the entry or the name itself is listed.
std::vector<services::FieldDifference> titled(
    const std::vector<services::FieldDifference> &differences, clinical::Form form, Language language);

} // namespace naru::text
