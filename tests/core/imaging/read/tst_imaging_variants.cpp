// Files as unusual writers leave them: depths and allocations, fragments and offset tables, streams without
// their end, counts that lie. What a careful reader can still show is shown exactly, the rest is refused in
// one sentence.
#include "core/imaging/Errors.h"
#include "tests/core/imaging/read/OpenedImage.h"
#include "tests/support/imaging/LibraryEncoders.h"
#include "tests/support/imaging/OwnEncoders.h"

#include <QElapsedTimer>
#include <QTest>

using namespace naru;
using namespace naru::imaging;
using namespace naru::imaging::test;
using testsupport::PlainImage;

namespace {
TestImage described(const PlainImage &image, const char *syntax, QList<QByteArray> fragments)
{
    TestImage out{.syntax = syntax, .rows = image.rows, .columns = image.columns, .samples = image.samples};
    out.allocated = image.bytes() * 8;
    out.stored = image.bits;
    out.high = image.bits - 1;
    out.isSigned = image.isSigned;
    out.photometric = image.samples == 3 ? "RGB" : "MONOCHROME2";
    out.fragments = std::move(fragments);
    return out;
}

std::vector<std::int32_t> decoded(const PlainImage &image, const QByteArray &file, int frame = 0)
{
    const auto instance = opened(file);
    if (!instance || !instance->facts().decodable)
        return {};
    std::vector<std::byte> out(instance->shape().bytes());
    if (!instance->decode(frame, out))
        return {};
    return image.read(out);
}

QByteArray encodedBy(const QString &family, const PlainImage &image)
{
    if (family == QLatin1String("tsRle"))
        return testsupport::encodeRle(image);
    if (family == QLatin1String("tsJpegLosslessSv1"))
        return testsupport::encodeLossless(image);
    if (family == QLatin1String("tsJpegLsLossless"))
        return testsupport::encodeJpegLs(image, image.samples == 3 ? 0 : 2);
    testsupport::J2kOptions options;
    options.streamSigned = image.isSigned;
    return family == QLatin1String("tsJ2kLossless") ? testsupport::encodeJpeg2000(image, options)
                                                    : testsupport::encodeHtj2k(image, options);
}
QByteArray item(const QByteArray &value)
{
    const QByteArray even = value.size() % 2 ? value + '\0' : value;
    QByteArray out("\xFE\xFF\x00\xE0", 4);
    for (int i = 0; i < 4; ++i)
        out.append(char(even.size() >> (8 * i) & 0xFF));
    return out + even;
}

const char *const families[] = {
    "tsRle", "tsJpegLosslessSv1", "tsJpegLsLossless", "tsJ2kLossless", "tsHtj2kLossless"};
} // namespace

