#include "ui/text/Sentences.h"

#include "core/base/Tsv.h"
#include "ui/text/AllErrorsTable.h"
#include "ui/text/Words.h"
#include "ui/text/tables/adviceTable.h"

#include <QHash>
#include <QSysInfo>

namespace naru::text {

namespace {

struct Row {
    QString en{}, ko{};
};

QHash<QString, Row> load(std::string_view text, const char *key)
{
    QHash<QString, Row> rows;
    const base::TsvTable table = base::TsvTable::parse(text);
    for (int i = 0; i < table.rowCount(); ++i)
        rows.insert(table.at(i, key), {table.at(i, "en"), table.at(i, "ko")});
    return rows;
}

const QHash<QString, Row> &errorRows()
{
    static const QHash<QString, Row> rows = load(tables::all_errors, "code");
    return rows;
}

const QHash<QString, Row> &adviceRows()
{
    static const QHash<QString, Row> rows = load(tables::advice, "code");
    return rows;
}

QString pick(const Row &row, Language language)
{
    return language == Language::Korean && !row.ko.isEmpty() ? row.ko : row.en;
}

// Fields that differ are named as the screens name them ("name, birthDate").
QString fieldNames(const QString &list, Language language)
{
    QStringList names = list.split(QStringLiteral(", "));
    for (QString &name : names)
        name = word(QStringLiteral("differing"), name, language).word;
    return names.join(QStringLiteral(", "));
}

// An argument that is itself a code is said in words.
QString argument(const QString &name, const QString &value, Language language)
{
    if (name == QLatin1String("fields"))
        return fieldNames(value, language);
    const auto row = errorRows().constFind(value);
    return row == errorRows().cend() ? value : pick(*row, language);
}

// What is kept of an error is sometimes its code alone. No "%{name}" and no lonely particle may stay behind:
// some have a general word, brackets around one go with it, otherwise the sentence ends before it.
void withoutPlaceholders(QString &sentence, Language language)
{
    for (int at = sentence.indexOf(QLatin1String("%{")); at >= 0;
         at = sentence.indexOf(QLatin1String("%{"))) {
        const int close = sentence.indexOf(QLatin1Char('}'), at);
        const int end = close < 0 ? sentence.size() : close + 1;
        const Word general = word(QStringLiteral("unsaid"), sentence.mid(at + 2, end - at - 3), language);
        const int opened = sentence.lastIndexOf(QLatin1Char('('), at);
        const int closed = sentence.indexOf(QLatin1Char(')'), end);
        if (general.symbol != QLatin1String("?"))
            sentence.replace(at, end - at, general.word);
        else if (opened >= 0 && closed >= 0 && sentence.lastIndexOf(QLatin1Char(')'), at) < opened)
            sentence.remove(opened, closed - opened + 1);
        else
            sentence.remove(at, end - at);
    }
}

QString filled(QString sentence, const QMap<QString, QString> &arguments, Language language)
{
    for (auto it = arguments.cbegin(); it != arguments.cend(); ++it) {
        if (!it.value().isEmpty())
            sentence.replace(
                QStringLiteral("%{") + it.key() + QLatin1Char('}'), argument(it.key(), it.value(), language));
    }
    withoutPlaceholders(sentence, language);
    sentence = sentence.trimmed();
    while (sentence.endsWith(QLatin1Char(':')) || sentence.endsWith(QLatin1Char(',')))
        sentence.chop(1);
    return sentence.trimmed();
}

} // namespace

QString Explanation::text() const
{
    QStringList parts{what};
    if (!why.isEmpty() && why != what)
        parts.append(why);
    if (!now.isEmpty())
        parts.append(now);
    return parts.join(QStringLiteral(" – ")) + QStringLiteral(" (") + code + QLatin1Char(')');
}

QString sentence(const QString &code, Language language)
{
    const auto row = errorRows().constFind(code);
    return row == errorRows().cend() ? code : filled(pick(*row, language), {}, language);
}

QString sentence(const base::Error &error, Language language)
{
    const auto row = errorRows().constFind(QString::fromLatin1(error.code.id));
    if (row == errorRows().cend())
        return error.detail.isEmpty() ? QString::fromLatin1(error.code.id) : error.detail;
    return filled(pick(*row, language), error.arguments, language);
}

QString advice(const QString &code, Language language)
{
    for (const QString &key : {code, code.section(QLatin1Char('.'), 0, 0), QStringLiteral("*")}) {
        if (const auto row = adviceRows().constFind(key); row != adviceRows().cend())
            return pick(*row, language);
    }
    return {};
}

Explanation explain(const base::Error &error, Language language, const QString &what)
{
    const base::Error *deepest = &error;
    while (deepest->cause)
        deepest = deepest->cause.get();
    Explanation result;
    result.code = QString::fromLatin1(error.code.id);
    result.detail = error.toString();
    if (what.isEmpty()) {
        result.what = sentence(error, language);
        if (deepest != &error)
            result.why = sentence(*deepest, language);
    } else {
        result.what = what;
        result.why = deepest == &error ? sentence(error, language) : sentence(*deepest, language);
    }
    const QString deepCode = QString::fromLatin1(deepest->code.id);
    result.now =
        adviceRows().contains(result.code) ? advice(result.code, language) : advice(deepCode, language);
    return result;
}

QStringList knownCodes()
{
    QStringList codes = errorRows().keys();
    codes.sort();
    return codes;
}

QString diagnostics(const base::Error &error)
{
    return QStringLiteral("Naru %1\nQt %2\n%3 %4\n%5\n")
        .arg(QStringLiteral(NARU_VERSION), QString::fromLatin1(qVersion()), QSysInfo::prettyProductName(),
            QSysInfo::currentCpuArchitecture(), error.toString());
}

} // namespace naru::text
