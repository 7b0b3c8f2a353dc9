// What the headers of a JPEG 2000 codestream may not say (T.800 A.4 to A.6), one lie at a time: each is
// refused before a decoder of somebody else's sees it. And HTJ2K packets that do not hold what they promise.
#include "core/base/Oid.h"
#include "core/imaging/Errors.h"
#include "core/imaging/decode/codecs/HtPackets.h"
#include "tests/support/imaging/LibraryEncoders.h"

#include <QTest>
#include <QtEndian>

using namespace naru;
using namespace naru::imaging;
using namespace naru::imaging::codecs;
using namespace naru::testsupport;

namespace {
// Offsets behind the marker and the length of a segment.
constexpr int siz = 0xFF51, cod = 0xFF52, qcd = 0xFF5C, sot = 0xFF90;

qsizetype bodyOf(const QByteArray &stream, int marker)
{
    const char bytes[2] = {char(marker >> 8), char(marker)};
    return stream.indexOf(QByteArrayView(bytes, 2)) + 4;
}

struct Lie {
    int marker = 0;
    int at = 0; // in the body of the segment
    int bytes = 1;
    quint32 value = 0;
};

QByteArray told(QByteArray stream, const Lie &lie)
{
    const qsizetype at = bodyOf(stream, lie.marker) + lie.at;
    for (int i = 0; i < lie.bytes; ++i)
        stream[at + i] = char(lie.value >> (8 * (lie.bytes - 1 - i)));
    return stream;
}

// Without the segment, or with it twice.
QByteArray times(QByteArray stream, int marker, int count)
{
    const qsizetype at = bodyOf(stream, marker) - 4;
    const auto length = qFromBigEndian<quint16>(stream.constData() + at + 2);
    const QByteArray segment = stream.mid(at, 2 + length);
    return stream.replace(at, segment.size(), segment.repeated(count));
}

std::span<const std::byte> bytesOf(const QByteArray &stream)
{
    return {reinterpret_cast<const std::byte *>(stream.constData()), std::size_t(stream.size())};
}

bool refused(const char *syntax, const PlainImage &image, const QByteArray &stream)
{
    const CodecInput input = image.input(stream, QStringLiteral("MONOCHROME2"));
    std::vector<std::byte> out(input.shape.bytes());
    const auto result = codecFor(base::oid(syntax).text())->decode(input, out);
    return !result && result.error().is(imaging::errors::CodecFailed);
}
} // namespace

class TestImagingJ2kHeaders : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lies_data();
    void lies();
    void segments_data();
    void segments();
    void validOptions_data();
    void validOptions();
    void ownQuantization();
    void endWithoutLength();
    void tilesBehindTheLastPart();
    void packetsCutShort();
    void lengthsBeyondThePacket();
    void markersInACodeBlock();
    void damagedPackets();
};

void TestImagingJ2kHeaders::lies_data()
{
    QTest::addColumn<int>("marker");
    QTest::addColumn<int>("at");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<quint32>("value");
    const auto lie = [](const char *name, int marker, int at, int bytes, quint32 value) {
        QTest::newRow(name) << marker << at << bytes << value;
    };
    lie("no columns", siz, 2, 4, 0);
    lie("the image begins behind its end", siz, 10, 4, 4000);
    lie("the image ends at the end of 32 bits", siz, 2, 4, 0xFFFFFFFF);
    lie("tiles without width", siz, 18, 4, 0);
    lie("tiles without height", siz, 22, 4, 0);
    lie("tiles begin inside the image", siz, 26, 4, 1);
    lie("more than 65535 tiles", siz, 20, 2, 0);
    lie("more components than described", siz, 34, 2, 2);
    lie("16384 components", siz, 34, 2, 16384);
    lie("no component", siz, 34, 2, 0);
    lie("a component of 39 bits", siz, 36, 1, 38);
    lie("a component of 128 bits", siz, 36, 1, 127);
    lie("a component without steps", siz, 37, 1, 0);
    lie("a bit of Scod that means nothing", cod, 0, 1, 0x80);
    lie("precincts promised and left out", cod, 0, 1, 1);
    lie("an order of packets that is none", cod, 1, 1, 5);
    lie("no layer", cod, 2, 2, 0);
    lie("a colour transform that is none", cod, 4, 1, 2);
    lie("33 levels", cod, 5, 1, 33);
    lie("255 levels", cod, 5, 1, 255);
    lie("more levels than quantization", cod, 5, 1, 12);
    lie("code blocks of 2048 columns", cod, 6, 1, 9);
    lie("code blocks of 2048 rows", cod, 7, 1, 9);
    lie("code blocks of 8192 samples", cod, 6, 1, 7);
    lie("a wavelet that is none", cod, 9, 1, 2);
    lie("a quantization that is none", qcd, 0, 1, 3);
    lie("another quantization than its length", qcd, 0, 1, 1);
    lie("a tile part of a tile that is not there", sot, 0, 2, 1);
    lie("a tile part shorter than its header", sot, 2, 4, 13);
    lie("a tile part behind the end", sot, 2, 4, 0x7FFFFFFF);
}

