#include "core/base/Hangul.h"

#include <QHash>

namespace naru::base {

namespace {
constexpr char16_t firstSyllable = 0xAC00;
constexpr char16_t lastSyllable = 0xD7A3;
constexpr QStringView initials = u"ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
constexpr QStringView medials = u"ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
constexpr QStringView finals = u" ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"; // [0] means none

// Two-set keyboard, QWERTY position of each single jamo.
struct Key {
    char16_t jamo;
    const char *keys;
};
constexpr Key keyTable[] = {{u'ㄱ', "r"}, {u'ㄲ', "R"}, {u'ㄴ', "s"}, {u'ㄷ', "e"}, {u'ㄸ', "E"},
    {u'ㄹ', "f"}, {u'ㅁ', "a"}, {u'ㅂ', "q"}, {u'ㅃ', "Q"}, {u'ㅅ', "t"}, {u'ㅆ', "T"}, {u'ㅇ', "d"},
    {u'ㅈ', "w"}, {u'ㅉ', "W"}, {u'ㅊ', "c"}, {u'ㅋ', "z"}, {u'ㅌ', "x"}, {u'ㅍ', "v"}, {u'ㅎ', "g"},
    {u'ㅏ', "k"}, {u'ㅐ', "o"}, {u'ㅑ', "i"}, {u'ㅒ', "O"}, {u'ㅓ', "j"}, {u'ㅔ', "p"}, {u'ㅕ', "u"},
    {u'ㅖ', "P"}, {u'ㅗ', "h"}, {u'ㅛ', "y"}, {u'ㅜ', "n"}, {u'ㅠ', "b"}, {u'ㅡ', "m"}, {u'ㅣ', "l"},
    {u'ㅘ', "hk"}, {u'ㅙ', "ho"}, {u'ㅚ', "hl"}, {u'ㅝ', "nj"}, {u'ㅞ', "np"}, {u'ㅟ', "nl"}, {u'ㅢ', "ml"},
    {u'ㄳ', "rt"}, {u'ㄵ', "sw"}, {u'ㄶ', "sg"}, {u'ㄺ', "fr"}, {u'ㄻ', "fa"}, {u'ㄼ', "fq"}, {u'ㄽ', "ft"},
    {u'ㄾ', "fx"}, {u'ㄿ', "fv"}, {u'ㅀ', "fg"}, {u'ㅄ', "qt"}};

QString keysOf(QChar jamo)
{
    for (const Key &key : keyTable) {
        if (jamo == key.jamo)
            return QString::fromLatin1(key.keys);
    }
    return QString(jamo);
}

QChar jamoOf(const QString &keys)
{
    for (const Key &key : keyTable) {
        if (keys == QLatin1String(key.keys))
            return QChar(key.jamo);
    }
    return {};
}

bool isSyllable(QChar c)
{
    return c.unicode() >= firstSyllable && c.unicode() <= lastSyllable;
}

// Composition of jamo as a two-set input method does it: a final consonant moves over when a vowel follows.
class Composer {
public:
    void feed(QChar jamo)
    {
        const bool vowel = medials.contains(jamo);
        if (vowel)
            feedVowel(jamo);
        else
            feedConsonant(jamo);
    }
    void feedOther(QChar c)
    {
        flush();
        m_out += c;
    }
    QString finish()
    {
        flush();
        return m_out;
    }

private:
    void feedVowel(QChar vowel)
    {
        if (!m_final.isNull()) { // the last consonant starts the next syllable (도깨비불)
            const QString keys = keysOf(m_final);
            const QChar moving = keys.size() == 2 ? jamoOf(keys.right(1)) : m_final;
            m_final = keys.size() == 2 ? jamoOf(keys.left(1)) : QChar();
            flush();
            m_initial = moving;
            m_medial = vowel;
        } else if (!m_medial.isNull()) {
            const QChar both = jamoOf(keysOf(m_medial) + keysOf(vowel));
            if (!both.isNull() && medials.contains(both)) {
                m_medial = both;
            } else {
                flush();
                m_medial = vowel;
            }
        } else {
            m_medial = vowel;
        }
    }
    void feedConsonant(QChar consonant)
    {
        if (m_medial.isNull() || m_initial.isNull()) {
            flush();
            m_initial = consonant;
        } else if (m_final.isNull()) {
            if (finals.contains(consonant)) {
                m_final = consonant;
            } else {
                flush();
                m_initial = consonant;
            }
        } else {
            const QChar both = jamoOf(keysOf(m_final) + keysOf(consonant));
            if (!both.isNull() && finals.contains(both)) {
                m_final = both;
            } else {
                flush();
                m_initial = consonant;
            }
        }
    }
    void flush()
    {
        if (!m_initial.isNull() && !m_medial.isNull()) {
            const auto i = initials.indexOf(m_initial);
            const auto v = medials.indexOf(m_medial);
            const auto f = m_final.isNull() ? 0 : finals.indexOf(m_final);
            m_out += QChar(char16_t(firstSyllable + (i * 21 + v) * 28 + f));
        } else {
            for (const QChar c : {m_initial, m_medial, m_final}) {
                if (!c.isNull())
                    m_out += c;
            }
        }
        m_initial = m_medial = m_final = QChar();
    }

