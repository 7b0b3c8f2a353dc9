// Native pixels in every syntax, depth and colour, and how frames are found in the file (PS3.3, PS3.5).
// Compressed pixels are tested with their codecs, what an instance says of itself in tst_imaging_facts.
#include "core/imaging/Errors.h"
#include "core/imaging/decode/Inflate.h"
#include "tests/core/imaging/read/OpenedImage.h"

#include <QtTest>

#include <zlib.h>

using namespace naru;
using namespace naru::imaging;
using namespace naru::imaging::test;
using Written = DicomWriter::Encoding;

class TestImagingInstance : public QObject {
    Q_OBJECT

    static QByteArray deflated(const QByteArray &plain)
    {
        z_stream stream{};
        deflateInit2(&stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
        QByteArray out(plain.size() + 1024, '\0');
        stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(plain.constData()));
        stream.avail_in = uInt(plain.size());
        stream.next_out = reinterpret_cast<Bytef *>(out.data());
        stream.avail_out = uInt(out.size());
        deflate(&stream, Z_FINISH);
        out.resize(qsizetype(stream.total_out));
        deflateEnd(&stream);
        return out;
    }

private Q_SLOTS:
    void syntaxes_data()
    {
        QTest::addColumn<QByteArray>("file");
        TestImage image;
        image.pixels = words({0, 1, 2, 3, 4, 4095});
        QTest::newRow("explicit little endian") << image.file();
        QTest::newRow("no preamble") << image.file().mid(128 + 4);
        QTest::newRow("no meta header") << image.dataSet();
        QTest::newRow("DICM first") << image.file().mid(128);
        image.syntax = "tsDeflated";
        QTest::newRow("deflated") << DicomWriter::file(deflated(image.dataSet()), uid("tsDeflated"), "1.2.3");
        image.encoding = Written::ImplicitLE;
        image.syntax = "tsImplicitLE";
        QTest::newRow("implicit") << image.file();
        QTest::newRow("implicit, no meta header") << image.dataSet();
        image.syntax = "tsExplicitLE";
        QTest::newRow("implicit, declared explicit") << image.file();
        image.encoding = Written::ExplicitBE;
        image.syntax = "tsExplicitBE";
        image.pixels = words({0, 1, 2, 3, 4, 4095}, Written::ExplicitBE);
        QTest::newRow("explicit big endian") << image.file();
        QTest::newRow("big endian, no meta header") << image.dataSet();
    }
    void syntaxes()
    {
        QFETCH(QByteArray, file);
        const auto instance = opened(file);
        QVERIFY(instance);
        QVERIFY2(instance->facts().decodable, qPrintable(instance->facts().whyNot));
        QCOMPARE(instance->facts().modality, QStringLiteral("CT"));
        QCOMPARE(instance->shape(), (FrameShape{2, 3, 1, SampleType::U16}));
        QCOMPARE(samplesOf<quint16>(*instance), (QList<quint16>{0, 1, 2, 3, 4, 4095}));
    }

    void bits_data()
    {
        QTest::addColumn<int>("allocated");
        QTest::addColumn<int>("stored");
        QTest::addColumn<int>("high");
        QTest::addColumn<bool>("isSigned");
        QTest::addColumn<QByteArray>("pixels");
        QTest::addColumn<QList<int>>("expected");
        QTest::newRow("12 in 16, rubbish above")
            << 16 << 12 << 11 << false << words({0xF123, 0x8FFF, 0, 1}) << QList<int>{0x123, 0xFFF, 0, 1};
        QTest::newRow("12 in 16 signed")
            << 16 << 12 << 11 << true << words({0x0800, 0x0FFF, 0x07FF, 1}) << QList<int>{-2048, -1, 2047, 1};
        QTest::newRow("12 high in 16 (ACR-NEMA)")
            << 16 << 12 << 15 << false << words({0x1230, 0xFFF7, 0, 0x10}) << QList<int>{0x123, 0xFFF, 0, 1};
        QTest::newRow("16 signed") << 16 << 16 << 15 << true << words({0x8000, 0xFFFF, 0x7FFF, 0})
                                   << QList<int>{-32768, -1, 32767, 0};
        QTest::newRow("8") << 8 << 8 << 7 << false << QByteArray("\x00\xFF\x7F\x80", 4)
                           << QList<int>{0, 255, 127, 128};
        QTest::newRow("8 signed") << 8 << 8 << 7 << true << QByteArray("\x00\xFF\x7F\x80", 4)
                                  << QList<int>{0, -1, 127, -128};
        QTest::newRow("5 in 8 signed")
            << 8 << 5 << 4 << true << QByteArray("\x10\x1F\x0F\xE1", 4) << QList<int>{-16, -1, 15, 1};
        QTest::newRow("1") << 1 << 1 << 0 << false << QByteArray("\x0A\x00", 2) << QList<int>{0, 1, 0, 1};
        QTest::newRow("32 signed") << 32 << 32 << 31 << true << words({0, 0x8000, 0xFFFF, 0xFFFF, 1, 0, 0, 1})
                                   << QList<int>{INT_MIN, -1, 1, 65536};
        QTest::newRow("20 in 32 signed")
            << 32 << 20 << 19 << true << words({0, 0x0008, 0xFFFF, 0x000F, 1, 0, 0, 0xFFF1})
            << QList<int>{-524288, -1, 1, 65536};
    }
    void bits()
    {
        QFETCH(int, allocated);
        QFETCH(int, stored);
        QFETCH(int, high);
        QFETCH(bool, isSigned);
        QFETCH(QByteArray, pixels);
        QFETCH(QList<int>, expected);
        TestImage image{.rows = 2, .columns = 2};
        image.allocated = allocated;
        image.stored = stored;
        image.high = high;
        image.isSigned = isSigned;
        image.pixels = pixels;
        const auto instance = opened(image.file());
        QVERIFY(instance && instance->facts().decodable);
        QList<int> got;
        const auto take = [&got](const auto &list) { got = QList<int>(list.begin(), list.end()); };
        switch (instance->shape().type) {
        case SampleType::U8:
            take(samplesOf<quint8>(*instance));
            break;
        case SampleType::S8:
            take(samplesOf<qint8>(*instance));
            break;
        case SampleType::U16:
            take(samplesOf<quint16>(*instance));
            break;
        case SampleType::S16:
            take(samplesOf<qint16>(*instance));
            break;
        default:
            take(samplesOf<qint32>(*instance));
        }
        QCOMPARE(got, expected);
    }