void TestImagingJ2kHeaders::lies()
{
    QFETCH(int, marker);
    QFETCH(int, at);
    QFETCH(int, bytes);
    QFETCH(quint32, value);
    const PlainImage image = testImage(96, 96, 1, 12, false);
    for (const auto &[syntax, stream] :
        {std::pair{"tsJ2kLossless", encodeJpeg2000(image)}, {"tsHtj2kLossless", encodeHtj2k(image)}}) {
        QVERIFY2(readJ2kHeader(bytesOf(stream)), syntax);
        const QByteArray lying = told(stream, {marker, at, bytes, value});
        QVERIFY2(!readJ2kHeader(bytesOf(lying)), syntax);
        QVERIFY2(refused(syntax, image, lying), syntax);
    }
}

void TestImagingJ2kHeaders::segments_data()
{
    QTest::addColumn<int>("marker");
    QTest::addColumn<int>("count");
    for (const int count : {0, 2}) {
        QTest::addRow("SIZ, %d of it", count) << siz << count;
        QTest::addRow("COD, %d of it", count) << cod << count;
        QTest::addRow("QCD, %d of it", count) << qcd << count;
    }
    QTest::newRow("no tile part") << sot << 0;
}

void TestImagingJ2kHeaders::segments()
{
    QFETCH(int, marker);
    QFETCH(int, count);
    const PlainImage image = testImage(96, 96, 1, 12, false);
    for (const auto &[syntax, stream] :
        {std::pair{"tsJ2kLossless", encodeJpeg2000(image)}, {"tsHtj2kLossless", encodeHtj2k(image)}})
        QVERIFY2(refused(syntax, image, times(stream, marker, count)), syntax);
}

// What is unusual and right stays right, and OpenJPH still gets what it knows.
void TestImagingJ2kHeaders::validOptions_data()
{
    QTest::addColumn<int>("side");
    QTest::addColumn<int>("levels");
    QTest::addColumn<int>("tile");
    QTest::addColumn<QByteArray>("order");
    QTest::addColumn<bool>("whole");
    QTest::newRow("one tile") << 96 << 5 << 0 << QByteArray("RPCL") << true;
    QTest::newRow("no wavelet") << 97 << 0 << 0 << QByteArray("LRCP") << true;
    QTest::newRow("odd tiles") << 110 << 2 << 33 << QByteArray("PCRL") << true;
    QTest::newRow("tiles, by component") << 150 << 3 << 64 << QByteArray("CPRL") << true;
    QTest::newRow("smaller than its wavelet") << 5 << 5 << 0 << QByteArray("RLCP") << false;
}

