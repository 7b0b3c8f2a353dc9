#include "core/terminology/Spelling.h"

namespace naru::terminology {

namespace {
bool asciiDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}
bool asciiLetter(QChar c)
{
    return (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z');
}
} // namespace

bool isKcd(QStringView code)
{
    QString bare;
    for (qsizetype i = 0; i < code.size(); ++i) {
        if (code[i] == u'.' && i == 3)
            continue;
        bare += code[i];
    }
    if (bare.size() < 3 || bare.size() > 6 || !asciiLetter(bare[0]) || !asciiDigit(bare[1])
        || !asciiDigit(bare[2]))
        return false;
    for (qsizetype i = 3; i < bare.size(); ++i) {
        if (!asciiDigit(bare[i]) && !asciiLetter(bare[i]))
            return false;
    }
    return code.size() == bare.size() || bare.size() > 3; // "I61." is unfinished
}

QString normaliseKcd(QStringView code)
{
    QString text;
    for (const QChar c : code) {
        if (!c.isSpace())
            text += c;
    }
    if (!isKcd(text))
        return code.trimmed().toString();
    return text.remove(QLatin1Char('.')).toUpper();
}

QString kcdFor(Channel channel, QStringView code)
{
    const QString bare = normaliseKcd(code);
    if (channel == Channel::Cda || !isKcd(bare) || bare.size() <= 3)
        return bare;
    return bare.left(3) + QLatin1Char('.') + bare.mid(3);
}

bool sameKcd(QStringView a, QStringView b)
{
    return normaliseKcd(a) == normaliseKcd(b);
}

QString departmentFor(Channel channel, QStringView code)
{
    const QString text = code.trimmed().toString();
    for (const QChar c : text) {
        if (!asciiDigit(c))
            return text;
    }
    if (channel == Channel::Cda && text.size() == 2)
        return text + QStringLiteral("00");
    if (channel == Channel::Fhir && text.size() == 4 && text.endsWith(QLatin1String("00")))
        return text.left(2);
    return text;
}

} // namespace naru::terminology