    // Frames of single bits do not begin at bytes.
    void bitFramesNotByteAligned()
    {
        TestImage image{.rows = 1, .columns = 3, .frames = 3};
        image.allocated = image.stored = 1;
        image.high = 0;
        image.pixels = QByteArray("\x8D\x01", 2); // 101 100 011 from the lowest bit
        const auto instance = opened(image.file());
        QVERIFY(instance);
        QCOMPARE(samplesOf<quint8>(*instance, 0), (QList<quint8>{1, 0, 1}));
        QCOMPARE(samplesOf<quint8>(*instance, 1), (QList<quint8>{1, 0, 0}));
        QCOMPARE(samplesOf<quint8>(*instance, 2), (QList<quint8>{0, 1, 1}));
    }

    void bigEndianWordsOfBytes()
    {
        TestImage image{.encoding = Written::ExplicitBE, .syntax = "tsExplicitBE", .rows = 1, .columns = 3};
        image.frames = 2; // the second frame begins inside a word
        image.allocated = image.stored = 8;
        image.high = 7;
        image.pixels = QByteArray("\2\1\4\3\6\5", 6);
        const auto instance = opened(image.file());
        QVERIFY(instance);
        QCOMPARE(samplesOf<quint8>(*instance, 0), (QList<quint8>{1, 2, 3}));
        QCOMPARE(samplesOf<quint8>(*instance, 1), (QList<quint8>{4, 5, 6}));
    }

    void colours_data()
    {
        QTest::addColumn<QByteArray>("photometric");
        QTest::addColumn<int>("planar");
        QTest::addColumn<QByteArray>("pixels");
        QTest::addColumn<QList<quint8>>("expected");
        const QList<quint8> redBlue{255, 0, 0, 0, 0, 255};
        QTest::newRow("RGB by pixel")
            << QByteArray("RGB") << 0 << QByteArray("\xFF\0\0\0\0\xFF", 6) << redBlue;
        QTest::newRow("RGB by plane")
            << QByteArray("RGB") << 1 << QByteArray("\xFF\0\0\0\0\xFF", 6) << redBlue;
        // Red is Y 76, Cb 85, Cr 255; blue is 29, 255, 107 (JFIF): back within one step.
        QTest::newRow("YBR_FULL") << QByteArray("YBR_FULL") << 0 << QByteArray("\x4C\x55\xFF\x1D\xFF\x6B", 6)
                                  << QList<quint8>{254, 0, 0, 0, 0, 254};
        QTest::newRow("YBR_FULL by plane")
            << QByteArray("YBR_FULL") << 1 << QByteArray("\x4C\x1D\x55\xFF\xFF\x6B", 6)
            << QList<quint8>{254, 0, 0, 0, 0, 254};
        QTest::newRow("YBR_FULL_422") << QByteArray("YBR_FULL_422") << 0 << QByteArray("\x4C\x96\x55\xFF", 4)
                                      << QList<quint8>{254, 0, 0, 255, 74, 74};
        QTest::newRow("YBR_FULL_422 without subsampling")
            << QByteArray("YBR_FULL_422") << 0 << QByteArray("\x4C\x55\xFF\x1D\xFF\x6B", 6)
            << QList<quint8>{254, 0, 0, 0, 0, 254};
        QTest::newRow("YBR_PARTIAL_422, black and white")
            << QByteArray("YBR_PARTIAL_422") << 0 << QByteArray("\x10\xEB\x80\x80", 4)
            << QList<quint8>{0, 0, 0, 255, 255, 255};
    }
    void colours()
    {
        QFETCH(QByteArray, photometric);
        QFETCH(int, planar);
        QFETCH(QByteArray, pixels);
        QFETCH(QList<quint8>, expected);
        TestImage image{.rows = 1, .columns = 2, .samples = 3};
        image.allocated = image.stored = 8;
        image.high = 7;
        image.photometric = photometric;
        image.planar = planar;
        image.pixels = pixels;
        const auto instance = opened(image.file());
        QVERIFY(instance && instance->facts().decodable);
        const QList<quint8> got = samplesOf<quint8>(*instance);
        QCOMPARE(got.size(), expected.size());
        for (qsizetype i = 0; i < got.size(); ++i)
            QVERIFY2(qAbs(int(got[i]) - int(expected[i])) <= 1, qPrintable(QString::number(got[i])));
    }

