#include "core/terminology/KeySpelling.h"

#include "core/base/Hangul.h"

#include <QString>

#include <array>
#include <cstring>

namespace naru::terminology {

namespace {
constexpr char16_t firstSyllable = 0xAC00, lastSyllable = 0xD7A3;
constexpr char16_t firstJamo = 0x3131, lastJamo = 0x3163;
constexpr int longestKeys = 12;

// In Unicode order; two letters are two key presses, capitals are shifted keys.
constexpr const char *initialKeys[19] = {
    "r", "R", "s", "e", "E", "f", "a", "q", "Q", "t", "T", "d", "w", "W", "c", "z", "x", "v", "g"};
constexpr const char *medialKeys[21] = {"k", "o", "i", "O", "j", "p", "u", "P", "h", "hk", "ho", "hl", "y",
    "n", "nj", "np", "nl", "b", "m", "ml", "l"};
constexpr const char *finalKeys[28] = {"", "r", "R", "rt", "s", "sw", "sg", "e", "f", "fr", "fa", "fq", "ft",
    "fx", "fv", "fg", "a", "q", "qt", "t", "T", "d", "w", "c", "z", "x", "v", "g"};
// Compatibility jamo U+3131..U+3163 as the keyboard gives them.
constexpr const char *jamoKeys[51] = {"r", "R", "rt", "s", "sw", "sg", "e", "E", "f", "fr", "fa", "fq", "ft",
    "fx", "fv", "fg", "a", "q", "Q", "qt", "t", "T", "d", "w", "W", "c", "z", "x", "v", "g", "k", "o", "i",
    "O", "j", "p", "u", "P", "h", "hk", "ho", "hl", "y", "n", "nj", "np", "nl", "b", "m", "ml", "l"};
// Greek letters by the names they are typed with, from U+03B1.
constexpr const char *greekNames[25] = {"alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta",
    "iota", "kappa", "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon",
    "phi", "chi", "psi", "omega"};

int putKeys(const char *from, char *keys)
{
    int count = 0;
    for (; *from != 0; ++from)
        keys[count++] = char(static_cast<unsigned char>(*from) | 0x80U);
    return count;
}

int putText(const char *from, char *keys)
{
    const auto size = std::strlen(from);
    std::memcpy(keys, from, size); // NOLINT(bugprone-not-null-terminated-result): keys, no C string
    return int(size);
}

bool isSyllable(char16_t c)
{
    return c >= firstSyllable && c <= lastSyllable;
}
bool isJamo(char16_t c)
{
    return c >= firstJamo && c <= lastJamo;
}
bool isLatin(char16_t c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

// Conjoining jamo that composition left alone, as what the keyboard would have given.
const char *conjoiningKeys(char16_t c)
{
    if (c >= 0x1100 && c < 0x1113)
        return initialKeys[c - 0x1100];
    if (c >= 0x1161 && c < 0x1176)
        return medialKeys[c - 0x1161];
    if (c >= 0x11A8 && c < 0x11C3)
        return finalKeys[c - 0x11A8 + 1];
    return nullptr;
}

// Full width, accents, ligatures, Roman numerals; Greek by name; any other letter as its number.
int foreignKeys(char16_t c, char *keys)
{
    if (c == 0xB5) // micro sign
        return putText("u", keys);
    if (const char *jamo = conjoiningKeys(c))
        return putKeys(jamo, keys);
    int count = 0;
    for (const QChar part : QString(QChar(c)).normalized(QString::NormalizationForm_KD)) {
        const char16_t u = part.toLower().unicode();
        if (count + 7 > longestKeys)
            break;
        if (isLatin(u) || (u >= u'0' && u <= u'9'))
            keys[count++] = char(u);
        else if (u >= 0x03B1 && u <= 0x03C9)
            count += putText(greekNames[u - 0x03B1], keys + count);
        else if (u == 0x00E6 || u == 0x0153)
            count += putText(u == 0xE6 ? "ae" : "oe", keys + count);
        else if (u == 0x00F8)
            keys[count++] = 'o';
        else if (u == 0x00DF)
            count += putText("ss", keys + count);
        else if (conjoiningKeys(u)) // a wide or circled Hangul letter
            count += putKeys(conjoiningKeys(u), keys + count);
        else if (part.isLetterOrNumber() || part.isSurrogate()) {
            for (int shift = 15; shift >= 0; shift -= 5)
                keys[count++] = char(0x10 + ((u >> shift) & 0x1F));
        }
    }
    return count;
}

// Decomposed text (files from macOS) is composed first; everything else is taken as it is.
QString composed(QStringView text)
{
    for (const QChar c : text) {
        const char16_t u = c.unicode();
        if ((u >= 0x0300 && u < 0x0370) || (u >= 0x1100 && u < 0x1200))
            return text.toString().normalized(QString::NormalizationForm_C);
    }
    return {};
}

// A '?' between two Latin letters is a letter that an encoding lost.
bool isLostLetter(QStringView text, qsizetype i)
{
    return text[i] == u'?' && i > 0 && i + 1 < text.size() && isLatin(text[i - 1].unicode())
        && isLatin(text[i + 1].unicode());
}

Spelled spellWith(QStringView source, bool initials)
{
    const QString whole = composed(source);
    const QStringView text = whole.isEmpty() ? source : QStringView(whole);
    Spelled out;
    out.bytes.reserve(text.size() * 3);
    out.positions.reserve(size_t(text.size()));
    bool wordStart = true;
    bool inLatin = false;
    char keys[longestKeys];
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        const bool hangul = isSyllable(c) || isJamo(c);
        int count = 0;
        if (isLostLetter(text, i))
            keys[count++] = '?';
        else if (initials && isSyllable(c))
            count = putKeys(initialKeys[(c - firstSyllable) / 588], keys);
        else
            count = keysOf(c, keys);
        if (count == 0) {
            wordStart = true;
            inLatin = false;
            continue;
        }
        const bool latin = !hangul && (keys[0] > 0x2F);
        if (!latin || !inLatin || wordStart) {
            const auto start = out.bytes.isEmpty() ? Spelled::Start::Name
                : wordStart                        ? Spelled::Start::Word
                                                   : Spelled::Start::Inside;
            out.positions.push_back({int(out.bytes.size()), start, int(i)});
        }
        out.bytes.append(keys, count);
        out.hangul = out.hangul || isHangulKey(keys[0]);
        inLatin = latin;
        wordStart = false;
    }
    return out;
}
} // namespace

int keysOf(char16_t c, char *keys)
{
    if (c < 0x80) {
        if ((c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9'))
            keys[0] = char(c);
        else if (c >= u'A' && c <= u'Z')
            keys[0] = char(c + 32);
        else
            return 0;
        return 1;
    }
    if (isSyllable(c)) {
        const int index = c - firstSyllable;
        int count = putKeys(initialKeys[index / 588], keys);
        count += putKeys(medialKeys[index % 588 / 28], keys + count);
        return count + putKeys(finalKeys[index % 28], keys + count);
    }
    if (isJamo(c))
        return putKeys(jamoKeys[c - firstJamo], keys);
    return foreignKeys(c, keys);
}

bool isHangulKey(char byte)
{
    return static_cast<unsigned char>(byte) >= 0xC1;
}
bool isVowelKey(char byte)
{
    return isHangulKey(byte) && std::strchr("koiOjpuPhynbml", byte & 0x7F) != nullptr;
}
bool isConsonantKey(char byte)
{
    return isHangulKey(byte) && !isVowelKey(byte);
}

Spelled spell(QStringView text)
{
    return spellWith(text, false);
}

Spelled spellInitials(QStringView text)
{
    return spellWith(text, true);
}

QByteArray otherLayout(QStringView text)
{
    QByteArray bytes;
    bool latin = false;
    bool hangul = false;
    char keys[longestKeys];
    for (const QChar c : text) {
        if (isLatin(c.unicode())) {
            latin = true;
            const bool shifted = c.isUpper() && std::strchr("QWERTOP", c.toLatin1()) != nullptr;
            bytes += char((shifted ? c : c.toLower()).toLatin1() | 0x80);
            continue;
        }
        const int count = keysOf(c.unicode(), keys);
        for (int i = 0; i < count; ++i) {
            if (isHangulKey(keys[i])) {
                hangul = true;
                const char key = char(keys[i] & 0x7F);
                bytes += key >= 'A' && key <= 'Z' ? char(key + 32) : key;
            } else {
                bytes += keys[i];
            }
        }
    }
    return latin == hangul ? QByteArray() : bytes;
}

} // namespace naru::terminology
