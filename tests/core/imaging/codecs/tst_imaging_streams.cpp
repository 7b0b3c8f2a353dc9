// Streams of JPEG 2000, HTJ2K and 12-bit JPEG as other writers leave them: images smaller than their wavelet,
// every order of packets, coarser chroma, markers that nobody needs, no end.
#include "core/base/Oid.h"
#include "tests/support/imaging/LibraryEncoders.h"

#include <QTest>

using namespace naru;
using namespace naru::imaging;
using namespace naru::testsupport;

namespace {
struct Decoded {
    std::vector<std::int32_t> values{};
    CodecOutput output{};
};

Decoded decode(const char *syntax, const PlainImage &image, const QByteArray &encoded)
{
    const QString photometric = QString::fromLatin1(image.samples == 3 ? "RGB" : "MONOCHROME2");
    const CodecInput input = image.input(encoded, photometric);
    std::vector<std::byte> out(input.shape.bytes(), std::byte(0x5A));
    const auto result = codecFor(base::oid(syntax).text())->decode(input, out);
    if (!result)
        return {};
    return {image.read(out), *result};
}

// Chroma that is the same in every square of `step` pixels, so that nothing is lost by keeping one of them.
PlainImage coarseChroma(int rows, int columns, int step)
{
    PlainImage image = testImage(rows, columns, 3, 8, false);
    for (int y = 0; y < rows; ++y) {
        for (int x = 0; x < columns; ++x) {
            for (int c = 1; c < 3; ++c)
                image.values[std::size_t((y * columns + x) * 3 + c)] =
                    image.values[std::size_t((y / step * step * columns + x / step * step) * 3 + c)];
        }
    }
    return image;
}
} // namespace

