// Planes through phantoms that are known at every point of the patient: whatever way the slices lie, the
// anatomy comes out the same (complaint 23).
#include "core/imaging/measure/Statistics.h"
#include "core/imaging/render/Modality.h"
#include "core/imaging/render/Render.h"
#include "core/imaging/volume/Mpr.h"
#include "tests/core/imaging/geometry/SliceSeries.h"

#include <QTest>

#include <random>

using namespace naru::imaging;
using namespace naru::imaging::test;

namespace {
// A linear function of the place: trilinear interpolation must give it exactly (but for rounding to 1).
double slope(Vector3 p)
{
    return 10 * p.x + 20 * p.y + 15 * p.z;
}

constexpr Vector3 ballCentre{6, -4, 9};
constexpr double ballRadius = 12;
// Its surface is a ramp of 4 mm, as a scanner's slices would give it.
double ball(Vector3 p)
{
    return std::clamp((ballRadius - (p - ballCentre).length()) * 500, -1000.0, 1000.0);
}

enum class Scan { Axial, Reversed, Coronal, Sagittal, Oblique, Tilted, Unequal };
const std::pair<const char *, Scan> scans[] = {{"axial", Scan::Axial}, {"from the head", Scan::Reversed},
    {"coronal", Scan::Coronal}, {"sagittal", Scan::Sagittal}, {"oblique", Scan::Oblique},
    {"tilted gantry", Scan::Tilted}, {"unequal spacing", Scan::Unequal}};

// 64 x 64 pixels of 1 mm, about 64 mm of slices around the patient's origin.
std::vector<std::shared_ptr<ImageFacts>> scan(Scan kind)
{
    std::vector<std::shared_ptr<ImageFacts>> out;
    Vector3 right{1, 0, 0}, down{0, 1, 0};
    if (kind == Scan::Coronal)
        down = {0, 0, -1};
    if (kind == Scan::Sagittal) {
        right = {0, 1, 0};
        down = {0, 0, -1};
    }
    if (kind == Scan::Oblique) {
        right = Vector3{1, 0.4, -0.2}.unit();
        down = cross(Vector3{0.2, -0.3, 1}.unit(), right).unit();
    }
    if (kind == Scan::Tilted)
        down = {0, std::cos(0.35), -std::sin(0.35)};
    const Vector3 normal = cross(right, down), way = kind == Scan::Tilted ? Vector3{0, 0, 1} : normal;
    double at = -32;
    for (int i = 0; at <= 32; ++i) {
        const Vector3 origin = (right + down) * -31.5 + way * (kind == Scan::Reversed ? -at : at);
        out.push_back(sliceFacts(origin, right, down, i + 1));
        at += kind == Scan::Unequal ? (i % 3 == 0 ? 1.0 : i < 15 ? 2.5 : 1.5) : 2;
    }
    return out;
}

std::shared_ptr<Volume> volumeOf(
    const std::vector<std::shared_ptr<ImageFacts>> &facts, double (*value)(Vector3))
{
    const auto refs = refsOf(facts);
    const auto stacks = buildStacks(refs);
    if (stacks.size() != 1)
        return {};
    PhantomPool pool(refs, value);
    auto volume = Volume::make(refs, stacks[0], pool, nullptr);
    if (!volume || !(*volume)->fill(pool, PhantomPool::source, 1, runHere))
        return {};
    return *volume;
}

template <typename T> double pixel(const Resliced &cut, int row, int column)
{
    return double(
        cut.frame.as<T>()[std::size_t(row) * std::size_t(cut.frame.shape.columns) + std::size_t(column)]);
}

bool isBlank(const Resliced &cut, int row, int column)
{
    return std::isnan(probe(cut.frame, cut.facts, 0, row, column).value);
}

// How deep inside the volume a point lies, in pixels; negative outside.
double depth(const Volume &volume, Vector3 point)
{
    const Vector3 voxel = volume.toVoxel(point);
    return std::min({voxel.x, volume.columns() - 1 - voxel.x, voxel.y, volume.rows() - 1 - voxel.y, voxel.z,
        volume.slices() - 1 - voxel.z});
}

// Every pixel of a cut is the function of its place, or lies outside.
void compare(const Volume &volume, const ImagePlane &plane, double tolerance)
{
    const auto cut = reslice(volume, plane);
    QVERIFY(cut);
    QCOMPARE(cut->frame.shape.rows, plane.rows);
    int inside = 0;
    for (int row = 0; row < plane.rows; ++row) {
        for (int column = 0; column < plane.columns; ++column) {
            const Vector3 point = plane.toPatient({column + 0.5, row + 0.5});
            const double deep = depth(volume, point);
            if (deep < 0.75) { // at the rim of a tilted scan one of two slices has ended
                QVERIFY2(deep > -0.6 || isBlank(*cut, row, column),
                    qPrintable(QStringLiteral("%1 %2 at depth %3").arg(row).arg(column).arg(deep)));
                continue;
            }
            ++inside;
            const double got = pixel<qint16>(*cut, row, column), wanted = slope(point);
            QVERIFY2(std::abs(got - wanted) <= tolerance,
                qPrintable(QStringLiteral("%1 %2: %3 is not %4").arg(row).arg(column).arg(got).arg(wanted)));
        }
    }
    QVERIFY(inside > 200);
}
} // namespace

