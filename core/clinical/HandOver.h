// What an EMR hands over when it launches Naru: one patient and what is known of the visit. Nothing in here
// is asked again.
#pragma once

#include "core/clinical/Document.h"

namespace naru::clinical {

struct HandOverNote {
    QString place{}; // "line 12, column 3", "Bundle.entry[4].resource", "OBX-5"
    QString message{}; // English, no patient data
    friend bool operator==(const HandOverNote &, const HandOverNote &) = default;
};

struct HandOver {
    QString format{}; // "naru-json" "fhir-r4" "hl7v2" "csv"
    QString encoding{}; // "UTF-8" "CP949"
    Patient patient{};
    Encounter encounter{};
    std::optional<Practitioner> doctor{};
    Content content{};
    std::vector<HandOverNote> notes{}; // what was not understood or left out, never silently
};

} // namespace naru::clinical
