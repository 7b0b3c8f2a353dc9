// Our own decoder of JPEG 2000 beside OpenJPEG: the same samples of every shape that it takes, and of damaged
// codestreams the same or nothing.
#include "core/imaging/decode/codecs/J2kDecoders.h"
#include "tests/support/imaging/LibraryEncoders.h"

#include <QElapsedTimer>
#include <QTest>
#include <QtEndian>

#include <algorithm>
#include <random>

using namespace naru;
using namespace naru::imaging;
using namespace naru::imaging::codecs;
using namespace naru::testsupport;

namespace {
constexpr const char *orders[] = {"LRCP", "RLCP", "RPCL", "PCRL", "CPRL"};

class Random {
public:
    explicit Random(unsigned seed)
        : m_engine(seed)
    {
    }
    int from(int least, int most) { return least + int(m_engine() % unsigned(most - least + 1)); }
    template <typename T> T of(std::initializer_list<T> all)
    {
        return all.begin()[from(0, int(all.size()) - 1)];
    }

private:
    std::mt19937 m_engine;
};

struct Case {
    PlainImage image{};
    J2kOptions options{};
    QString text() const
    {
        return QStringLiteral("%1x%2x%3 of %4 bits, levels %5 tile %6 layers %7 precinct %8 block %9")
                   .arg(image.columns)
                   .arg(image.rows)
                   .arg(image.samples)
                   .arg(image.bits)
                   .arg(options.levels)
                   .arg(options.tile)
                   .arg(options.layers)
                   .arg(options.precinct)
                   .arg(options.blockWide)
            + QStringLiteral("x%1 %2 %3")
                  .arg(options.blockHigh)
                  .arg(options.irreversible)
                  .arg(QLatin1String(options.progression));
    }
};

// Of the smallest tile of one side.
int leastSide(int side, int tile)
{
    if (tile <= 0 || side <= tile)
        return side;
    return side % tile == 0 ? tile : side % tile;
}

Case randomCase(Random &random, int longest)
{
    Case out;
    const auto side = [&] { return random.from(1, random.of({longest, longest, longest, 12})); };
    out.image = testImage(
        side(), side(), random.of({1, 1, 3}), random.of({1, 7, 8, 10, 12, 16, 16}), random.from(0, 1) == 1);
    if (random.from(0, 3) == 0) { // bands with little in them
        for (std::int32_t &value : out.image.values)
            value = random.from(0, 9) == 0 ? value : 0;
    }
    J2kOptions &options = out.options;
    options.streamSigned = out.image.isSigned;
    options.colourTransform = out.image.samples == 3 && random.from(0, 1) == 1;
    options.levels = random.from(0, 6);
    options.tile = random.of({0, 0, random.from(16, 150)});
    options.irreversible = random.from(0, 1) == 1;
    const int least =
        std::min(leastSide(out.image.rows, options.tile), leastSide(out.image.columns, options.tile));
    while (options.irreversible && options.levels > 0 && least >> (options.levels + 1) == 0)
        --options.levels; // the encoder asserts that there are two samples
    options.smaller = options.irreversible ? random.of({0, 2, 8, 30}) : 0;
    options.layers = random.of({1, 1, 2, 5});
    options.precinct = random.of({0, 16, 64, 256});
    options.progression = orders[random.from(0, 4)];
    const int wide = random.from(2, 10), high = random.from(2, std::min(10, 12 - wide));
    options.blockWide = 1 << wide;
    options.blockHigh = 1 << high;
    return out;
}

struct Both {
    bool taken = false; // by ours
    bool equal = false; // and OpenJPEG gives the same
};

Both decodeBoth(const PlainImage &image, const QByteArray &stream, int threads, int halvings)
{
    CodecInput input = image.input(stream, QStringLiteral("RGB"));
    const auto header = readJ2kHeader(input.bytes);
    if (!header || !matches(*header, input))
        return {};
    input.threads = threads;
    input.halvings = header->simple ? std::min(halvings, header->levels) : 0;
    input.shape = input.shape.halved(input.halvings);
    std::vector<std::byte> ours(input.shape.bytes()), theirs(ours);
    if (!decodePlainJ2k(*header, input, ours))
        return {};
    return {true, decodeOpenJpeg(*header, input, theirs).ok() && ours == theirs};
}
} // namespace

class TestImagingPlainJ2k : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sameAsOpenJpeg();
    void damaged();
    void unusualIsNotTaken();
    void manyEmptyTiles();
};