class TestImagingStreams : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // A tile of which a level of the wavelet keeps no samples; OpenJPH 0.9 gives such tiles wrong.
    void htj2kSmallerThanItsWavelet_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::addColumn<int>("levels");
        QTest::addColumn<int>("tile");
        for (const int size : {1, 2, 3, 8, 16, 17, 31, 32})
            QTest::addRow("%d x %d, 5 levels", size, size) << size << size << 5 << 0;
        QTest::newRow("50 x 3, 7 levels") << 50 << 3 << 7 << 0;
        QTest::newRow("3 x 50, 7 levels") << 3 << 50 << 7 << 0;
        QTest::newRow("the last tile is one pixel") << 65 << 65 << 3 << 32;
        QTest::newRow("tiles of 16, 5 levels") << 40 << 70 << 5 << 16;
    }
    void htj2kSmallerThanItsWavelet()
    {
        QFETCH(int, rows);
        QFETCH(int, columns);
        QFETCH(int, levels);
        QFETCH(int, tile);
        for (const int samples : {1, 3}) {
            const PlainImage image = testImage(rows, columns, samples, 8, false);
            J2kOptions options;
            options.levels = levels;
            options.tile = tile;
            options.colourTransform = samples == 3;
            QCOMPARE(decode("tsHtj2kLossless", image, encodeHtj2k(image, options)).values, image.values);
        }
    }

    // What a writer of another library made of eight by eight pixels, 0 2 4 to 126, with five levels.
    void htj2kOfAnotherWriter()
    {
        PlainImage image{8, 8, 1, 8, false, {}};
        for (int i = 0; i < 64; ++i)
            image.values.push_back(2 * i);
        const QByteArray stream =
            QByteArray::fromHex("ff4fff51002940000000000800000008000000000000000000000008000000"
                                "0800000000000000000001070101ff500008000200000002ff52000c000200"
                                "01000504044001ff5c00132048505050505050505050505050484848ff9000"
                                "0a0000000000460001ff93c025ab010774000000c012c01280f000c7740090"
                                "01077400c012c01300c00042740046e300235400c025804ef0b4f27400dedd"
                                "c1c9ecb500ffd9");
        QCOMPARE(decode("tsHtj2kLossless", image, stream).values, image.values);
    }

    void htj2kOrderOfPackets_data()
    {
        QTest::addColumn<QByteArray>("order");
        QTest::addColumn<int>("tile");
        for (const char *order : {"LRCP", "RLCP", "RPCL", "PCRL", "CPRL"}) {
            for (const int tile : {0, 64})
                QTest::addRow("%s, tiles of %d", order, tile) << QByteArray(order) << tile;
        }
    }
    void htj2kOrderOfPackets()
    {
        QFETCH(QByteArray, order);
        QFETCH(int, tile);
        J2kOptions options;
        options.progression = order.constData();
        options.tile = tile;
        const PlainImage grey = testImage(128, 192, 1, 12, false), colour = testImage(128, 192, 3, 8, false);
        QCOMPARE(decode("tsHtj2kLosslessRpcl", grey, encodeHtj2k(grey, options)).values, grey.values);
        QCOMPARE(decode("tsHtj2kLosslessRpcl", colour, encodeHtj2k(colour, options)).values, colour.values);
    }

    void coarserChroma_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::addColumn<int>("step");
        QTest::newRow("halves") << 64 << 96 << 2;
        QTest::newRow("halves of odd sides") << 65 << 97 << 2;
        QTest::newRow("quarters") << 66 << 99 << 4;
    }
    void coarserChroma()
    {
        QFETCH(int, rows);
        QFETCH(int, columns);
        QFETCH(int, step);
        const PlainImage image = coarseChroma(rows, columns, step);
        J2kOptions options;
        options.chromaStep = step;
        options.levels = 2;
        for (const auto &[syntax, stream] : {std::pair{"tsJ2kLossless", encodeJpeg2000(image, options)},
                 {"tsHtj2kLossless", encodeHtj2k(image, options)}}) {
            const Decoded found = decode(syntax, image, stream);
            QVERIFY2(found.values == image.values, syntax);
            QVERIFY2(found.output.isYbr, syntax); // nobody subsamples RGB
        }
    }

    void reservedMarkersInTheHeader()
    {
        const PlainImage image = testImage(40, 40, 1, 8, false);
        QByteArray stream = encodeJpeg2000(image);
        const qsizetype coding = stream.indexOf("\xFF\x52");
        QVERIFY(coding > 0);
        stream.insert(coding, QByteArray("\xFF\x30\xFF\x3F", 4)); // T.800 table A.1: no length follows
        QCOMPARE(decode("tsJ2kLossless", image, stream).values, image.values);
    }

    // Two public test files have zeros or a comment there; OpenJPEG calls both damaged.
    void fillingBeforeTheEnd()
    {
        const PlainImage image = testImage(40, 40, 1, 8, false);
        for (const auto &[syntax, stream] :
            {std::pair{"tsJ2kLossless", encodeJpeg2000(image)}, {"tsHtj2kLossless", encodeHtj2k(image)}}) {
            const QByteArray body = stream.chopped(2), end("\xFF\xD9", 2),
                             comment("\xFF\x64\x00\x06\x00\x01"
                                     "ab",
                                 8);
            for (const QByteArray &filling : {QByteArray(4, '\0'), QByteArray(3, '\0'), comment,
                     comment + comment, QByteArray(1, '\0') + comment}) {
                QVERIFY2(decode(syntax, image, body + filling + end).values == image.values, syntax);
                QVERIFY2(decode(syntax, image, body + filling + end + '\0').values == image.values, syntax);
                QVERIFY2(decode(syntax, image, body + filling).values == image.values, syntax);
            }
        }
        const QByteArray stream = encodeJpeg2000(image);
        QVERIFY(decode("tsJ2kLossless", image, stream.chopped(2) + "rubbish\xFF\xD9").values.empty());
    }

    // Whole but for its end marker, with and without the byte that makes the length even; and cut short.
    void jpeg12WithoutItsEnd()
    {
        const PlainImage image = testImage(64, 80, 1, 12, false);
        const QByteArray stream = encodeJpeg12(image);
        const auto whole = decode("tsJpegExtended", image, stream).values;
        QVERIFY(!whole.empty());
        QCOMPARE(decode("tsJpegExtended", image, stream.chopped(2)).values, whole);
        QCOMPARE(decode("tsJpegExtended", image, stream.chopped(2) + '\0').values, whole);
        for (const int missing : {3, 8, 40, 400})
            QVERIFY2(decode("tsJpegExtended", image, stream.chopped(2 + missing)).values.empty(),
                qPrintable(QString::number(missing)));
    }
};

QTEST_APPLESS_MAIN(TestImagingStreams)
#include "tst_imaging_streams.moc"
