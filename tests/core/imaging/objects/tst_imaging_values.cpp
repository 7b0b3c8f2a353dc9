// Data sets as values: what is written is what is read, by our reader and by others, and through DICOM JSON.
#include "core/imaging/Errors.h"
#include "core/imaging/decode/CharacterSet.h"
#include "core/imaging/objects/JsonModel.h"
#include "core/imaging/objects/Part10Writer.h"
#include "core/imaging/pool/DataSetCbor.h"
#include "core/imaging/pool/DecoderPool.h"
#include "tests/core/imaging/objects/DataSetTools.h"
#include "tests/core/imaging/objects/RandomDataSet.h"

#include <QCborArray>
#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

using namespace naru;
using namespace naru::imaging;
using namespace naru::imaging::test;

namespace {
constexpr int Rounds = 200;

// The first difference, for the message of a failure.
QByteArray difference(const DataSetValue &a, const DataSetValue &b)
{
    for (const DataElement &element : a.elements()) {
        const DataElement *other = b.find(element.tag);
        if (!other)
            return "missing " + tagText(element.tag).toLatin1();
        if (*other == element)
            continue;
        const QByteArray name = tagText(element.tag).toLatin1() + ' ' + vrName(element.vr).toLatin1() + '/'
            + vrName(other->vr).toLatin1();
        for (std::size_t i = 0; i < std::min(element.items.size(), other->items.size()); ++i) {
            if (!(element.items[i] == other->items[i]))
                return name + " > " + difference(element.items[i], other->items[i]);
        }
        DataSetValue one, two;
        one.put(element);
        two.put(*other);
        return name + ": " + toJson(one).left(1000) + "\n" + toJson(two).left(1000);
    }
    for (const DataElement &element : b.elements()) {
        if (!a.has(element.tag))
            return "added " + tagText(element.tag).toLatin1();
    }
    return "none";
}
} // namespace

