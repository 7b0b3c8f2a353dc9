// Compressed instances made plain: the same pixels, what the data set says of them, and what is refused
// because it would lose something.
#include "core/base/Oid.h"
#include "core/imaging/Errors.h"
#include "core/imaging/decode/Instance.h"
#include "core/imaging/objects/Attributes.h"
#include "core/imaging/objects/Decompress.h"
#include "tests/support/DicomWriter.h"
#include "tests/support/imaging/LibraryEncoders.h"
#include "tests/support/imaging/OwnEncoders.h"

#include <QTest>

using namespace naru;
using namespace naru::imaging;
using namespace naru::testsupport;

namespace {
QByteArray uid(const char *name)
{
    return base::oid(name).text().toLatin1();
}

struct Like {
    QByteArray photometric = "MONOCHROME2";
    QByteArray name = "Hong^Gildong==\xED\x99\x8D^\xEA\xB8\xB8\xEB\x8F\x99";
    bool lossy = false;
    int allocated = 0; // 0: as the image
    bool overlayBit = false;
};

QByteArray file(
    const char *syntax, const PlainImage &image, const QList<QByteArray> &frames, const Like &like = {})
{
    const int allocated = like.allocated > 0 ? like.allocated : image.bytes() * 8;
    DicomWriter w;
    w.text(0x00080005, "CS", "ISO_IR 192");
    w.text(0x00080016, "UI", uid("sopSc")).text(0x00080018, "UI", "2.25.1");
    w.text(0x00100010, "PN", like.name);
    w.text(0x0020000D, "UI", "2.25.2").text(0x0020000E, "UI", "2.25.3");
    w.us(0x00280002, {image.samples}).text(0x00280004, "CS", like.photometric);
    if (image.samples == 3)
        w.us(0x00280006, {0});
    w.text(0x00280008, "IS", QByteArray::number(frames.size()));
    w.us(0x00280010, {image.rows}).us(0x00280011, {image.columns});
    w.us(0x00280100, {allocated}).us(0x00280101, {image.bits}).us(0x00280102, {image.bits - 1});
    w.us(0x00280103, {image.isSigned ? 1 : 0});
    if (like.lossy)
        w.text(0x00282110, "CS", "01");
    if (like.overlayBit)
        w.us(0x60000010, {image.rows})
            .us(0x60000011, {image.columns})
            .text(0x60000040, "CS", "G")
            .ss(0x60000050, {1, 1})
            .us(0x60000100, {16})
            .us(0x60000102, {15});
    w.fragments(frames);
    return DicomWriter::file(w.dataSet(), uid(syntax), uid("sopSc"), "2.25.1");
}
} // namespace

class tst_imaging_decompress : public QObject {
    Q_OBJECT

    std::unique_ptr<DecoderPool> m_pool{};

