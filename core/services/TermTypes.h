// Values of the term service: what a picker's row shows, what a search is told about the visit, what an
// import did. Plain and copyable, part of Types.h.
#pragma once

#include "core/clinical/Parties.h"
#include "core/terminology/TermStore.h"
#include "core/terminology/importers/Importer.h"

#include <QDateTime>
#include <QString>
#include <vector>

namespace naru::services {

using TermSource = terminology::TermHit::Source;

// One row of a list of codes. `system`, `code`, `conceptCode` identify it; the texts are those of the release
// that answered and may change with the next one.
struct TermHit {
    QString system{}; // OID
    QString systemName{};
    QString code{};
    QString ko{}, en{};
    QString matched{}; // the synonym or alias that matched; empty when it was a name or the code
    double score = 0;
    bool favourite = false, recent = false; // of this doctor
    // Added later; a caller that fills only the members above still works.
    QString conceptCode{}; // KOSTOM
    QString parent{}; // code above, same system
    QString field{}, category{}, unit{}, help{}; // as in terminology::Concept
    terminology::MatchKind kind = terminology::MatchKind::Inside;
    TermSource source = TermSource::Korean; // which string matched: ko, en, code, or `matched`
    std::vector<terminology::TermMark> marks{}; // stretches of that string, UTF-16 units
    int children = 0; // codes below it that can be opened instead
    bool complete = true; // may be claimed as it stands; false: choose one of the children
    bool mainAllowed = true; // 주상병
    bool notifiable = false; // 법정감염병
    bool koreanMedicine = false;
    bool retired = false; // not valid on the day of the visit: shown grey, last
    QDate validFrom{}, validTo{}; // invalid: open
    QString replacedBy{}, replacedByName{}; // the code to use instead, and its Korean (else English) name
    terminology::Sex sex = terminology::Sex::Any; // limits of the master, for the sentence of a warning
    int ageFrom = 0, ageTo = 0; // years, inclusive; ageTo 0: no limit
    bool sexConflict = false, ageConflict = false; // with TermContext; warn, never hide
    bool similar = false; // only spelt like the query: never chosen by Enter
    bool patientOwn = false; // this patient has had it before, or has it on the problem list
    int used = 0; // times this doctor chose it here (never decays; for people)
};

// The visit a code is for. Every member may be left empty.
struct TermContext {
    QString patient{}; // PatientKey; the patient's own earlier codes come first
    clinical::Sex sex = clinical::Sex::Unknown;
    QDate birthDate{};
    int age = -1; // years; taken from birthDate and day when negative
    QString department{}; // "04" or "0400"
    QDate day{}; // of the visit; today when invalid
    QStringList fields{}; // KOSTOM fields wanted (terminology::Concept::field); empty: all
    QStringList categories{}; // categories of tests wanted; empty: all
    bool axisStrings = false; // also LOINC and radiology axis strings
    friend bool operator==(const TermContext &, const TermContext &) = default;
};

struct TermAnswer {
    std::vector<TermHit> hits{}; // best first
    std::vector<TermHit> similar{}; // only when `hits` is empty; a section of its own ("혹시?")
    QString side{}; // "left" "right" "both" when the query named a side that is no part of the names
};

// What a picker shows before the first key, each without the rows of the groups before it.
struct TermStart {
    std::vector<TermHit> patient{}; // had before or on the problem list, newest first
    std::vector<TermHit> favourites{}; // most used first
    std::vector<TermHit> recent{}; // of this doctor, newest first
    std::vector<TermHit> clinic{}; // most used in the clinic lately
};

struct TermPasted {
    std::vector<TermHit> hits{}; // in the order of the text
    QStringList unknown{};
};

// A favourite (or a code used before) that the new release no longer carries or has retired.
struct TermAffected {
    QString user{}; // whose favourite; never the clinic's or a patient's rows
    TermHit before{}; // as it was remembered
    bool favourite = false; // false: used before
    bool renamedCode = false; // the concept goes on under `instead`: the favourite was moved there
    TermHit instead{}; // the code to use; empty code when the master names none
};

struct TermImport {
    QString master{}; // "kcd", "kostom", ...
    terminology::IndexMeta meta{};
    int terms = 0;
    terminology::ImportReport report{};
    terminology::ReleaseChange change{};
    std::vector<TermAffected> affected{};
};

struct TermStats {
    std::vector<terminology::Release> releases{};
    QHash<QString, int> counts{}; // by system OID, of what is searched now
    int terms = 0, clinicAliases = 0;
    qint64 indexBytes = 0; // mapped files and the starter index
    std::vector<base::Error> problems{}; // releases that could not be opened
};

} // namespace naru::services
