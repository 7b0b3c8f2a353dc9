// What a CodePicker searches: diagnoses, drugs, tests, procedures, allergies, institutions, departments.
// Sources answer from memory within milliseconds; they are asked on every composition step.
#pragma once

#include "core/clinical/Coded.h"

#include <QString>
#include <vector>

namespace naru::ui {

struct CodeChoice {
    QString key{}; // stable within the source: OID, "system|code"
    QString code{};
    QString systemName{};
    QString ko{};
    QString en{};
    QString matched{}; // text that matched when it is neither name nor code
    QString note{}; // "교류 참여", "불완전코드"
    bool recent = false;
    clinical::CodedValue coded{};

    const QString &title() const { return !ko.isEmpty() ? ko : !en.isEmpty() ? en : code; }
    friend bool operator==(const CodeChoice &, const CodeChoice &) = default;
};

class CodeSource {
public:
    virtual ~CodeSource() = default;
    virtual std::vector<CodeChoice> search(const QString &query, int limit) = 0;
    // Shown before the first key: favourites, recent ones, or everything of a short list.
    virtual std::vector<CodeChoice> recents(int limit) = 0;
    virtual void used(const CodeChoice &choice) = 0;
    virtual bool freeTextAllowed() const { return true; }
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
