// Rendering against the formulas of PS3.3 C.7.6, C.9, C.11, computed here in double precision from the text.
#include "core/imaging/Errors.h"
#include "tests/core/imaging/render/RenderFrames.h"

#include <QTest>

#include <cmath>

using namespace naru;
using namespace naru::imaging;
using namespace naru::imaging::test;

namespace {
// All 16-bit signed values in one frame.
Frame ramp()
{
    std::vector<qint16> values;
    for (int value = -32768; value <= 32767; ++value)
        values.push_back(qint16(value));
    return frameOf(values, 256, 256, SampleType::S16);
}

// C.11.2.1.2.1, C.11.2.1.3.2 and C.11.2.1.3.1 as the standard writes them, for the output range 0..255.
double formula(VoiFunction function, double x, double c, double w)
{
    if (function == VoiFunction::Sigmoid)
        return 255 / (1 + std::exp(-4 * (x - c) / w));
    if (function == VoiFunction::LinearExact) {
        if (x <= c - w / 2)
            return 0;
        return x > c + w / 2 ? 255 : ((x - c) / w + 0.5) * 255;
    }
    if (x <= c - 0.5 - (w - 1) / 2)
        return 0;
    return x > c - 0.5 + (w - 1) / 2 ? 255 : ((x - (c - 0.5)) / (w - 1) + 0.5) * 255;
}

// Nearest grey level; a value exactly between two may go either way.
bool isNear(int grey, double exact)
{
    return std::abs(grey - exact) <= 0.5 + 1e-3;
}
} // namespace

class TestImagingRender : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void windows_data();
    void windows();
    void windowOfOne();
    void photometricAndSlope_data();
    void photometricAndSlope();
    void voiLutOfAnyDepth();
    void modalityLut();
    void choiceOfWindow();
    void fullRange();
    void perFrameRescale();
    void padding();
    void wideAndFloat();
    void probes();
    void badFrames();
};

void TestImagingRender::windows_data()
{
    QTest::addColumn<VoiFunction>("function");
    QTest::addColumn<double>("centre");
    QTest::addColumn<double>("width");
    QTest::addColumn<double>("slope");
    QTest::addColumn<double>("intercept");
    const std::pair<const char *, VoiFunction> functions[] = {{"linear", VoiFunction::Linear},
        {"exact", VoiFunction::LinearExact}, {"sigmoid", VoiFunction::Sigmoid}};
    for (const auto &[name, function] : functions) {
        for (const auto &[slope, intercept] :
            {std::pair{1.0, 0.0}, {1.0, -1024.0}, {-10.0, 5.0}, {0.0035, 1.5}}) {
            for (const auto &[c, w] :
                {std::pair{40.0, 400.0}, {-600.0, 1500.0}, {50.0, 2.0}, {0.0, 65536.0}, {30000.5, 255.0}})
                QTest::addRow("%s %g/%g slope %g", name, c, w, slope)
                    << function << c << w << slope << intercept;
        }
    }
}

void TestImagingRender::windows()
{
    QFETCH(VoiFunction, function);
    QFETCH(double, centre);
    QFETCH(double, width);
    QFETCH(double, slope);
    QFETCH(double, intercept);
    ImageFacts facts = factsOf(256, 256, 16, true);
    facts.frameFacts[0].hasRescale = true;
    facts.frameFacts[0].slope = slope;
    facts.frameFacts[0].intercept = intercept;
    facts.frameFacts[0].voi = function;
    facts.frameFacts[0].windows = {{centre, width, {}}};
    const auto raster = render(ramp(), facts, 0);
    QVERIFY(raster.ok());
    QCOMPARE(raster->bytes.size(), 65536);
    for (int value = -32768; value <= 32767; ++value) {
        const double exact = formula(function, value * slope + intercept, centre, width);
        const int grey = byteAt(*raster, value + 32768);
        if (!isNear(grey, exact))
            QFAIL(qPrintable(QStringLiteral("%1: %2, should be %3").arg(value).arg(grey).arg(exact)));
    }
    QCOMPARE(defaultWindow(ramp(), facts, 0), (Window{centre, width, {}}));
}

