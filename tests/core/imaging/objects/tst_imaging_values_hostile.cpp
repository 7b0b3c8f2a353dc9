// Data sets, JSON and answers of a decoder that lie, exceed what is allowed, or lack what they need.
#include "core/imaging/Errors.h"
#include "core/imaging/decode/CharacterSet.h"
#include "core/imaging/pool/DataSetCbor.h"
#include "tests/core/imaging/objects/DataSetTools.h"

#include <QCborArray>
#include <QCborMap>
#include <QElapsedTimer>
#include <QtTest>

using namespace naru;
using namespace naru::imaging;
using namespace naru::imaging::test;

class TestImagingValuesHostile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { CharacterSet::warmUp(); }

    void budgets()
    {
        const auto file = writePart10(nested(20));
        QVERIFY(file);
        QVERIFY(readBack(*file, {.depth = 20}));
        auto deep = readBack(*file, {.depth = 19});
        QVERIFY(!deep && deep.error().is(errors::TooDeep));
        deep = readBack(*file, {.elements = 20});
        QVERIFY(!deep && deep.error().is(errors::TooLarge));
        const auto tooDeep = writePart10(nested(80));
        QVERIFY(!tooDeep && tooDeep.error().is(errors::TooDeep));
        DataSetValue wide;
        wide.setText(attr::SopClass, QStringLiteral("1.2.3"));
        wide.setText(attr::SopUid, QStringLiteral("1.2.3.4"));
        wide.setText(0x0072006F, QString(100'000, QLatin1Char('a')));
        const auto text = writePart10(wide);
        QVERIFY(text && readBack(*text));
        const auto refused = readBack(*text, {.bytes = 99'999});
        QVERIFY(!refused && refused.error().is(errors::TooLarge));
        // The parent believes no more than it asked for.
        const QCborValue answer = toCbor(nested(20));
        QVERIFY(dataSetFromCbor(answer, {.depth = 20}));
        QVERIFY(!dataSetFromCbor(answer, {.depth = 19}));
        QVERIFY(!dataSetFromCbor(answer, {.elements = 20}));
        QVERIFY(!dataSetFromCbor(toCbor(wide), {.bytes = 99'999}));
    }
    void lyingAnswers_data()
    {
        QTest::addColumn<QCborValue>("answer");
        const auto element = [](qint64 tag, const char *vr, const QCborValue &value) {
            return QCborArray{tag, qint64(vrOf(vr)), value};
        };
        const QCborArray name = element(0x00100010, "PN", QCborArray{QStringLiteral("A")});
        QTest::newRow("no array") << QCborValue(QStringLiteral("x"));
        QTest::newRow("element is no array") << QCborValue(QCborArray{1});
        QTest::newRow("tag twice") << QCborValue(QCborArray{name, name});
        QTest::newRow("tags backwards")
            << QCborValue(QCborArray{name, element(0x00080060, "CS", QCborArray{})});
        QTest::newRow("tag beyond 32 bits") << QCborValue(QCborArray{element(1LL << 32, "CS", QCborArray{})});
        QTest::newRow("negative tag") << QCborValue(QCborArray{element(-1, "CS", QCborArray{})});
        QTest::newRow("VR that is none") << QCborValue(QCborArray{element(8, "ZZ", QCborArray{})});
        QTest::newRow("text as number") << QCborValue(QCborArray{element(8, "CS", QCborArray{1})});
        QTest::newRow("numbers cut") << QCborValue(QCborArray{element(8, "US", QByteArray(7, 'x'))});
        QTest::newRow("reference before the file")
            << QCborValue(QCborArray{element(8, "OW", QCborArray{-1, 2, 0, 1})});
        QTest::newRow("reference of odd unit")
            << QCborValue(QCborArray{element(8, "OW", QCborArray{1, 2, 0, 3})});
        QTest::newRow("reference too short") << QCborValue(QCborArray{element(8, "OW", QCborArray{1, 2})});
        QTest::newRow("items are no sets") << QCborValue(QCborArray{element(8, "SQ", QCborArray{1})});
        QTest::newRow("items as bytes") << QCborValue(QCborArray{element(8, "SQ", QByteArray("x"))});
        QTest::newRow("four members")
            << QCborValue(QCborArray{QCborArray{8, qint64(vrOf("CS")), QCborArray{}, 1}});
    }
    void lyingAnswers()
    {
        QFETCH(QCborValue, answer);
        QVERIFY(!dataSetFromCbor(answer, {}));
    }
    void hostileJson_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QByteArray &json, const base::ErrorCode &code) {
            QTest::newRow(name) << json << QString::fromLatin1(code.id);
        };
        const auto deep = [](int levels) {
            QByteArray out = "{}";
            for (int i = 0; i < levels; ++i)
                out = json("{'0040A730':{'vr':'SQ','Value':[") + out + json("]}}");
            return out;
        };
        row("empty", "", errors::BadJson);
        row("cut", json("{'00100010':{'vr':'PN'"), errors::BadJson);
        row("array", "[]", errors::BadJson);
        row("keyword for tag", json("{'PatientName':{'vr':'PN'}}"), errors::BadJson);
        row("tag of nine digits", json("{'000100010':{'vr':'PN'}}"), errors::BadJson);
        row("tag with a sign", json("{'+0100010':{'vr':'PN'}}"), errors::BadJson);
        row("row is no object", json("{'00100010':'A'}"), errors::BadJson);
        row("VR that is none", json("{'00100010':{'vr':'ZZ','Value':['A']}}"), errors::BadJson);
        row("VR of three letters", json("{'00100010':{'vr':'PNX','Value':['A']}}"), errors::BadJson);
        row("value no array", json("{'00100010':{'vr':'PN','Value':'A'}}"), errors::BadJson);
        row("number as text", json("{'00280010':{'vr':'US','Value':['x']}}"), errors::BadJson);
        row("whole number that is none", json("{'00280010':{'vr':'US','Value':['NaN']}}"), errors::BadJson);
        row("whole number without end", json("{'00280010':{'vr':'US','Value':['inf']}}"), errors::BadJson);
        row("text as boolean", json("{'00080060':{'vr':'CS','Value':[true]}}"), errors::BadJson);
        row("text as object", json("{'00080060':{'vr':'CS','Value':[{'a':1}]}}"), errors::BadJson);
        row("item as text", json("{'0040A730':{'vr':'SQ','Value':['x']}}"), errors::BadJson);
        row("value of binary", json("{'54001010':{'vr':'OW','Value':[1]}}"), errors::BadJson);
        row("bad base64", json("{'54001010':{'vr':'OW','InlineBinary':'!!'}}"), errors::BadJson);
        row("binary text", json("{'00080060':{'vr':'CS','InlineBinary':'AAAA'}}"), errors::BadJson);
        row("tag value that is none", json("{'00209165':{'vr':'AT','Value':['0010']}}"), errors::BadJson);
        row("33 sequences", deep(33), errors::TooDeep);
        row("2,000 sequences", deep(2000), errors::TooDeep);
        QByteArray many = "{";
        for (int i = 0; i < 2000; ++i)
            many += '"' + tagText(0x00200000 + quint32(i) * 2 + 1).toLatin1() + json("':{'vr':'SH'},");
        row("2,000 elements", many.chopped(1) + "}", errors::TooLarge);
        row("two megabytes of text",
            json("{'0072006F':{'vr':'UC','Value':['") + QByteArray(2'000'000, 'a') + json("']}}"),
            errors::TooLarge);
    }
    void hostileJson()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, expected);
        QElapsedTimer timer;
        timer.start();
        const auto set = fromJson(json, {.elements = 1000, .bytes = 1'000'000});
        QVERIFY(!set);
        QCOMPARE(QString::fromLatin1(set.error().code.id), expected);
        QVERIFY(
            !set.error().toString().contains(QStringLiteral("PatientName"))); // nothing of the answer is told
        QVERIFY(timer.elapsed() < 1000 * NARU_TIME_FACTOR);
    }
    void whatFilesDo()
    {
        // A character set of an item is that item's; UN holds a sequence of implicit VR; private ones stay
        // bytes.
        const QByteArray hong = "\xC8\xAB^\xB1\xE6\xB5\xBF";
        const QByteArray korean =
            DicomWriter().text(0x00080005, "CS", "ISO 2022 IR 149").text(0x00101001, "PN", hong).dataSet();
        const QByteArray latin = DicomWriter().text(0x00101001, "PN", "M\xFCller").dataSet();
        const QByteArray implicitItem =
            DicomWriter(DicomWriter::Encoding::ImplicitLE).text(0x00081150, "UI", "1.2").dataSet();
        DicomWriter unknown(DicomWriter::Encoding::ImplicitLE);
        unknown.raw(unknown.delimiter(0xFFFEE000, quint32(implicitItem.size()))).raw(implicitItem);
        const QByteArray set = DicomWriter()
                                   .text(0x00080005, "CS", "ISO_IR 100")
                                   .text(0x00080060, "CS", "CT")
                                   .put(0x00081140, "UN", unknown.dataSet())
                                   .put(0x00091001, "UN", QByteArray("\1\2\3\4"))
                                   .text(0x00100010, "PN", "Hong==  ")
                                   .text(0x00100020, "LO", " 12\\34 ")
                                   .sequence(0x00101002, {korean, latin}, false)
                                   .text(0x00104000, "LT", " a\\b  ")
                                   .dataSet();
        const auto value = readBack(DicomWriter::file(set, uid("tsExplicitLE"), "1.2.3"));
        QVERIFY2(value, value ? "" : value.error().code.id);
        QCOMPARE(value->items(0x00101002).size(), std::size_t(2));
        QCOMPARE(value->items(0x00101002)[0].text(0x00101001), QStringLiteral("홍^길동"));
        QCOMPARE(value->items(0x00101002)[1].text(0x00101001), QStringLiteral("Müller"));
        QCOMPARE(value->item(0x00081140)->text(attr::ReferencedClass), QStringLiteral("1.2"));
        QCOMPARE(value->bytes(0x00091001), QByteArray("\1\2\3\4"));
        QCOMPARE(value->text(0x00100010), QStringLiteral("Hong"));
        QCOMPARE(value->texts(0x00100020), (QStringList{QStringLiteral("12"), QStringLiteral("34")}));
        QCOMPARE(value->text(0x00104000), QStringLiteral(" a\\b"));
    }
    void incompleteIsRefused()
    {
        DataSetValue set;
        set.setText(attr::Modality, QStringLiteral("CT"));
        const auto file = writePart10(set);
        QVERIFY(!file && file.error().is(errors::Incomplete));
        set.setText(attr::SopClass, QStringLiteral("1.2.3"));
        set.setText(attr::SopUid, QStringLiteral("1.2.4"));
        for (const char *syntax : {"tsDeflated", "tsExplicitBE", "loinc"}) {
            const auto refused = writePart10(set, {.transferSyntax = base::oid(syntax).text()});
            QVERIFY2(syntax[0] == 'l' || (!refused && refused.error().is(errors::UnsupportedSyntax)), syntax);
        }
        const auto nobodys = writePart10(set, {.transferSyntax = QStringLiteral("1.2.3.4")});
        QVERIFY(!nobodys);
        // Longer than 16 bits of length: goes out as UN and comes back as what the dictionary says.
        set.setText(0x00104000, QString(70'000, QLatin1Char('x')));
        const auto large = writePart10(set);
        QVERIFY(large);
        const auto back = readBack(*large);
        QVERIFY(back && back->text(0x00104000).size() == 70'000);
    }
};

QTEST_GUILESS_MAIN(TestImagingValuesHostile)
#include "tst_imaging_values_hostile.moc"