    void floatPixels()
    {
        DicomWriter w;
        w.text(0x00080060, "CS", "MR").us(0x00280002, {1}).text(0x00280004, "CS", "MONOCHROME2");
        w.us(0x00280010, {1}).us(0x00280011, {2}).us(0x00280100, {32});
        QByteArray values;
        w.append(values, std::bit_cast<quint32>(1.5f));
        w.append(values, std::bit_cast<quint32>(-2.25f));
        w.put(0x7FE00008, "OF", values);
        const auto instance = opened(DicomWriter::file(w.dataSet(), uid("tsExplicitLE"), "1.2.3"));
        QVERIFY(instance && instance->facts().decodable);
        QCOMPARE(instance->shape().type, SampleType::F32);
        QCOMPARE(samplesOf<float>(*instance), (QList<float>{1.5f, -2.25f}));
    }

    void encapsulatedTables_data()
    {
        QTest::addColumn<QList<quint32>>("offsets");
        QTest::addColumn<bool>("split");
        QTest::addColumn<bool>("doubted");
        QTest::newRow("basic table") << QList<quint32>{0, 14} << false << false;
        QTest::newRow("no table") << QList<quint32>{} << false << false;
        QTest::newRow("table that lies") << QList<quint32>{0, 9999} << false << true;
        QTest::newRow("table of one") << QList<quint32>{0} << false << true;
        QTest::newRow("table backwards") << QList<quint32>{14, 0} << false << true;
        QTest::newRow("two fragments each, table") << QList<quint32>{0, 22} << true << false;
    }
    // Uncompressed frames in fragments, so that the tables alone are tested.
    void encapsulatedTables()
    {
        QFETCH(QList<quint32>, offsets);
        QFETCH(bool, split);
        QFETCH(bool, doubted);
        TestImage image{.syntax = "tsEncapsulatedUncompressed", .rows = 1, .columns = 3, .frames = 2};
        image.offsets = offsets;
        if (split)
            image.fragments = {words({1}), words({2, 3}), words({4}), words({5, 6})};
        else
            image.fragments = {words({1, 2, 3}), words({4, 5, 6})};
        const auto instance = opened(image.file());
        QVERIFY(instance && instance->facts().decodable);
        QCOMPARE(samplesOf<quint16>(*instance, 0), (QList<quint16>{1, 2, 3}));
        QCOMPARE(samplesOf<quint16>(*instance, 1), (QList<quint16>{4, 5, 6}));
        QCOMPARE(!instance->facts().notes.isEmpty(), doubted);
    }

    void extendedOffsetTable()
    {
        TestImage image{.syntax = "tsEncapsulatedUncompressed", .rows = 1, .columns = 1, .frames = 2};
        image.fragments = {words({1}), words({2})};
        QByteArray offsets, lengths;
        const DicomWriter w;
        for (const quint64 offset : {0, 10})
            w.append(offsets, offset);
        for (int i = 0; i < 2; ++i)
            w.append(lengths, quint64(2));
        image.between = DicomWriter().put(0x7FE00001, "OV", offsets).put(0x7FE00002, "OV", lengths).dataSet();
        const auto instance = opened(image.file());
        QVERIFY(instance && instance->facts().decodable);
        QCOMPARE(samplesOf<quint16>(*instance, 1), QList<quint16>{2});
    }

    void deflatedFrames()
    {
        TestImage image{.syntax = "tsDeflatedFrames", .rows = 1, .columns = 3, .frames = 2};
        image.fragments = {deflated(words({1, 2, 3})), deflated(words({4, 5, 6}))};
        const auto instance = opened(image.file());
        QVERIFY(instance && instance->facts().decodable);
        QCOMPARE(samplesOf<quint16>(*instance, 1), (QList<quint16>{4, 5, 6}));
    }
};

QTEST_APPLESS_MAIN(TestImagingInstance)
#include "tst_imaging_instance.moc"