void TestImagingRender::windowOfOne()
{
    ImageFacts facts = factsOf(256, 256, 16, true);
    facts.frameFacts[0].windows = {{100, 1, {}}};
    const auto raster = render(ramp(), facts, 0);
    QCOMPARE(byteAt(*raster, 32768 + 99), 0); // 99 <= 100 - 0.5
    QCOMPARE(byteAt(*raster, 32768 + 100), 255);
    facts.frameFacts[0].windows = {{100, 0, {}}, {50, 100, {}}}; // a width of 0 is no window: the next
    QCOMPARE(defaultWindow(ramp(), facts, 0).width, 100.0);
}

void TestImagingRender::photometricAndSlope_data()
{
    QTest::addColumn<QString>("photometric");
    QTest::addColumn<QString>("shape");
    QTest::addColumn<double>("slope");
    QTest::addColumn<bool>("lowIsBright"); // of the stored value
    const QString one = QStringLiteral("MONOCHROME1"), two = QStringLiteral("MONOCHROME2"),
                  inverse = QStringLiteral("INVERSE"), identity = QStringLiteral("IDENTITY");
    QTest::addRow("M2, positive") << two << QString() << 1.0 << false;
    QTest::addRow("M2, negative") << two << QString() << -10.0 << true;
    QTest::addRow("M1, positive") << one << QString() << 1.0 << true;
    QTest::addRow("M1, negative") << one << QString() << -10.0 << false;
    QTest::addRow("M1, inverse shape") << one << inverse << 1.0 << true;
    QTest::addRow("M2, inverse shape") << two << inverse << 1.0 << true;
    QTest::addRow("M2, identity shape") << two << identity << 1.0 << false;
}

void TestImagingRender::photometricAndSlope()
{
    QFETCH(QString, photometric);
    QFETCH(QString, shape);
    QFETCH(double, slope);
    QFETCH(bool, lowIsBright);
    ImageFacts facts = factsOf(1, 2, 12, false);
    facts.photometric = photometric;
    facts.presentationLutShape = shape;
    facts.frameFacts[0].hasRescale = true;
    facts.frameFacts[0].slope = slope;
    const Frame frame = frameOf<quint16>({10, 4000}, 1, 2, SampleType::U16);
    const auto raster = render(frame, facts, 0);
    QCOMPARE(byteAt(*raster, 0), lowIsBright ? 255 : 0);
    QCOMPARE(byteAt(*raster, 1), lowIsBright ? 0 : 255);
    RenderChoice choice;
    choice.invert = true;
    QCOMPARE(byteAt(*render(frame, facts, 0, choice), 0), lowIsBright ? 0 : 255);
    facts.frameFacts[0].windows = {{2000.0 * slope, 100, {}}};
    QCOMPARE(byteAt(*render(frame, facts, 0), 0), lowIsBright ? 255 : 0);
}

void TestImagingRender::voiLutOfAnyDepth()
{
    for (const int bits : {8, 10, 12, 14, 16}) {
        ImageFacts facts = factsOf(1, 4, 12, false);
        LookupTable lut;
        lut.first = 100;
        lut.bits = bits;
        lut.entries = {0, quint16((1 << bits) / 4), quint16((1 << bits) - 1)};
        facts.voiLuts = {lut};
        const Frame frame = frameOf<quint16>({5, 101, 102, 4000}, 1, 4, SampleType::U16);
        const auto raster = render(frame, facts, 0);
        QCOMPARE(byteAt(*raster, 0), 0); // below the first entry: the first
        QVERIFY(isNear(byteAt(*raster, 1), (1 << bits) / 4 * 255.0 / ((1 << bits) - 1)));
        QCOMPARE(byteAt(*raster, 2), 255);
        QCOMPARE(byteAt(*raster, 3), 255); // beyond the last: the last
        facts.frameFacts[0].windows = {
            {2000, 4000, {}}}; // a window of the file comes first, the LUT by index
        QVERIFY(byteAt(*render(frame, facts, 0), 2) < 10);
        RenderChoice choice;
        choice.windowIndex = 1;
        QCOMPARE(byteAt(*render(frame, facts, 0, choice), 2), 255);
    }
}