void TestImagingJ2kHeaders::validOptions()
{
    QFETCH(int, side);
    QFETCH(int, levels);
    QFETCH(int, tile);
    QFETCH(QByteArray, order);
    QFETCH(bool, whole);
    for (const int samples : {1, 3}) {
        const PlainImage image = testImage(side, side, samples, 8, false);
        J2kOptions options;
        options.levels = levels;
        options.tile = tile;
        options.progression = order.constData();
        const QByteArray stream = encodeHtj2k(image, options);
        const auto header = readJ2kHeader(bytesOf(stream));
        QVERIFY(header);
        QVERIFY(readHtPackets(*header) != HtPackets::Unknown);
        QVERIFY(!htPacketsHoldMarkers(*header));
        QCOMPARE(readHtPackets(*header) == HtPackets::Whole && htHeaderIsPlain(*header), whole);
        const CodecInput input =
            image.input(stream, QString::fromLatin1(samples == 3 ? "RGB" : "MONOCHROME2"));
        std::vector<std::byte> out(input.shape.bytes());
        QVERIFY(codecFor(base::oid("tsHtj2kLossless").text())->decode(input, out));
        QCOMPARE(image.read(out), image.values);
    }
}

// A component with a quantization of its own, here the same as everybody's: OpenJPEG's, with the same
// packets.
void TestImagingJ2kHeaders::ownQuantization()
{
    const PlainImage image = testImage(96, 96, 1, 12, false);
    QByteArray stream = encodeHtj2k(image);
    const qsizetype at = bodyOf(stream, qcd) - 4;
    const auto length = qFromBigEndian<quint16>(stream.constData() + at + 2);
    QByteArray own(5, '\0'); // QCC of component 0
    own[0] = char(0xFF);
    own[1] = char(0x5D);
    qToBigEndian<quint16>(quint16(length + 1), own.data() + 2);
    stream.insert(at + 2 + length, own + stream.mid(at + 4, length - 2));
    const auto header = readJ2kHeader(bytesOf(stream));
    QVERIFY(header);
    QVERIFY(readHtPackets(*header) == HtPackets::Whole && !htHeaderIsPlain(*header));
    const CodecInput input = image.input(stream, QStringLiteral("MONOCHROME2"));
    std::vector<std::byte> out(input.shape.bytes());
    QVERIFY(codecFor(base::oid("tsHtj2kLossless").text())->decode(input, out));
    QCOMPARE(image.read(out), image.values);
}

// Psot 0: the last tile part goes on until the end (A.4.2), with an end marker or without.
void TestImagingJ2kHeaders::endWithoutLength()
{
    const PlainImage image = testImage(96, 96, 1, 12, false);
    for (const auto &[syntax, stream] :
        {std::pair{"tsJ2kLossless", encodeJpeg2000(image)}, {"tsHtj2kLossless", encodeHtj2k(image)}}) {
        const QByteArray open = told(stream, {sot, 2, 4, 0});
        for (const QByteArray &bytes : {open, open + '\0', open.chopped(2)}) {
            const CodecInput input = image.input(bytes, QStringLiteral("MONOCHROME2"));
            std::vector<std::byte> out(input.shape.bytes());
            QVERIFY2(codecFor(base::oid(syntax).text())->decode(input, out), syntax);
            QCOMPARE(image.read(out), image.values);
        }
    }
}

// A byte of nothing, and then parts of tiles that the image does not have: OpenJPH would find them, and
// search what is behind its last tile for billions of turns.
void TestImagingJ2kHeaders::tilesBehindTheLastPart()
{
    const PlainImage image = testImage(96, 96, 1, 12, false);
    const QByteArray stream = encodeHtj2k(image);
    const qsizetype start = bodyOf(stream, sot) - 4;
    const QByteArray part = stream.sliced(start).chopped(2);
    for (const quint32 tile : {1, 2, 4000}) {
        const QByteArray lying = stream.chopped(2) + '\x01' + told(part, {sot, 0, 2, tile}) + stream.last(2);
        const auto header = readJ2kHeader(bytesOf(lying));
        QVERIFY(header);
        QVERIFY(!htHeaderIsPlain(*header));
        const CodecInput input = image.input(lying, QStringLiteral("MONOCHROME2"));
        std::vector<std::byte> out(input.shape.bytes());
        if (codecFor(base::oid("tsHtj2kLossless").text())->decode(input, out))
            QCOMPARE(image.read(out), image.values);
    }
}

