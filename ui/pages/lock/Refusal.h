// Why a passphrase was not taken. What the next try mends is said in its own sentence; everything else with
// advice, details and a copy for the helpdesk.
#pragma once

#include "core/base/Error.h"
#include "ui/text/Language.h"

namespace naru::ui {

class MessageStrip;

void showRefusal(MessageStrip &strip, const base::Error &error, text::Language language, const QString &what);

} // namespace naru::ui