void TestImagingRender::modalityLut()
{
    ImageFacts facts = factsOf(1, 3, 12, false);
    LookupTable lut;
    lut.first = 0;
    lut.entries = {1000, 500, 0};
    lut.type = QStringLiteral("OD");
    facts.modalityLut = lut;
    facts.frameFacts[0].hasRescale = true; // both are forbidden; the table wins
    facts.frameFacts[0].slope = 7;
    const Frame frame = frameOf<quint16>({0, 1, 2}, 1, 3, SampleType::U16);
    const auto raster = render(frame, facts, 0);
    QCOMPARE(byteAt(*raster, 0), 255);
    QVERIFY(isNear(byteAt(*raster, 1), 127.5));
    QCOMPARE(byteAt(*raster, 2), 0);
    QCOMPARE(probe(frame, facts, 0, 0, 1).value, 500.0);
    QCOMPARE(probe(frame, facts, 0, 0, 1).unit, QStringLiteral("OD"));
}

void TestImagingRender::choiceOfWindow()
{
    ImageFacts facts = factsOf(256, 256, 16, true);
    facts.frameFacts[0].windows = {{40, 400, {}}, {-600, 1500, {}}};
    RenderChoice choice;
    choice.windowIndex = 1;
    QVERIFY(isNear(byteAt(*render(ramp(), facts, 0, choice), 32768 - 600),
        formula(VoiFunction::Linear, -600, -600, 1500)));
    choice.window = Window{-600, 10, {}};
    QCOMPARE(byteAt(*render(ramp(), facts, 0, choice), 32768 - 500), 255);
    choice.window = Window{0, std::nan(""), {}}; // nonsense falls back
    choice.windowIndex = 17;
    QVERIFY(isNear(
        byteAt(*render(ramp(), facts, 0, choice), 32768 + 40), formula(VoiFunction::Linear, 40, 40, 400)));
}

void TestImagingRender::fullRange()
{
    ImageFacts facts = factsOf(1, 3, 12, false);
    const Frame frame = frameOf<quint16>({100, 600, 1100}, 1, 3, SampleType::U16);
    const auto raster = render(frame, facts, 0);
    QCOMPARE(byteAt(*raster, 0), 0);
    QVERIFY(isNear(byteAt(*raster, 1), 127.5));
    QCOMPARE(byteAt(*raster, 2), 255);
    const Window window = defaultWindow(frame, facts, 0);
    QCOMPARE(window.centre - 0.5 - (window.width - 1) / 2, 100.0);
    QCOMPARE(window.centre - 0.5 + (window.width - 1) / 2, 1100.0);
    // 8 bits are shown as they are.
    const Frame small = frameOf<quint8>({10, 100, 200}, 1, 3, SampleType::U8);
    QCOMPARE(byteAt(*render(small, factsOf(1, 3, 8, false), 0), 1), 100);
    // A constant image has no range and must not divide by it.
    QVERIFY(render(frameOf<quint16>({7, 7, 7}, 1, 3, SampleType::U16), facts, 0).ok());
}

void TestImagingRender::perFrameRescale()
{
    ImageFacts facts = factsOf(1, 1, 16, false);
    facts.frameFacts.resize(2);
    for (int i = 0; i < 2; ++i) {
        FrameFacts &own = facts.frameFacts[std::size_t(i)];
        own.hasRescale = true;
        own.slope = i + 1;
        own.windows = {{100, 101, {}}};
    }
    const Frame frame = frameOf<quint16>({74}, 1, 1, SampleType::U16);
    QVERIFY(isNear(byteAt(*render(frame, facts, 0), 0), formula(VoiFunction::Linear, 74, 100, 101)));
    QVERIFY(isNear(byteAt(*render(frame, facts, 1), 0), formula(VoiFunction::Linear, 148, 100, 101)));
}

