// The codes that count as right for a query of a relevance set, as `naructl terms bench` and the tests of the
// ranking read them: "I10|I109", a star at the end for every code that begins so ("M51*"). A KCD code of four
// or more characters stands for its fifth and sixth digits as well (M545 for M5456).
#pragma once

#include "core/terminology/TermSearch.h"

#include <QStringList>

#include <vector>

namespace naru::terminology {

class ExpectedCodes {
public:
    ExpectedCodes() = default;
    explicit ExpectedCodes(const QString &list); // parted by bars; empty parts are left out

    bool isEmpty() const { return m_codes.empty(); }
    QStringList written() const; // as they stand in the set
    // Dots, blanks, dashes and case do not count. `system` is an OID.
    bool accept(const QString &system, const QString &code) const;
    // 1-based place of the first right row, 0 when there is none.
    int rankIn(const std::vector<TermHit> &rows) const;
    // The same of what a picker shows: the rows that are only similar stand there when there is no hit.
    int rankIn(const TermAnswer &answer) const;

private:
    struct Code {
        QString written{}, plain{};
        bool below = false; // ends with a star
    };
    std::vector<Code> m_codes{};
};

} // namespace naru::terminology
