// Lengths, angles, areas and values against geometry and against a reference that looks at every pixel; which
// calibration counts (PS3.3 10.7, C.8.5.5, complaints 1, 3, 11, 12, 13).
#include "core/imaging/measure/Measure.h"
#include "core/imaging/render/Modality.h"
#include "tests/core/imaging/geometry/SliceSeries.h"

#include <QTest>

#include <random>

using namespace naru::imaging;
using namespace naru::imaging::test;

namespace {
Shape shapeOf(ShapeKind kind, std::vector<QPointF> points, bool closed = false)
{
    Shape out;
    out.kind = kind;
    out.points = std::move(points);
    out.closed = closed;
    return out;
}

std::shared_ptr<ImageFacts> ctFacts(double row, double column)
{
    auto facts = sliceFacts({}, {1, 0, 0}, {0, 1, 0}, 1);
    facts->frameFacts[0].spacingRow = row;
    facts->frameFacts[0].spacingColumn = column;
    return facts;
}

template <typename T> Frame frameFrom(std::vector<T> values, int rows, int columns, SampleType type)
{
    auto memory = std::make_shared<std::vector<T>>(std::move(values));
    Frame out;
    out.shape = {rows, columns, 1, type};
    out.owner = memory;
    out.data = std::as_bytes(std::span<const T>(*memory));
    return out;
}

Frame noise(int size, int low, int high)
{
    std::mt19937 random(3);
    std::uniform_int_distribution<int> value(low, high);
    std::vector<qint16> values;
    for (int i = 0; i < size * size; ++i)
        values.push_back(qint16(value(random)));
    return frameFrom(std::move(values), size, size, SampleType::S16);
}

// Every pixel whose centre is inside, by the definition.
Statistics reference(const Frame &frame, const ImageFacts &facts, const Shape &shape)
{
    const Modality modality(facts, 0);
    std::vector<double> values;
    Statistics out;
    for (int row = 0; row < frame.shape.rows; ++row) {
        for (int column = 0; column < frame.shape.columns; ++column) {
            if (!contains(shape, {column + 0.5, row + 0.5}))
                continue;
            const double stored = frame.as<qint16>()[std::size_t(row * frame.shape.columns + column)];
            if (modality.isPadding(stored))
                ++out.left;
            else
                values.push_back(modality(stored));
        }
    }
    out.count = qint64(values.size());
    if (values.empty())
        return out;
    for (const double value : values)
        out.sum += value;
    out.mean = out.sum / double(values.size());
    out.minimum = *std::min_element(values.begin(), values.end());
    out.maximum = *std::max_element(values.begin(), values.end());
    double squares = 0;
    for (const double value : values)
        squares += (value - out.mean) * (value - out.mean);
    out.deviation = values.size() > 1 ? std::sqrt(squares / double(values.size() - 1)) : 0;
    return out;
}

bool near(double a, double b, double tolerance = 1e-9)
{
    return std::abs(a - b) <= tolerance;
}
} // namespace

