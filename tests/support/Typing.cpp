#include "tests/support/Typing.h"

#include <QRandomGenerator>

namespace naru::testsupport {

namespace {
const QString firsts = QStringLiteral("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ");
const QString middles = QStringLiteral("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ");
const QString lasts = QStringLiteral("-ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ");

// Two presses that make one letter.
struct Pair {
    char16_t one, two, both;
};
constexpr Pair pairs[] = {{u'ㄱ', u'ㅅ', u'ㄳ'}, {u'ㄴ', u'ㅈ', u'ㄵ'}, {u'ㄴ', u'ㅎ', u'ㄶ'},
    {u'ㄹ', u'ㄱ', u'ㄺ'}, {u'ㄹ', u'ㅁ', u'ㄻ'}, {u'ㄹ', u'ㅂ', u'ㄼ'}, {u'ㄹ', u'ㅅ', u'ㄽ'},
    {u'ㄹ', u'ㅌ', u'ㄾ'}, {u'ㄹ', u'ㅍ', u'ㄿ'}, {u'ㄹ', u'ㅎ', u'ㅀ'}, {u'ㅂ', u'ㅅ', u'ㅄ'},
    {u'ㅗ', u'ㅏ', u'ㅘ'}, {u'ㅗ', u'ㅐ', u'ㅙ'}, {u'ㅗ', u'ㅣ', u'ㅚ'}, {u'ㅜ', u'ㅓ', u'ㅝ'},
    {u'ㅜ', u'ㅔ', u'ㅞ'}, {u'ㅜ', u'ㅣ', u'ㅟ'}, {u'ㅡ', u'ㅣ', u'ㅢ'}};
constexpr QStringView plainKeys = u"ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ";
constexpr QStringView latinKeys = u"qwertyuiopasdfghjklzxcvbnm";
constexpr QStringView shiftedJamo = u"ㅃㅉㄸㄲㅆㅒㅖ";
constexpr QStringView shiftedKeys = u"QWERTOP";

char16_t joined(char16_t one, char16_t two)
{
    for (const Pair &pair : pairs) {
        if (pair.one == one && pair.two == two)
            return pair.both;
    }
    return 0;
}

bool isVowel(char16_t c)
{
    return c >= u'ㅏ' && c <= u'ㅣ';
}

void press(std::vector<KeyPress> &out, char16_t jamo)
{
    for (const Pair &pair : pairs) {
        if (pair.both == jamo) {
            out.push_back({pair.one});
            out.push_back({pair.two});
            return;
        }
    }
    out.push_back({jamo});
}

// One syllable under composition behind the text already committed.
class InputMethod {
public:
    void type(char16_t c)
    {
        if (c < u'ㄱ' || c > u'ㅣ') {
            commit();
            m_text += QChar(c);
        } else if (isVowel(c)) {
            vowel(c);
        } else {
            consonant(c);
        }
    }
    QString screen() const { return m_text + syllable(); }

private:
    void consonant(char16_t c)
    {
        if (m_first != 0 && m_middle != 0 && m_last == 0 && lasts.contains(QChar(c))) {
            m_last = c;
            return;
        }
        const char16_t both = m_first != 0 && m_middle != 0 && m_last != 0 ? joined(m_last, c) : 0;
        if (both != 0) {
            m_last = both;
            return;
        }
        commit();
        m_first = c;
    }
    void vowel(char16_t c)
    {
        if (m_last != 0) { // the consonant moves over to the new syllable
            char16_t moving = m_last;
            m_last = 0;
            for (const Pair &pair : pairs) {
                if (pair.both == moving) {
                    m_last = pair.one;
                    moving = pair.two;
                    break;
                }
            }
            commit();
            m_first = moving;
            m_middle = c;
        } else if (m_middle != 0 && joined(m_middle, c) != 0) {
            m_middle = joined(m_middle, c);
        } else if (m_middle != 0 || m_first == 0) {
            commit();
            m_middle = c;
        } else {
            m_middle = c;
        }
    }
    QString syllable() const
    {
        if (m_first == 0 || m_middle == 0)
            return m_first != 0 ? QString(QChar(m_first))
                : m_middle != 0 ? QString(QChar(m_middle))
                                : QString();
        const auto last = m_last == 0 ? 0 : lasts.indexOf(QChar(m_last));
        return QString(QChar(char16_t(
            0xAC00 + (firsts.indexOf(QChar(m_first)) * 21 + middles.indexOf(QChar(m_middle))) * 28 + last)));
    }
    void commit()
    {
        m_text += syllable();
        m_first = m_middle = m_last = 0;
    }

