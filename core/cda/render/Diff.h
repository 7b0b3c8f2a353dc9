// What changed between two versions of a document: statements of entries first, then words of the narrative.
#pragma once

#include "core/clinical/ReadDocument.h"

namespace naru::cda {

struct DiffRow {
    enum class Kind { Added, Removed, Changed };
    // Why a row matters: dose of a medication changed, medication stopped or started, result changed, words
    // changed ...
    enum class Meaning {
        Header,
        Entry,
        DoseChanged,
        MedicationStopped,
        MedicationStarted,
        ResultChanged,
        Narrative
    };
    QString place{}; // "약물처방 · 메트포르민", "의뢰 사유", "수신 기관"
    QString sectionCode{};
    Kind kind = Kind::Changed;
    Meaning meaning = Meaning::Entry;
    QString before{};
    QString after{};
    friend bool operator==(const DiffRow &, const DiffRow &) = default;
};

// A run of words for showing a narrative change in place.
struct WordChange {
    enum class Kind { Same, Added, Removed };
    Kind kind = Kind::Same;
    QString text{};
    friend bool operator==(const WordChange &, const WordChange &) = default;
};

std::vector<DiffRow> diffDocuments(const clinical::ReadDocument &before, const clinical::ReadDocument &after);
// Longest common subsequence of words; texts above 4,000 words are reported as one removal and one addition.
std::vector<WordChange> diffWords(const QString &before, const QString &after);

} // namespace naru::cda
