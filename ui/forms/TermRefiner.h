// Which chips say a chosen code more exactly, read from the titles of its family: the codes below it, or, for
// a code that leaves something open (상세불명 부분, 폐쇄성), its neighbours. Words and ranges:
// refinements.tsv.
#pragma once

#include "core/services/TermTypes.h"
#include "ui/widgets/CodeSource.h"

#include <vector>

namespace naru::ui {

class TermRefiner {
public:
    // What `title` says besides `stem`: "어깨부분" for 관절통, 어깨부분; "경도" for 경도 우울에피소드. Empty
    // when it says nothing more or the stem is no part of it.
    static QString added(const QString &title, const QString &stem);
    // Chips for a code with codes below it.
    static std::vector<CodeRefinement> below(
        const services::TermHit &chosen, const std::vector<services::TermHit> &children);
    // Chips for one of the codes under `parent`; none when its title leaves nothing open.
    static std::vector<CodeRefinement> beside(const services::TermHit &chosen,
        const services::TermHit &parent, const std::vector<services::TermHit> &siblings);
    // Whether mild, moderate and severe make sense with it and have no codes of their own.
    static bool graded(const QString &system, const QString &code);
};

} // namespace naru::ui
