// Side and severity of a chosen code: in the coded value for channels that carry them, and in words for all
// the others.
#pragma once

#include "ui/widgets/CodeSource.h"

namespace naru::ui {

class Qualifiers {
public:
    // Of an axis ("side", "severity"), in the order they are offered.
    static QStringList values(const QString &axis);
    // Empty values take the qualifier away. A choice without a code is left as it is.
    static CodeChoice applied(CodeChoice choice, const QString &side, const QString &severity);
    // What a form without a coded field writes: "중증".
    static QString word(const QString &axis, const QString &value);
    // The chips for `choice`: qualifiers that make sense and have not been said yet.
    static std::vector<CodeRefinement> offered(const CodeChoice &choice, bool severityHasCodes);
    // `to` in the place of `from`: what had been said goes with it, unless the new code says it itself.
    static CodeChoice carried(const CodeChoice &from, const CodeChoice &to);
};

} // namespace naru::ui
