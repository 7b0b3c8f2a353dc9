// Lossy codecs, the colour decision (complaint: JPEG tagged RGB that is, or is not, YCbCr), and the table of
// transfer syntaxes.
#include "core/base/Oid.h"
#include "tests/support/imaging/LibraryEncoders.h"
#include "tests/support/imaging/OwnEncoders.h"

#include <QTest>

using namespace naru;
using namespace naru::imaging;
using namespace naru::testsupport;

namespace {
// Flat fields of strong colours: survive subsampling, and swapped or unconverted channels differ by far.
PlainImage colourBars()
{
    static const int bars[6][3] = {
        {200, 30, 30}, {30, 180, 40}, {20, 40, 210}, {220, 220, 30}, {128, 128, 128}, {250, 250, 250}};
    PlainImage image{32, 96, 3, 8, false, {}};
    for (int y = 0; y < image.rows; ++y) {
        for (int x = 0; x < image.columns; ++x) {
            for (const int value : bars[x / 16])
                image.values.push_back(value);
        }
    }
    return image;
}

int worst(const std::vector<std::int32_t> &a, const std::vector<std::int32_t> &b)
{
    int out = a.size() == b.size() ? 0 : 1 << 20;
    for (std::size_t i = 0; i < qMin(a.size(), b.size()); ++i)
        out = qMax(out, qAbs(a[i] - b[i]));
    return out;
}

base::Result<CodecOutput> decode(const char *syntax, const CodecInput &input, std::vector<std::byte> &out)
{
    out.assign(input.shape.bytes(), std::byte(0));
    return codecFor(base::oid(syntax).text())->decode(input, out);
}
// The component ids R, G and B of frame and scan headers.
QByteArray withSmallLetters(QByteArray jpeg)
{
    for (qsizetype at = 2; at + 9 < jpeg.size();) {
        const int marker = uchar(jpeg[at + 1]), length = uchar(jpeg[at + 2]) << 8 | uchar(jpeg[at + 3]);
        const bool frame = marker == 0xC0 || marker == 0xC2, scan = marker == 0xDA;
        const qsizetype first = frame ? at + 10 : at + 5, step = frame ? 3 : 2;
        for (int i = 0; (frame || scan) && i < uchar(jpeg[first - 1]); ++i)
            jpeg[first + i * step] = char(jpeg[first + i * step] | 0x20);
        at += 2 + length;
        // Behind a scan header its data, up to the next marker that is no part of them.
        while (scan && at + 1 < jpeg.size()
            && (uchar(jpeg[at]) != 0xFF || jpeg[at + 1] == '\0' || (uchar(jpeg[at + 1]) & 0xF8) == 0xD0))
            ++at;
    }
    return jpeg;
}
} // namespace

class TestImagingCodecs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void colour_data();
    void colour();
    void grey8();
    void grey12();
    void nearLossless();
    void processDecidesNotTheSyntax();
    void syntaxes();
};

void TestImagingCodecs::colour_data()
{
    QTest::addColumn<bool>("ybr"); // what the stream holds
    QTest::addColumn<QString>("markers");
    QTest::addColumn<QString>("photometric");
    QTest::addColumn<bool>("noted");
    const QString rgb = QStringLiteral("RGB"), full = QStringLiteral("YBR_FULL"),
                  half = QStringLiteral("YBR_FULL_422");
    QTest::addRow("ybr, bare, tag 422") << true << QString() << half << false;
    QTest::addRow("ybr, bare, tag full") << true << QString() << full << false;
    QTest::addRow("ybr, jfif, tag 422") << true << QStringLiteral("jfif") << half << false;
    QTest::addRow("ybr, jfif, tag rgb") << true << QStringLiteral("jfif") << rgb << true;
    QTest::addRow("ybr, adobe, tag full") << true << QStringLiteral("adobe") << full << false;
    QTest::addRow("ybr, adobe, tag rgb") << true << QStringLiteral("adobe") << rgb << true;
    // Without a marker the data set decides, as it does in DCMTK, GDCM and pydicom; the coarser chroma of
    // what is most likely YCbCr is noted.
    QTest::addRow("rgb, subsampled, tag rgb") << false << QStringLiteral("sub") << rgb << true;
    QTest::addRow("ybr, subsampled, tag missing") << true << QStringLiteral("sub") << QString() << true;
    QTest::addRow("ybr, subsampled, tag 422") << true << QStringLiteral("sub") << half << false;
    QTest::addRow("rgb, bare, tag rgb") << false << QString() << rgb << false;
    QTest::addRow("rgb, adobe, tag rgb") << false << QStringLiteral("adobe") << rgb << false;
    QTest::addRow("rgb, adobe, tag 422") << false << QStringLiteral("adobe") << half << true;
    QTest::addRow("rgb, letters, tag rgb") << false << QStringLiteral("letters") << rgb << false;
    QTest::addRow("rgb, letters, tag full") << false << QStringLiteral("letters") << full << true;
    QTest::addRow("rgb, small letters, tag full") << false << QStringLiteral("small") << full << true;
    QTest::addRow("rgb, bare, tag of JPEG 2000") << false << QString() << QStringLiteral("YBR_RCT") << false;
    QTest::addRow("ybr, jfif, tag of JPEG 2000")
        << true << QStringLiteral("jfif") << QStringLiteral("YBR_RCT") << true;
}

