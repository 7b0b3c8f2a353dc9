// One coded term and the small tables of the exchange forms.
#pragma once

#include <QString>
#include <QStringList>

namespace naru::terminology {

// A term of one code system. Codes are kept without dots for KCD ("I614"), the spelling of the CDA channel;
// Spelling.h makes the others. `system` is an OID (base::oid("kcd"), "atc", "loinc", "icd9cm", ...).
struct Concept {
    QString system{};
    QString code{};
    QString ko{}; // preferred Korean name
    QString en{}; // preferred English name
    QStringList aliases{}; // everyday words and abbreviations that lead to this term: "당뇨", "DM"
    QString category{}; // tests: specimen, radiology, functional, pathology, vital; otherwise empty
    QString unit{}; // tests: UCUM unit usually reported; otherwise empty

    friend bool operator==(const Concept &, const Concept &) = default;
};

} // namespace naru::terminology
