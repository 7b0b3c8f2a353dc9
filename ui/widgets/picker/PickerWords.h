// What a row says besides its names: warnings, use, and the sentence a screen reader speaks.
#pragma once

#include "ui/widgets/CodeSource.h"

#include <QCoreApplication>

namespace naru::ui {

class PickerWords {
    Q_DECLARE_TR_FUNCTIONS(naru::ui::PickerWords)
public:
    // "! 불완전코드", "⊘ 삭제된 코드 → E11.9 2형 당뇨병"; nothing of it blocks.
    static QStringList warnings(const CodeChoice &row);
    // For a voice.
    static QString withoutSymbol(QString warning);
    // Facts without a warning in them: "법정감염병".
    static QStringList facts(const CodeChoice &row);
    // At the right end, in passing: where it was used before, or the source's own note.
    static QString badge(const CodeChoice &row);
    static QString spoken(const CodeChoice &row);
    // "왼쪽", "오른쪽", "양쪽" for "left", "right", "both"; otherwise empty.
    static QString side(const QString &side);
    // "경증", "중등도", "중증" for "mild", "moderate", "severe"; otherwise empty.
    static QString severity(const QString &severity);
    // What a group of refinements is about: "쪽", "부위".
    static QString axis(const QString &axis);
};

} // namespace naru::ui
