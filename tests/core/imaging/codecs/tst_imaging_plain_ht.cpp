// Our own decoder of HTJ2K beside OpenJPH: the same samples of every shape that it takes, and of damaged
// codestreams the same or nothing.
#include "core/imaging/decode/codecs/HtBlockDecoder.h"
#include "core/imaging/decode/codecs/HtPackets.h"
#include "core/imaging/decode/codecs/J2kDecoders.h"
#include "tests/support/imaging/LibraryEncoders.h"

#include <QTest>

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
        return QStringLiteral("%1x%2x%3 of %4 bits, levels %5 tile %6 block %7x%8 %9")
            .arg(image.columns)
            .arg(image.rows)
            .arg(image.samples)
            .arg(image.bits)
            .arg(options.levels)
            .arg(options.tile)
            .arg(options.blockWide)
            .arg(options.blockHigh)
            .arg(QLatin1String(options.progression));
    }
};

Case randomCase(Random &random, int longest)
{
    Case out;
    const auto side = [&] { return random.from(1, random.of({longest, longest, longest, 12})); };
    out.image = testImage(
        side(), side(), random.of({1, 1, 3}), random.of({1, 7, 8, 10, 12, 16, 16}), random.from(0, 1) == 1);
    const int filling = random.from(0, 3); // bands with little in them, and with much
    for (std::int32_t &value : out.image.values) {
        const std::int32_t half = 1 << (out.image.bits - 1);
        if (filling == 0)
            value = random.from(0, 9) == 0 ? value : 0;
        if (filling == 1)
            value = random.from(0, 2 * half - 1) - (out.image.isSigned ? half : 0);
    }
    J2kOptions &options = out.options;
    options.streamSigned = out.image.isSigned;
    options.colourTransform = out.image.samples == 3 && random.from(0, 1) == 1;
    options.tile = random.of({0, 0, random.from(16, 150)});
    const int rows = out.image.rows, columns = out.image.columns, tile = options.tile;
    const auto least = [&](int all) { return tile <= 0 || all < tile || all % tile == 0 ? all : all % tile; };
    options.levels = random.from(0, 6);
    while (options.levels > 0 && std::max(least(rows), least(columns)) < 1 << options.levels)
        --options.levels; // OpenJPH loses its way
    options.progression = orders[random.from(0, 4)];
    const int wide = random.from(4, 8), high = random.from(4, 12 - wide); // OpenJPH takes no smaller ones
    options.blockWide = 1 << wide;
    options.blockHigh = 1 << high;
    return out;
}

// What the codec does of streams that are not ours.
bool decodeLibrary(const J2kHeader &header, const CodecInput &input, std::span<std::byte> out)
{
    const HtPackets packets = readHtPackets(header);
    if (packets == HtPackets::Whole && htHeaderIsPlain(header))
        return decodeOpenJph(header, input, out).ok();
    if (packets == HtPackets::Unknown && htPacketsHoldMarkers(header))
        return false;
    return decodeOpenJpeg(header, input, out).ok();
}

struct Both {
    bool taken = false; // by ours
    bool equal = false; // and the library gives the same
};

Both decodeBoth(const PlainImage &image, const QByteArray &stream, int threads)
{
    CodecInput input = image.input(stream, QStringLiteral("RGB"));
    const auto header = readJ2kHeader(input.bytes);
    if (!header || !header->isHt || !matches(*header, input))
        return {};
    input.threads = threads;
    std::vector<std::byte> ours(input.shape.bytes()), theirs(ours);
    if (!decodePlainHt(*header, input, ours))
        return {};
    return {true, decodeLibrary(*header, input, theirs) && ours == theirs};
}
} // namespace

class TestImagingPlainHt : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sameAsOpenJph();
    void damaged();
    void damagedBlocks();
    void unusualIsNotTaken();
};

