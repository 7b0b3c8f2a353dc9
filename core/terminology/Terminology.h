// Everything a clinic can pick from at one moment: the starter terms, the imported releases that replace
// them, the alias tables. Immutable; TermStore makes a new one after an import and hands it out whole, so a
// search never sees half an index.
#pragma once

#include "core/terminology/index/TermFile.h"

namespace naru::terminology {

// An everyday word or abbreviation that leads to a code; one alias may lead to several.
struct Alias {
    QString text{};
    QString language{}; // "ko", "en", "abbr"
    QString system{}; // OID
    QString code{};
    int weight = 0; // 0..1000: among the codes of one alias, how likely this one is meant
    friend bool operator==(const Alias &, const Alias &) = default;
};

// The starter terms as an index, made once per process.
std::shared_ptr<const TermFile> starterFile();
bool isStarter(const TermFile &file);

class Terminology {
public:
    // Files are asked in the order given and their hits merged; for one (system, code) the first file wins.
    // A starter term of a system for which a release is installed is not shown.
    // `programAliases`: an index over the program's alias table that exists already (BuiltinTerms.h).
    Terminology(std::vector<std::shared_ptr<const TermFile>> files, std::vector<Alias> clinicAliases = {},
        std::shared_ptr<const TermFile> programAliases = nullptr);
    // The terms and aliases that ship with the program, indexed in memory once per process.
    static std::shared_ptr<const Terminology> starter();

    TermAnswer search(QStringView query, const TermFilter &filter = {}) const;
    // By exact code; KCD with or without the dot, lower case accepted.
    std::optional<Concept> show(const QString &system, QStringView code) const;
    std::vector<Concept> children(const QString &system, QStringView code) const;
    std::vector<Concept> path(const QString &system, QStringView code) const; // from the top to the parent
    // Codes of `to` for a code of `from`: the master's own link, its reverse, or over one shared third system
    // (EDI to KD to ATC). In the master's order, without doubles.
    std::vector<Concept> map(const QString &from, QStringView code, const QString &to) const;
    // The codes of a pasted text: one a line or separated by blanks, commas, tabs; dots optional. What is no
    // known code of `systems` stands in `unknown`.
    struct Pasted {
        std::vector<Concept> terms{};
        QStringList unknown{};
    };
    Pasted pasted(QStringView text, const QStringList &systems) const;

    int size() const;
    QHash<QString, int> counts() const; // terms per system OID
    const std::vector<std::shared_ptr<const TermFile>> &files() const;

private:
    struct Data;
    std::shared_ptr<const Data> m_data;
};

} // namespace naru::terminology
