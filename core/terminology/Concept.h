// One coded term, as a master states it and the index keeps it.
#pragma once

#include <QDate>
#include <QString>
#include <QStringList>

#include <vector>

namespace naru::terminology {

enum class Sex : char { Any, Male, Female };

// Where a master says that this term has another code. Codes as the master writes them, KCD without dots.
struct CodeLink {
    QString system{}; // OID
    QString code{};
    friend bool operator==(const CodeLink &, const CodeLink &) = default;
};

// A term of one code system: one row per code (KOSTOM: one per concept, with the term code of its preferred
// term). Codes are kept without dots for KCD ("I614"), the spelling of the CDA channel; Spelling.h makes the
// others. `system` is an OID (base::oid("kcd"), "atc", "loinc", "icd9cm", ...).
struct Concept {
    QString system{};
    QString code{};
    QString conceptCode{}; // KOSTOM 개념코드 ("C3843080"); empty elsewhere
    QString ko{}; // preferred Korean name
    QString en{}; // preferred English name
    QStringList synonyms{}; // other official names and inclusions; lead to this term
    QStringList aliases{}; // everyday words and abbreviations that lead to this term: "당뇨", "DM"
    QString parent{}; // code of the category above, same system; empty at the top
    QString field{}; // KOSTOM field (diagnosis, act, laboratory, radiology, dental, public, nursing, korean,
                     // other), empty elsewhere
    QString category{}; // tests: specimen, radiology, functional, pathology, vital; otherwise empty
    QString unit{}; // tests: UCUM unit usually reported; otherwise empty
    QString help{}; // usage note of the master, shown and never searched
    QDate validFrom{}, validTo{}; // inclusive; invalid means open
    QString replacedBy{}; // code to use instead of a retired one
    bool complete = true; // may be claimed as it stands (완전코드)
    bool mainAllowed = true; // 주상병 allowed
    bool notifiable = false; // 법정감염병
    bool koreanMedicine = false; // 한방 only
    bool axis = false; // a LOINC or radiology axis string, not a name: found by its words, ranked last
    Sex sex = Sex::Any;
    int ageFrom = 0, ageTo = 0; // years, inclusive; ageTo 0 means no limit
    int weight = 0; // 0..1000, how often it is used in public claims; 0 when unknown
    std::vector<CodeLink> links{}; // to other systems

    bool validOn(QDate day) const
    {
        return (!validFrom.isValid() || validFrom <= day) && (!validTo.isValid() || day <= validTo);
    }
    friend bool operator==(const Concept &, const Concept &) = default;
};

} // namespace naru::terminology
