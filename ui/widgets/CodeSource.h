// What a CodePicker searches: diagnoses, drugs, tests, procedures, allergies, institutions, departments.
// Sources answer from memory within milliseconds; they are asked on every composition step.
#pragma once

#include "core/clinical/Coded.h"

#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

namespace naru::ui {

// A stretch of a text that the query covers, in UTF-16 units; `half` while its last syllable is only partly
// typed.
struct CodeMark {
    int from = 0, length = 0;
    bool half = false;
    friend bool operator==(const CodeMark &, const CodeMark &) = default;
};

// One row. Only `key` and a name are needed; everything after `coded` has a meaning of its own for coded
// terms and stays empty for institutions and departments.
struct CodeChoice {
    enum class Marked : char { Nothing, Ko, En, Code, Matched };

    QString key{}; // stable within the source: OID, "system|code"
    QString code{};
    QString systemName{};
    QString ko{};
    QString en{};
    QString matched{}; // text that matched when it is neither name nor code
    QString note{}; // "교류 참여"
    bool recent = false;
    clinical::CodedValue coded{};

    Marked markedIn = Marked::Nothing; // the text `marks` belong to
    std::vector<CodeMark> marks{};
    QString heading{}; // stands above this row: the first of a group
    int depth = 0; // indent in a hierarchy
    int children = 0; // codes below this one that can be opened
    bool complete = true; // may be claimed as it stands (완전코드)
    bool mainAllowed = true; // 주상병
    bool notifiable = false; // 법정감염병
    bool retired = false; // not valid on the day of the visit
    QString replacedBy{}, replacedByName{}; // the code to use instead of a retired one
    bool sexConflict = false, ageConflict = false; // with the patient: warns, never hides
    QString limits{}; // who the code is for, in words: "여성", "15세 이상"
    bool similar = false; // only spelt like the query: never chosen by Enter
    bool favourite = false;
    bool patientOwn = false; // this patient has had it before
    int used = 0; // times chosen here
    bool sided = false; // left, right or both may be said with it
    bool graded = false; // mild, moderate or severe may be said with it
    bool known = true; // false: a pasted text that is no code; cannot be chosen

    const QString &title() const { return !ko.isEmpty() ? ko : !en.isEmpty() ? en : code; }
    bool qualified() const { return !coded.side.isEmpty() || !coded.severity.isEmpty(); }
    // The same code on the same side and as severe, whatever the list said about it.
    bool same(const CodeChoice &other) const
    {
        return key == other.key && code == other.code && title() == other.title()
            && coded.side == other.coded.side && coded.severity == other.coded.severity;
    }
    friend bool operator==(const CodeChoice &, const CodeChoice &) = default;
};

struct CodeAnswer {
    std::vector<CodeChoice> rows{}; // best first
    std::vector<CodeChoice> similar{}; // only when there are no rows; a section of its own
    QString side{}; // "left" "right" "both", when the query named a side that is no part of the names
    bool pending = false; // not ready: the picker keeps its rows, greyed, and asks again
    QString status{}; // while pending: "용어 준비 중 40 %"
};

struct CodeDetail {
    QString label{}, text{};
};

// A chosen code said more exactly: one of the chips that are offered after the choice.
struct CodeRefinement {
    QString axis{}; // "side" "site" "wound" "severity" "kind": one group of chips each
    QString label{}; // what the chip adds: "왼쪽", "어깨부분", "개방성"
    CodeChoice choice{}; // takes the place of what was chosen
};

struct CodePasted {
    std::vector<CodeChoice> rows{}; // known codes in the order of the text
    QStringList unknown{};
};

class CodeSource {
public:
    virtual ~CodeSource() = default;
    virtual std::vector<CodeChoice> search(const QString &query, int limit) = 0;
    // Shown before the first key: favourites, recent ones, or everything of a short list.
    virtual std::vector<CodeChoice> recents(int limit) = 0;
    virtual void used(const CodeChoice &choice) = 0;
    virtual bool freeTextAllowed() const { return true; }

    // --- sources of coded terms
    // As search(), with what is only similar and the side kept apart.
    virtual CodeAnswer ask(const QString &query, int limit);
    // Enter on an empty text takes the first row: right for a short list, wrong for a doctor's favourites.
    virtual bool firstBeforeTyping() const { return true; }
    virtual int total() const { return 0; } // terms searched; 0: not worth saying
    virtual std::vector<CodeChoice> children(const CodeChoice &) { return {}; }
    virtual std::vector<CodeChoice> path(const CodeChoice &) { return {}; } // from the top to the parent
    virtual std::vector<CodeChoice> siblings(const CodeChoice &) { return {}; } // with the code itself
    virtual bool hasHierarchy() const { return false; }
    // More exact codes for a chosen one, in the order of the classification. Side and severity where there is
    // no code for them are the picker's own business (CodeChoice::sided, graded).
    virtual std::vector<CodeRefinement> refinements(const CodeChoice &) { return {}; }
    // A code that stands in the record already, judged for this patient and today; none when nobody knows it.
    virtual std::optional<CodeChoice> judged(const clinical::CodedValue &) { return {}; }
    virtual CodePasted pasted(const QString &) { return {}; }
    virtual bool hasFavourites() const { return false; }
    virtual bool toggleFavourite(const CodeChoice &choice) { return choice.favourite; } // the new state
    virtual std::vector<CodeDetail> details(const CodeChoice &) { return {}; }
};

// A short list held in memory (departments, value sets); matches Korean, English, code, initial consonants,
// keyboard slips.
class ListSource : public CodeSource {
public:
    explicit ListSource(std::vector<CodeChoice> rows = {}, bool freeText = false)
        : m_rows(std::move(rows))
        , m_freeText(freeText)
    {
    }
    void setRows(std::vector<CodeChoice> rows) { m_rows = std::move(rows); }
    std::vector<CodeChoice> search(const QString &query, int limit) override;
    std::vector<CodeChoice> recents(int limit) override;
    void used(const CodeChoice &choice) override;
    bool freeTextAllowed() const override { return m_freeText; }

private:
    std::vector<CodeChoice> m_rows{};
    bool m_freeText = false;
    QString m_lastKey{};
};

} // namespace naru::ui
