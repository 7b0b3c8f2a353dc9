// Korean text as Korean systems write it, right and wrong, and the other scripts of the standard. Bytes are
// made with the converters of the C library, not with ours.
#include "core/imaging/decode/CharacterSet.h"
#include "tests/core/imaging/read/TestImage.h"

#include <QtTest>

#include <iconv.h>

using namespace naru;
using namespace naru::imaging;
using namespace naru::imaging::test;

class TestImagingCharsets : public QObject {
    Q_OBJECT

    static QByteArray to(const char *set, const QString &text)
    {
        const iconv_t converter = iconv_open(set, "UTF-8");
        QByteArray in = text.toUtf8(), out(in.size() * 4 + 16, '\0');
        char *from = in.data(), *into = out.data();
        std::size_t left = std::size_t(in.size()), room = std::size_t(out.size());
        if (iconv(converter, &from, &left, &into, &room) == std::size_t(-1))
            qFatal("not in this character set");
        iconv_close(converter);
        out.truncate(qsizetype(into - out.data()));
        return out;
    }
    // A run of KS X 1001 with its escape.
    static QByteArray ks(const QString &text) { return "\x1B$)C" + to("EUC-KR", text); }

    static ImageFacts factsOf(
        const QByteArray &charset, const QByteArray &name, const QByteArray &description = {})
    {
        TestImage image;
        image.pixels = words({1, 2, 3, 4, 5, 6});
        DicomWriter w;
        if (!charset.isNull())
            w.text(0x00080005, "CS", charset);
        w.text(0x00080060, "CS", "CT").text(0x00081030, "LO", description).text(0x00100010, "PN", name);
        image.before = w.dataSet();
        const auto instance = openBytes(image.file());
        if (!instance || !(*instance)->facts().decodable)
            return {}; // a name never prevents an image
        return (*instance)->facts();
    }

private Q_SLOTS:
    void initTestCase() { CharacterSet::warmUp(); }

    void names_data()
    {
        QTest::addColumn<QByteArray>("charset");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<bool>("guessed");
        const QString hong = QStringLiteral("홍^길동"),
                      three = QStringLiteral("Hong^Gildong=洪^吉洞=홍^길동");
        const QByteArray groups = "Hong^Gildong=" + ks(QStringLiteral("洪")) + "^"
            + ks(QStringLiteral("吉洞")) + "=" + ks(QStringLiteral("홍")) + "^" + ks(QStringLiteral("길동"));
        QTest::newRow("ISO 2022 IR 149, three groups")
            << QByteArray("\\ISO 2022 IR 149") << groups << three << false;
        QTest::newRow("ISO 2022 IR 6 first")
            << QByteArray("ISO 2022 IR 6\\ISO 2022 IR 149") << groups << three << false;
        QTest::newRow("IR 149 alone") << QByteArray("ISO 2022 IR 149") << groups << three << false;
        QTest::newRow("IR 149, escapes forgotten")
            << QByteArray("\\ISO 2022 IR 149") << to("EUC-KR", three) << three << false;
        QTest::newRow("escape once, not repeated after ^")
            << QByteArray("\\ISO 2022 IR 149") << "\x1B$)C" + to("EUC-KR", hong) << hong << false;
        QTest::newRow("ISO_IR 149 (not a defined term)")
            << QByteArray("ISO_IR 149") << to("EUC-KR", three) << three << false;
        QTest::newRow("ISO_IR 149 with escapes") << QByteArray("ISO_IR 149") << groups << three << true;
        QTest::newRow("ISO_IR 192") << QByteArray("ISO_IR 192") << three.toUtf8() << three << false;
        QTest::newRow("raw EUC-KR, none declared") << QByteArray() << to("EUC-KR", hong) << hong << true;
        QTest::newRow("raw EUC-KR, empty") << QByteArray("") << to("EUC-KR", hong) << hong << true;
        QTest::newRow("raw EUC-KR, declared Latin 1")
            << QByteArray("ISO_IR 100") << to("EUC-KR", hong) << hong << true;
        QTest::newRow("raw EUC-KR, declared UTF-8")
            << QByteArray("ISO_IR 192") << to("EUC-KR", hong) << hong << true;
        QTest::newRow("UTF-8, none declared") << QByteArray() << hong.toUtf8() << hong << true;
        QTest::newRow("UTF-8, declared Latin 1") << QByteArray("ISO_IR 100") << hong.toUtf8() << hong << true;
        QTest::newRow("UTF-8, declared IR 149")
            << QByteArray("\\ISO 2022 IR 149") << hong.toUtf8() << hong << true;
        QTest::newRow("CP949 syllables, raw")
            << QByteArray("ISO_IR 100") << to("CP949", QStringLiteral("뷁똠^방각하"))
            << QStringLiteral("뷁똠^방각하") << true;
        QTest::newRow("CP949 syllables in IR 149") << QByteArray("\\ISO 2022 IR 149")
                                                   << "\x1B$)C" + to("CP949", QStringLiteral("뷁"))
                + "^\x1B$)C" + to("CP949", QStringLiteral("똠이"))
                                                   << QStringLiteral("뷁^똠이") << false;
        QTest::newRow("Latin 1 stays Latin 1")
            << QByteArray("ISO_IR 100") << to("ISO-8859-1", QStringLiteral("Müller^Jérôme"))
            << QStringLiteral("Müller^Jérôme") << false;
        QTest::newRow("Greek") << QByteArray("ISO_IR 126") << to("ISO-8859-7", QStringLiteral("Διονυσιος"))
                               << QStringLiteral("Διονυσιος") << false;
        QTest::newRow("Cyrillic") << QByteArray("ISO_IR 144")
                                  << to("ISO-8859-5", QStringLiteral("Люкceмбypг"))
                                  << QStringLiteral("Люкceмбypг") << false;
        QTest::newRow("Japanese") << QByteArray("\\ISO 2022 IR 87")
                                  << QByteArray("Yamada^Tarou=\x1B$B;3ED\x1B(B^\x1B$BB@O:\x1B(B")
                                  << QStringLiteral("Yamada^Tarou=山田^太郎") << false;
        QTest::newRow("half-width kana")
            << QByteArray("ISO_IR 13") << QByteArray("\xD4\xCF\xC0\xDE^\xC0\xDB\xB3")
            << QStringLiteral("ﾔﾏﾀﾞ^ﾀﾛｳ") << false;
        QTest::newRow("GB18030") << QByteArray("GB18030") << to("GB18030", QStringLiteral("Wang=王^小东"))
                                 << QStringLiteral("Wang=王^小东") << false;
        QTest::newRow("Thai") << QByteArray("ISO_IR 166") << to("TIS-620", QStringLiteral("สมชาย"))
                              << QStringLiteral("สมชาย") << false;
    }
    void names()
    {
        QFETCH(QByteArray, charset);
        QFETCH(QByteArray, name);
        QFETCH(QString, expected);
        QFETCH(bool, guessed);
        const ImageFacts facts = factsOf(charset, name);
        QVERIFY(facts.decodable);
        QCOMPARE(facts.patientName, expected.normalized(QString::NormalizationForm_C));
        QCOMPARE(facts.characterSetGuessed, guessed);
    }

