// Sentences for people from errors: what happened – why – what to do now, then the code. The rows of every
// room's errors.tsv are gathered at build time; advice for the next step is tables/advice.tsv.
#pragma once

#include "core/base/Error.h"
#include "ui/text/Language.h"

#include <QStringList>

namespace naru::text {

struct Explanation {
    QString what{}; // sentence of the error itself
    QString why{}; // sentence of its deepest cause, when there is one that says more
    QString now{}; // what to do
    QString code{}; // "net.Timeout"
    QString detail{}; // for engineers, English, no patient data
    // "what – why – now (code)"
    QString text() const;
};

// `what`, when given, is the caller's sentence ("조회하지 못했습니다"); the error's own then moves to why.
Explanation explain(const base::Error &error, Language language, const QString &what = {});
// Only the sentence of this error, its %{arguments} filled; a code without a row gives the English detail or
// the code.
QString sentence(const base::Error &error, Language language);
QString sentence(const QString &code, Language language);
// What to do about this code: its own row, else its room's, else the general one.
QString advice(const QString &code, Language language);
QStringList knownCodes();
// What the program, version and error were, for [진단 복사].
QString diagnostics(const base::Error &error);

} // namespace naru::text
