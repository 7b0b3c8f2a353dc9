#include "core/terminology/KeySpelling.h"

#include "core/base/Hangul.h"

namespace naru::terminology {

namespace {
bool isHangul(QChar c)
{
    const char16_t u = c.unicode();
    return (u >= 0xAC00 && u <= 0xD7A3) || (u >= 0x3131 && u <= 0x3163);
}

// Keys are ASCII letters; the high bit keeps them apart from Latin text.
QByteArray hangulBytes(QChar c)
{
    QByteArray out = base::keysFromHangul(QStringView(&c, 1)).toLatin1();
    for (char &byte : out)
        byte = char(static_cast<unsigned char>(byte) | 0x80U);
    return out;
}

// Full-width forms and accents fold away; letters outside Latin and Hangul are kept as their UTF-8 bytes.
QString prepared(QStringView text)
{
    QString out;
    for (const QChar c : text.toString().normalized(QString::NormalizationForm_KC)) {
        const QString decomposed =
            c.decompositionTag() == QChar::Canonical && !isHangul(c) ? c.decomposition() : QString();
        out += decomposed.isEmpty() || !decomposed[0].isLetter() ? c : decomposed[0];
    }
    return out;
}
// NFKC turns compatibility jamo (what a keyboard gives) into conjoining ones: they must stay as they are.
QString foldedWidth(QStringView text)
{
    QString out;
    QString run;
    for (const QChar c : text.toString().normalized(QString::NormalizationForm_C)) {
        if (c.unicode() >= 0x3131 && c.unicode() <= 0x3163) {
            out += prepared(run) + c;
            run.clear();
        } else {
            run += c;
        }
    }
    return out + prepared(run);
}

Spelled spellWith(QStringView source, bool initials)
{
    const QString text = initials ? base::choseong(foldedWidth(source)) : foldedWidth(source);
    Spelled out;
    bool wordStart = true;
    bool inLatin = false;
    for (const QChar c : text) {
        const bool hangul = isHangul(c);
        if (!hangul && !c.isLetterOrNumber()) {
            wordStart = true;
            inLatin = false;
            continue;
        }
        if (hangul || !inLatin || wordStart) {
            const auto start = out.bytes.isEmpty() ? Spelled::Start::Name
                : wordStart                        ? Spelled::Start::Word
                                                   : Spelled::Start::Inside;
            out.positions.push_back({int(out.bytes.size()), start});
        }
        out.bytes += hangul ? hangulBytes(c) : QString(c.toLower()).toUtf8();
        inLatin = !hangul;
        wordStart = false;
    }
    return out;
}
} // namespace

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
    bool latin = false;
    bool hangul = false;
    for (const QChar c : text) {
        latin = latin || (c.unicode() < 0x80 && c.isLetter());
        hangul = hangul || isHangul(c);
    }
    if (latin == hangul)
        return {};
    return latin ? spell(base::hangulFromKeys(text)).bytes : spell(base::keysFromHangul(text)).bytes;
}

} // namespace naru::terminology