    void nonStandardTermIsToldOnce()
    {
        const QString note = QStringLiteral("the character set is not a defined term");
        const ImageFacts facts = factsOf("ISO_IR 149", to("EUC-KR", QStringLiteral("김^희중")));
        QCOMPARE(facts.notes.count(note), 1);
        QVERIFY(!factsOf("\\ISO 2022 IR 149", "Kim").notes.contains(note));
        QVERIFY(factsOf("KLINGON", "Kim").notes.contains(QStringLiteral("the character set is unknown")));
        QCOMPARE(factsOf("KLINGON", "Kim").patientName, QStringLiteral("Kim"));
    }

    // The escape ends at a backslash of a text of several values.
    void valuesResetTheEscape()
    {
        const ImageFacts facts = factsOf(
            "\\ISO 2022 IR 149", "Kim", ks(QStringLiteral("복부")) + "\\CT " + ks(QStringLiteral("조영")));
        QCOMPARE(facts.studyDescription, QStringLiteral("복부\\CT 조영"));
    }

    void linesResetTheEscape()
    {
        const CharacterSet set({QString(), QStringLiteral("ISO 2022 IR 149")});
        const QByteArray text = ks(QStringLiteral("첫 줄")) + "\r\nplain ~\r\n" + ks(QStringLiteral("셋째"));
        QCOMPARE(set.decode(text, CharacterSet::Kind::Text).text, QStringLiteral("첫 줄\r\nplain ~\r\n셋째"));
    }

    // Declared inside a sequence item, it holds for that item alone.
    void characterSetOfAnItem()
    {
        const QByteArray lut = DicomWriter()
                                   .text(0x00080005, "CS", "ISO_IR 192")
                                   .us(0x00283002, {1, 0, 8})
                                   .text(0x00283003, "LO", QStringLiteral("연부").toUtf8())
                                   .us(0x00283006, {1})
                                   .dataSet();
        const QByteArray inherits = DicomWriter()
                                        .us(0x00283002, {1, 0, 8})
                                        .text(0x00283003, "LO", ks(QStringLiteral("골")))
                                        .us(0x00283006, {1})
                                        .dataSet();
        TestImage image;
        image.pixels = words({1, 2, 3, 4, 5, 6});
        image.before = DicomWriter()
                           .text(0x00080005, "CS", "\\ISO 2022 IR 149")
                           .text(0x00100010, "PN", ks(QStringLiteral("김")))
                           .dataSet();
        image.between = DicomWriter().sequence(0x00283010, {lut, inherits}).dataSet();
        const auto instance = openBytes(image.file());
        QVERIFY(instance);
        const ImageFacts &facts = (*instance)->facts();
        QCOMPARE(facts.voiLuts.size(), std::size_t(2));
        QCOMPARE(facts.voiLuts[0].explanation, QStringLiteral("연부"));
        QCOMPARE(facts.voiLuts[1].explanation, QStringLiteral("골"));
        QCOMPARE(facts.patientName, QStringLiteral("김"));
    }

    // Any bytes become some text: no crash, no loop, no failure.
    void anyBytes()
    {
        quint32 state = 1;
        const auto next = [&state] { return uchar((state = state * 1664525u + 1013904223u) >> 24); };
        const char *sets[] = {"", "ISO_IR 100", "\\ISO 2022 IR 149", "\\ISO 2022 IR 87\\ISO 2022 IR 159",
            "ISO_IR 192", "GB18030", "ISO_IR 13", "ISO 2022 IR 6\\ISO 2022 IR 58"};
        for (const char *set : sets) {
            const CharacterSet characters(QString::fromLatin1(set).split(QLatin1Char('\\')));
            for (int round = 0; round < 300; ++round) {
                QByteArray bytes;
                for (int i = 0; i < 60; ++i)
                    bytes += char(i % 9 == 0 && round % 2 ? 0x1B : next());
                const QString text = characters.decode(bytes, CharacterSet::Kind(round % 3)).text;
                QVERIFY(text.size() <= bytes.size() * 2);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestImagingCharsets)
#include "tst_imaging_charsets.moc"