void TestImagingPlainHt::sameAsOpenJph()
{
    Random random(1);
    int taken = 0, streams = 0;
    for (int round = 0; round < 1000 / NARU_TIME_FACTOR; ++round) {
        const Case one = randomCase(random, 150);
        const QByteArray stream = encodeHtj2k(one.image, one.options);
        streams += stream.isEmpty() ? 0 : 1;
        const Both both = decodeBoth(one.image, stream, random.of({1, 2, 4}));
        QVERIFY2(both.equal || !both.taken, qPrintable(one.text()));
        taken += both.taken ? 1 : 0;
    }
    QVERIFY2(taken * 10 > streams * 9, qPrintable(QStringLiteral("%1 of %2").arg(taken).arg(streams)));
}

void TestImagingPlainHt::damaged()
{
    Random random(2);
    int taken = 0, others = 0;
    for (int round = 0; round < 3000 / NARU_TIME_FACTOR; ++round) {
        static Case one;
        static QByteArray whole;
        if (round % 20 == 0) {
            one = randomCase(random, 60);
            whole = encodeHtj2k(one.image, one.options);
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
        const Both both = decodeBoth(one.image, bytes, 1);
        QVERIFY2(both.equal || !both.taken, qPrintable(one.text() + QStringLiteral(" round %1").arg(round)));
        ++(both.taken ? taken : others);
    }
    QVERIFY(taken > 0 && others > 0);
}

// Bytes of chance in blocks of every size: within their rows, whatever they say.
void TestImagingPlainHt::damagedBlocks()
{
    Random random(3);
    const auto decoder = std::make_unique<HtBlockDecoder>();
    constexpr std::int32_t untouched = 0x55555555;
    for (int round = 0; round < 6000 / NARU_TIME_FACTOR; ++round) {
        std::vector<std::uint8_t> bytes(std::size_t(random.from(0, random.of({4, 60, 700, 20000}))));
        const int most = random.of({127, 255});
        for (std::uint8_t &byte : bytes)
            byte = std::uint8_t(random.from(0, most));
        if (bytes.size() >= 2 && random.from(0, 9) > 0) {
            const int trailer = random.from(2, std::min(int(bytes.size()), 4079));
            bytes.back() = std::uint8_t(trailer >> 4);
            bytes[bytes.size() - 2] = std::uint8_t((bytes[bytes.size() - 2] & 0xF0) | (trailer & 15));
        }
        const int wide = random.from(2, 10), high = random.from(2, std::min(10, 12 - wide));
        const int width = random.from(1, 1 << wide), height = random.from(1, 1 << high);
        const int band = random.from(1, 26), planes = random.from(1, band);
        const auto pitch = std::size_t(width) + 3;
        std::vector<std::int32_t> out(pitch * std::size_t(height), untouched);
        decoder->decode({bytes, width, height, band, planes}, out.data(), pitch);
        for (std::size_t i = 0; i < out.size(); ++i)
            QVERIFY(i % pitch < std::size_t(width) || out[i] == untouched);
    }
}

void TestImagingPlainHt::unusualIsNotTaken()
{
    const PlainImage image = testImage(64, 64, 1, 12, false);
    J2kOptions options;
    options.levels = 2;
    const QByteArray stream = encodeHtj2k(image, options);
    QVERIFY(decodeBoth(image, stream, 1).equal);
    const qsizetype coding = stream.indexOf("\xFF\x52") + 4, part = stream.indexOf("\xFF\x90") + 4;
    for (const auto &[at, value] : {std::pair{coding, 2}, {coding, 4}, {coding + 8, 0xC0}, {coding + 8, 0x48},
             {coding + 9, 0}, {part + 6, 1}}) {
        QByteArray other = stream;
        other[at] = char(value);
        QVERIFY2(!decodeBoth(image, other, 1).taken, qPrintable(QString::number(at)));
    }
    QByteArray unknown = stream;
    unknown.insert(coding - 4, QByteArray("\xFF\x70\x00\x02", 4));
    QVERIFY(!decodeBoth(image, unknown, 1).taken);
}

QTEST_APPLESS_MAIN(TestImagingPlainHt)
#include "tst_imaging_plain_ht.moc"
