// The two languages of the program. Korean is the first.
#pragma once

#include <QString>

namespace naru::text {

enum class Language { Korean, English };

inline Language languageFromKey(const QString &key) // "ko" "ko_KR" "en"; anything else is Korean
{
    return key.startsWith(QStringLiteral("en")) ? Language::English : Language::Korean;
}

} // namespace naru::text
