// A two-set keyboard and its input method, as ibus and fcitx send it: one commit and one open syllable per
// key press. Follows the rules of composition only; knows nothing of the program.
#pragma once

#include <QHash>
#include <QList>
#include <QString>

namespace naru::test {

struct TypingStep {
    QString commit{}; // text that left the composition with this key
    QString preedit{}; // the open syllable afterwards
};

class HangulTyping {
public:
    // One step per key; a blank, digit or other character closes the syllable and is committed with it.
    static QList<TypingStep> steps(const QString &keys)
    {
        HangulTyping typing;
        QList<TypingStep> all;
        for (const QChar key : keys)
            all.append(typing.press(key));
        return all;
    }
    TypingStep press(QChar key)
    {
        static const QString consonants = QStringLiteral("rRseEfaqQtTdwWczxvg"),
                             vowels = QStringLiteral("koiOjpuPhynbml");
        if (const auto c = consonants.indexOf(key); c >= 0)
            return consonant(int(c), key);
        if (vowels.contains(key))
            return vowel(key);
        const QString done = open() + key;
        clear();
        return {done, {}};
    }
    QString open() const
    {
        if (m_initial < 0)
            return m_medial < 0 ? QString() : QString(QChar(0x314F + m_medial));
        if (m_medial < 0)
            return jamo(m_initial);
        return QString(QChar(0xAC00 + 588 * m_initial + 28 * m_medial + m_final));
    }
    void clear() { m_initial = m_medial = -1, m_final = 0, m_keys.clear(); }

private:
    static const QStringList &finals()
    {
        static const QStringList all{{}, QStringLiteral("r"), QStringLiteral("R"), QStringLiteral("rt"),
            QStringLiteral("s"), QStringLiteral("sw"), QStringLiteral("sg"), QStringLiteral("e"),
            QStringLiteral("f"), QStringLiteral("fr"), QStringLiteral("fa"), QStringLiteral("fq"),
            QStringLiteral("ft"), QStringLiteral("fx"), QStringLiteral("fv"), QStringLiteral("fg"),
            QStringLiteral("a"), QStringLiteral("q"), QStringLiteral("qt"), QStringLiteral("t"),
            QStringLiteral("T"), QStringLiteral("d"), QStringLiteral("w"), QStringLiteral("c"),
            QStringLiteral("z"), QStringLiteral("x"), QStringLiteral("v"), QStringLiteral("g")};
        return all;
    }
    static const QStringList &medials()
    {
        static const QStringList all{QStringLiteral("k"), QStringLiteral("o"), QStringLiteral("i"),
            QStringLiteral("O"), QStringLiteral("j"), QStringLiteral("p"), QStringLiteral("u"),
            QStringLiteral("P"), QStringLiteral("h"), QStringLiteral("hk"), QStringLiteral("ho"),
            QStringLiteral("hl"), QStringLiteral("y"), QStringLiteral("n"), QStringLiteral("nj"),
            QStringLiteral("np"), QStringLiteral("nl"), QStringLiteral("b"), QStringLiteral("m"),
            QStringLiteral("ml"), QStringLiteral("l")};
        return all;
    }
    static QString jamo(int initial)
    {
        static const QString letters = QStringLiteral("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ");
        return QString(letters.at(initial));
    }
    static int initialOf(QChar key) { return int(QStringLiteral("rRseEfaqQtTdwWczxvg").indexOf(key)); }
    TypingStep start(int initial)
    {
        const QString done = open();
        clear();
        m_initial = initial;
        return {done, open()};
    }
    TypingStep consonant(int initial, QChar key)
    {
        if (m_initial >= 0 && m_medial >= 0) {
            const auto with = finals().indexOf(m_keys + key);
            if (with > 0) {
                m_keys += key;
                m_final = int(with);
                return {{}, open()};
            }
        }
        return start(initial);
    }
    TypingStep vowel(QChar key)
    {
        if (m_initial >= 0 && m_medial >= 0 && m_final > 0) { // 도깨비불: the final moves on
            const QChar moved = m_keys.back();
            m_keys.chop(1);
            m_final = int(qMax(qsizetype(0), finals().indexOf(m_keys)));
            const QString done = open();
            clear();
            m_initial = initialOf(moved);
            m_medial = int(medials().indexOf(QString(key)));
            return {done, open()};
        }
        if (m_medial >= 0) {
            const auto joined = medials().indexOf(medials().at(m_medial) + key);
            if (joined >= 0) {
                m_medial = int(joined);
                return {{}, open()};
            }
            const QString done = open();
            clear();
            m_medial = int(medials().indexOf(QString(key)));
            return {done, open()};
        }
        m_medial = int(medials().indexOf(QString(key)));
        return {{}, open()};
    }

    int m_initial = -1, m_medial = -1, m_final = 0;
    QString m_keys{}; // of the final
};

} // namespace naru::test
