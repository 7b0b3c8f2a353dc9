// Colour, palettes, bitmaps, what lies on top of a picture, and the picture as a file.
#include "core/imaging/Errors.h"
#include "tests/core/imaging/render/RenderFrames.h"

#include <QElapsedTimer>
#include <QTest>

using namespace naru;
using namespace naru::imaging;
using namespace naru::imaging::test;

class TestImagingColour : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void palette_data();
    void palette();
    void supplementalPalette();
    void colourDepths();
    void bitmaps();
    void overlays();
    void shutters();
    void shutterOfAThousandVertices();
    void png();
    void partOfASupplementalPalette();
    void partsOfAFrame();
};

void TestImagingColour::palette_data()
{
    QTest::addColumn<int>("bits");
    QTest::addColumn<bool>("lowByteOnly");
    QTest::addRow("16 bits") << 16 << false;
    QTest::addRow("8 bits") << 8 << false;
    QTest::addRow("16 bits declared, 8 filled") << 16 << true;
}

void TestImagingColour::palette()
{
    QFETCH(int, bits);
    QFETCH(bool, lowByteOnly);
    ImageFacts facts = factsOf(1, 4, 8, false);
    facts.photometric = QStringLiteral("PALETTE COLOR");
    const int shift = bits == 16 && !lowByteOnly ? 8 : 0;
    const auto table = [&](std::initializer_list<int> values) {
        LookupTable lut;
        lut.first = 10;
        lut.bits = bits;
        for (const int value : values)
            lut.entries.push_back(quint16(value << shift));
        return lut;
    };
    facts.palette = Palette{table({255, 1, 2}), table({0, 128, 4}), table({0, 7, 200}), false};
    const Frame frame = frameOf<quint8>({0, 10, 11, 250}, 1, 4, SampleType::U8);
    const auto raster = render(frame, facts, 0);
    QCOMPARE(raster->channels, 3);
    QCOMPARE(raster->bytes.toHex(),
        QByteArray("ff0000"
                   "ff0000"
                   "018007"
                   "0204c8"));
    facts.palette.reset();
    QVERIFY(render(frame, facts, 0).error().is(imaging::errors::Malformed));
}

void TestImagingColour::supplementalPalette()
{
    ImageFacts facts = factsOf(1, 3, 12, false);
    facts.frameFacts[0].windows = {{500, 1000, {}}};
    LookupTable red, green;
    red.first = green.first = 2000;
    red.entries = {0xFF00};
    green.entries = {0};
    facts.palette = Palette{red, green, green, true};
    const auto raster = render(frameOf<quint16>({0, 1999, 2000}, 1, 3, SampleType::U16), facts, 0);
    QCOMPARE(raster->channels, 3);
    QCOMPARE(raster->bytes.toHex(),
        QByteArray("000000"
                   "ffffff"
                   "ff0000"));
    QCOMPARE(render(frameOf<quint16>({0, 1, 2}, 1, 3, SampleType::U16), facts, 0)->channels, 1);
}

void TestImagingColour::colourDepths()
{
    ImageFacts facts = factsOf(1, 1, 8, false);
    facts.photometric = QStringLiteral("RGB");
    facts.samples = 3;
    QCOMPARE(
        render(frameOf<quint8>({1, 2, 3}, 1, 1, SampleType::U8, 3), facts, 0)->bytes, QByteArray("\1\2\3"));
    facts.bitsStored = 16;
    QCOMPARE(render(frameOf<quint16>({0, 32768, 65535}, 1, 1, SampleType::U16, 3), facts, 0)->bytes.toHex(),
        QByteArray("0080ff"));
    facts.bitsStored = 10;
    QCOMPARE(render(frameOf<quint16>({0, 1023, 4000}, 1, 1, SampleType::U16, 3), facts, 0)->bytes.toHex(),
        QByteArray("00ffff"));
    RenderChoice choice;
    choice.invert = true;
    QCOMPARE(
        render(frameOf<quint16>({0, 1023, 4000}, 1, 1, SampleType::U16, 3), facts, 0, choice)->bytes.toHex(),
        QByteArray("ff0000"));
}

void TestImagingColour::bitmaps()
{
    const ImageFacts facts = factsOf(1, 2, 1, false);
    QCOMPARE(
        render(frameOf<quint8>({0, 1}, 1, 2, SampleType::U8), facts, 0)->bytes.toHex(), QByteArray("00ff"));
    QCOMPARE(
        render(frameOf<quint8>({1, 1}, 1, 2, SampleType::U8), facts, 0)->bytes.toHex(), QByteArray("ffff"));
}