class TestImagingMpr : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyAcquisitionGivesTheSameAnatomy_data()
    {
        QTest::addColumn<int>("kind");
        for (const auto &[name, kind] : scans)
            QTest::addRow("%s", name) << int(kind);
    }
    void everyAcquisitionGivesTheSameAnatomy()
    {
        QFETCH(int, kind);
        const auto volume = volumeOf(scan(Scan(kind)), slope);
        QVERIFY(volume);
        for (const Cut cut : {Cut::Axial, Cut::Coronal, Cut::Sagittal})
            compare(*volume, cutPlane(*volume, cut, {2.3, -3.1, 4.7}), 1.01);
        compare(*volume, obliquePlane(*volume, {1, 1, 0.3}, {-0.2, 0.5, 1}, {1, 2, 3}), 1.01);
    }

    // Radiologists' habit: axial from the feet, coronal from the front, sagittal from the left.
    void orientationOfCuts()
    {
        const auto volume = volumeOf(scan(Scan::Coronal), slope);
        QVERIFY(volume);
        const auto letters = [&](Cut cut) {
            const EdgeLetters e = edgeLetters(cutPlane(*volume, cut, {}));
            return e.left + e.top + e.right + e.bottom;
        };
        QCOMPARE(letters(Cut::Axial), QStringLiteral("RALP"));
        QCOMPARE(letters(Cut::Coronal), QStringLiteral("RHLF"));
        QCOMPARE(letters(Cut::Sagittal), QStringLiteral("AHPF"));
    }

    // The cut in the plane of the slices is the slice, bit for bit.
    void cutThroughASlice()
    {
        const auto facts = scan(Scan::Axial);
        const auto volume = volumeOf(facts, slope);
        QVERIFY(volume);
        const ImagePlane plane = planeOf(*facts[7], 0).value();
        const auto cut = reslice(*volume, cutPlane(*volume, Cut::Axial, plane.origin));
        QVERIFY(cut);
        const Frame slice = volume->frame(7);
        QCOMPARE(cut->frame.data.size(), slice.data.size());
        QVERIFY(std::equal(slice.data.begin(), slice.data.end(), cut->frame.data.begin()));
        const auto back = planeOf(cut->facts, 0);
        QVERIFY(back && (back->origin - plane.origin).length() < 1e-9);
    }

    void ballThroughEveryPlane_data() { everyAcquisitionGivesTheSameAnatomy_data(); }
    // Circles of the right radius: area and centre within half a pixel.
    void ballThroughEveryPlane()
    {
        QFETCH(int, kind);
        const auto volume = volumeOf(scan(Scan(kind)), ball);
        QVERIFY(volume);
        for (const double away : {0.0, 5.0}) {
            std::vector<ImagePlane> planes;
            for (const Cut cut : {Cut::Axial, Cut::Coronal, Cut::Sagittal})
                planes.push_back(moved(cutPlane(*volume, cut, ballCentre), away));
            planes.push_back(moved(obliquePlane(*volume, {1, 0.7, 0}, {0, 0.4, -1}, ballCentre), away));
            for (const ImagePlane &plane : planes) {
                const auto cut = reslice(*volume, plane);
                QVERIFY(cut);
                double area = 0, x = 0, y = 0;
                for (int row = 0; row < plane.rows; ++row) {
                    for (int column = 0; column < plane.columns; ++column) {
                        if (isBlank(*cut, row, column) || pixel<qint16>(*cut, row, column) <= 0)
                            continue;
                        area += plane.spacingX * plane.spacingY;
                        x += (column + 0.5) * plane.spacingX * plane.spacingY;
                        y += (row + 0.5) * plane.spacingX * plane.spacingY;
                    }
                }
                QVERIFY(area > 0);
                const double radius = std::sqrt(area / M_PI);
                QVERIFY2(std::abs(radius - std::sqrt(ballRadius * ballRadius - away * away)) < 0.5,
                    qPrintable(QString::number(radius)));
                const QPointF centre = plane.toPixel(ballCentre);
                QVERIFY(std::hypot(x / area - centre.x(), y / area - centre.y()) < 0.5);
            }
        }
    }

    void slabs_data()
    {
        QTest::addColumn<int>("mode");
        QTest::addColumn<int>("kind");
        for (const auto &[name, kind] : {scans[0], scans[4], scans[5]}) {
            QTest::addRow("maximum, %s", name) << int(SlabMode::Maximum) << int(kind);
            QTest::addRow("minimum, %s", name) << int(SlabMode::Minimum) << int(kind);
            QTest::addRow("mean, %s", name) << int(SlabMode::Mean) << int(kind);
        }
    }
    // Against all thin cuts of the slab, one step apart; what is outside counts in none of them.
    void slabs()
    {
        QFETCH(int, mode);
        QFETCH(int, kind);
        const auto volume = volumeOf(scan(Scan(kind)),
            [](Vector3 p) { return 500 * std::sin(p.x / 3) * std::cos(p.y / 4) + 300 * std::sin(p.z / 2); });
        QVERIFY(volume);
        for (const ImagePlane &plane :
            {cutPlane(*volume, Cut::Coronal, {0, 25, 0}), cutPlane(*volume, Cut::Axial, {0, 0, 3}),
                obliquePlane(*volume, {1, 0, 0.5}, {0, 1, 0}, {})}) {
            const double thickness = 15, step = scrollRange(*volume, plane).step;
            const auto slab = reslice(*volume, plane, {thickness, SlabMode(mode)});
            QVERIFY(slab);
            std::vector<Resliced> thin;
            for (int i = -int(thickness / 2 / step); i <= int(thickness / 2 / step); ++i)
                thin.push_back(*reslice(*volume, moved(plane, i * step)));
            QVERIFY(thin.size() > 3);
            for (int row = 0; row < plane.rows; ++row) {
                for (int column = 0; column < plane.columns; ++column) {
                    double value = 0;
                    int count = 0;
                    for (const Resliced &one : thin) {
                        if (isBlank(one, row, column))
                            continue;
                        const double v = pixel<qint16>(one, row, column);
                        value = count == 0                   ? v
                            : mode == int(SlabMode::Maximum) ? std::max(value, v)
                            : mode == int(SlabMode::Minimum) ? std::min(value, v)
                                                             : value + v;
                        ++count;
                    }
                    QCOMPARE(isBlank(*slab, row, column), count == 0);
                    if (mode == int(SlabMode::Mean) && count > 0)
                        value /= count;
                    if (count > 0)
                        QVERIFY(std::abs(pixel<qint16>(*slab, row, column) - value) <= 1.01);
                }
            }
        }
    }

    // PET: each slice has its own slope. Values are right in every cut, and carry their unit.
    void rescalePerSlice()
    {
        auto facts = scan(Scan::Axial);
        for (std::size_t i = 0; i < facts.size(); ++i) {
            facts[i]->modality = QStringLiteral("PT");
            facts[i]->frameFacts[0].hasRescale = true;
            facts[i]->frameFacts[0].slope = 0.01 * double(1 + i % 7);
            facts[i]->frameFacts[0].rescaleType = QStringLiteral("BQML");
        }
        const auto value = [](Vector3 p) { return 50 + p.x * 0.7 + p.z * 0.3; };
        const auto volume = volumeOf(facts, value);
        QVERIFY(volume && !volume->sameRescale());
        const ImagePlane plane = cutPlane(*volume, Cut::Coronal, {0, 3, 0});
        const auto cut = reslice(*volume, plane);
        QVERIFY(cut);
        QVERIFY(cut->facts.isFloat);
        QCOMPARE(cut->frame.shape.type, SampleType::F32);
        const Vector3 point{5, 3, 7};
        const QPointF at = plane.toPixel(point);
        const Probe got = probe(cut->frame, cut->facts, 0, int(at.y()), int(at.x()));
        QCOMPARE(got.unit, QStringLiteral("BQML"));
        const Vector3 centre = plane.toPatient({std::floor(at.x()) + 0.5, std::floor(at.y()) + 0.5});
        QVERIFY(std::abs(got.value - value(centre)) < 0.1);
        QVERIFY(std::abs(valueAt(*volume, point) - value(point)) < 0.1);
        QVERIFY(render(cut->frame, cut->facts, 0));
        // The slices themselves keep what was stored.
        const Frame slice = volume->frame(3);
        const Modality modality(volume->facts(3), 0);
        QCOMPARE(modality.slope(), 0.04);
    }

    // One slope and intercept: values through the usual rescale.
    void hounsfieldInCuts()
    {
        auto facts = scan(Scan::Axial);
        for (const auto &one : facts) {
            one->isSigned = false;
            one->bitsStored = 12;
            one->frameFacts[0].hasRescale = true;
            one->frameFacts[0].intercept = -1024;
        }
        const auto volume = volumeOf(facts, ball);
        QVERIFY(volume);
        QCOMPARE(volume->type(), SampleType::U16);
        const ImagePlane plane = cutPlane(*volume, Cut::Sagittal, ballCentre);
        const auto cut = reslice(*volume, plane);
        QVERIFY(cut);
        const QPointF at = plane.toPixel(ballCentre);
        const Probe inside = probe(cut->frame, cut->facts, 0, int(at.y()), int(at.x()));
        QCOMPARE(inside.value, 1000.0);
        QCOMPARE(inside.unit, QStringLiteral("HU"));
        QCOMPARE(valueAt(*volume, ballCentre), 1000.0);
        QVERIFY(std::isnan(valueAt(*volume, {500, 0, 0})));
    }

    // Padding is neither shown nor counted, and neither bleeds into what lies beside it nor eats it away.
    void padding()
    {
        auto facts = scan(Scan::Axial);
        for (const auto &one : facts)
            one->padding = -2000;
        const auto value = [](Vector3 p) { return std::hypot(p.x, p.y) > 25 ? -2000.0 : 100.0; };
        const auto volume = volumeOf(facts, value);
        QVERIFY(volume);
        for (const Slab &slab : {Slab{}, Slab{12, SlabMode::Minimum}, Slab{12, SlabMode::Mean}}) {
            for (const ImagePlane &plane : {cutPlane(*volume, Cut::Coronal, {0, 0.3, 0}),
                     obliquePlane(*volume, {1, 0.5, 0}, {0, 0.3, 1}, {})}) {
                const auto cut = reslice(*volume, plane, slab);
                QVERIFY(cut);
                Shape all;
                all.kind = ShapeKind::Rectangle;
                all.points = {{0, 0}, {double(plane.columns), double(plane.rows)}};
                const Statistics got = statisticsOf(cut->frame, cut->facts, 0, all);
                QCOMPARE(got.minimum, 100.0);
                QCOMPARE(got.maximum, 100.0);
                QVERIFY(got.left > 0 && got.count > 1000);
            }
        }
        // Half of the width at the middle: 50 mm and half a pixel.
        const ImagePlane plane = cutPlane(*volume, Cut::Coronal, {0, 0, 0});
        const auto cut = reslice(*volume, plane);
        int wide = 0;
        for (int column = 0; column < plane.columns; ++column)
            wide += isBlank(*cut, plane.rows / 2, column) ? 0 : 1;
        QVERIFY2(std::abs(wide - 50) <= 1, qPrintable(QString::number(wide)));
    }

    // Where three slices are missing nothing is invented; each neighbour reaches half a step.
    void missingSlices()
    {
        auto facts = scan(Scan::Axial);
        facts.erase(facts.begin() + 15, facts.begin() + 18); // z = -2, 0, 2
        const auto volume = volumeOf(facts, slope);
        QVERIFY(volume);
        const ImagePlane plane = cutPlane(*volume, Cut::Coronal, {0, 0, 0});
        const auto cut = reslice(*volume, plane);
        QVERIFY(cut);
        for (int row = 0; row < plane.rows; ++row) {
            const double z = plane.toPatient({30, row + 0.5}).z;
            if (std::abs(z) < 2.9)
                QVERIFY(isBlank(*cut, row, 30));
            else if (std::abs(z) < 31)
                QVERIFY(!isBlank(*cut, row, 30));
        }
    }

    // 8-bit and float volumes.
    void otherTypes()
    {
        for (const bool isFloat : {false, true}) {
            auto facts = scan(Scan::Axial);
            for (const auto &one : facts) {
                one->isSigned = false;
                one->bitsAllocated = one->bitsStored = isFloat ? 32 : 8;
                one->isFloat = isFloat;
            }
            const auto volume = volumeOf(facts, [](Vector3 p) { return 128 + p.x; });
            QVERIFY(volume);
            QCOMPARE(volume->bytes(), std::size_t(64 * 64 * 33 * (isFloat ? 4 : 1)));
            const ImagePlane plane = cutPlane(*volume, Cut::Coronal, {0, 0, 1});
            const auto cut = reslice(*volume, plane);
            QVERIFY(cut);
            const QPointF at = plane.toPixel({10.5, 0, 1});
            QVERIFY(
                std::abs(probe(cut->frame, cut->facts, 0, int(at.y()), int(at.x())).value - 138.5) <= 0.51);
            QVERIFY(render(cut->frame, cut->facts, 0));
        }
    }

    void scrolling()
    {
        const auto volume = volumeOf(scan(Scan::Axial), slope);
        QVERIFY(volume);
        const ScrollRange range = scrollRange(*volume, cutPlane(*volume, Cut::Axial, {0, 0, 0}));
        QCOMPARE(range.step, 2.0);
        QVERIFY(std::abs(range.low + 32) < 1e-9 && std::abs(range.high - 32) < 1e-9);
        QCOMPARE(scrollRange(*volume, cutPlane(*volume, Cut::Sagittal, {})).step, 1.0);
    }

    void threadsGiveTheSame()
    {
        const auto volume = volumeOf(scan(Scan::Oblique), slope);
        QVERIFY(volume);
        const ImagePlane plane = cutPlane(*volume, Cut::Coronal, {});
        const Executor backwards = [](int count, const std::function<void(int)> &task) {
            for (int i = count; i > 0; --i)
                task(i - 1);
        };
        const auto one = reslice(*volume, plane), many = reslice(*volume, plane, {}, backwards, 7);
        QVERIFY(one && many);
        QVERIFY(std::equal(one->frame.data.begin(), one->frame.data.end(), many->frame.data.begin()));
    }

    void unusablePlanes()
    {
        const auto volume = volumeOf(scan(Scan::Axial), slope);
        QVERIFY(volume);
        ImagePlane plane = cutPlane(*volume, Cut::Axial, {});
        plane.columns = 100'000;
        QVERIFY(!reslice(*volume, plane));
        plane.columns = 10;
        plane.right = {};
        QVERIFY(!reslice(*volume, plane));
        const ImagePlane any = obliquePlane(*volume, {}, {}, {}); // no direction at all
        QVERIFY(reslice(*volume, any));
        const auto far = reslice(*volume, moved(cutPlane(*volume, Cut::Axial, {}), 1000));
        QVERIFY(far && isBlank(*far, 3, 3));
    }
};

QTEST_APPLESS_MAIN(TestImagingMpr)
#include "tst_imaging_mpr.moc"
