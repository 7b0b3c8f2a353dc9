// What a search asks and answers.
#pragma once

#include "core/terminology/Concept.h"

#include <QHash>

#include <vector>

namespace naru::terminology {

// The person the code is for, so that a row can say what does not fit. Nothing is hidden because of it.
struct TermSubject {
    Sex sex = Sex::Any;
    int age = -1; // years; -1 unknown
    friend bool operator==(const TermSubject &, const TermSubject &) = default;
};

// How much a term is used here, 0..65535 each; keys are usageKey(system, code). Kept outside the index
// because it changes daily. Compared in this order: this patient, this doctor, this clinic.
struct TermUsage {
    struct Counts {
        int patient = 0, doctor = 0, clinic = 0;
        bool favourite = false;
    };
    QHash<QString, Counts> counts{};
    static QString key(const QString &system, const QString &code) { return system + u'|' + code; }
};

struct TermFilter {
    QStringList systems{}; // OIDs; empty means every system
    QStringList categories{}; // Concept::category; empty means all
    QStringList fields{}; // Concept::field; empty means all
    QString department{}; // HIRA two digits; terms this department uses rank higher, nothing is hidden
    QDate day{}; // validity is judged on this day; invalid: today. Retired terms stay, greyed and last
    bool axisStrings = false; // also Concept::axis terms (KOSTOM's laboratory and radiology strings)
    TermSubject subject{};
    const TermUsage *usage = nullptr; // may be null; not owned, must outlive the call
    bool fuzzy = true; // when nothing else matches, similar spellings in TermAnswer::similar
    int limit = 50; // at most this many hits (1..500)
};

// How the best string of a term matched, best first: the coarse part of the order.
enum class MatchKind {
    CodeExact,
    NameExact, // name, synonym or alias; also an exact alias typed in the other keyboard mode
    CodePrefix,
    NameStart, // also after a stock phrase (상세불명의 ...) and after removed (..) or [..]
    WordStart,
    Inside,
    InitialsStart,
    Initials,
    OtherLayout,
    Similar, // fuzzy; only in TermAnswer::similar
};

// A stretch of `matched` (or of ko/en/code when `matched` is empty) that the query covers, in UTF-16 units;
// `half` when the last syllable is only partly typed.
struct TermMark {
    int from = 0, length = 0;
    bool half = false;
    friend bool operator==(const TermMark &, const TermMark &) = default;
};

struct TermHit {
    enum class Source { Korean, English, Synonym, Alias, Code };

    Concept term{};
    QString matched{}; // the string that matched, as it is written
    Source source = Source::Korean;
    MatchKind kind = MatchKind::Inside;
    int score = 0; // higher is better; equal queries over equal terms and usage give equal scores
    std::vector<TermMark> marks{};
    int children = 0; // codes below this one, when it is incomplete or a collapsed family stands for them
    bool retired = false; // not valid on the day asked
    bool sexConflict = false, ageConflict = false; // with TermFilter::subject
    bool favourite = false, used = false; // by TermFilter::usage

    friend bool operator==(const TermHit &, const TermHit &) = default;
};

struct TermAnswer {
    std::vector<TermHit> hits{}; // best first
    std::vector<TermHit> similar{}; // only when `hits` is empty; shown apart, never chosen by Enter
    QString side{}; // 왼쪽/오른쪽/양쪽 found in the query and not in the names: "left", "right", "both"
};

} // namespace naru::terminology