void TestImagingRender::padding()
{
    ImageFacts facts = factsOf(1, 4, 16, true);
    facts.padding = -2000;
    const Frame frame = frameOf<qint16>({-2000, -1000, 0, 1000}, 1, 4, SampleType::S16);
    auto raster = render(frame, facts, 0); // the range is that of the picture
    QCOMPARE(byteAt(*raster, 0), 0);
    QCOMPARE(byteAt(*raster, 1), 0);
    QCOMPARE(byteAt(*raster, 3), 255);
    QVERIFY(std::isnan(probe(frame, facts, 0, 0, 0).value));
    facts.photometric = QStringLiteral("MONOCHROME1");
    raster = render(frame, facts, 0);
    QCOMPARE(byteAt(*raster, 0), 0); // background stays black
    QCOMPARE(byteAt(*raster, 1), 255);
    facts.paddingLimit = -1000;
    QCOMPARE(byteAt(*render(frame, facts, 0), 1), 0);
}

void TestImagingRender::wideAndFloat()
{
    ImageFacts facts = factsOf(1, 3, 32, false);
    facts.frameFacts[0].windows = {{2e9, 2e9, {}}};
    auto raster = render(frameOf<quint32>({0, 2000000000U, 4000000000U}, 1, 3, SampleType::U32), facts, 0);
    QCOMPARE(byteAt(*raster, 0), 0);
    QVERIFY(isNear(byteAt(*raster, 1), formula(VoiFunction::Linear, 2e9, 2e9, 2e9)));
    QCOMPARE(byteAt(*raster, 2), 255);
    facts = factsOf(1, 4, 32, false);
    facts.isFloat = true;
    const float nothing = std::numeric_limits<float>::quiet_NaN();
    const Frame frame = frameOf<float>({0.25F, 0.5F, 0.75F, nothing}, 1, 4, SampleType::F32);
    raster = render(frame, facts, 0);
    QCOMPARE(byteAt(*raster, 0), 0);
    QVERIFY(isNear(byteAt(*raster, 1), 127.5));
    QCOMPARE(byteAt(*raster, 2), 255);
    QCOMPARE(byteAt(*raster, 3), 0);
    RenderChoice choice;
    choice.window = Window{0.5, 0.5, {}}; // narrower than 1: the exact form
    QVERIFY(isNear(byteAt(*render(frame, facts, 0, choice), 1), 127.5));
    QVERIFY(render(frameOf<double>({-1e308, 1e308}, 1, 2, SampleType::F64), facts, 0).ok());
}

void TestImagingRender::probes()
{
    ImageFacts facts = factsOf(1, 2, 16, true);
    facts.modality = QStringLiteral("CT");
    facts.frameFacts[0].hasRescale = true;
    facts.frameFacts[0].intercept = -1024;
    const Frame frame = frameOf<qint16>({1064, 0}, 1, 2, SampleType::S16);
    QCOMPARE(probe(frame, facts, 0, 0, 0).value, 40.0);
    QCOMPARE(probe(frame, facts, 0, 0, 0).unit, QStringLiteral("HU"));
    for (const auto &[row, column] : {std::pair{-1, 0}, {0, 2}, {1, 0}})
        QVERIFY(std::isnan(probe(frame, facts, 0, row, column).value));
    facts.frameFacts[0].rescaleType = QStringLiteral("US");
    QCOMPARE(probe(frame, facts, 0, 0, 1).unit, QString());
}

void TestImagingRender::badFrames()
{
    const ImageFacts facts = factsOf(2, 2, 8, false);
    Frame frame = frameOf<quint8>({1, 2, 3}, 2, 2, SampleType::U8); // a byte short
    QVERIFY(render(frame, facts, 0).error().is(imaging::errors::BadGeometry));
    QVERIFY(std::isnan(probe(frame, facts, 0, 0, 0).value));
    QCOMPARE(defaultWindow(frame, facts, 0), Window{});
    frame.shape = {0, 5, 1, SampleType::U8};
    QVERIFY(!render(frame, facts, 0));
    QVERIFY(render(frameOf<quint8>({1, 2, 3, 4, 99}, 2, 2, SampleType::U8), facts, 7).ok()); // longer is fine
}

QTEST_APPLESS_MAIN(TestImagingRender)
#include "tst_imaging_render.moc"
