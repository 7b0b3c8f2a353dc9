#include "ui/text/Words.h"

#include "core/base/Tsv.h"
#include "ui/text/tables/wordsTable.h"

namespace naru::text {

namespace {

const base::TsvTable &table()
{
    static const base::TsvTable rows = base::TsvTable::parse(tables::words);
    return rows;
}

Word fromRow(int row, Language language)
{
    const char *column = language == Language::Korean ? "ko" : "en";
    return {
        table().at(row, "key"), table().at(row, "symbol"), table().at(row, "role"), table().at(row, column)};
}

} // namespace

Word word(const QString &group, const QString &key, Language language)
{
    for (int row = 0; row < table().rowCount(); ++row) {
        if (table().at(row, "group") == group && table().at(row, "key") == key)
            return fromRow(row, language);
    }
    return {key, QStringLiteral("?"), QStringLiteral("textSecondary"), key};
}

QList<Word> words(const QString &group, Language language)
{
    QList<Word> found;
    for (int row = 0; row < table().rowCount(); ++row) {
        if (table().at(row, "group") == group)
            found.append(fromRow(row, language));
    }
    return found;
}

QString lightKey(services::Light light)
{
    static const char *keys[] = {
        "none", "valid", "expiringSoon", "expired", "withdrawn", "pendingRegistration"};
    return QString::fromLatin1(keys[int(light)]);
}

Word light(services::Light value, Language language)
{
    return word(QStringLiteral("light"), lightKey(value), language);
}

Word outboxState(services::OutboxState state, Language language)
{
    static const char *keys[] = {"held", "queued", "sending", "unknown", "done", "rejected", "recalled"};
    return word(QStringLiteral("outbox"), QString::fromLatin1(keys[int(state)]), language);
}

QString sourceOutcomeKey(services::SourceOutcome outcome)
{
    static const char *keys[] = {"found", "nothing", "noConsent", "notParticipating", "failed", "notAsked"};
    return QString::fromLatin1(keys[int(outcome)]);
}

Word sourceOutcome(services::SourceOutcome outcome, Language language)
{
    return word(QStringLiteral("source"), sourceOutcomeKey(outcome), language);
}

QString formName(clinical::Form form, Language language)
{
    return word(QStringLiteral("form"), clinical::formKey(form), language).word;
}

QString programmeName(clinical::Programme programme, Language language)
{
    return word(QStringLiteral("programme"), clinical::programmeKey(programme), language).word;
}

QString programmeShortName(clinical::Programme programme, Language language)
{
    return word(QStringLiteral("programmeShort"), clinical::programmeKey(programme), language).word;
}

QString sexName(clinical::Sex sex, Language language)
{
    static const char *keys[] = {"unknown", "male", "female", "undifferentiated"};
    return word(QStringLiteral("sex"), QString::fromLatin1(keys[int(sex)]), language).word;
}

QString probeStep(const QString &key, Language language)
{
    return word(QStringLiteral("probe"), key, language).word;
}

// The readers write English and may add a code: "status: entered-in-error".
QString handOverNote(const QString &message, Language language)
{
    const qsizetype colon = message.indexOf(QLatin1String(": "));
    const Word said = word(QStringLiteral("handOver"), colon < 0 ? message : message.left(colon), language);
    return colon < 0 ? said.word : said.word + message.mid(colon);
}

} // namespace naru::text
