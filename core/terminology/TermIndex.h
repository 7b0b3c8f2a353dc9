// Type-ahead over a fixed set of terms: Korean names from any syllable, English words, codes with or without
// dots, initial consonants (ㄷㄴㅂ), half-typed syllables (당ㄴ) and the wrong keyboard mode (ekdsy). Names
// and queries are spelt as the keys of the two-set keyboard, so that every state of the input method is a
// literal prefix of the word. Immutable after construction: any number of threads may search at once.
#pragma once

#include "core/terminology/TermSearch.h"

#include <QHash>
#include <memory>
#include <optional>

namespace naru::terminology {

class TermIndex {
public:
    TermIndex();
    explicit TermIndex(std::vector<Concept> terms);
    TermIndex(TermIndex &&) noexcept;
    TermIndex &operator=(TermIndex &&) noexcept;
    ~TermIndex();

    // Several words may come in any order; each must match the same term. An empty or punctuation-only query
    // and one of more than 200 characters find nothing. Best first, ties by shorter name, then system and
    // code.
    std::vector<TermHit> search(QStringView query, const TermFilter &filter = {}) const;
    // By exact code; KCD codes with or without the dot, lower case accepted.
    std::optional<Concept> show(const QString &system, QStringView code) const;

    int size() const;
    const std::vector<Concept> &terms() const;
    // Terms per system OID, for `naructl terms stats`.
    QHash<QString, int> counts() const;

private:
    struct Data;
    std::unique_ptr<const Data> m_data;
};

} // namespace naru::terminology