    QString m_out{};
    QChar m_initial{}, m_medial{}, m_final{};
};
} // namespace

QString normalized(QStringView text)
{
    return text.toString().normalized(QString::NormalizationForm_C).trimmed();
}

QString choseong(QStringView text)
{
    QString out;
    out.reserve(text.size());
    for (const QChar c : text)
        out += isSyllable(c) ? initials[(c.unicode() - firstSyllable) / 588] : c;
    return out;
}

bool isChoseongOnly(QStringView text)
{
    bool any = false;
    for (const QChar c : text) {
        if (!initials.contains(c) && !c.isSpace())
            return false;
        any = any || !c.isSpace();
    }
    return any;
}

QString hangulFromKeys(QStringView latin)
{
    Composer composer;
    for (const QChar c : latin) {
        QChar jamo = jamoOf(QString(c));
        if (jamo.isNull() && c.isUpper()) // Shift on a key without a second jamo
            jamo = jamoOf(QString(c.toLower()));
        if (jamo.isNull())
            composer.feedOther(c);
        else
            composer.feed(jamo);
    }
    return composer.finish();
}

QString keysFromHangul(QStringView hangul)
{
    QString out;
    for (const QChar c : hangul) {
        if (!isSyllable(c)) {
            out += keysOf(c);
            continue;
        }
        const int index = c.unicode() - firstSyllable;
        out += keysOf(initials[index / 588]) + keysOf(medials[index % 588 / 28]);
        if (index % 28 != 0)
            out += keysOf(finals[index % 28]);
    }
    return out;
}

QString folded(QStringView text)
{
    QString out;
    const QString source = text.toString().normalized(QString::NormalizationForm_C).toCaseFolded();
    out.reserve(source.size());
    for (const QChar c : source) {
        if (c.isLetterOrNumber())
            out += c;
    }
    return out;
}

bool endsInConsonant(QStringView text)
{
    if (text.isEmpty())
        return false;
    const QChar last = text.back();
    if (isSyllable(last))
        return (last.unicode() - firstSyllable) % 28 != 0;
    return QStringView(u"013678lmnrLMNR").contains(last); // as they are read aloud in Korean
}

QString withParticle(const QString &word, const char *pair)
{
    const QString both = QString::fromUtf8(pair);
    const auto slash = both.indexOf(QLatin1Char('/'));
    return word + (endsInConsonant(word) ? both.left(slash) : both.mid(slash + 1));
}

QString withVisibleControls(QStringView text)
{
    QString out;
    out.reserve(text.size());
    for (const QChar c : text) {
        const char16_t u = c.unicode();
        const bool hidden = (u >= 0x200B && u <= 0x200F) || (u >= 0x202A && u <= 0x202E)
            || (u >= 0x2060 && u <= 0x2069) || u == 0xFEFF || u == 0x00AD || u == 0x061C || u == 0x180E
            || u == 0x2028 || u == 0x2029 || u == 0x115F || u == 0x1160 || u == 0x3164
            || u == 0xFFA0 // Hangul fillers: letters that show nothing
            || (u < 0x20 && u != u'\n' && u != u'\t') || (u >= 0x7F && u <= 0x9F);
        if (hidden)
            out += QStringLiteral("⟦U+%1⟧").arg(u, 4, 16, QLatin1Char('0')).toUpper();
        else
            out += c;
    }
    return out;
}

} // namespace naru::base
