// naructl's words in the language of the locale, over ui/text.
#pragma once

#include "core/base/Error.h"
#include "core/services/Types.h"

namespace naru::ctl::say {

// From LC_ALL, LC_MESSAGES or LANG: Korean for ko*, else English, as terminals without a Korean locale cannot
// be trusted to show it.
void setLanguageFromLocale();
bool isKorean();
QString word(const char *heading); // rows of headings.tsv
QString sentence(const base::Error &error); // with what to do
// Of a stable code that came without its error.
QString sentence(const QString &code, const QMap<QString, QString> &arguments);
QString sexWord(clinical::Sex sex);
QString lightKey(services::Light light);
QString lightWord(services::Light light);
QString programmeWord(clinical::Programme programme);
QString outboxWord(services::OutboxState state);
QString probeStepWord(const QString &key);
QString sourceLine(const services::SourceResult &source);

} // namespace naru::ctl::say
