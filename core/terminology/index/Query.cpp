#include "core/terminology/index/Query.h"

#include "core/terminology/KeySpelling.h"

#include <QStringList>

#include <algorithm>

namespace naru::terminology {

namespace {
constexpr qsizetype maxQueryLength = 200;
constexpr size_t maxWords = 8;
// Two keys of the wrong mode are noise; three are a syllable and more.
constexpr qsizetype leastLatinKeys = 3;
constexpr qsizetype leastHangulKeys = 2;

bool isSyllable(QChar c)
{
    return c.unicode() >= 0xAC00 && c.unicode() <= 0xD7A3;
}
bool isConsonantJamo(QChar c)
{
    return c.unicode() >= 0x3131 && c.unicode() <= 0x314E;
}
bool isJamo(QChar c)
{
    return c.unicode() >= 0x3131 && c.unicode() <= 0x3163;
}
bool isAsciiText(QChar c)
{
    return c.unicode() < 0x80 && c.isLetterOrNumber();
}

bool allConsonants(const QByteArray &keys)
{
    return std::all_of(keys.begin(), keys.end(), [](char key) { return !isVowelKey(key); });
}
} // namespace

static QueryWord wordOf(QStringView text)
{
    QueryWord out;
    out.keys = spell(text).bytes;
    bool consonant = false, onlyInitials = true, inFront = false, syllableAfter = false;
    out.latin = true;
    for (const QChar c : text) {
        consonant = consonant || isConsonantJamo(c);
        onlyInitials = onlyInitials && (isConsonantJamo(c) || isAsciiText(c) || !c.isLetterOrNumber());
        syllableAfter = syllableAfter || (inFront && isSyllable(c));
        inFront = inFront || isConsonantJamo(c);
        out.latin = out.latin && !isSyllable(c) && !isJamo(c);
        out.hasDigit = out.hasDigit || c.isDigit();
        out.syllables += isSyllable(c) ? 1 : 0;
    }
    if (consonant && onlyInitials && out.keys.size() >= 2)
        out.initials = out.keys;
    bool lonelyVowel = false;
    for (const QChar c : text) {
        lonelyVowel = lonelyVowel || (isJamo(c) && !isConsonantJamo(c));
        QByteArray keys = spell(QStringView(&c, 1)).bytes;
        for (qsizetype i = 0; isConsonantJamo(c) && i < keys.size(); ++i)
            out.pieces.push_back({keys.mid(i, 1), true});
        if (!isConsonantJamo(c) && !keys.isEmpty())
            out.pieces.push_back({std::move(keys), false});
    }
    const bool trailing = !text.isEmpty() && isConsonantJamo(text.back());
    if (!lonelyVowel && out.syllables > 0 && (syllableAfter || (trailing && text.size() >= 3)))
        out.mixed = spellInitials(text).bytes;
    const QByteArray other = otherLayout(text);
    if (other.size() >= (out.latin ? leastLatinKeys : leastHangulKeys)) {
        out.other = other;
        if (out.latin && allConsonants(other) && std::any_of(other.begin(), other.end(), isHangulKey))
            out.otherInitials = other;
    }
    return out;
}

Query Query::parse(QStringView text)
{
    Query out;
    if (text.size() > maxQueryLength)
        return out;
    const QString composed = text.toString().normalized(QString::NormalizationForm_C);
    out.text = composed;
    QString all;
    for (const QString &word : composed.simplified().split(u' ', Qt::SkipEmptyParts)) {
        QueryWord one = wordOf(word);
        if (one.keys.isEmpty() || out.words.size() >= maxWords)
            continue;
        out.words.push_back(std::move(one));
        all += word;
    }
    if (out.words.size() > 1)
        out.joined = wordOf(all);
    return out;
}

} // namespace naru::terminology