void TestImagingColour::overlays()
{
    ImageFacts facts = factsOf(2, 4, 8, false);
    facts.frames = 3;
    Overlay overlay;
    overlay.rows = 1;
    overlay.columns = 3;
    overlay.originRow = 2;
    overlay.originColumn = 3; // the third column lies outside
    overlay.firstFrame = 2;
    overlay.frames = 2;
    overlay.bits = QByteArray(1, char(0b101'001)); // frame 2: 1 0 0, frame 3: 1 0 1
    facts.overlays = {overlay};
    const Frame frame = frameOf<quint8>(std::vector<quint8>(8, 10), 2, 4, SampleType::U8);
    RenderChoice choice;
    choice.overlays = true;
    const QByteArray plain(8, 10);
    QCOMPARE(render(frame, facts, 1)->bytes, plain); // not asked for
    QCOMPARE(render(frame, facts, 0, choice)->bytes, plain);
    QByteArray marked = plain;
    marked[6] = char(255);
    QCOMPARE(render(frame, facts, 1, choice)->bytes, marked);
    QCOMPARE(render(frame, facts, 2, choice)->bytes, marked);
    facts.overlays[0].originRow = -2000000000; // far outside, and too few bits
    facts.overlays[0].rows = 2000000000;
    facts.overlays[0].columns = 2000000000;
    QVERIFY(render(frame, facts, 1, choice).ok());
}

void TestImagingColour::shutters()
{
    const ImageFacts base = factsOf(5, 5, 8, false);
    const Frame frame = frameOf<quint8>(std::vector<quint8>(25, 200), 5, 5, SampleType::U8);
    const auto open = [&](const Shutter &shutter) {
        ImageFacts facts = base;
        facts.shutter = shutter;
        return render(frame, facts, 0)->bytes.count(char(200));
    };
    Shutter shutter;
    shutter.shape = QStringLiteral("RECTANGULAR");
    shutter.left = 2;
    shutter.right = 4;
    shutter.top = 2;
    shutter.bottom = 3;
    shutter.value = 0;
    QCOMPARE(open(shutter), 6);
    Shutter circle;
    circle.shape = QStringLiteral("CIRCULAR");
    circle.centreRow = circle.centreColumn = 3;
    circle.radius = 1;
    QCOMPARE(open(circle), 5);
    Shutter polygon;
    polygon.shape = QStringLiteral("POLYGONAL");
    polygon.vertices = {1, 1, 1, 6, 6, 6, 6, 1}; // the whole image
    QCOMPARE(open(polygon), 25);
    polygon.vertices = {1, 1, 6, 6, 6, 1}; // below the diagonal
    QVERIFY(open(polygon) >= 10 && open(polygon) <= 15);
    circle.shape = QStringLiteral("RECTANGULAR\\CIRCULAR");
    circle.left = circle.top = 3;
    circle.right = circle.bottom = 5;
    QCOMPARE(open(circle), 3);
    ImageFacts facts = base;
    shutter.value = 0x8000;
    facts.shutter = shutter;
    QCOMPARE(byteAt(*render(frame, facts, 0), 0), 128);
    RenderChoice choice;
    choice.shutter = false;
    QCOMPARE(render(frame, facts, 0, choice)->bytes.count(char(200)), 25);
}

// A star whose edges all cross each row: bounded in time, and the same as asking each pixel for each edge.
void TestImagingColour::shutterOfAThousandVertices()
{
    constexpr int Side = 1024;
    ImageFacts facts = factsOf(Side, Side, 8, false);
    const Frame frame = frameOf<quint8>(std::vector<quint8>(Side * Side, 200), Side, Side, SampleType::U8);
    Shutter shutter;
    shutter.shape = QStringLiteral("POLYGONAL");
    shutter.value = 0;
    for (int i = 0; i < 1000; ++i) {
        shutter.vertices.push_back(i % 2 ? Side + 7 : -7);
        shutter.vertices.push_back(i * 7919 % (Side + 100) - 50);
    }
    facts.shutter = shutter;
    QElapsedTimer timer;
    timer.start();
    const auto raster = render(frame, facts, 0);
    QVERIFY2(timer.elapsed() < 1000 * NARU_TIME_FACTOR, qPrintable(QString::number(timer.elapsed())));
    const auto isInside = [&shutter](int row, int column) {
        bool inside = false;
        const std::vector<int> &v = shutter.vertices;
        for (std::size_t i = 0, j = v.size() / 2 - 1; i < v.size() / 2; j = i++) {
            const double rowA = v[2 * i], columnA = v[2 * i + 1], rowB = v[2 * j], columnB = v[2 * j + 1];
            if ((rowA > row) != (rowB > row)
                && column < (columnB - columnA) * (row - rowA) / (rowB - rowA) + columnA)
                inside = !inside;
        }
        return inside;
    };
    for (int row = 1; row <= Side; row += 97) {
        for (int column = 1; column <= Side; column += 3)
            QCOMPARE(byteAt(*raster, (row - 1) * Side + column - 1) == 200, isInside(row, column));
    }
}

void TestImagingColour::png()
{
    Raster raster{2, 3, 1, QByteArray("\x00\x40\x80\xC0\xFF\x01", 6)};
    const auto grey = toPng(raster);
    QVERIFY(grey.ok());
    QVERIFY(grey->startsWith("\x89PNG\r\n\x1a\n"));
    QCOMPARE(grey->mid(16, 10).toHex(),
        QByteArray("00000003"
                   "00000002"
                   "08"
                   "00")); // IHDR: size, depth, grey
    raster.channels = 3;
    QVERIFY(!toPng(raster)); // too few bytes
    raster.bytes = QByteArray(18, 'x');
    QCOMPARE(toPng(raster)->mid(24, 2).toHex(), QByteArray("0802"));
    QVERIFY(!toPng(Raster{}));
}

// A part without a colour looks as it does beside one that has some.
void TestImagingColour::partOfASupplementalPalette()
{
    ImageFacts facts = factsOf(2, 3, 16, false);
    facts.frameFacts[0].windows = {{50, 100, {}}};
    Palette palette;
    palette.supplemental = true;
    palette.red.first = palette.green.first = palette.blue.first = 1000;
    palette.red.entries = {0xFF00};
    palette.green.entries = palette.blue.entries = {0};
    facts.palette = palette;
    const Frame frame = frameOf(std::vector<quint16>{10, 20, 1000, 40, 50, 60}, 2, 3, SampleType::U16);
    const auto whole = render(frame, facts, 0), grey = renderArea(frame, facts, 0, {}, {0, 0, 2, 2});
    QVERIFY(whole && grey);
    QCOMPARE(whole->channels, 3);
    QCOMPARE(grey->channels, 3);
    QCOMPARE(grey->bytes.left(6), whole->bytes.left(6));
    QCOMPARE(grey->bytes.mid(6), whole->bytes.mid(9, 6));
}

// The range of values is that of all pixels, whichever are asked for; what lies outside is cut off.
void TestImagingColour::partsOfAFrame()
{
    std::vector<qint16> values;
    for (int i = 0; i < 20 * 30; ++i)
        values.push_back(qint16(i * 37 - 5000));
    const Frame frame = frameOf(values, 20, 30, SampleType::S16);
    const ImageFacts facts = factsOf(20, 30, 16, true);
    const auto whole = render(frame, facts, 0);
    QVERIFY(whole);
    const Area areas[] = {
        {0, 0, 20, 30}, {3, 0, 5, 30}, {4, 7, 6, 11}, {19, 29, 1, 1}, {-3, -4, 10, 9}, {15, 25, 99, 99}};
    for (const Area &area : areas) {
        const auto part = renderArea(frame, facts, 0, {}, area);
        QVERIFY(part);
        const int top = std::max(0, area.top), left = std::max(0, area.left);
        QVERIFY(part->rows > 0 && part->columns > 0);
        for (int row = 0; row < part->rows; ++row) {
            for (int column = 0; column < part->columns; ++column)
                QCOMPARE(byteAt(*part, row * part->columns + column),
                    byteAt(*whole, (top + row) * 30 + left + column));
        }
    }
    for (const Area &outside : {Area{0, 0, 0, 0}, Area{20, 0, 5, 5}, Area{0, -9, 5, 9}, Area{2, 2, -1, 4}}) {
        const auto none = renderArea(frame, facts, 0, {}, outside);
        QVERIFY(none && none->bytes.isEmpty());
    }
}

QTEST_APPLESS_MAIN(TestImagingColour)
#include "tst_imaging_colour.moc"