class TestImagingMeasure : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // 0.4 mm between columns, 0.9 mm between rows.
    void lengths()
    {
        const auto facts = ctFacts(0.9, 0.4);
        const Reading across = measure(shapeOf(ShapeKind::Length, {{2, 3}, {12, 3}}), *facts, 0);
        QCOMPARE(across.unit(), QStringLiteral("mm"));
        QVERIFY(near(across.value(), 4));
        QVERIFY(near(measure(shapeOf(ShapeKind::Length, {{2, 3}, {2, 13}}), *facts, 0).value(), 9));
        QVERIFY(near(
            measure(shapeOf(ShapeKind::Length, {{0, 0}, {30, 40}}), *facts, 0).value(), std::hypot(12, 36)));
        QCOMPARE(across.calibration.source, CalibrationSource::PixelSpacing);
        const Reading way = measure(shapeOf(ShapeKind::Polyline, {{0, 0}, {10, 0}, {10, 10}}), *facts, 0);
        QVERIFY(near(way.value(), 13));
    }

    // A drawn phantom: a bar of known length in mm, turned; its ends found at half height, to within half a
    // pixel.
    void barOfKnownLength()
    {
        const auto facts = ctFacts(0.7, 0.5);
        for (const double degrees : {0.0, 17.0, 45.0, 90.0, 133.0}) {
            const double angle = degrees * M_PI / 180;
            const QPointF middle(100, 90), half(10 * std::cos(angle) / 0.5, 10 * std::sin(angle) / 0.7);
            // A person clicks on whole pixels.
            const auto clicked = [](QPointF point) {
                return QPointF(std::floor(point.x()) + 0.5, std::floor(point.y()) + 0.5);
            };
            const Reading reading = measure(
                shapeOf(ShapeKind::Length, {clicked(middle - half), clicked(middle + half)}), *facts, 0);
            QVERIFY2(near(reading.value(), 20, 0.7), qPrintable(QString::number(reading.value())));
            QVERIFY(near(
                measure(shapeOf(ShapeKind::Length, {middle - half, middle + half}), *facts, 0).value(), 20));
        }
    }

    void angles()
    {
        // 45 degrees in the patient, not in the pixels.
        const auto facts = ctFacts(1.0, 0.5);
        const auto angle = [&](std::vector<QPointF> points) {
            return measure(shapeOf(ShapeKind::Angle, std::move(points)), *facts, 0).value();
        };
        QVERIFY(near(angle({{20, 0}, {0, 0}, {20, 10}}), 45));
        QVERIFY(near(angle({{10, 0}, {0, 0}, {0, 7}}), 90));
        QVERIFY(near(angle({{10, 0}, {0, 0}, {-5, 0}}), 180));
        QVERIFY(near(angle({{10, 0}, {0, 0}, {20, 0}}), 0));
        QVERIFY(std::isnan(angle({{1, 1}, {1, 1}, {2, 2}}))); // an arm without length
        QCOMPARE(measure(shapeOf(ShapeKind::Angle, {{20, 0}, {0, 0}, {20, 10}}), *facts, 0).unit(),
            QStringLiteral("deg"));
    }

    // Lines have no direction: drawn from either end, the same angle.
    void cobb()
    {
        const auto facts = ctFacts(1, 1);
        const double a = 20 * M_PI / 180, b = -15 * M_PI / 180;
        const QPointF upper(100 * std::cos(a), 100 * std::sin(a)), lower(80 * std::cos(b), 80 * std::sin(b)),
            away(5, 200);
        for (const bool swapped : {false, true}) {
            const std::vector<QPointF> second =
                swapped ? std::vector<QPointF>{away + lower, away} : std::vector<QPointF>{away, away + lower};
            const Reading reading =
                measure(shapeOf(ShapeKind::Cobb, {{0, 0}, upper, second[0], second[1]}), *facts, 0);
            QVERIFY(near(reading.value(), 35, 1e-9));
            QCOMPARE(reading.quantities[0].what, "cobb");
        }
    }

    void areas()
    {
        const auto facts = ctFacts(0.8, 0.5);
        const Reading ellipse = measure(shapeOf(ShapeKind::Ellipse, ellipseIn({10, 20, 40, 30})), *facts, 0);
        QVERIFY(near(ellipse.value(), M_PI * 10 * 12));
        QCOMPARE(ellipse.unit(), QStringLiteral("mm2"));
        QVERIFY(near(ellipse.find("axisA")->value, 24) && near(ellipse.find("axisB")->value, 20));
        const Reading box = measure(shapeOf(ShapeKind::Rectangle, {{10, 20}, {2, 5}}), *facts, 0);
        QVERIFY(near(box.value(), 8 * 0.5 * 15 * 0.8));
        QVERIFY(near(box.find("width")->value, 4) && near(box.find("height")->value, 12));
        const Reading triangle =
            measure(shapeOf(ShapeKind::Polyline, {{0, 0}, {30, 0}, {0, 40}}, true), *facts, 0);
        QVERIFY(near(triangle.value(), 600 * 0.4));
        QVERIFY(near(triangle.find("perimeter")->value, 15 + 32 + std::hypot(15, 32)));
        // A circle that is round in the patient has one radius in both directions.
        const Reading circle = measure(
            shapeOf(ShapeKind::Ellipse, circleAround({50, 50}, {60, 50}, pixelAspect(*facts, 0))), *facts, 0);
        QVERIFY(near(circle.find("axisA")->value, 10) && near(circle.find("axisB")->value, 10));
        QVERIFY(near(circle.find("perimeter")->value, M_PI * 10, 1e-6));
    }

    // An ellipse turned by 30 degrees in square pixels has the axes it was drawn with.
    void turnedEllipse()
    {
        const auto facts = ctFacts(1, 1);
        const QPointF u(20 * std::cos(M_PI / 6), 20 * std::sin(M_PI / 6)),
            v(-8 * std::sin(M_PI / 6), 8 * std::cos(M_PI / 6));
        const QPointF middle(40, 40);
        const Shape shape = shapeOf(ShapeKind::Ellipse, {middle - u, middle + u, middle - v, middle + v});
        const Reading reading = measure(shape, *facts, 0);
        QVERIFY(near(reading.find("axisA")->value, 40) && near(reading.find("axisB")->value, 16));
        QVERIFY(near(reading.value(), M_PI * 160));
        QVERIFY(contains(shape, middle + u * 0.99) && !contains(shape, middle + u * 1.01));
    }

    void statistics_data()
    {
        QTest::addColumn<Shape>("shape");
        QTest::addRow("rectangle") << shapeOf(ShapeKind::Rectangle, {{3, 4}, {20.2, 30.7}});
        QTest::addRow("ellipse") << shapeOf(ShapeKind::Ellipse, ellipseIn({5.3, 6.1, 30, 17.5}));
        QTest::addRow("turned ellipse")
            << shapeOf(ShapeKind::Ellipse, {{10, 10}, {40, 30}, {28, 14}, {22, 26}});
        QTest::addRow("triangle") << shapeOf(ShapeKind::Polyline, {{1, 1}, {50, 7}, {20, 44.5}}, true);
        QTest::addRow("crossing itself")
            << shapeOf(ShapeKind::Polyline, {{5, 5}, {40, 40}, {40, 5}, {5, 40}}, true);
        QTest::addRow("concave") << shapeOf(
            ShapeKind::Polyline, {{5, 5}, {45, 5}, {45, 45}, {25, 15}, {5, 45}}, true);
        QTest::addRow("beyond the edges") << shapeOf(ShapeKind::Ellipse, ellipseIn({-20, -20, 60, 50}));
        QTest::addRow("all") << shapeOf(ShapeKind::Rectangle, {{-5, -5}, {1e6, 1e6}});
        QTest::addRow("one pixel") << shapeOf(ShapeKind::Rectangle, {{7, 9}, {8, 10}});
        QTest::addRow("between centres") << shapeOf(ShapeKind::Rectangle, {{7.6, 9.6}, {8.4, 10.4}});
    }
    // Against the reference, with a rescale, with padding in it.
    void statistics()
    {
        QFETCH(Shape, shape);
        const Frame frame = noise(56, -1000, 3000);
        auto facts = ctFacts(1, 1);
        facts->rows = facts->columns = 56;
        facts->frameFacts[0].hasRescale = true;
        facts->frameFacts[0].slope = 0.5;
        facts->frameFacts[0].intercept = -1024;
        facts->padding = -1000;
        facts->paddingLimit = -600;
        const Statistics got = statisticsOf(frame, *facts, 0, shape),
                         wanted = reference(frame, *facts, shape);
        QCOMPARE(got.count, wanted.count);
        QCOMPARE(got.left, wanted.left);
        QCOMPARE(got.minimum, wanted.minimum);
        QCOMPARE(got.maximum, wanted.maximum);
        QVERIFY(near(got.mean, wanted.mean, 1e-9) && near(got.deviation, wanted.deviation, 1e-9));
        QCOMPARE(got.unit, QStringLiteral("HU"));
        if (got.count > 0) {
            const auto at = std::size_t(got.maximumAt.y()) * 56 + std::size_t(got.maximumAt.x());
            QCOMPARE(frame.as<qint16>()[at] * 0.5 - 1024, got.maximum);
        }
    }

    // Known values: water 0, air -1000 HU stored with intercept -1024 (12 bits unsigned).
    void hounsfieldValues()
    {
        std::vector<quint16> pixels(32 * 32, 24);
        for (std::size_t row = 8; row < 24; ++row) {
            for (std::size_t column = 8; column < 24; ++column)
                pixels[row * 32 + column] = 1024;
        }
        const Frame frame = frameFrom(std::move(pixels), 32, 32, SampleType::U16);
        auto facts = ctFacts(1, 1);
        facts->isSigned = false;
        facts->frameFacts[0].hasRescale = true;
        facts->frameFacts[0].intercept = -1024;
        const auto stats = [&](double x, double y, double w, double h) {
            return statisticsOf(frame, *facts, 0, shapeOf(ShapeKind::Rectangle, {{x, y}, {x + w, y + h}}));
        };
        const Statistics water = stats(10, 10, 10, 10), air = stats(0, 0, 6, 6), both = stats(4, 8, 8, 8);
        QCOMPARE(water.mean, 0.0);
        QCOMPARE(water.deviation, 0.0);
        QCOMPARE(water.count, 100);
        QCOMPARE(air.mean, -1000.0);
        QCOMPARE(both.mean, -500.0);
        QVERIFY(near(both.deviation, 500 * std::sqrt(64.0 / 63)));
        QCOMPARE(water.unit, QStringLiteral("HU"));
    }

    // A table instead of a slope (complaint 3), and a slope far below 1 (ADC).
    void modalityTableAndSmallSlope()
    {
        const Frame frame = frameFrom(std::vector<qint16>{0, 1, 2, 3}, 2, 2, SampleType::S16);
        auto facts = ctFacts(1, 1);
        LookupTable table;
        table.bits = 16;
        table.entries = {100, 400, 900, 1600};
        table.type = QStringLiteral("OD");
        facts->modalityLut = table;
        const Shape all = shapeOf(ShapeKind::Rectangle, {{0, 0}, {2, 2}});
        QCOMPARE(statisticsOf(frame, *facts, 0, all).mean, 750.0);
        QCOMPARE(statisticsOf(frame, *facts, 0, all).unit, QStringLiteral("OD"));
        facts->modalityLut.reset();
        facts->frameFacts[0].hasRescale = true;
        facts->frameFacts[0].slope = 1e-6;
        QVERIFY(near(statisticsOf(frame, *facts, 0, all).mean, 1.5e-6, 1e-15));
    }

    // Complaint 1: no numbers at all rather than the ends of a float.
    void emptyAreasSaySo()
    {
        const Frame padding = frameFrom(std::vector<qint16>(64 * 64, -2000), 64, 64, SampleType::S16);
        auto facts = ctFacts(1, 1);
        facts->padding = -2000;
        const Reading inPadding =
            measure(shapeOf(ShapeKind::Ellipse, ellipseIn({5, 5, 20, 20})), *facts, 0, &padding);
        QVERIFY(inPadding.emptyArea);
        QCOMPARE(inPadding.statistics->count, 0);
        QVERIFY(inPadding.statistics->left > 300);
        QCOMPARE(inPadding.statistics->minimum, 0.0);
        facts->padding.reset();
        for (const Shape &shape : {shapeOf(ShapeKind::Rectangle, {{-9, -9}, {-2, -2}}),
                 shapeOf(ShapeKind::Ellipse, ellipseIn({5.6, 5.6, 0.1, 0.1})),
                 shapeOf(ShapeKind::Ellipse, {{5, 5}, {5, 5}, {5, 5}, {5, 5}})}) {
            const Reading reading = measure(shape, *facts, 0, &padding);
            QVERIFY(reading.emptyArea && reading.statistics->empty());
        }
        const Frame nan = frameFrom(
            std::vector<float>(64 * 64, std::numeric_limits<float>::quiet_NaN()), 64, 64, SampleType::F32);
        QVERIFY(measure(shapeOf(ShapeKind::Ellipse, ellipseIn({5, 5, 20, 20})), *facts, 0, &nan).emptyArea);
    }

    void pointsGiveTheirPixel()
    {
        const Frame frame = frameFrom(std::vector<qint16>{10, 20, 30, 40}, 2, 2, SampleType::S16);
        const auto facts = ctFacts(1, 1);
        const Reading reading = measure(shapeOf(ShapeKind::Point, {{1.2, 0.9}}), *facts, 0, &frame);
        QCOMPARE(reading.value(), 20.0);
        QCOMPARE(reading.unit(), QStringLiteral("HU").mid(2)); // no rescale: no unit
        QVERIFY(measure(shapeOf(ShapeKind::Point, {{-0.1, 0}}), *facts, 0, &frame).emptyArea);
        const auto profile = profileOf(frame, *facts, 0, {0.5, 0.5}, {1.5, 0.5});
        QCOMPARE(profile, (std::vector<double>{10, 20}));
    }

    void colourHasNoValues()
    {
        Frame frame = frameFrom(std::vector<quint8>(12, 200), 2, 2, SampleType::U8);
        frame.shape.samples = 3;
        auto facts = ctFacts(1, 1);
        facts->samples = 3;
        const Statistics got =
            statisticsOf(frame, *facts, 0, shapeOf(ShapeKind::Rectangle, {{0, 0}, {2, 2}}));
        QVERIFY(got.empty() && !got.grey);
    }

    void projection_data()
    {
        QTest::addColumn<int>("spacing");
        QTest::addColumn<double>("magnification");
        QTest::addColumn<int>("source");
        QTest::addColumn<double>("length"); // of 100 pixels at 0.2 mm
        const auto row = [](const char *name, SpacingSource spacing, double factor, CalibrationSource source,
                             double mm) {
            QTest::addRow("%s", name) << int(spacing) << factor << int(source) << mm;
        };
        row("detector", SpacingSource::ImagerPixelSpacing, 0, CalibrationSource::Detector, 20);
        row("magnified", SpacingSource::ImagerPixelSpacing, 1.25, CalibrationSource::Magnification, 16);
        row("corrected", SpacingSource::Calibrated, 1.25, CalibrationSource::Calibrated, 20);
        row("says nothing", SpacingSource::PixelSpacing, 0, CalibrationSource::Uncertain, 20);
    }
    void projection()
    {
        QFETCH(int, spacing);
        QFETCH(double, magnification);
        QFETCH(double, length);
        ImageFacts facts;
        facts.modality = QStringLiteral("DX");
        facts.rows = facts.columns = 500;
        facts.estimatedMagnification = magnification;
        facts.frameFacts.resize(1);
        facts.frameFacts[0].spacingRow = facts.frameFacts[0].spacingColumn = 0.2;
        facts.frameFacts[0].spacingSource = SpacingSource(spacing);
        const Reading reading = measure(shapeOf(ShapeKind::Length, {{0, 0}, {100, 0}}), facts, 0);
        QTEST(int(reading.calibration.source), "source");
        QVERIFY(near(reading.value(), length));
        QVERIFY(qstrlen(calibrationKey(reading.calibration.source)) > 0);
        // The user's own known length wins, and says so.
        const Calibration manual = manualCalibration(facts, 0, {0, 0}, {0, 50}, 25);
        const Reading corrected =
            measure(shapeOf(ShapeKind::Length, {{0, 0}, {100, 0}}), facts, 0, nullptr, manual);
        QVERIFY(near(corrected.value(), 50));
        QCOMPARE(corrected.calibration.source, CalibrationSource::Manual);
        QCOMPARE(manualCalibration(facts, 0, {3, 3}, {3, 3}, 25).source, CalibrationSource::None);
        QCOMPARE(manualCalibration(facts, 0, {0, 0}, {3, 3}, 0).source, CalibrationSource::None);
    }

    void uncalibratedSaysPixels()
    {
        ImageFacts facts;
        facts.modality = QStringLiteral("OT");
        facts.frameFacts.resize(1);
        const Reading length = measure(shapeOf(ShapeKind::Length, {{0, 0}, {3, 4}}), facts, 0);
        QCOMPARE(length.unit(), QStringLiteral("px"));
        QCOMPARE(length.value(), 5.0);
        QCOMPARE(length.calibration.source, CalibrationSource::None);
        const Reading area = measure(shapeOf(ShapeKind::Rectangle, {{0, 0}, {3, 4}}), facts, 0);
        QCOMPARE(area.unit(), QStringLiteral("px2"));
        QCOMPARE(area.value(), 12.0);
        // Pixel Aspect Ratio 2:1 (vertical : horizontal): angles are right, areas count pixels.
        facts.aspect = {2, 1};
        QVERIFY(near(measure(shapeOf(ShapeKind::Angle, {{2, 0}, {0, 0}, {2, 1}}), facts, 0).value(), 45));
        QCOMPARE(measure(shapeOf(ShapeKind::Rectangle, {{0, 0}, {3, 4}}), facts, 0).value(), 12.0);
        QCOMPARE(measure(shapeOf(ShapeKind::Length, {{0, 0}, {0, 4}}), facts, 0).value(), 8.0);
    }

    // Complaint 12: two pictures side by side with different scales, a spectrum below.
    void ultrasoundRegions()
    {
        ImageFacts facts;
        facts.modality = QStringLiteral("US");
        facts.rows = 400;
        facts.columns = 600;
        facts.frameFacts.resize(1);
        facts.regions = {{0, 0, 299, 199, 3, 3, 0.02, 0.02, 0}, {300, 0, 599, 199, 3, 3, 0.05, 0.05, 0},
            {0, 200, 599, 399, 4, 7, 0.004, -0.8, 0}, {310, 10, 349, 49, 3, 3, 0.1, 0.1, 0}};
        const auto length = [&](QPointF from, QPointF to) {
            return measure(shapeOf(ShapeKind::Length, {from, to}), facts, 0);
        };
        QVERIFY(near(length({10, 50}, {110, 50}).value(), 20));
        QCOMPARE(length({10, 50}, {110, 50}).calibration.source, CalibrationSource::UltrasoundRegion);
        QVERIFY(near(length({400, 100}, {500, 100}).value(), 50));
        QCOMPARE(length({400, 100}, {500, 100}).calibration.region, 1);
        QVERIFY(near(length({320, 20}, {330, 20}).value(), 10)); // the inset
        const Reading across = length({250, 50}, {350, 100});
        QCOMPARE(across.unit(), QStringLiteral("px"));
        QCOMPARE(across.calibration.source, CalibrationSource::None);
        QCOMPARE(length({10, 50}, {10, 500}).unit(), QStringLiteral("px")); // leaves the picture
        // Doppler: seconds to the right, cm/s upward; no millimetres.
        const Reading spectrum = length({100, 250}, {200, 300});
        QVERIFY(!spectrum.find("length"));
        QVERIFY(near(spectrum.find("x")->value, 0.4));
        QCOMPARE(spectrum.find("x")->unit, QStringLiteral("s"));
        QVERIFY(near(spectrum.find("y")->value, 40));
        QCOMPARE(spectrum.find("y")->unit, QStringLiteral("cm/s"));
        // Of two that overlap the one of high priority counts, be it the larger (Region Flags, bit 0).
        facts.regions[3].flags = 1;
        QVERIFY(near(length({320, 20}, {330, 20}).value(), 5));
        // An ellipse that reaches over the edge between two regions has no area in mm2.
        QCOMPARE(measure(shapeOf(ShapeKind::Ellipse, ellipseIn({250, 20, 100, 100})), facts, 0).unit(),
            QStringLiteral("px2"));
    }

    void incompleteShapes()
    {
        const auto facts = ctFacts(1, 1);
        const double nan = std::nan("");
        for (const Shape &shape :
            {shapeOf(ShapeKind::Length, {{1, 1}}), shapeOf(ShapeKind::Cobb, {{1, 1}, {2, 2}}),
                shapeOf(ShapeKind::Polyline, {{1, 1}, {2, 2}}, true),
                shapeOf(ShapeKind::Length, {{1, 1}, {nan, 2}}), shapeOf(ShapeKind::Point, {})}) {
            const Reading reading = measure(shape, *facts, 0);
            QVERIFY(!reading.valid && reading.quantities.empty());
            QVERIFY(std::isinf(distanceTo(shape, {0, 0})));
            QVERIFY(boundsOf(shape).isNull() && outlineOf(shape).empty());
        }
    }

    void picking()
    {
        const Shape line = shapeOf(ShapeKind::Length, {{0, 0}, {10, 0}});
        QCOMPARE(distanceTo(line, {5, 3}), 3.0);
        QCOMPARE(distanceTo(line, {13, 4}), 5.0);
        const Shape box = shapeOf(ShapeKind::Rectangle, {{0, 0}, {10, 10}});
        QCOMPARE(distanceTo(box, {5, 4}), 4.0);
        QVERIFY(near(distanceTo(shapeOf(ShapeKind::Ellipse, ellipseIn({0, 0, 10, 10})), {5, 5}), 5, 0.01));
        QCOMPARE(distanceTo(shapeOf(ShapeKind::Cobb, {{0, 0}, {10, 0}, {0, 20}, {10, 20}}), {5, 18}), 2.0);
        QCOMPARE(movedBy(line, {1, 2}).points[1], QPointF(11, 2));
    }
};

QTEST_APPLESS_MAIN(TestImagingMeasure)
#include "tst_imaging_measure.moc"
