#include "ui/pages/lock/Refusal.h"

#include "ui/text/Sentences.h"
#include "ui/widgets/MessageStrip.h"

namespace naru::ui {

void showRefusal(MessageStrip &strip, const base::Error &error, text::Language language, const QString &what)
{
    for (const char *id : {"security.WeakPassphrase", "security.WrongPassphrase"}) {
        if (qstrcmp(error.code.id, id) == 0) {
            strip.show(MessageStrip::Kind::Warn, text::sentence(error, language), {});
            return;
        }
    }
    strip.showError(error, language, what);
}

} // namespace naru::ui