class TestImagingVariants : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyDepth_data()
    {
        QTest::addColumn<QString>("family");
        QTest::addColumn<int>("bits");
        QTest::addColumn<bool>("isSigned");
        for (const char *family : families) {
            for (int bits = 9; bits <= 16; ++bits) {
                for (const bool isSigned : {false, true})
                    QTest::addRow("%s %d %s", family, bits, isSigned ? "signed" : "unsigned")
                        << QString::fromLatin1(family) << bits << isSigned;
            }
        }
    }
    void everyDepth()
    {
        QFETCH(QString, family);
        QFETCH(int, bits);
        QFETCH(bool, isSigned);
        const PlainImage image = testsupport::testImage(19, 23, 1, bits, isSigned);
        const QByteArray name = family.toLatin1();
        const TestImage file = described(image, name.constData(), {encodedBy(family, image)});
        QCOMPARE(decoded(image, file.file()), image.values);
    }

    // PlanarConfiguration 1 beside a codec says nothing: the codestream knows its order.
    void planarColourInEveryCodec()
    {
        const PlainImage image = testsupport::testImage(12, 17, 3, 8, false);
        for (const char *family : families) {
            TestImage file = described(image, family, {encodedBy(QString::fromLatin1(family), image)});
            file.planar = 1;
            QVERIFY2(decoded(image, file.file()) == image.values, family);
        }
    }

    // A signed stream under an unsigned data set and the other way round: the bits are the same.
    void signOfTheStreamIsNotTheSignOfTheData()
    {
        for (const bool isSigned : {false, true}) {
            const PlainImage image = testsupport::testImage(16, 16, 1, 12, isSigned);
            PlainImage other = image;
            other.isSigned = !isSigned;
            for (std::size_t i = 0; i < other.values.size(); ++i) {
                const auto pattern = std::int32_t(image.pattern(i));
                other.values[i] = other.isSigned && pattern >= 2048 ? pattern - 4096 : pattern;
            }
            testsupport::J2kOptions options;
            options.streamSigned = other.isSigned;
            for (const char *syntax : {"tsJ2kLossless", "tsHtj2kLossless"}) {
                const QByteArray stream = qstrcmp(syntax, "tsJ2kLossless") == 0
                    ? testsupport::encodeJpeg2000(other, options)
                    : testsupport::encodeHtj2k(other, options);
                QCOMPARE(decoded(image, described(image, syntax, {stream}).file()), image.values);
            }
        }
    }

    void fragmentsOfAnyLength()
    {
        for (const char *family : families) {
            const PlainImage image = testsupport::testImage(20, 20, 1, 16, false);
            const QByteArray stream = encodedBy(QString::fromLatin1(family), image);
            QList<QByteArray> pieces;
            for (qsizetype at = 0, size = 10; at < stream.size(); at += size, size = size * 3 + 2)
                pieces.append(stream.mid(at, size));
            QVERIFY2(decoded(image, described(image, family, pieces).file()) == image.values, family);
            // Two frames, the first one in pieces, and no table: their beginnings tell.
            TestImage two = described(image, family, pieces + QList<QByteArray>{stream});
            two.frames = 2;
            QVERIFY2(decoded(image, two.file(), 1) == image.values, family);
        }
    }

    // A compressed stream as the plain value of the pixel data, and pixels of that length which are none.
    void streamInNoFragments()
    {
        const PlainImage image = testsupport::testImage(40, 40, 1, 8, false);
        for (const char *family :
            {"tsJpegLosslessSv1", "tsJpegLsLossless", "tsJ2kLossless", "tsHtj2kLossless"}) {
            TestImage file = described(image, family, {});
            file.pixels = encodedBy(QString::fromLatin1(family), image);
            file.pixelVr = "OB";
            QVERIFY2(decoded(image, file.file()) == image.values, family);
            QVERIFY(!opened(file.file())->facts().notes.isEmpty());
        }
        PlainImage bright = image; // the first pixels are FF D8 FF by chance
        bright.values[0] = bright.values[2] = 0xFF;
        bright.values[1] = 0xD8;
        TestImage native = described(bright, "tsJpegLosslessSv1", {});
        native.pixels = bright.native();
        native.pixelVr = "OB";
        QCOMPARE(decoded(bright, native.file()), bright.values);
    }

    // As GDCM has a test file of it: items in a value of defined length, with and without the delimiter.
    void fragmentsInAValueOfDefinedLength()
    {
        for (const char *family : families) {
            const PlainImage image = testsupport::testImage(20, 20, 1, 16, false);
            const QByteArray stream = encodedBy(QString::fromLatin1(family), image);
            for (const bool delimiter : {false, true}) {
                TestImage file = described(image, family, {});
                file.frames = 2;
                file.pixels = item({}) + item(stream) + item(stream);
                if (delimiter)
                    file.pixels += QByteArray("\xFE\xFF\xDD\xE0\0\0\0\0", 8);
                file.pixelVr = "OB";
                QVERIFY2(decoded(image, file.file(), 1) == image.values, family);
            }
        }
        PlainImage bright = testsupport::testImage(4, 3, 1, 8, false); // pixels that look like one item
        bright.values = {0xFE, 0xFF, 0x00, 0xE0, 4, 0, 0, 0, 1, 2, 3, 4};
        TestImage native = described(bright, "tsExplicitLE", {});
        native.pixels = bright.native();
        native.pixelVr = "OB";
        QCOMPARE(decoded(bright, native.file()), bright.values);
    }

    // Pixels were taken out for a report of the headers, or a structure set carries the empty attribute.
    void anEmptyValueIsNoImage()
    {
        const PlainImage image = testsupport::testImage(4, 3, 1, 8, false);
        TestImage file = described(image, "tsExplicitLE", {});
        for (const int rows : {4, 0}) {
            file.rows = rows;
            const auto instance = opened(file.file());
            QVERIFY(instance && !instance->facts().decodable);
            QCOMPARE(instance->facts().whyNot, QString::fromLatin1(errors::NoPixels.id));
        }
    }

    void fragmentsWithoutAnItemForTheTable()
    {
        for (const char *family : families) {
            const PlainImage image = testsupport::testImage(20, 20, 1, 16, false);
            const QByteArray stream = encodedBy(QString::fromLatin1(family), image);
            for (const int frames : {1, 3}) {
                TestImage file = described(image, family, QList<QByteArray>(frames, stream));
                file.frames = frames;
                QByteArray bytes = file.file();
                const qsizetype table = bytes.indexOf(QByteArray("\xFE\xFF\x00\xE0\0\0\0\0", 8));
                QVERIFY(table > 0);
                bytes.remove(table, 8);
                QVERIFY2(decoded(image, bytes, 0) == image.values, family);
                QVERIFY2(decoded(image, bytes, frames - 1) == image.values, family);
            }
        }
    }

    // What JPEG 2000 does inside is done with once the pixels are stored otherwise.
    void transformsOfJpeg2000UnderAnotherSyntax()
    {
        const PlainImage image = testsupport::testImage(20, 20, 3, 8, false);
        for (const char *photometric : {"YBR_RCT", "YBR_ICT"}) {
            for (const char *family : families) {
                TestImage file = described(image, family, {encodedBy(QString::fromLatin1(family), image)});
                file.photometric = photometric;
                QVERIFY2(decoded(image, file.file()) == image.values, family);
            }
            TestImage native = described(image, "tsExplicitLE", {});
            native.photometric = photometric;
            native.pixels = image.native();
            native.pixelVr = "OB";
            QCOMPARE(decoded(image, native.file()), image.values);
        }
    }

    void moreFramesThanPromisedAndFewer()
    {
        const PlainImage image = testsupport::testImage(8, 8, 1, 8, false);
        const QByteArray stream = testsupport::encodeLossless(image);
        TestImage file = described(image, "tsJpegLosslessSv1", {stream, stream, stream});
        file.frames = 2;
        QCOMPARE(decoded(image, file.file(), 1), image.values);
        file.frames = 5;
        const auto instance = opened(file.file());
        QVERIFY(instance && instance->facts().decodable && !instance->facts().notes.isEmpty());
        std::vector<std::byte> out(instance->shape().bytes());
        QVERIFY(instance->decode(2, out));
        const base::Status missing = instance->decode(4, out);
        QVERIFY(!missing && missing.error().is(errors::FrameMissing));
    }

    void extendedTableThatLies_data()
    {
        QTest::addColumn<QList<quint64>>("offsets");
        QTest::addColumn<QList<quint64>>("lengths");
        const quint64 huge = ~0ULL;
        QTest::newRow("beyond the file") << QList<quint64>{0, huge} << QList<quint64>{6, 6};
        QTest::newRow("length beyond the fragment") << QList<quint64>{0, 14} << QList<quint64>{6, huge};
        QTest::newRow("length 0") << QList<quint64>{0, 14} << QList<quint64>{6, 0};
        QTest::newRow("between fragments") << QList<quint64>{0, 9} << QList<quint64>{6, 6};
        QTest::newRow("one entry") << QList<quint64>{0} << QList<quint64>{6};
    }
    void extendedTableThatLies()
    {
        QFETCH(QList<quint64>, offsets);
        QFETCH(QList<quint64>, lengths);
        TestImage image{.syntax = "tsEncapsulatedUncompressed", .rows = 1, .columns = 3, .frames = 2};
        image.fragments = {words({1, 2, 3}), words({4, 5, 6})};
        QByteArray first, second;
        const DicomWriter w;
        for (const quint64 offset : offsets)
            w.append(first, offset);
        for (const quint64 length : lengths)
            w.append(second, length);
        image.between = DicomWriter().put(0x7FE00001, "OV", first).put(0x7FE00002, "OV", second).dataSet();
        const auto instance = opened(image.file());
        QVERIFY(instance && instance->facts().decodable && !instance->facts().notes.isEmpty());
        QCOMPARE(samplesOf<quint16>(*instance, 1), (QList<quint16>{4, 5, 6}));
    }

    // Without its end marker a stream of one scan is whole; without its last bytes it is not.
    void streamsWithoutTheirEnd()
    {
        const PlainImage grey = testsupport::testImage(24, 24, 1, 8, false);
        const QByteArray jpeg = testsupport::encodeJpeg8(grey);
        const auto whole = decoded(grey, described(grey, "tsJpegBaseline", {jpeg}).file());
        QVERIFY(!whole.empty());
        QCOMPARE(decoded(grey, described(grey, "tsJpegBaseline", {jpeg.chopped(2)}).file()), whole);
        QVERIFY(decoded(grey, described(grey, "tsJpegBaseline", {jpeg.chopped(40)}).file()).empty());
        testsupport::JpegOptions several;
        several.progressive = true;
        const QByteArray progressive = testsupport::encodeJpeg8(grey, several);
        QVERIFY(decoded(grey, described(grey, "tsJpegBaseline", {progressive.chopped(60)}).file()).empty());
        for (const char *family :
            {"tsJpegLosslessSv1", "tsJpegLsLossless", "tsJ2kLossless", "tsHtj2kLossless"}) {
            const QByteArray stream = encodedBy(QString::fromLatin1(family), grey);
            QVERIFY2(
                decoded(grey, described(grey, family, {stream.chopped(2)}).file()) == grey.values, family);
            QVERIFY2(decoded(grey, described(grey, family, {stream.chopped(30)}).file()).empty(), family);
        }
    }

    void bytesBetweenMarkers()
    {
        const PlainImage grey = testsupport::testImage(16, 16, 1, 8, false);
        QByteArray jpeg = testsupport::encodeJpeg8(grey);
        const auto whole = decoded(grey, described(grey, "tsJpegBaseline", {jpeg}).file());
        const qsizetype second = 4 + (uchar(jpeg[4]) << 8 | uchar(jpeg[5])); // behind the first segment
        jpeg.insert(second, QByteArray(3, '\0'));
        QCOMPARE(decoded(grey, described(grey, "tsJpegBaseline", {jpeg}).file()), whole);
    }

    void nearLosslessColourInEveryOrder()
    {
        const PlainImage image = testsupport::testImage(21, 15, 3, 8, false);
        for (const int interleave : {0, 1, 2}) {
            const QByteArray stream = testsupport::encodeJpegLs(image, interleave, 2);
            const auto values = decoded(image, described(image, "tsJpegLsNear", {stream}).file());
            QCOMPARE(values.size(), image.values.size());
            for (std::size_t i = 0; i < values.size(); ++i)
                QVERIFY(std::abs(values[i] - image.values[i]) <= 2);
        }
    }

    // Two samples of 12 bits in three bytes (ACR-NEMA), here with an odd number of them a frame.
    void bigEndianPixelsUnderALittleEndianHeader()
    {
        TestImage image{.encoding = DicomWriter::Encoding::ImplicitLE, .syntax = "tsGeBigEndianPixels"};
        image.pixels = words({1, 2, 3, 4, 5, 6}, DicomWriter::Encoding::ExplicitBE);
        const auto instance = opened(image.file());
        QVERIFY(instance && instance->facts().decodable);
        QCOMPARE(samplesOf<quint16>(*instance, 0), (QList<quint16>{1, 2, 3, 4, 5, 6}));
    }

    void lowAndFullRangeColour()
    {
        // Y 126, Cb 128, Cr 128 of the partial range is middle grey: (126 - 16) * 255 / 219 = 128.08.
        TestImage image{.rows = 1, .columns = 2, .samples = 3, .allocated = 8, .stored = 8, .high = 7};
        image.pixelVr = "OB";
        image.photometric = "YBR_PARTIAL_422";
        image.pixels = QByteArray::fromHex("7e108080");
        const auto partial = opened(image.file());
        QVERIFY(partial && partial->facts().decodable);
        QCOMPARE(samplesOf<quint8>(*partial, 0), (QList<quint8>{128, 128, 128, 0, 0, 0}));
        image.photometric = "YBR_PARTIAL_420";
        QVERIFY(!opened(image.file())->facts().decodable);
    }

    // A small picture of a JPEG 2000 frame, and the refusal of everything else.
    void smallerPictures()
    {
        PlainImage image = testsupport::testImage(96, 131, 1, 12, true);
        std::fill(image.values.begin(), image.values.end(), -700);
        testsupport::J2kOptions options;
        options.streamSigned = true;
        const auto j2k =
            opened(described(image, "tsJ2kLossless", {testsupport::encodeJpeg2000(image, options)}).file());
        QVERIFY(j2k);
        const FrameShape small = j2k->shape().halved(2);
        QCOMPARE(small.rows, 24);
        QCOMPARE(small.columns, 33);
        std::vector<std::byte> out(small.bytes());
        QVERIFY(j2k->decodeSmaller(0, 2, out));
        const auto *values = reinterpret_cast<const std::int16_t *>(out.data());
        QVERIFY(std::all_of(values, values + out.size() / 2, [](int value) { return value == -700; }));
        QVERIFY(!j2k->decodeSmaller(0, 1, out)); // another size
        QVERIFY(!j2k->decodeSmaller(1, 2, out)); // no such frame
        std::vector<std::byte> tiny(j2k->shape().halved(20).bytes());
        QVERIFY(!j2k->decodeSmaller(0, 20, tiny)); // more than the wavelet has
        const auto jpeg =
            opened(described(image, "tsJpegLosslessSv1", {testsupport::encodeLossless(image)}).file());
        const base::Status refused = jpeg->decodeSmaller(0, 2, out);
        QVERIFY(!refused && refused.error().is(errors::UnsupportedSyntax));
    }
};

QTEST_APPLESS_MAIN(TestImagingVariants)
#include "tst_imaging_variants.moc"
