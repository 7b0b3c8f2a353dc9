// Which part of a row's text the query covers, for sources that do not say so themselves, and what a similar
// name has instead of what was typed.
#pragma once

#include "ui/widgets/CodeSource.h"

namespace naru::ui {

// The stretch of `text` that `query` covers: letters, syllables, initial consonants, and a last syllable
// that is still being composed (also one whose final consonant will move on: 백잃 in 백일해). Blanks on
// either side do not count. Empty when it is not literally there.
std::vector<CodeMark> marksIn(const QString &text, const QString &query);
// Marks the Korean name, else the English one, else the code.
void markMatch(CodeChoice &row, const QString &query);
// The letters and syllables of `text` that the query does not have, where the two are nearest: 간암 for 간염
// gives 암.
std::vector<CodeMark> differences(const QString &text, const QString &query);

} // namespace naru::ui