class TestImagingValues : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString save(const QString &name, const QByteArray &bytes)
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName()
                                                                                    : QString();
    }
    static QByteArray run(const QString &program, const QStringList &arguments, int &status)
    {
        QProcess process;
        process.start(program, arguments);
        if (!process.waitForFinished(20'000 * NARU_TIME_FACTOR))
            return {};
        status = process.exitCode();
        return process.readAllStandardOutput();
    }

private Q_SLOTS:
    void initTestCase() { CharacterSet::warmUp(); }

    void dictionaryIsWhole()
    {
        QCOMPARE(dictionaryVr(0x00080001), vrOf("UL")); // the first row
        QCOMPARE(dictionaryVr(0x00080005), vrOf("CS"));
        QCOMPARE(dictionaryVr(0x00100010), vrOf("PN"));
        QCOMPARE(dictionaryVr(0x60020010), vrOf("US")); // repeating
        QCOMPARE(dictionaryVr(0x60023000), vrOf("OW"));
        QCOMPARE(dictionaryVr(0x00280106, true), vrOf("SS"));
        QCOMPARE(dictionaryVr(0x00280106, false), vrOf("US"));
        QCOMPARE(dictionaryVr(0x00290010), vrOf("LO"));
        QCOMPARE(dictionaryVr(0x00291010), vrOf("UN"));
        QCOMPARE(dictionaryVr(0x00081031), vrOf("UN")); // nobody's
        QCOMPARE(dictionaryVr(0xFFFFFFFF), vrOf("UN"));
        QCOMPARE(dictionaryVr(0), vrOf("UL"));
        QCOMPARE(keywordOf(0x00100010), QStringLiteral("PatientName"));
        // Every row is found by its tag: the search by halves sees the first, the last and all between.
        QFile file(QStringLiteral(NARU_SOURCE_DIR "/core/imaging/objects/tables/dictionary.tsv"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        int rows = 0;
        for (const QByteArray &line : file.readAll().split('\n')) {
            const QList<QByteArray> cells = line.split('\t');
            if (line.startsWith('#') || cells.size() != 3 || cells[0] == "tag")
                continue;
            ++rows;
            QCOMPARE(keywordOf(cells[0].toUInt(nullptr, 16)), QString::fromLatin1(cells[2]));
        }
        QVERIFY(rows > 5000);
    }

    void decimalStrings()
    {
        for (const double value :
            {0.0, 1.0, -1.5, 0.1, 1.0 / 3, -1e-20 / 3, 1e300, 123456789012345.6, -2.0 / 3e-5}) {
            const QString text = decimalString(value);
            QVERIFY2(text.size() <= 16, qPrintable(text));
            QVERIFY(qAbs(text.toDouble() - value) <= qAbs(value) * 1e-8);
        }
        QCOMPARE(decimalString(0.1), QStringLiteral("0.1"));
    }

    void writtenIsRead()
    {
        for (const char *syntax : {"tsExplicitLE", "tsImplicitLE"}) {
            for (quint32 seed = 0; seed < Rounds; ++seed) {
                const DataSetValue set = RandomDataSet(seed).make();
                const auto file = writePart10(set, {.transferSyntax = base::oid(syntax).text()});
                QVERIFY2(file, file ? "" : file.error().code.id);
                const auto back = readBack(*file);
                QVERIFY2(back, back ? "" : back.error().code.id);
                QVERIFY2(*back == set, difference(set, *back) + " seed " + QByteArray::number(seed));
            }
        }
    }

    void throughJsonAndCbor()
    {
        for (quint32 seed = 0; seed < Rounds; ++seed) {
            const DataSetValue set = RandomDataSet(seed).make();
            const auto back = fromJson(toJson(set));
            QVERIFY2(back, back ? "" : back.error().code.id);
            QVERIFY2(*back == set, difference(set, *back) + " seed " + QByteArray::number(seed));
            const auto travelled = dataSetFromCbor(QCborValue::fromCbor(toCbor(set).toCbor()), {});
            QVERIFY(travelled && *travelled == set);
        }
    }

    // Readers of others must see the same values; their JSON is the common language.
    void othersReadIt_data()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("DCMTK") << QStringLiteral("dcm2json") << QStringList{QStringLiteral("-fc")};
        QTest::newRow("pydicom") << QStringLiteral("/usr/bin/python3")
                                 << QStringList{QStringLiteral("-c"),
                                        QStringLiteral("import sys,pydicom\n"
                                                       "pydicom.config.settings.reading_validation_mode = 0\n"
                                                       "print(pydicom.dcmread(sys.argv[1]).to_json())")};
    }
    void othersReadIt()
    {
        QFETCH(QString, program);
        QFETCH(QStringList, arguments);
        int status = -1;
        if (program == QLatin1String("dcm2json") && QStandardPaths::findExecutable(program).isEmpty())
            QSKIP("DCMTK's tools are not installed");
        if (program.endsWith(QLatin1String("python3"))) {
            run(program, {QStringLiteral("-c"), QStringLiteral("import pydicom")}, status);
            if (status != 0)
                QSKIP("pydicom is not installed");
        }
        for (quint32 seed = 0; seed < 6; ++seed) {
            const DataSetValue set = RandomDataSet(seed + 1000).make();
            const auto file = writePart10(set);
            QVERIFY(file);
            const QByteArray json =
                run(program, arguments + QStringList{save(QStringLiteral("other.dcm"), *file)}, status);
            QCOMPARE(status, 0);
            const auto back = fromJson(json);
            QVERIFY2(back, back ? "" : qPrintable(back.error().toString()));
            QVERIFY2(*back == set, difference(set, *back) + " seed " + QByteArray::number(seed));
        }
    }

    void jsonOfOthers()
    {
        const auto set =
            fromJson((json("{'00100010':{'vr':'PN','Value':[{'Alphabetic':'Hong^Gildong',"
                           "'Ideographic':'洪^吉洞','Phonetic':'홍^길동'}]},'00080060':{'Value':['CT']},'"
                           "00281050':{'vr':'DS','Value':[40,null,'1.50']},"
                           "'00080005':{'vr':'CS','Value':['ISO_IR "
                           "192']},'00080000':{'vr':'UL','Value':[4]},'00020010':{'vr':'UI','Value':['1.2']},"
                           "'00081140':{'vr':'SQ','Value':[null,{}]},'7fe00010':{'vr':'OW','BulkDataURI':'"
                           "bulk/1'},'00200013':{'vr':'IS','Value':['7']}}")));
        QVERIFY2(set, set ? "" : set.error().code.id);
        QCOMPARE(set->text(attr::PatientName), QStringLiteral("Hong^Gildong=洪^吉洞=홍^길동"));
        QCOMPARE(set->text(attr::Modality), QStringLiteral("CT"));
        QCOMPARE(set->texts(attr::WindowCentre),
            (QStringList{QStringLiteral("40"), QString(), QStringLiteral("1.50")}));
        QVERIFY(!set->has(0x00080000) && !set->has(0x00020010));
        QCOMPARE(set->items(attr::ReferencedImage).size(), std::size_t(2));
        QCOMPARE(set->find(attr::PixelData)->bulk->uri, QStringLiteral("bulk/1"));
        QCOMPARE(set->integer(attr::InstanceNumber), 7);
        QVERIFY(toJson(*set).contains("bulk/1"));
        QVERIFY(toJson(*set).contains("\"1.50\"")); // digits survive
        for (const char *nobody : {"{}", "null", "'='", "'=='", "{'Alphabetic':'='}", "{'Phonetic':'='}"}) {
            const auto one = fromJson(json("{'00100010':{'vr':'PN','Value':[") + json(nobody) + json("]}}"));
            QVERIFY2(one && one->text(attr::PatientName).isEmpty(), nobody);
            QCOMPARE(toJson(*one), toJson(*fromJson(toJson(*one))));
        }
        for (const char *name : {"A=B=C", "=B", "==C", "A==C", "A=B=C=D", "=====E", "A=="}) {
            const auto one = fromJson(json("{'00100010':{'vr':'PN','Value':['") + json(name) + json("']}}"));
            const auto back = fromJson(toJson(*one));
            QCOMPARE(back->text(attr::PatientName), one->text(attr::PatientName));
        }
        const auto list = listFromJson("[{},{}]");
        QVERIFY(list && list->size() == 2);
        const auto file =
            writePart10(*set, {.sopClass = QStringLiteral("1.2"), .sopUid = QStringLiteral("1.3")});
        QVERIFY(!file && file.error().is(errors::BulkMissing));
    }

    // Pixels never travel: they are copied from the file, whatever its byte order, fragments and all.
    void pixelsByReference()
    {
        TestImage image;
        image.pixels = words({0x0102, 0x0304, 0x0506, 0x0708, 0x090A, 0x0B0C});
        image.before =
            DicomWriter().text(0x00080016, "UI", "1.2.3").text(0x00080018, "UI", "1.2.4").dataSet();
        const QByteArray source = image.file();
        const auto set = readBack(source);
        QVERIFY(set);
        const DataElement *pixels = set->find(attr::PixelData);
        QVERIFY(pixels && pixels->bulk && !pixels->bulk->encapsulated);
        QCOMPARE(source.mid(pixels->bulk->offset, pixels->bulk->length), image.pixels);
        const auto refused = writePart10(*set);
        QVERIFY(!refused && refused.error().is(errors::BulkMissing));
        const auto file = writePart10(*set, {.bulk = bulkReader(source)});
        QVERIFY(file);
        QVERIFY(file->endsWith(image.pixels));
        auto instance = openBytes(*file);
        QVERIFY(instance);
        QCOMPARE(samplesOf<quint16>(**instance)[1], quint16(0x0304));
        const auto cut = writePart10(*set, {.bulk = bulkReader(source.chopped(2))});
        QVERIFY(!cut);

        TestImage big{.encoding = DicomWriter::Encoding::ExplicitBE, .syntax = "tsExplicitBE"};
        big.pixels = words({0x0102, 0x0304, 0x0506, 0x0708, 0x090A, 0x0B0C}, big.encoding);
        big.before = DicomWriter(big.encoding)
                         .text(0x00080016, "UI", "1.2.3")
                         .text(0x00080018, "UI", "1.2.4")
                         .text(0x00080060, "CS", "CT")
                         .dataSet();
        const auto bigSet = readBack(big.file());
        QVERIFY(bigSet);
        QCOMPARE(bigSet->integer(0x00280010), 2);
        const auto swapped = writePart10(*bigSet, {.bulk = bulkReader(big.file())});
        QVERIFY(swapped && swapped->endsWith(image.pixels));

        TestImage packed{.syntax = "tsJpegBaseline"};
        packed.before = image.before;
        packed.fragments = {"\xFF\xD8 one", "two!"};
        const auto packedSet = readBack(packed.file());
        QVERIFY(packedSet && packedSet->find(attr::PixelData)->bulk->encapsulated);
        const auto plain = writePart10(*packedSet, {.bulk = bulkReader(packed.file())});
        QVERIFY(!plain && plain.error().is(errors::UnsupportedSyntax));
        const auto copied = writePart10(*packedSet,
            {.transferSyntax = base::oid("tsJpegBaseline").text(), .bulk = bulkReader(packed.file())});
        QVERIFY(copied);
        const QByteArray tail =
            packed.dataSet().mid(packed.dataSet().indexOf(QByteArray("\xE0\x7F\x10\x00", 4)));
        QVERIFY(copied->endsWith(tail));
    }

    void deflatedTakesItsValuesAlong()
    {
        TestImage image{.syntax = "tsDeflated"};
        image.pixels = words({1, 2, 3, 4, 5, 6});
        const QByteArray packed = qCompress(image.dataSet()).mid(4 + 2).chopped(4);
        const QByteArray file = DicomWriter::file(packed, uid("tsDeflated"), "1.2.3");
        const auto set = readBack(file);
        QVERIFY(set);
        QCOMPARE(set->bytes(attr::PixelData), image.pixels);
        const auto small = readBack(file, {.bytes = 16});
        QVERIFY(!small && small.error().is(errors::TooLarge));
    }

    void poolGivesTheDataSet()
    {
        auto pool = DecoderPool::start({.program = QStringLiteral(NARU_BINARY_DIR "/bin/naru-decoder"),
            .workers = 1,
            .frameTimeoutMs = 2000 * NARU_TIME_FACTOR});
        QVERIFY(pool);
        for (quint32 seed = 0; seed < 20; ++seed) {
            const DataSetValue set = RandomDataSet(seed).make();
            for (const char *syntax : {"tsExplicitLE", "tsImplicitLE"}) {
                const auto file = writePart10(set, {.transferSyntax = base::oid(syntax).text()});
                QVERIFY(file);
                const auto back = (*pool)->dataSet({{}, *file});
                QVERIFY2(back, back ? "" : back.error().code.id);
                QVERIFY2(*back == set, difference(set, *back));
            }
        }
        const auto file = writePart10(nested(20));
        const auto deep = (*pool)->dataSet({{}, *file}, {.depth = 10});
        QVERIFY(!deep && deep.error().is(errors::TooDeep));
        // The confined child decodes Korean, which needs converters opened before.
        const QByteArray korean = DicomWriter()
                                      .text(0x00080005, "CS", "\\ISO 2022 IR 149")
                                      .text(0x00080060, "CS", "CT")
                                      .text(0x00100010, "PN", "Hong=\x1B$)C\xC8\xAB")
                                      .dataSet();
        const auto set = (*pool)->dataSet({{}, DicomWriter::file(korean, uid("tsExplicitLE"), "1.2.3")});
        QVERIFY(set);
        QCOMPARE(set->text(attr::PatientName), QStringLiteral("Hong=홍"));
    }
};

QTEST_GUILESS_MAIN(TestImagingValues)
#include "tst_imaging_values.moc"