// The tile part says itself that it is shorter: every packet behind is missing.
void TestImagingJ2kHeaders::packetsCutShort()
{
    const PlainImage image = testImage(96, 96, 1, 12, false);
    const QByteArray stream = encodeHtj2k(image);
    const qsizetype start = bodyOf(stream, sot) - 4;
    for (const int missing : {1, 2, 40, 400, 4000}) {
        const auto length = quint32(stream.size() - 2 - start - missing);
        const QByteArray cut = told(stream, {sot, 2, 4, length}).remove(start + qsizetype(length), missing);
        QVERIFY2(refused("tsHtj2kLossless", image, cut), qPrintable(QString::number(missing)));
    }
}

// The first packet holds one block: one bit, two trees of one node, one pass. Its length is made longer than
// the tile; OpenJPH would clear memory behind the block's.
void TestImagingJ2kHeaders::lengthsBeyondThePacket()
{
    const PlainImage image = testImage(64, 64, 1, 8, false);
    J2kOptions options;
    options.levels = 0;
    const QByteArray stream = encodeHtj2k(image, options);
    const qsizetype packet = stream.indexOf("\xFF\x93") + 2;
    for (const char *header :
        {"\xDF\x7F\xFE\x7F\xF0", "\xDF\x7F\xFF\x7F\xFF\x7F\xFF\x7F\xFF", "\xFF\xFF\xFF"}) {
        QByteArray lying = stream;
        lying.replace(packet, qsizetype(std::strlen(header)), header);
        QVERIFY(refused("tsHtj2kLossless", image, lying));
    }
}

// FF and a byte beyond 8F where the trailer of a block begins: both libraries assert that there is none.
void TestImagingJ2kHeaders::markersInACodeBlock()
{
    const PlainImage image = testImage(64, 64, 1, 8, false);
    J2kOptions options;
    options.levels = 0;
    QByteArray stream = encodeHtj2k(image, options);
    const qsizetype end = stream.size() - 2; // of the only block
    const int trailer = quint8(stream[end - 1]) << 4 | (quint8(stream[end - 2]) & 15);
    QVERIFY(trailer > 5 && trailer < 4079);
    for (int i = 0; i < 3; ++i) {
        QByteArray lying = stream;
        lying[end - trailer + i] = char(0xFF);
        lying[end - trailer + i + 1] = char(0xFF);
        QVERIFY(refused("tsHtj2kLossless", image, lying));
    }
    stream[end - 1] = char(0xFF); // a trailer longer than the block
    QVERIFY(refused("tsHtj2kLossless", image, stream));
}

// Anything may follow but the end of the process and a write outside of the frame, which tools would see.
void TestImagingJ2kHeaders::damagedPackets()
{
    const PlainImage image = testImage(96, 80, 3, 8, false);
    J2kOptions options;
    options.levels = 3;
    options.colourTransform = true;
    const QByteArray whole = encodeHtj2k(image, options);
    const qsizetype packets = whole.indexOf("\xFF\x93") + 2;
    std::uint32_t random = 21;
    const auto next = [&random] { return random = random * 1664525U + 1013904223U, random >> 8; };
    int decoded = 0;
    for (int round = 0; round < 600; ++round) {
        QByteArray bytes = whole;
        for (unsigned i = 0; i <= next() % 4; ++i) {
            const qsizetype from = round % 3 == 0 ? 0 : packets;
            const qsizetype range = round % 3 == 1 ? 60 : bytes.size() - from;
            bytes[from + qsizetype(next() % std::uint32_t(range))] = char(round % 5 == 0 ? 0xFF : next());
        }
        const CodecInput input = image.input(bytes, QStringLiteral("RGB"));
        std::vector<std::byte> out(input.shape.bytes());
        decoded += codecFor(base::oid("tsHtj2kLossless").text())->decode(input, out).ok() ? 1 : 0;
    }
    QVERIFY(decoded > 0 && decoded < 600);
}

QTEST_APPLESS_MAIN(TestImagingJ2kHeaders)
#include "tst_imaging_j2k_headers.moc"
