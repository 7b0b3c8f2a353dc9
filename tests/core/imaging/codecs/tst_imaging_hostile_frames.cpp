// Frames that lie: every codec answers with one error, in bounded time, and touches nothing but its output.
#include "core/base/Oid.h"
#include "core/imaging/Errors.h"
#include "tests/support/imaging/LibraryEncoders.h"
#include "tests/support/imaging/OwnEncoders.h"

#include <QElapsedTimer>
#include <QTest>

using namespace naru;
using namespace naru::imaging;
using namespace naru::testsupport;

namespace {
constexpr std::size_t guard = 64;

QByteArray encode(const QByteArray &syntax, const PlainImage &image)
{
    if (syntax == "tsRle")
        return encodeRle(image);
    if (syntax == "tsJpegLossless")
        return encodeLossless(image);
    if (syntax == "tsJpegBaseline")
        return encodeJpeg8(image);
    if (syntax == "tsJpegExtended")
        return encodeJpeg12(image);
    if (syntax == "tsJpegLsLossless")
        return encodeJpegLs(image);
    return syntax == "tsJ2kLossless" ? encodeJpeg2000(image) : encodeHtj2k(image);
}

// True: decoded, false: refused; fails the test when the codec wrote outside the frame or took too long.
bool attempt(const QByteArray &syntax, const CodecInput &input, bool &fine)
{
    std::vector<std::byte> memory(input.shape.bytes() + 2 * guard, std::byte(0xA5));
    QElapsedTimer timer;
    timer.start();
    const auto result = codecFor(base::oid(syntax.constData()).text())
                            ->decode(input, std::span(memory).subspan(guard, input.shape.bytes()));
    fine = timer.elapsed() < 2000 * NARU_TIME_FACTOR;
    for (std::size_t i = 0; i < guard; ++i)
        fine = fine && memory[i] == std::byte(0xA5) && memory[memory.size() - 1 - i] == std::byte(0xA5);
    return result.ok();
}
} // namespace

class TestImagingHostileFrames : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void truncated_data() { families(); }
    void truncated();
    void otherSize_data() { families(); }
    void otherSize();
    void garbage_data() { families(); }
    void garbage();
    void mutated_data();
    void mutated();
    void rleLies();
    void temMarkers();
    void manyScans();
    void hugeTiles();
    void huffmanTables();

private:
    static void families()
    {
        QTest::addColumn<QByteArray>("syntax");
        QTest::addColumn<int>("bits");
        for (const char *name : {"tsRle", "tsJpegLossless", "tsJpegBaseline", "tsJpegExtended",
                 "tsJpegLsLossless", "tsJ2kLossless", "tsHtj2kLossless"})
            QTest::addRow("%s", name)
                << QByteArray(name) << (std::strcmp(name, "tsJpegBaseline") == 0 ? 8 : 12);
    }
};

void TestImagingHostileFrames::truncated()
{
    QFETCH(QByteArray, syntax);
    QFETCH(int, bits);
    const PlainImage image = testImage(64, 64, 1, bits, false);
    const QByteArray whole = encode(syntax, image);
    bool fine = true;
    QVERIFY(attempt(syntax, image.input(whole, QStringLiteral("MONOCHROME2")), fine) && fine);
    for (const double part : {0.0, 0.01, 0.05, 0.2, 0.5, 0.75, 0.9}) {
        const QByteArray cut = whole.left(qsizetype(double(whole.size()) * part));
        const bool decoded = attempt(syntax, image.input(cut, QStringLiteral("MONOCHROME2")), fine);
        QVERIFY(fine);
        // HTJ2K's library shows what arrived; all others refuse.
        QVERIFY2(!decoded || syntax.startsWith("tsHt"), qPrintable(QString::number(part)));
    }
}