    base::Result<QByteArray> plain(const QByteArray &bytes, const char *syntax = "tsExplicitLE")
    {
        return decompressed(*m_pool, {{}, bytes}, base::oid(syntax).text());
    }
    // Stored values of all frames, one after the other.
    std::vector<std::byte> values(const QByteArray &bytes)
    {
        std::vector<std::byte> out;
        const auto facts = m_pool->facts({{}, bytes});
        for (int i = 0; facts && i < facts->frames; ++i) {
            const auto frame = m_pool->frame({{}, bytes}, i);
            if (frame)
                out.insert(out.end(), frame->data.begin(), frame->data.end());
        }
        return out;
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto pool = DecoderPool::start({.program = QStringLiteral(NARU_BINARY_DIR "/bin/naru-decoder"),
            .workers = 1,
            .frameTimeoutMs = 20000});
        QVERIFY(pool);
        m_pool = std::move(*pool);
    }
    void samePixels_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("frames");
        const PlainImage ct = testImage(20, 31, 1, 12, true), grey = testImage(9, 7, 1, 8, false);
        const PlainImage colour = testImage(12, 10, 3, 8, false), deep = testImage(20, 31, 1, 16, false);
        QTest::newRow("rle") << file("tsRle", ct, {encodeRle(ct)}) << 1;
        QTest::newRow("rle-odd-8-bit-three-frames")
            << file("tsRle", grey, {encodeRle(grey), encodeRle(grey), encodeRle(grey)}) << 3;
        QTest::newRow("jpeg-lossless") << file("tsJpegLosslessSv1", ct, {encodeLossless(ct)}) << 1;
        QTest::newRow("jpeg-ls") << file("tsJpegLsLossless", deep, {encodeJpegLs(deep)}) << 1;
        QTest::newRow("jpeg2000") << file("tsJ2kLossless", deep, {encodeJpeg2000(deep)}) << 1;
        QTest::newRow("rle-rgb") << file("tsRle", colour, {encodeRle(colour)}, {.photometric = "RGB"}) << 1;
        QTest::newRow("jpeg2000-rct") << file("tsJ2kLossless", colour,
            {encodeJpeg2000(colour, {.colourTransform = true})}, {.photometric = "YBR_RCT"})
                                      << 1;
    }
    void samePixels()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, frames);
        const std::vector<std::byte> before = values(bytes);
        QVERIFY(!before.empty());
        for (const char *syntax : {"tsExplicitLE", "tsImplicitLE"}) {
            const auto made = plain(bytes, syntax);
            QVERIFY2(made.ok(), made ? "" : qPrintable(made.error().toString()));
            const auto facts = m_pool->facts({{}, *made});
            QVERIFY(facts);
            QCOMPARE(facts->transferSyntax, base::oid(syntax).text());
            QCOMPARE(facts->frames, frames);
            QCOMPARE(facts->sopUid, QStringLiteral("2.25.1")); // still the same instance
            QVERIFY(facts->patientName.endsWith(QStringLiteral("홍^길동")));
            QVERIFY(facts->decodable && !facts->lossy);
            QVERIFY2(values(*made) == before, "the pixels differ");
        }
    }
    // Stored as YBR without loss: the very samples, plain and still called YBR.
    void ybrStaysYbr_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("frames");
        const PlainImage colour = testImage(12, 10, 3, 8, false);
        PlainImage other = colour;
        std::reverse(other.values.begin(), other.values.end());
        const Like ybr{.photometric = "YBR_FULL"};
        QTest::newRow("rle") << file("tsRle", colour, {encodeRle(colour)}, ybr) << 1;
        QTest::newRow("rle-two-frames")
            << file("tsRle", colour, {encodeRle(colour), encodeRle(other)}, ybr) << 2;
        QTest::newRow("jpeg-ls") << file("tsJpegLsLossless", colour, {encodeJpegLs(colour)}, ybr) << 1;
        QTest::newRow("jpeg2000") << file("tsJ2kLossless", colour, {encodeJpeg2000(colour)}, ybr) << 1;
    }
    void ybrStaysYbr()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, frames);
        const PlainImage colour = testImage(12, 10, 3, 8, false);
        for (const char *syntax : {"tsExplicitLE", "tsImplicitLE"}) {
            const auto made = plain(bytes, syntax);
            QVERIFY2(made.ok(), made ? "" : qPrintable(made.error().toString()));
            const auto facts = m_pool->facts({{}, *made});
            QVERIFY(facts);
            QCOMPARE(facts->photometric, QStringLiteral("YBR_FULL"));
            QCOMPARE(facts->frames, frames);
            QVERIFY(!facts->lossy);
            QVERIFY2(made->contains(colour.native()), "the stored samples are not those that were packed");
            QVERIFY2(values(*made) == values(bytes), "a reader sees something else");
        }
    }
    void bitsOfSegmentations()
    {
        PlainImage bits = testImage(5, 7, 1, 1, false); // frames do not end at a byte
        for (auto &value : bits.values)
            value = value & 1;
        const QByteArray stored =
            file("tsRle", bits, {encodeRleBits(bits), encodeRleBits(bits)}, {.allocated = 1});
        const std::vector<std::byte> before = values(stored);
        QCOMPARE(before.size(), std::size_t(70));
        const auto made = plain(stored);
        QVERIFY2(made.ok(), made ? "" : qPrintable(made.error().toString()));
        QVERIFY(values(*made) == before);
    }
    void lossyStaysMarked()
    {
        const PlainImage colour = testImage(16, 16, 3, 8, false), grey = testImage(16, 16, 1, 8, false);
        const QByteArray stored = file(
            "tsJpegBaseline", colour, {encodeJpeg8(colour, {.ybr = true})}, {.photometric = "YBR_FULL_422"});
        const auto made = plain(stored);
        QVERIFY2(made.ok(), made ? "" : qPrintable(made.error().toString()));
        const auto facts = m_pool->facts({{}, *made});
        QVERIFY(facts);
        QCOMPARE(facts->photometric, QStringLiteral("RGB"));
        QVERIFY2(facts->lossy, "what was lost once is not forgotten"); // nobody had said so before
        QVERIFY(values(*made) == values(stored));
        const auto near = plain(file("tsJpegLsNear", grey, {encodeJpegLs(grey, 2, 2)}, {.lossy = true}));
        QVERIFY(near);
        QVERIFY(m_pool->facts({{}, *near})->lossy);
    }
    void whatWouldLoseSomething()
    {
        const PlainImage colour = testImage(12, 10, 3, 8, false), ct = testImage(12, 10, 1, 12, false);
        const auto ybr =
            plain(file("tsJ2kLossless", colour, {encodeJpeg2000(colour)}, {.photometric = "YBR_ICT"}));
        QVERIFY(!ybr && ybr.error().is(imaging::errors::NotLossless));
        const auto overlay = plain(file("tsJpegLosslessSv1", ct, {encodeLossless(ct)}, {.overlayBit = true}));
        QVERIFY(!overlay && overlay.error().is(imaging::errors::NotLossless));
        const auto film =
            plain(file("tsMpeg4High", colour, {"no film at all"}, {.photometric = "YBR_PARTIAL_420"}));
        QVERIFY(!film && film.error().is(imaging::errors::UnsupportedSyntax));
        const auto back = plain(file("tsRle", ct, {encodeRle(ct)}), "tsRle");
        QVERIFY(!back && back.error().is(imaging::errors::UnsupportedSyntax));
        const auto cut = plain(file("tsRle", ct, {encodeRle(ct).left(70)}));
        QVERIFY(!cut); // and nothing half decoded
        QVERIFY(!plain("no DICOM"));
    }
    void plainOnesChangeTheirFormOnly()
    {
        const PlainImage ct = testImage(6, 5, 1, 12, true);
        const auto made = plain(file("tsRle", ct, {encodeRle(ct)}));
        QVERIFY(made);
        const auto again = plain(*made, "tsImplicitLE");
        QVERIFY(again);
        QVERIFY(values(*again) == values(*made));
    }
};

QTEST_GUILESS_MAIN(tst_imaging_decompress)
#include "tst_imaging_decompress.moc"