    QString m_text{};
    char16_t m_first = 0, m_middle = 0, m_last = 0;
};

QStringList koreanWords(const terminology::Concept &term)
{
    return term.ko.simplified().split(u' ', Qt::SkipEmptyParts);
}

QString input(const terminology::Concept &term, QRandomGenerator &random)
{
    const QStringList words = koreanWords(term);
    const int dice = random.bounded(100);
    if (words.isEmpty())
        return {};
    if (dice < 45)
        return words.mid(0, random.bounded(1, 3)).join(u' ').left(random.bounded(2, 9));
    if (dice < 60)
        return words[random.bounded(int(words.size()))].left(8);
    if (dice < 70)
        return initialsOf(words.mid(0, 3).join(QString())).left(random.bounded(2, 6));
    if (dice < 82)
        return QStringList(term.en.simplified().split(u' ').mid(0, 3)).join(u' ').left(random.bounded(3, 15));
    if (dice < 90)
        return term.code.left(6);
    const QString one = words[random.bounded(int(words.size()))].left(5);
    if (dice < 95)
        return words[random.bounded(int(words.size()))].left(5) + u' ' + one;
    return inLatinMode(one);
}
} // namespace

std::vector<KeyPress> keyPresses(const QString &text)
{
    std::vector<KeyPress> out;
    for (const QChar c : text) {
        if (c.unicode() < 0xAC00 || c.unicode() > 0xD7A3) {
            press(out, c.unicode());
            continue;
        }
        const int index = c.unicode() - 0xAC00;
        press(out, firsts[index / 588].unicode());
        press(out, middles[index % 588 / 28].unicode());
        if (index % 28 != 0)
            press(out, lasts[index % 28].unicode());
    }
    return out;
}

QStringList typedStates(const QString &text)
{
    InputMethod method;
    QStringList out;
    for (const KeyPress key : keyPresses(text)) {
        method.type(key.c);
        out.append(method.screen());
    }
    return out;
}

QString inLatinMode(const QString &text)
{
    QString out;
    for (const KeyPress key : keyPresses(text)) {
        const QChar c(key.c);
        if (plainKeys.contains(c))
            out += latinKeys[plainKeys.indexOf(c)];
        else if (shiftedJamo.contains(c))
            out += shiftedKeys[shiftedJamo.indexOf(c)];
        else
            out += c;
    }
    return out;
}

QString initialsOf(const QString &text)
{
    QString out;
    for (const QChar c : text) {
        if (c.unicode() >= 0xAC00 && c.unicode() <= 0xD7A3)
            out += firsts[(c.unicode() - 0xAC00) / 588];
        else if (c.isLetterOrNumber())
            out += c;
    }
    return out;
}

QStringList keystrokeStates(const std::vector<terminology::Concept> &terms, int inputs, quint32 seed)
{
    QRandomGenerator random(seed);
    std::vector<size_t> named; // axis strings are no names that anybody types
    for (size_t i = 0; i < terms.size(); ++i) {
        if (!terms[i].axis && !terms[i].ko.isEmpty())
            named.push_back(i);
    }
    QStringList out;
    for (int i = 0; i < inputs && !named.empty(); ++i) {
        const auto &term = terms[named[size_t(random.bounded(int(named.size())))]];
        for (const QString &state : typedStates(input(term, random))) {
            if (!state.trimmed().isEmpty())
                out.append(state);
        }
    }
    return out;
}

} // namespace naru::testsupport