void TestImagingCodecs::colour()
{
    QFETCH(bool, ybr);
    QFETCH(QString, markers);
    QFETCH(QString, photometric);
    QFETCH(bool, noted);
    const PlainImage image = colourBars();
    for (const bool progressive : {false, true}) {
        JpegOptions options;
        options.ybr = ybr;
        options.jfif = markers == QLatin1String("jfif");
        options.adobe = markers == QLatin1String("adobe");
        const bool small = markers == QLatin1String("small");
        options.letterIds = small || markers == QLatin1String("letters");
        options.subsample = markers == QLatin1String("sub");
        options.progressive = progressive;
        const QByteArray encoded =
            small ? withSmallLetters(encodeJpeg8(image, options)) : encodeJpeg8(image, options);
        std::vector<std::byte> out;
        const auto result = decode("tsJpegBaseline", image.input(encoded, photometric), out);
        QVERIFY2(result.ok(), result.ok() ? "" : qPrintable(result.error().toString()));
        QVERIFY(!result->isYbr);
        QCOMPARE(!result->note.isEmpty(), noted);
        // An undecided colour space is off by 100. Subsampling mixes chroma at the edges of the bars: inside.
        std::vector<std::int32_t> found = image.read(out);
        for (std::size_t i = 0; options.subsample && i < found.size(); ++i) {
            if (i / 3 % 16 < 4 || i / 3 % 16 > 11)
                found[i] = image.values[i];
        }
        QVERIFY2(worst(found, image.values) <= 12, qPrintable(QString::number(worst(found, image.values))));
    }
}

void TestImagingCodecs::grey8()
{
    PlainImage image{64, 64, 1, 8, false, {}};
    for (int i = 0; i < 64 * 64; ++i)
        image.values.push_back(2 * (i % 64) + i / 64);
    const QByteArray encoded = encodeJpeg8(image);
    std::vector<std::byte> out;
    QVERIFY(decode("tsJpegBaseline", image.input(encoded, QStringLiteral("MONOCHROME2")), out).ok());
    QVERIFY(worst(image.read(out), image.values) <= 4);
    // The same stream for 12 of 16 bits, as some archives store it.
    CodecInput input = image.input(encoded, QStringLiteral("MONOCHROME2"));
    input.shape.type = SampleType::U16;
    input.bitsAllocated = 16;
    std::vector<std::byte> wide;
    QVERIFY(decode("tsJpegBaseline", input, wide).ok());
    for (std::size_t i = 0; i < out.size(); ++i)
        QCOMPARE(int(reinterpret_cast<const std::uint16_t *>(wide.data())[i]), int(out[i]));
}

void TestImagingCodecs::grey12()
{
    PlainImage image{64, 64, 1, 12, false, {}};
    for (int i = 0; i < 64 * 64; ++i)
        image.values.push_back(40 * (i % 64) + 20 * (i / 64));
    const QByteArray encoded = encodeJpeg12(image);
    QVERIFY(!encoded.isEmpty());
    std::vector<std::byte> out;
    const auto result = decode("tsJpegExtended", image.input(encoded, QStringLiteral("MONOCHROME2")), out);
    QVERIFY(result.ok());
    QCOMPARE(result->bitsInStream, 12);
    QVERIFY(worst(image.read(out), image.values) <= 40);
}

void TestImagingCodecs::nearLossless()
{
    const PlainImage image = testImage(40, 40, 1, 12, false);
    for (const int allowed : {1, 3, 10}) {
        const QByteArray encoded = encodeJpegLs(image, 2, allowed);
        std::vector<std::byte> out;
        QVERIFY(decode("tsJpegLsNear", image.input(encoded, QStringLiteral("MONOCHROME2")), out).ok());
        QVERIFY(worst(image.read(out), image.values) <= allowed); // T.87 promises the bound
    }
}

void TestImagingCodecs::processDecidesNotTheSyntax()
{
    const PlainImage image = testImage(20, 20, 1, 12, false);
    const QString grey = QStringLiteral("MONOCHROME2");
    std::vector<std::byte> out;
    const QByteArray lossless = encodeLossless(image), ls = encodeJpegLs(image), ht = encodeHtj2k(image);
    QVERIFY(decode("tsJpegBaseline", image.input(lossless, grey), out).ok());
    QCOMPARE(image.read(out), image.values);
    QVERIFY(decode("tsJpegLossless", image.input(ls, grey), out).ok());
    QCOMPARE(image.read(out), image.values);
    QVERIFY(decode("tsJ2kLossless", image.input(ht, grey), out).ok());
    QCOMPARE(image.read(out), image.values);
}

void TestImagingCodecs::syntaxes()
{
    for (const char *name : {"tsRle", "tsJpegBaseline", "tsJpegExtended", "tsJpegLossless",
             "tsJpegLosslessSv1", "tsJpegLsLossless", "tsJpegLsNear", "tsJ2kLossless", "tsJ2k",
             "tsHtj2kLossless", "tsHtj2kLosslessRpcl", "tsHtj2k"})
        QVERIFY2(codecFor(base::oid(name).text()), name);
    for (const char *name : {"tsExplicitLE", "tsJxlLossless", "tsMpeg4High", "tsJ2kPart2"})
        QVERIFY2(!codecFor(base::oid(name).text()), name);
    QVERIFY(!codecFor(QStringLiteral("1.2.3")));
    QVERIFY(knownSyntaxes().contains(QStringLiteral("RLE Lossless")));
    QVERIFY(!knownSyntaxes().join(QLatin1Char(' ')).contains(QLatin1String("JPEG XL")));
}

QTEST_APPLESS_MAIN(TestImagingCodecs)
#include "tst_imaging_codecs.moc"
