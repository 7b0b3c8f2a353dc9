// The words of a consent as text: what the patient reads, and what staff see before the patient does.
#pragma once

#include "core/services/Types.h"

class QTextCursor;

namespace naru::ui {

// Adds recipient, purpose, items, period and the right to refuse, with a heading each. By cursor only: the
// words come from a site profile and are text, whatever they look like. `gap`: pixels after a paragraph;
// `leading`: line height in percent.
void insertConsentWords(
    QTextCursor &cursor, const services::ConsentText &text, bool korean, double gap, int leading);

} // namespace naru::ui