void TestImagingHostileFrames::otherSize()
{
    QFETCH(QByteArray, syntax);
    QFETCH(int, bits);
    const PlainImage image = testImage(64, 48, 1, bits, false);
    const QByteArray encoded = encode(syntax, image);
    struct Shape {
        int rows, columns, samples;
    };
    for (const Shape shape : {Shape{65, 48, 1}, {64, 49, 1}, {4000, 4000, 1}, {64, 48, 3}}) {
        CodecInput input = image.input(encoded, QStringLiteral("MONOCHROME2"));
        input.shape.rows = shape.rows;
        input.shape.columns = shape.columns;
        input.shape.samples = shape.samples;
        bool fine = true;
        QVERIFY(!attempt(syntax, input, fine));
        QVERIFY(fine);
    }
    for (const Shape shape : {Shape{0, 48, 1}, {64, 48, 5}, {-1, 48, 1}, {70000, 1, 1}}) {
        CodecInput input = image.input(encoded, QStringLiteral("MONOCHROME2"));
        input.shape = {shape.rows, shape.columns, shape.samples, input.shape.type};
        std::vector<std::byte> out(64);
        const auto result = codecFor(base::oid(syntax.constData()).text())->decode(input, out);
        QVERIFY(!result && result.error().is(imaging::errors::BadGeometry));
    }
}

void TestImagingHostileFrames::garbage()
{
    QFETCH(QByteArray, syntax);
    QFETCH(int, bits);
    const PlainImage image = testImage(64, 64, 1, bits, false);
    std::uint32_t random = 99;
    for (int round = 0; round < 50; ++round) {
        QByteArray bytes;
        for (int i = 0; i < 40 * round; ++i) {
            random = random * 1664525U + 1013904223U;
            bytes.append(char(random >> 24));
        }
        for (const char *start : {"", "\xFF\xD8\xFF\xC3", "\xFF\xD8\xFF\xF7", "\xFF\x4F\xFF\x51"}) {
            bool fine = true;
            const QByteArray all = start + bytes;
            QVERIFY(!attempt(syntax, image.input(all, QStringLiteral("MONOCHROME2")), fine));
            QVERIFY(fine);
        }
    }
}

void TestImagingHostileFrames::mutated_data()
{
    // Our own decoders and those libraries that stand it; the others are what the confined process is for.
    QTest::addColumn<QByteArray>("syntax");
    QTest::addColumn<int>("bits");
    QTest::addRow("rle") << QByteArray("tsRle") << 12;
    QTest::addRow("lossless") << QByteArray("tsJpegLossless") << 12;
    QTest::addRow("baseline") << QByteArray("tsJpegBaseline") << 8;
    QTest::addRow("jpeg-ls") << QByteArray("tsJpegLsLossless") << 12;
}

void TestImagingHostileFrames::mutated()
{
    QFETCH(QByteArray, syntax);
    QFETCH(int, bits);
    const PlainImage image = testImage(32, 32, 1, bits, false);
    const QByteArray whole = encode(syntax, image);
    std::uint32_t random = 7;
    const auto next = [&random] { return random = random * 1664525U + 1013904223U, random >> 8; };
    for (int round = 0; round < 400; ++round) {
        QByteArray bytes = whole;
        const bool headerOnly = round % 2;
        for (unsigned i = 0; i <= next() % 4; ++i)
            bytes[qsizetype(
                next() % std::uint32_t(headerOnly ? qMin<qsizetype>(bytes.size(), 80) : bytes.size()))] =
                char(next());
        bool fine = true;
        attempt(syntax, image.input(bytes, QStringLiteral("MONOCHROME2")), fine);
        QVERIFY(fine);
    }
}

void TestImagingHostileFrames::rleLies()
{
    const PlainImage image = testImage(16, 16, 1, 16, false);
    const QByteArray good = encodeRle(image);
    const auto refused = [&](QByteArray bytes) {
        bool fine = true;
        return !attempt("tsRle", image.input(bytes, QStringLiteral("MONOCHROME2")), fine) && fine;
    };
    QByteArray bytes = good;
    bytes[0] = 3; // a segment too many
    QVERIFY(refused(bytes));
    bytes = good;
    bytes[0] = 16; // beyond the header
    QVERIFY(refused(bytes));
    bytes = good;
    bytes[4] = 63; // first segment inside the header
    QVERIFY(refused(bytes));
    bytes = good;
    bytes[11] = char(0x7F); // second segment far behind the end
    QVERIFY(refused(bytes));
    bytes = good;
    std::swap(bytes[8], bytes[4]);
    std::swap(bytes[9], bytes[5]); // segments backwards
    QVERIFY(refused(bytes));
    // A run beyond the plane: 2 segments, the first of runs of 128, 127 and 128 for 256 pixels. Other readers
    // leave out what is too much; nothing may be written behind the plane.
    QByteArray runs = good.left(64);
    runs[8] = char(64 + 6);
    runs[9] = 0;
    runs += QByteArray("\x81\x01\x82\x01\x81\x01", 6) + QByteArray("\x81\x01\x81\x01", 4);
    bool fine = true;
    QVERIFY(attempt("tsRle", image.input(runs, QStringLiteral("MONOCHROME2")), fine) && fine);
    // No-ops alone never fill a plane, however many there are.
    QByteArray idle = good.left(64);
    idle[8] = char(64 + 4);
    idle[9] = 0;
    idle += QByteArray("\x81\x01\x81\x01", 4) + QByteArray(1 << 20, '\x80');
    QVERIFY(refused(idle));
}

