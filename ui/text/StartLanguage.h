// The language before any profile is open: the settings are still sealed then, but the first page already
// speaks.
#pragma once

#include "ui/text/Language.h"

class QLocale;

namespace naru::text {

// `asked` ("ko", "en", empty) wins, then what the last profile of this folder was set to, then the system's
// locale. A system without a language (C) gets Korean.
Language startLanguage(const QString &asked, const QString &dataDir, const QLocale &system);
// `key` as in the settings: "ko", "en" or "system". One word in a file of its own; failing to write it costs
// nothing but the comfort.
void rememberLanguage(const QString &dataDir, const QString &key);

} // namespace naru::text
