// Sections of the exchange forms -> clinical::Content, from entries and, for our own IDs, from narrative
// cells.
#pragma once

#include "core/cda/read/DataTypes.h"

namespace naru::cda {

struct SectionSource {
    QString key{}; // of the section table
    const base::XmlElement *element = nullptr;
    const NarrativeResult *narrative = nullptr;
};

void recoverContent(const SectionSource &source, clinical::Document &document);
// Consent documents: policy and dates are in the header.
void recoverConsent(const base::XmlElement &root, const Anchors &anchors, clinical::Document &document);

} // namespace naru::cda
