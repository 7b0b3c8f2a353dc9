// Character sets, resident numbers and JSON: the parts a reader stands on.
#include "core/handover/Csv.h"
#include "core/handover/Errors.h"
#include "core/handover/Hl7Message.h"
#include "core/handover/Json.h"
#include "core/handover/ResidentNumber.h"
#include "core/handover/TextDecoder.h"

#include <QSet>
#include <QTest>

using namespace naru;
using namespace naru::handover;

class TestHandOverText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decodes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("declared");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("charset");
        const QString gang = QStringLiteral("강");
        QTest::newRow("utf-8") << gang.toUtf8() << "" << gang << "UTF-8";
        QTest::newRow("utf-8 bom") << QByteArray("\xEF\xBB\xBF") + gang.toUtf8() << "CP949" << gang
                                   << "UTF-8";
        QTest::newRow("utf-16le") << QByteArray("\xFF\xFE\x15\xAC") << "" << gang << "UTF-16";
        QTest::newRow("utf-16be") << QByteArray("\xFE\xFF\xAC\x15") << "" << gang << "UTF-16";
        QTest::newRow("euc-kr found") << QByteArray("\xB0\xAD") << "" << gang << "CP949";
        QTest::newRow("euc-kr declared") << QByteArray("\xB0\xAD") << "euc-kr" << gang << "CP949";
        QTest::newRow("ks x 1001") << QByteArray("\xB0\xAD") << "KS X 1001" << gang << "CP949";
        // 똠 exists in CP949 but not in EUC-KR
        QTest::newRow("cp949 beyond euc-kr")
            << QByteArray("\x8C\x63") << "EUC-KR" << QStringLiteral("똠") << "CP949";
        QTest::newRow("empty") << QByteArray() << "" << QString() << "UTF-8";
    }
    void decodes()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, declared);
        QFETCH(QString, text);
        QFETCH(QString, charset);
        const auto out = TextDecoder::decode(bytes, declared);
        QVERIFY2(out.ok(), out.ok() ? "" : qPrintable(out.error().toString()));
        QCOMPARE(out->text, text);
        QCOMPARE(out->charset, charset);
    }

    void refusesWithOffset_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("declared");
        QTest::addColumn<int>("offset");
        QTest::newRow("overlong slash") << QByteArray("ab\xC0\xAF") << "UTF-8" << 2;
        QTest::newRow("surrogate") << QByteArray("a\xED\xA0\x80") << "UTF-8" << 1;
        QTest::newRow("beyond U+10FFFF") << QByteArray("\xF4\x90\x80\x80") << "UTF-8" << 0;
        QTest::newRow("cut") << QByteArray("abc\xEA\xB0") << "UTF-8" << 3;
        QTest::newRow("lone lead byte") << QByteArray("abc\xB0") << "CP949" << 3;
        QTest::newRow("no such pair") << QByteArray("ab\xB0\x20") << "CP949" << 2;
        QTest::newRow("utf-16 lone high") << QByteArray("\xFF\xFE\x41\x00\x00\xD8\x41\x00", 8) << "" << 4;
        QTest::newRow("utf-16 lone low") << QByteArray("\xFF\xFE\x41\x00\x00\xDC", 6) << "" << 4;
        QTest::newRow("utf-16 odd") << QByteArray("\xFF\xFE\x41", 3) << "" << 2;
        QTest::newRow("bom counts") << QByteArray("\xEF\xBB\xBF\xFF") << "" << 3;
        QTest::newRow("utf-8 was meant") << QStringLiteral("강").toUtf8() + "\xFF"
                                         << "" << 3;
    }
    void refusesWithOffset()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, declared);
        QFETCH(int, offset);
        const auto out = TextDecoder::decode(bytes, declared);
        QVERIFY(!out.ok());
        QVERIFY(out.error().is(errors::Encoding));
        QCOMPARE(out.error().arguments.value(QStringLiteral("offset")), QString::number(offset));
    }

    // Every syllable is in CP949 (that is what Microsoft added to EUC-KR), two bytes each, and no two share
    // their bytes.
    void everySyllableHasACp949Form()
    {
        QSet<QChar> seen;
        for (int lead = 0x81; lead <= 0xC8; ++lead) {
            for (int trail = 0x41; trail <= 0xFE; ++trail) {
                const char bytes[] = {char(lead), char(trail)};
                const auto out = TextDecoder::decode(QByteArray(bytes, 2), QStringLiteral("CP949"));
                if (out.ok() && out->text.size() == 1 && out->text[0] >= QChar(0xAC00)
                    && out->text[0] <= QChar(0xD7A3))
                    seen.insert(out->text[0]);
            }
        }
        QCOMPARE(seen.size(), 11'172);
    }

    void residentNumbers()
    {
        const auto male = ResidentNumber::parse(u"610302-1234567");
        QVERIFY(male);
        QCOMPARE(male->digits, QStringLiteral("6103021234567"));
        QCOMPARE(male->birthDate, QDate(1961, 3, 2));
        QCOMPARE(male->sex, clinical::Sex::Male);
        QCOMPARE(ResidentNumber::parse(u"0503024234567")->birthDate, QDate(2005, 3, 2));
        QCOMPARE(ResidentNumber::parse(u"0503028234567")->sex, clinical::Sex::Female); // foreigner
        QCOMPARE(ResidentNumber::parse(u"9903029234567")->birthDate.year(), 1899);
        for (const QStringView bad :
            {QStringView(u"610230-1234567"), QStringView(u"61030-21234567"), QStringView(u"610302 1234567"),
                QStringView(u"610302-123456"), QStringView(u"61030212345678"), QStringView(u"610302-123456A"),
                QStringView(u"６１０３０２-1234567"), QStringView(u"")})
            QVERIFY2(!ResidentNumber::parse(bad), qPrintable(bad.toString()));
    }

    void jsonKeepsNumbersAsWritten()
    {
        const auto json = parseJson(u" {\"a\": [1.10, -0, 1e+5, \"\\ud55c\\uae00\\n\\/\", true, null]} ");
        QVERIFY(json.ok());
        const Json &a = (*json)[QLatin1String("a")];
        QCOMPARE(a.at(0).text, QStringLiteral("1.10"));
        QCOMPARE(a.at(1).text, QStringLiteral("-0"));
        QCOMPARE(a.at(2).text, QStringLiteral("1e+5"));
        QCOMPARE(a.at(3).text, QStringLiteral("한글\n/"));
        QCOMPARE(a.at(5).kind, Json::Kind::Null);
        QCOMPARE(a.at(99).kind, Json::Kind::Null);
        QCOMPARE(a.column, 8);
    }

    void jsonRefuses_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"", "{", "[1,]", "{\"a\"}", "{\"a\":1,}", "01", "-", "1.", "1e", "\"a",
                 "\"\\x\"", "\"\\u12g4\"", "\"\\u+123\"", "\"\n\"", "nul", "{a:1}", "[1] 2", "'a'", "NaN",
                 "+1", ".5", "// x\n1", "\"\\"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }
    void jsonRefuses()
    {
        QFETCH(QString, text);
        const auto json = parseJson(text);
        QVERIFY(!json.ok());
        QVERIFY(json.error().arguments.value(QStringLiteral("place")).startsWith(QStringLiteral("line ")));
    }

    void jsonNamesThePlace()
    {
        const auto json = parseJson(u"{\n  \"a\": [1,\n  x]\n}");
        QVERIFY(!json.ok());
        QCOMPARE(json.error().arguments.value(QStringLiteral("place")), QStringLiteral("line 3, column 3"));
    }

    void segments()
    {
        const auto messages =
            parseHl7("MSH$%*?@$a\nPID$1$$one?S?two%x@y*again$\"\"$?X41?$?H?b?N?\n\r\nZZ1\r", {}, 100);
        QVERIFY(messages.ok());
        QCOMPARE(messages->size(), std::size_t(1));
        const Hl7Segment &pid = messages->front().segments.at(1);
        QCOMPARE(pid.component(3), QStringLiteral("one%two"));
        QCOMPARE(pid.component(3, 2, 1, 2), QStringLiteral("y"));
        QCOMPARE(pid.component(3, 1, 2), QStringLiteral("again"));
        QCOMPARE(pid.component(4), QString());
        QCOMPARE(pid.component(5), QStringLiteral("A"));
        QCOMPARE(pid.component(6), QStringLiteral("b"));
        QCOMPARE(pid.component(99, 99, 99, 99), QString());
        QCOMPARE(messages->front().segments.at(0).component(1), QStringLiteral("$"));
        QVERIFY(!parseHl7("MSH|^~\\&|a\rPID|1\rPID|2\r", {}, 2).ok());
    }

    void eachMessageHasItsOwnCharset()
    {
        const QByteArray msh = "MSH|^~\\&|a|b|c|d|20260101||ADT^A04|1|P|2.5||||||";
        const QString name = QStringLiteral("강");
        const auto messages = parseHl7(
            msh + "UNICODE UTF-8\rPID|" + name.toUtf8() + "\r" + msh + "EUC-KR~X\rPID|\xB0\xAD\r", {}, 100);
        QVERIFY2(messages.ok(), messages.ok() ? "" : qPrintable(messages.error().toString()));
        QCOMPARE(messages->at(0).first("PID")->component(1), name);
        QCOMPARE(messages->at(1).first("PID")->component(1), name);
        QCOMPARE(messages->at(1).charset, QStringLiteral("CP949"));
    }

    void cells()
    {
        const auto rows = parseCsv(QStringLiteral("a;b\r\n\"1;\"\"x\"\"\r\n2\";\n\n;3"));
        QVERIFY(rows.ok());
        QCOMPARE(rows->size(), std::size_t(3));
        QCOMPARE(rows->at(1).cells, QStringList({QStringLiteral("1;\"x\"\r\n2"), QString()}));
        QCOMPARE(rows->at(2).cells, QStringList({QString(), QStringLiteral("3")}));
        QCOMPARE(rows->at(2).line, 5);
    }
};

QTEST_APPLESS_MAIN(TestHandOverText)
#include "tst_handover_text.moc"