void TestImagingHostileFrames::temMarkers()
{
    PlainImage image = testImage(64, 64, 1, 12, false);
    for (const char *syntax : {"tsJpegExtended", "tsJpegLossless"}) {
        const QByteArray whole = encode(syntax, image);
        for (const qsizetype at : {qsizetype(2), whole.size() / 2, whole.size() - 2}) {
            QByteArray bytes = whole;
            bytes.insert(at, "\xFF\x01", 2);
            bool fine = true;
            const bool decoded = attempt(syntax, image.input(bytes, QStringLiteral("MONOCHROME2")), fine);
            QVERIFY(fine);
            QVERIFY(!decoded || at == whole.size() - 2); // behind the last row nobody looks any more
        }
    }
}

void TestImagingHostileFrames::manyScans()
{
    PlainImage image = testImage(64, 64, 1, 8, false);
    JpegOptions options;
    options.progressive = true;
    const QByteArray whole = encodeJpeg8(image, options);
    const qsizetype scan = whole.indexOf("\xFF\xDA");
    QVERIFY(scan > 0);
    const qsizetype end = whole.indexOf("\xFF\xC4", scan);
    const QByteArray one = whole.mid(scan, (end > 0 ? end : whole.size() - 2) - scan);
    const QByteArray bytes = whole.left(scan) + one.repeated(20000) + whole.mid(scan);
    bool fine = true;
    QVERIFY(!attempt("tsJpegBaseline", image.input(bytes, QStringLiteral("MONOCHROME2")), fine));
    QVERIFY(fine);
}

void TestImagingHostileFrames::hugeTiles()
{
    const PlainImage image = testImage(512, 512, 1, 8, false);
    QByteArray bytes = encodeJpeg2000(image);
    const qsizetype size = bytes.indexOf("\xFF\x51");
    QVERIFY(size > 0);
    for (const qsizetype at : {size + 22, size + 26}) { // XTsiz and YTsiz: tiles of one pixel
        bytes[at] = bytes[at + 1] = bytes[at + 2] = 0;
        bytes[at + 3] = 1;
    }
    bool fine = true;
    QVERIFY(!attempt("tsJ2kLossless", image.input(bytes, QStringLiteral("MONOCHROME2")), fine));
    QVERIFY(fine);
}

void TestImagingHostileFrames::huffmanTables()
{
    const PlainImage image = testImage(16, 16, 1, 12, false);
    const QByteArray whole = encode("tsJpegLossless", image);
    const qsizetype table = whole.indexOf("\xFF\xC4") + 5;
    const auto refused = [&](const QByteArray &bytes) {
        bool fine = true;
        return !attempt("tsJpegLossless", image.input(bytes, QStringLiteral("MONOCHROME2")), fine) && fine;
    };
    QByteArray bytes = whole;
    bytes[table] = 3; // three codes of one bit
    QVERIFY(refused(bytes));
    bytes = whole;
    bytes[table + 16] = 17; // a category that does not exist
    QVERIFY(refused(bytes));
    bytes = whole;
    bytes[table - 1] = 4; // fifth slot
    QVERIFY(refused(bytes));
    bytes = whole;
    bytes.remove(table - 5, 2 + 2 + 17 + 17); // no table at all
    QVERIFY(refused(bytes));
}

QTEST_APPLESS_MAIN(TestImagingHostileFrames)
#include "tst_imaging_hostile_frames.moc"
