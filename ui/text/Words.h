// Names of states as people read them: symbol + word + colour role, from one table (tables/words.tsv), so
// that colour never stands alone and a state is called the same everywhere.
#pragma once

#include "core/services/Types.h"
#include "ui/text/Language.h"

namespace naru::text {

struct Word {
    QString key{};
    QString symbol{}; // "●"; empty when the state has none
    QString role{}; // token of the palette: "ok" "warn" "error" "textSecondary" ...
    QString word{};
    QString text() const { return symbol.isEmpty() ? word : symbol + QLatin1Char(' ') + word; }
};

// An unknown row gives the key itself with the symbol "?" : a newer service must not crash an older screen.
Word word(const QString &group, const QString &key, Language language);
// All rows of a group, in the table's order.
QList<Word> words(const QString &group, Language language);

Word light(services::Light light, Language language);
QString lightKey(services::Light light);
Word outboxState(services::OutboxState state, Language language);
Word sourceOutcome(services::SourceOutcome outcome, Language language);
QString sourceOutcomeKey(services::SourceOutcome outcome);
QString formName(clinical::Form form, Language language);
QString programmeName(clinical::Programme programme, Language language); // 진료정보교류
QString programmeShortName(clinical::Programme programme, Language language); // 교류
QString sexName(clinical::Sex sex, Language language); // 남 여
QString handOverNote(const QString &message, Language language); // of clinical::HandOverNote
QString probeStep(const QString &key, Language language);

} // namespace naru::text