void TestImagingPlainJ2k::sameAsOpenJpeg()
{
    Random random(1);
    int taken = 0, streams = 0;
    for (int round = 0; round < 400 / NARU_TIME_FACTOR; ++round) {
        const Case one = randomCase(random, 120);
        const QByteArray stream = encodeJpeg2000(one.image, one.options);
        streams += stream.isEmpty() ? 0 : 1; // the encoder does not take everything
        const Both both = decodeBoth(one.image, stream, random.of({1, 2, 4}), random.of({0, 0, 1, 3}));
        QVERIFY2(both.equal || !both.taken, qPrintable(one.text()));
        taken += both.taken ? 1 : 0;
    }
    QVERIFY2(taken * 10 > streams * 9, qPrintable(QString::number(taken)));
}

void TestImagingPlainJ2k::damaged()
{
    Random random(2);
    int taken = 0, others = 0;
    for (int round = 0; round < 600 / NARU_TIME_FACTOR; ++round) {
        static Case one;
        static QByteArray whole;
        if (round % 20 == 0) {
            one = randomCase(random, 60);
            whole = encodeJpeg2000(one.image, one.options);
        }
        QByteArray bytes = whole;
        const int packets = int(bytes.indexOf("\xFF\x93")) + 2, kind = random.from(0, 5);
        if (kind == 0)
            bytes.truncate(random.from(0, int(bytes.size())));
        for (int i = 0; i < kind && !bytes.isEmpty(); i += 2) {
            const int first = kind == 5 ? 0 : packets;
            const int last = std::min(int(bytes.size()) - 1, first + random.of({60, 100000}));
            char &byte = bytes[random.from(std::min(first, last), last)];
            byte = random.of({char(byte ^ (1 << random.from(0, 7))), char(random.from(0, 255)), '\xFF'});
        }
        const Both both = decodeBoth(one.image, bytes, 1, 0);
        QVERIFY2(both.equal || !both.taken, qPrintable(one.text() + QStringLiteral(" round %1").arg(round)));
        ++(both.taken ? taken : others);
    }
    QVERIFY(taken > 0 && others > 0);
}

void TestImagingPlainJ2k::unusualIsNotTaken()
{
    const PlainImage image = testImage(64, 64, 1, 12, false);
    const QByteArray stream = encodeJpeg2000(image);
    QVERIFY(decodeBoth(image, stream, 1, 0).equal);
    QVERIFY(decodeBoth(image, stream.chopped(2), 1, 0).equal); // no end marker
    const qsizetype coding = stream.indexOf("\xFF\x52") + 4, part = stream.indexOf("\xFF\x90") + 4;
    for (const auto &[at, value] : {std::pair{coding, 2}, {coding, 4}, {coding + 8, 1}, {coding + 8, 8},
             {coding + 8, 32}, {part + 6, 1}, {part + 7, 2}}) {
        QByteArray other = stream;
        other[at] = char(value);
        QVERIFY2(!decodeBoth(image, other, 1, 0).taken, qPrintable(QString::number(at)));
    }
    QByteArray unknown = stream;
    unknown.insert(coding - 4, QByteArray("\xFF\x70\x00\x02", 4));
    QVERIFY(!decodeBoth(image, unknown, 1, 0).taken);
}

// 64 megapixels of nothing in 80 kilobytes.
void TestImagingPlainJ2k::manyEmptyTiles()
{
    constexpr int edge = 8192, tile = 128;
    const auto big = [](quint32 value) {
        QByteArray bytes(4, '\0');
        qToBigEndian(value, bytes.data());
        return bytes;
    };
    QByteArray stream("\xFF\x4F\xFF\x51\x00\x29\x00\x00", 8);
    for (const quint32 number : {edge, edge, 0, 0, tile, tile, 0, 0})
        stream += big(number);
    stream += QByteArray("\x00\x01\x07\x01\x01", 5);
    stream += QByteArray("\xFF\x52\x00\x0C\x00\x00\x00\x01\x00\x05\x04\x04\x00\x01", 14);
    stream += QByteArray("\xFF\x5C\x00\x13\x40", 5) + QByteArray(16, char(0x48));
    for (int i = 0; i < edge / tile * (edge / tile); ++i)
        stream += QByteArray("\xFF\x90\x00\x0A", 4) + char(i >> 8) + char(i & 255) + big(20)
            + QByteArray("\x00\x01\xFF\x93", 4) + QByteArray(6, '\0');
    stream += "\xFF\xD9";
    const PlainImage image{edge, edge, 1, 8, false, {}};
    const CodecInput input = image.input(stream, QStringLiteral("MONOCHROME2"));
    std::vector<std::byte> out(input.shape.bytes());
    const auto header = readJ2kHeader(input.bytes);
    QVERIFY(header);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(decodePlainJ2k(*header, input, out));
    QVERIFY(timer.elapsed() < 1000 * NARU_TIME_FACTOR);
    QVERIFY(std::all_of(out.begin(), out.end(), [](std::byte byte) { return byte == std::byte(128); }));
}

QTEST_APPLESS_MAIN(TestImagingPlainJ2k)
#include "tst_imaging_plain_j2k.moc"
