#include "app/ctl/Say.h"

#include "app/ctl/headingsTable.h"
#include "core/base/Tsv.h"
#include "ui/text/Sentences.h"
#include "ui/text/Words.h"

namespace naru::ctl::say {

namespace {
text::Language language = text::Language::English;
}

void setLanguageFromLocale()
{
    QString locale;
    for (const char *name : {"LANG", "LC_MESSAGES", "LC_ALL"}) {
        if (const QString value = qEnvironmentVariable(name); !value.isEmpty())
            locale = value;
    }
    language = locale.startsWith(QLatin1String("ko")) ? text::Language::Korean : text::Language::English;
}

bool isKorean()
{
    return language == text::Language::Korean;
}

QString word(const char *heading)
{
    static const base::TsvTable table = base::TsvTable::parse(tables::headings);
    for (int i = 0; i < table.rowCount(); ++i) {
        if (table.at(i, "key") == QLatin1String(heading))
            return table.at(i, isKorean() ? "ko" : "en");
    }
    return QLatin1String(heading);
}

QString sentence(const base::Error &error)
{
    const text::Explanation explanation = text::explain(error, language);
    return explanation.why.isEmpty() ? explanation.what
                                     : explanation.what + QStringLiteral(" – ") + explanation.why;
}

QString sentence(const QString &code, const QMap<QString, QString> &arguments)
{
    QString out = text::sentence(code, language);
    for (auto it = arguments.cbegin(); it != arguments.cend(); ++it)
        out.replace(QStringLiteral("%{") + it.key() + QLatin1Char('}'), it.value());
    return out;
}

QString sexWord(clinical::Sex sex)
{
    return text::sexName(sex, language);
}

QString lightKey(services::Light light)
{
    return text::lightKey(light);
}

QString lightWord(services::Light light)
{
    return text::light(light, language).text();
}

QString programmeWord(clinical::Programme programme)
{
    return text::programmeName(programme, language);
}

QString outboxWord(services::OutboxState state)
{
    return text::outboxState(state, language).text();
}

QString probeStepWord(const QString &key)
{
    return text::probeStep(key, language);
}

QString sourceLine(const services::SourceResult &source)
{
    QString line =
        QStringLiteral("%1  %2").arg(source.name, text::sourceOutcome(source.outcome, language).text());
    if (source.count > 0)
        line += QStringLiteral(" %1").arg(source.count);
    if (source.outcome == services::SourceOutcome::Failed)
        line += QStringLiteral(": ") + sentence(source.error);
    return line;
}

} // namespace naru::ctl::say
