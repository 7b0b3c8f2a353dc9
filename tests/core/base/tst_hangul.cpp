// Hangul: initials, the two-set keyboard in both directions over every syllable, particles, invisible
// characters.
#include "core/base/Hangul.h"

#include <QTest>

using namespace naru::base;

class TestHangul : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initials()
    {
        QCOMPARE(choseong(u"세브란스 A"), QStringLiteral("ㅅㅂㄹㅅ A"));
        QCOMPARE(choseong(u"가힣까"), QStringLiteral("ㄱㅎㄲ"));
        QVERIFY(isChoseongOnly(u"ㅅㅂㄹ") && isChoseongOnly(u"ㄱ ㄴ"));
        QVERIFY(!isChoseongOnly(u"세ㅂ") && !isChoseongOnly(u"") && !isChoseongOnly(u"ㅏ")
            && !isChoseongOnly(u"  "));
    }

    // Independent of the tables under test: by the composition rule of Unicode 3.12 through NFD.
    void initialsOfEverySyllable()
    {
        const QString compatibility = QStringLiteral("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ");
        for (char16_t u = 0xAC00; u <= 0xD7A3; ++u) {
            const QString decomposed = QString(QChar(u)).normalized(QString::NormalizationForm_D);
            const QChar want = compatibility[decomposed[0].unicode() - 0x1100];
            QCOMPARE(choseong(QString(QChar(u))), QString(want));
        }
    }

    void everySyllableSurvivesTheWrongKeyboard()
    {
        for (char16_t u = 0xAC00; u <= 0xD7A3; ++u) {
            const QString syllable{QChar(u)};
            const QString keys = keysFromHangul(syllable);
            for (const QChar c : keys)
                QVERIFY(c.unicode() < 0x80 && c.isLetter());
            if (hangulFromKeys(keys) != syllable)
                QFAIL(
                    qPrintable(syllable + QLatin1Char(' ') + keys + QLatin1Char(' ') + hangulFromKeys(keys)));
        }
    }

    // What follows decides whether a consonant stays: each syllable before a vowel-initial (ㅇ) and before
    // ㄱ.
    void everySyllableKeepsItsEndBeforeAnother()
    {
        for (char16_t u = 0xAC00; u <= 0xD7A3; ++u) {
            for (const QChar next : {QChar(u'아'), QChar(u'가'), QChar(u'싸')}) {
                const QString pair = QString(QChar(u)) + next;
                const QString back = hangulFromKeys(keysFromHangul(pair));
                if (back != pair)
                    QFAIL(
                        qPrintable(pair + QLatin1Char(' ') + keysFromHangul(pair) + QLatin1Char(' ') + back));
            }
        }
    }

    void typedInTheWrongMode_data()
    {
        QTest::addColumn<QString>("keys");
        QTest::addColumn<QString>("hangul");
        QTest::newRow("세브란스") << "tpqmfkstm"
                                  << "세브란스";
        QTest::newRow("final moves over") << "rksk"
                                          << "가나";
        QTest::newRow("half of a double final moves") << "rkqtl"
                                                      << "갑시";
        QTest::newRow("double final stays") << "rkqt"
                                            << "값";
        QTest::newRow("compound vowel") << "dhksfy"
                                        << "완료";
        QTest::newRow("당뇨병") << "ekdsyqud"
                                << "당뇨병";
        QTest::newRow("안과") << "dksrhk"
                              << "안과";
        QTest::newRow("읽다") << "dlfrek"
                              << "읽다";
        QTest::newRow("ㄸ has no final form") << "rkEk"
                                              << "가따";
        QTest::newRow("jamo alone") << "rr"
                                    << "ㄱㄱ";
        QTest::newRow("vowels alone") << "kk"
                                      << "ㅏㅏ";
        QTest::newRow("digits stay") << "rk1sk"
                                     << "가1나";
        QTest::newRow("shift without a second jamo") << "RK"
                                                     << "까";
    }
    void typedInTheWrongMode()
    {
        QFETCH(QString, keys);
        QFETCH(QString, hangul);
        QCOMPARE(hangulFromKeys(keys), hangul);
    }

    void latinTypedInHangulMode()
    {
        QCOMPARE(keysFromHangul(u"ㅗㅠㅁ1ㅊ"), QStringLiteral("hba1c"));
        QCOMPARE(keysFromHangul(u"세브"), QStringLiteral("tpqm"));
        QCOMPARE(keysFromHangul(u"A 1"), QStringLiteral("A 1"));
    }

    void normalises()
    {
        const QString decomposed = QStringLiteral("한글").normalized(QString::NormalizationForm_D);
        QCOMPARE(normalized(QString(QStringLiteral("  ") + decomposed + QStringLiteral("\n"))),
            QStringLiteral("한글"));
        for (char16_t u = 0xAC00; u <= 0xD7A3; ++u)
            QCOMPARE(
                normalized(QString(QChar(u)).normalized(QString::NormalizationForm_D)), QString(QChar(u)));
    }

    void folds()
    {
        QCOMPARE(folded(u" HbA1c (당화-혈색소) "), QStringLiteral("hba1c당화혈색소"));
        QCOMPARE(
            folded(QStringLiteral("당뇨").normalized(QString::NormalizationForm_D)), QStringLiteral("당뇨"));
    }

    void particles()
    {
        QCOMPARE(withParticle(QStringLiteral("환자"), "은/는"), QStringLiteral("환자는"));
        QCOMPARE(withParticle(QStringLiteral("병원"), "은/는"), QStringLiteral("병원은"));
        QCOMPARE(withParticle(QStringLiteral("병원"), "이/가"), QStringLiteral("병원이"));
        QCOMPARE(withParticle(QStringLiteral("HbA1c 7"), "을/를"), QStringLiteral("HbA1c 7을"));
        QCOMPARE(withParticle(QString(), "을/를"), QStringLiteral("를"));
    }

    void invisibleCharactersShow()
    {
        QCOMPARE(withVisibleControls(u"a\u202Eb"), QStringLiteral("a⟦U+202E⟧b"));
        QCOMPARE(withVisibleControls(u"\u200B\uFEFF"), QStringLiteral("⟦U+200B⟧⟦U+FEFF⟧"));
        QCOMPARE(withVisibleControls(u"줄\n칸\t"), QStringLiteral("줄\n칸\t"));
        QCOMPARE(withVisibleControls(u"\u0007"), QStringLiteral("⟦U+0007⟧"));
        for (const char16_t u :
            {0x061C, 0x180E, 0x2028, 0x2029, 0x115F, 0x3164}) // other marks that hide or turn text
            QVERIFY2(withVisibleControls(QString(QChar(u))).contains(QStringLiteral("U+")),
                qPrintable(QString::number(u, 16)));
    }
};

QTEST_APPLESS_MAIN(TestHangul)
#include "tst_hangul.moc"
