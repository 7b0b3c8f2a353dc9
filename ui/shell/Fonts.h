// The type of the program: Noto Sans CJK KR, else NanumGothic. Without a Korean font the text would be empty
// boxes, so its absence is an error with a name that the start says aloud.
#pragma once

#include "core/base/Result.h"

#include <QFont>
#include <QString>

namespace naru::ui {

class Fonts {
public:
    static QFont base(); // family chosen, at least 10 pt
    static QString koreanFamily(); // empty when there is none
    static base::Status check(); // ui.NoKoreanFont
    // Digits of equal advance, so that numbers stand under each other in tables.
    static bool digitsAreTabular(const QFont &font);
};

} // namespace naru::ui
