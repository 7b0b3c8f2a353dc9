#include "core/clinical/Parties.h"

namespace naru::clinical {

QString sexToHl7(Sex sex)
{
    switch (sex) {
    case Sex::Male:
        return QStringLiteral("M");
    case Sex::Female:
        return QStringLiteral("F");
    case Sex::Undifferentiated:
        return QStringLiteral("UN");
    case Sex::Unknown:
        break;
    }
    return {};
}

Sex sexFromText(const QString &text)
{
    const QString t = text.trimmed().toLower();
    static const QMap<QString, Sex> words{{QStringLiteral("m"), Sex::Male},
        {QStringLiteral("male"), Sex::Male}, {QStringLiteral("남"), Sex::Male},
        {QStringLiteral("남자"), Sex::Male}, {QStringLiteral("남성"), Sex::Male},
        {QStringLiteral("1"), Sex::Male}, {QStringLiteral("f"), Sex::Female},
        {QStringLiteral("female"), Sex::Female}, {QStringLiteral("여"), Sex::Female},
        {QStringLiteral("여자"), Sex::Female}, {QStringLiteral("여성"), Sex::Female},
        {QStringLiteral("2"), Sex::Female}, {QStringLiteral("un"), Sex::Undifferentiated},
        {QStringLiteral("other"), Sex::Undifferentiated}, {QStringLiteral("o"), Sex::Undifferentiated}};
    return words.value(t, Sex::Unknown);
}

int Patient::ageOn(QDate day) const
{
    const QDate born = birthDate.date();
    if (!born.isValid() || !day.isValid() || day < born)
        return -1;
    const bool before = day.month() < born.month() || (day.month() == born.month() && day.day() < born.day());
    return day.year() - born.year() - (before ? 1 : 0);
}

QString maskedResidentNumber(const QString &number)
{
    QString digits;
    for (const QChar c : number) {
        if (c.isDigit())
            digits += c;
    }
    if (digits.size() < 7)
        return {};
    return digits.left(6) + QLatin1Char('-') + digits.at(6) + QStringLiteral("******");
}

std::pair<QString, QString> familyAndGiven(const QString &name)
{
    const QString whole = name.trimmed();
    if (whole.isEmpty())
        return {};
    const bool hangul = whole.at(0).unicode() >= 0xAC00 && whole.at(0).unicode() <= 0xD7A3;
    if (!hangul) { // "given family"
        const auto space = whole.lastIndexOf(QLatin1Char(' '));
        return space < 0 ? std::pair(whole, QString()) : std::pair(whole.mid(space + 1), whole.left(space));
    }
    const auto space = whole.indexOf(QLatin1Char(' '));
    if (space > 0)
        return {whole.left(space), whole.mid(space + 1).trimmed()};
    static const QStringList doubles{QStringLiteral("남궁"), QStringLiteral("황보"), QStringLiteral("제갈"),
        QStringLiteral("사공"), QStringLiteral("선우"), QStringLiteral("서문"), QStringLiteral("독고"),
        QStringLiteral("동방")};
    const int length = whole.size() > 2 && doubles.contains(whole.left(2)) ? 2 : 1;
    return {whole.left(length), whole.mid(length)};
}

} // namespace naru::clinical
