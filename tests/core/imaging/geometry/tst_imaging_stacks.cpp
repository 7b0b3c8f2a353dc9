// Stacks by PS3.3 C.7.6.2 (planes), C.7.6.16 (functional groups), C.7.6.5 (cine) and the complaints of users:
// order by position, one orientation, one time point, one echo; missing slices are seen.
#include "tests/core/imaging/geometry/SliceSeries.h"

#include <QTest>

#include <random>

using namespace naru::imaging;
using namespace naru::imaging::test;

namespace {
std::vector<int> instanceOrder(const Stack &stack)
{
    std::vector<int> out;
    for (const SliceRef &slice : stack.slices)
        out.push_back(slice.instance);
    return out;
}

std::vector<double> positionsOf(const Stack &stack)
{
    std::vector<double> out;
    for (const SliceRef &slice : stack.slices)
        out.push_back(slice.position);
    return out;
}
} // namespace

class TestImagingStacks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Files come in any order; positions decide.
    void orderByPosition()
    {
        auto facts = axial(ramp(40, 2.5, -30));
        std::mt19937 random(7);
        std::shuffle(facts.begin(), facts.end(), random);
        const auto stacks = buildStacks(refsOf(facts));
        QCOMPARE(stacks.size(), std::size_t(1));
        const Stack &stack = stacks[0];
        QVERIFY(stack.positioned && stack.regular);
        QCOMPARE(stack.size(), 40);
        QCOMPARE(stack.step, 2.5);
        QCOMPARE(stack.noVolume, NoVolume::None);
        QCOMPARE(stack.tilt, 0.0);
        QVERIFY(stack.gaps.empty());
        for (int i = 0; i < 40; ++i)
            QCOMPARE(facts[std::size_t(stack.at(i).instance)]->instanceNumber, i + 1);
    }

    // Scanned from the head down: image 1 stays the first, positions still ascend along the stack's
    // direction.
    void reversedOrder()
    {
        const auto stacks = buildStacks(refsOf(axial(ramp(20, -3, 100))));
        QCOMPARE(stacks.size(), std::size_t(1));
        const Stack &stack = stacks[0];
        QCOMPARE(stack.at(0).instance, 0);
        QCOMPARE(stack.normal, (Vector3{0, 0, -1}));
        QCOMPARE(stack.step, 3.0);
        QVERIFY(stack.regular);
        const auto positions = positionsOf(stack);
        QVERIFY(std::is_sorted(positions.begin(), positions.end()));
        QCOMPARE(stack.nearest(Vector3{5, 5, 94.2}), 2);
        QCOMPARE(stack.nearest(Vector3{0, 0, 1000}), 0);
        QCOMPARE(stack.nearest(Vector3{0, 0, -1000}), 19);
    }

    // Instance numbers that say nothing about the place (all the same, or at random).
    void instanceNumbersWithoutMeaning()
    {
        auto facts = axial({0, 10, 5, 15});
        for (const auto &one : facts)
            one->instanceNumber = 1;
        const auto stacks = buildStacks(refsOf(facts));
        QCOMPARE(stacks.size(), std::size_t(1));
        QVERIFY(stacks[0].regular);
        QCOMPARE(stacks[0].step, 5.0);
    }

    void mixedOrientations()
    {
        std::vector<std::shared_ptr<ImageFacts>> facts = axial(ramp(5, 2));
        for (int i = 0; i < 7; ++i)
            facts.push_back(sliceFacts({-32, i * 4.0, 32}, {1, 0, 0}, {0, 0, -1}, 100 + i));
        const auto stacks = buildStacks(refsOf(facts));
        QCOMPARE(stacks.size(), std::size_t(2));
        QCOMPARE(stacks[0].size(), 5);
        QCOMPARE(stacks[1].size(), 7);
        QCOMPARE(stacks[1].step, 4.0);
        QCOMPARE(std::abs(stacks[1].normal.y), 1.0);
    }

    // Rotating projections and three-plane scouts: each picture its own plane, one stack to look through.
    void singlePlanesTogether()
    {
        std::vector<std::shared_ptr<ImageFacts>> facts;
        for (int i = 0; i < 12; ++i) {
            const double angle = i * M_PI / 12;
            facts.push_back(sliceFacts({0, 0, 0}, {std::cos(angle), std::sin(angle), 0}, {0, 0, -1}, 12 - i));
        }
        const auto stacks = buildStacks(refsOf(facts));
        QCOMPARE(stacks.size(), std::size_t(1));
        QCOMPARE(stacks[0].size(), 12);
        QVERIFY(!stacks[0].positioned);
        QCOMPARE(stacks[0].noVolume, NoVolume::NoPosition);
        QCOMPARE(stacks[0].at(0).instance, 11);
    }

    // Rounded directions of a writer: one stack.
    void almostTheSameOrientation()
    {
        auto facts = axial(ramp(4, 1));
        facts[2]->frameFacts[0].orientation = {0.99999, 0.0005, 0, -0.0005, 0.99999, 0};
        QCOMPARE(buildStacks(refsOf(facts)).size(), std::size_t(1));
    }

    void repeats_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addRow("echo") << 0;
        QTest::addRow("b-value") << 1;
        QTest::addRow("temporal position") << 2;
        QTest::addRow("trigger time") << 3;
        QTest::addRow("acquisition") << 4;
        QTest::addRow("image type") << 5;
        QTest::addRow("order alone") << 6;
        QTest::addRow("trigger times of single beats") << 7;
    }
    void repeats()
    {
        QFETCH(int, kind);
        constexpr int Slices = 8, Times = 3;
        std::vector<std::shared_ptr<ImageFacts>> facts;
        for (int slice = 0; slice < Slices; ++slice) {
            for (int time = 0; time < Times; ++time) {
                facts.push_back(
                    sliceFacts({0, 0, slice * 4.0}, {1, 0, 0}, {0, 1, 0}, slice * Times + time + 1));
                FrameFacts &own = facts.back()->frameFacts[0];
                switch (kind) {
                case 0:
                    own.echoTime = 10 + 20 * time;
                    break;
                case 1:
                    own.bValue = 500 * time;
                    break;
                case 2:
                    own.temporalPosition = time + 1;
                    break;
                case 3:
                    own.triggerTime = 40 * time;
                    break;
                case 4:
                    own.acquisition = time + 1;
                    break;
                case 5:
                    facts.back()->imageType = {QStringLiteral("ORIGINAL"), QString::number(time)};
                    break;
                case 7:
                    own.triggerTime = 40 * time + 0.37 * slice;
                    break;
                default:
                    break;
                }
            }
        }
        const auto stacks = buildStacks(refsOf(facts));
        QCOMPARE(stacks.size(), std::size_t(Times));
        for (int time = 0; time < Times; ++time) {
            const Stack &stack = stacks[std::size_t(time)];
            QCOMPARE(stack.size(), Slices);
            QCOMPARE(stack.step, 4.0);
            QVERIFY(stack.regular);
            QCOMPARE(stack.noVolume, NoVolume::None);
            for (int slice = 0; slice < Slices; ++slice)
                QCOMPARE(stack.at(slice).instance, slice * Times + time);
            if (kind == 0)
                QCOMPARE(stack.echoTime.value_or(-1), 10.0 + 20 * time);
            if (kind == 1)
                QCOMPARE(stack.bValue.value_or(-1), 500.0 * time);
            if (kind == 2)
                QCOMPARE(stack.temporalPosition.value_or(-1), time + 1);
            if (kind == 4)
                QCOMPARE(stack.acquisition.value_or(-1), time + 1);
            QVERIFY(kind == 0 || !stack.echoTime);
        }
    }

    // b = 0 once, b = 1000 in three directions: directions have no number of their own.
    void twoKeysAtOnce()
    {
        std::vector<std::shared_ptr<ImageFacts>> facts;
        for (int slice = 0; slice < 6; ++slice) {
            for (int which = 0; which < 4; ++which) {
                facts.push_back(sliceFacts({0, 0, slice * 5.0}, {1, 0, 0}, {0, 1, 0}, int(facts.size()) + 1));
                facts.back()->frameFacts[0].bValue = which == 0 ? 0 : 1000;
            }
        }
        const auto stacks = buildStacks(refsOf(facts));
        QCOMPARE(stacks.size(), std::size_t(4));
        QCOMPARE(stacks[0].bValue.value_or(-1), 0.0);
        for (std::size_t i = 1; i < 4; ++i) {
            QCOMPARE(stacks[i].bValue.value_or(-1), 1000.0);
            QCOMPARE(stacks[i].at(2).instance, int(8 + i));
        }
    }

    // A helical scan in two acquisitions that follow each other stays one stack.
    void acquisitionsThatFollow()
    {
        auto facts = axial(ramp(10, 1));
        for (std::size_t i = 0; i < facts.size(); ++i)
            facts[i]->frameFacts[0].acquisition = i < 5 ? 1 : 2;
        const auto stacks = buildStacks(refsOf(facts));
        QCOMPARE(stacks.size(), std::size_t(1));
        QVERIFY(!stacks[0].acquisition);
    }

    void repeatsThatNothingTellsApart()
    {
        auto facts = axial({0, 1, 2, 2, 3});
        const auto stacks = buildStacks(refsOf(facts));
        QCOMPARE(stacks.size(), std::size_t(1));
        QCOMPARE(stacks[0].size(), 5);
        QCOMPARE(stacks[0].noVolume, NoVolume::RepeatedPositions);
    }

    void sameObjectTwice()
    {
        auto facts = axial({0, 1, 2});
        facts.push_back(facts[1]);
        const auto stacks = buildStacks(refsOf(facts));
        QCOMPARE(stacks.size(), std::size_t(1));
        QCOMPARE(stacks[0].size(), 3);
    }

    void gaps_data()
    {
        QTest::addColumn<std::vector<double>>("positions");
        QTest::addColumn<std::vector<int>>("gaps");
        QTest::addColumn<int>("missing");
        QTest::addColumn<bool>("regular");
        const auto without = [](std::vector<int> left) {
            std::vector<double> out;
            for (int i = 0; i < 30; ++i) {
                if (std::find(left.begin(), left.end(), i) == left.end())
                    out.push_back(i * 1.5);
            }
            return out;
        };
        QTest::addRow("none") << without({}) << std::vector<int>{} << 0 << true;
        QTest::addRow("one") << without({10}) << std::vector<int>{9} << 1 << false;
        QTest::addRow("three together") << without({10, 11, 12}) << std::vector<int>{9} << 3 << false;
        QTest::addRow("two, nearly together") << without({10, 12}) << std::vector<int>{9, 10} << 2 << false;
        QTest::addRow("second") << without({1}) << std::vector<int>{0} << 1 << false;
        QTest::addRow("last but one") << without({28}) << std::vector<int>{27} << 1 << false;
        // Head CT: 5 mm in the posterior fossa, 10 mm above.
        QTest::addRow("thin then thick") << std::vector<double>{0, 5, 10, 15, 20, 25, 35, 45, 55, 65, 75}
                                         << std::vector<int>{} << 0 << false;
        QTest::addRow("2.5 then 10") << std::vector<double>{0, 2.5, 5, 7.5, 10, 20, 30, 40, 50}
                                     << std::vector<int>{} << 0 << false;
        QTest::addRow("jitter") << std::vector<double>{0, 1.02, 1.99, 3.01, 4} << std::vector<int>{} << 0
                                << true;
        QTest::addRow("two") << std::vector<double>{0, 7} << std::vector<int>{} << 0 << true;
    }
    void gaps()
    {
        QFETCH(std::vector<double>, positions);
        const auto stacks = buildStacks(refsOf(axial(positions)));
        QCOMPARE(stacks.size(), std::size_t(1));
        QTEST(stacks[0].gaps, "gaps");
        QTEST(stacks[0].missing, "missing");
        QTEST(stacks[0].regular, "regular");
        QCOMPARE(stacks[0].noVolume, NoVolume::None);
    }

    // Tilted gantry: the table moves along z, the planes lean by 15 degrees about x (C.8.2.1).
    void gantryTilt()
    {
        const double angle = 15 * M_PI / 180;
        std::vector<std::shared_ptr<ImageFacts>> facts;
        for (int i = 0; i < 10; ++i)
            facts.push_back(
                sliceFacts({-32, -32, i * 5.0}, {1, 0, 0}, {0, std::cos(angle), -std::sin(angle)}, i + 1));
        const auto stacks = buildStacks(refsOf(facts));
        QCOMPARE(stacks.size(), std::size_t(1));
        QVERIFY(std::abs(stacks[0].tilt - 15) < 1e-6);
        QVERIFY(std::abs(stacks[0].step - 5 * std::cos(angle)) < 1e-9);
        QCOMPARE(stacks[0].noVolume, NoVolume::None);
    }

    void withoutPosition()
    {
        auto facts = axial(ramp(5, 1));
        for (std::size_t i = 0; i < facts.size(); ++i) {
            facts[i]->frameFacts[0].hasPosition = false;
            facts[i]->instanceNumber = 50 - int(i);
        }
        facts[3]->rows = 100;
        const auto stacks = buildStacks(refsOf(facts));
        QCOMPARE(stacks.size(), std::size_t(1));
        QVERIFY(!stacks[0].positioned);
        QCOMPARE(instanceOrder(stacks[0]), (std::vector<int>{4, 3, 2, 1, 0}));
        QCOMPARE(stacks[0].noVolume, NoVolume::NoPosition);
    }

    // Directions that are none (complaint 31: one bad attribute never hides an image).
    void unusableDirections()
    {
        auto facts = axial(ramp(3, 1));
        for (const auto &one : facts)
            one->frameFacts[0].orientation = {0, 0, 0, 0, 0, 0};
        const auto stacks = buildStacks(refsOf(facts));
        QCOMPARE(stacks.size(), std::size_t(1));
        QCOMPARE(stacks[0].size(), 3);
        QVERIFY(!stacks[0].positioned);
    }

    // Frame Time Vector (C.7.6.5.1.2) at any display rate; a second loop is a stack of its own.
    void cine()
    {
        auto facts = axial({0, 0});
        for (const auto &one : facts) {
            one->modality = QStringLiteral("US");
            one->frames = 4;
            one->frameFacts[0].hasPosition = false;
        }
        const FrameFacts base = facts[0]->frameFacts[0];
        facts[0]->frameFacts.clear();
        for (const double time : {30.0, 50.0, 20.0, 40.0}) {
            FrameFacts frame = base;
            frame.frameTime = time;
            facts[0]->frameFacts.push_back(frame);
        }
        facts[1]->frameFacts[0].frameTime = 25;
        const auto stacks = buildStacks(refsOf(facts));
        QCOMPARE(stacks.size(), std::size_t(2));
        const Stack &loop = stacks[0];
        QVERIFY(loop.cine);
        QCOMPARE(loop.duration, 140.0);
        QCOMPARE(loop.at(2).time, 80.0);
        for (const auto &[time, frame] : {std::pair{0.0, 0}, {29.9, 0}, {30.0, 1}, {79.0, 1}, {80.0, 2},
                 {99.9, 2}, {100.0, 3}, {900.0, 3}})
            QCOMPARE(loop.atTime(time), frame);
        QCOMPARE(stacks[1].duration, 100.0);
        QCOMPARE(stacks[1].atTime(50), 2);
    }

    void framesOfReferenceAreApart()
    {
        auto facts = axial(ramp(6, 1));
        for (std::size_t i = 3; i < 6; ++i)
            facts[i]->frameOfReferenceUid = QStringLiteral("2.25.99");
        QCOMPARE(buildStacks(refsOf(facts)).size(), std::size_t(2));
    }

    void seriesInTheirOrder()
    {
        auto facts = axial(ramp(4, 1));
        for (std::size_t i = 0; i < 4; ++i) {
            facts[i]->seriesUid = i % 2 ? QStringLiteral("2.25.1000") : QStringLiteral("2.25.2000");
            facts[i]->seriesNumber = i % 2 ? 9 : 3;
        }
        facts.push_back(std::make_shared<ImageFacts>()); // a report: no picture
        const auto stacks = buildStacks(refsOf(facts));
        QCOMPARE(stacks.size(), std::size_t(2));
        QCOMPARE(stacks[0].seriesNumber, 3);
        QCOMPARE(instanceOrder(stacks[1]), (std::vector<int>{1, 3}));
        QVERIFY(buildStacks({}).empty());
        QVERIFY(buildStacks({{nullptr, {}}}).empty());
    }

    void mammographicViews()
    {
        std::vector<std::shared_ptr<ImageFacts>> facts;
        for (const char *view : {"RCC", "LCC", "RMLO", "LMLO"}) {
            facts.push_back(sliceFacts({}, {1, 0, 0}, {0, 1, 0}, int(facts.size()) + 1));
            facts.back()->modality = QStringLiteral("MG");
            facts.back()->laterality = QString::fromLatin1(view, 1);
            facts.back()->viewPosition = QString::fromLatin1(view + 1);
            facts.back()->frameFacts[0].hasPosition = false;
        }
        const auto stacks = buildStacks(refsOf(facts));
        QCOMPARE(stacks.size(), std::size_t(4));
        QCOMPARE(stacks[2].part, QStringLiteral("RMLO"));
    }

    // 3,500 slices (complaint 17) and thousands of different planes are sorted in a moment.
    void large()
    {
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(buildStacks(refsOf(axial(ramp(3500, 0.3)))).front().size(), 3500);
        std::vector<std::shared_ptr<ImageFacts>> planes;
        for (int i = 0; i < 2000; ++i) {
            const double angle = i * M_PI / 200;
            planes.push_back(
                sliceFacts({0, 0, double(i)}, {std::cos(angle), std::sin(angle), 0}, {0, 0, -1}, i));
        }
        QVERIFY(!buildStacks(refsOf(planes)).empty());
        QVERIFY2(timer.elapsed() < 1000 * NARU_TIME_FACTOR, qPrintable(QString::number(timer.elapsed())));
    }

    // Functional groups that lie: a plane for each frame, and frames that all stand in two places.
    void hostilePlanes()
    {
        QElapsedTimer timer;
        timer.start();
        const auto strewn = sliceFacts({0, 0, 0}, {1, 0, 0}, {0, 1, 0}, 1);
        strewn->frames = 20'000;
        const FrameFacts first = strewn->frameFacts.front();
        strewn->frameFacts.assign(20'000, first);
        for (int i = 0; i < strewn->frames; ++i) {
            const double angle = i * 0.0131, tilt = i * 0.0077;
            strewn->frameFacts[std::size_t(i)].orientation = {std::cos(angle), std::sin(angle), 0,
                -std::sin(angle) * std::cos(tilt), std::cos(angle) * std::cos(tilt), std::sin(tilt)};
        }
        int frames = 0;
        const auto planes = buildStacks(refsOf({strewn}));
        for (const Stack &stack : planes)
            frames += stack.size();
        QCOMPARE(frames, 20'000); // none is lost
        const auto piled = sliceFacts({0, 0, 0}, {1, 0, 0}, {0, 1, 0}, 2);
        piled->frames = 20'000;
        piled->frameFacts.assign(20'000, first);
        for (int i = 0; i < piled->frames; i += 2)
            piled->frameFacts[std::size_t(i)].position = {0, 0, 5};
        const auto piles = buildStacks(refsOf({piled}));
        QCOMPARE(piles.size(), std::size_t(1)); // not ten thousand series of two images
        QCOMPARE(piles.front().size(), 20'000);
        QVERIFY2(timer.elapsed() < 2000 * NARU_TIME_FACTOR, qPrintable(QString::number(timer.elapsed())));
    }

    // Many objects that each claim many frames: all of the first ones, and one of each that follows.
    void hostileNumberOfFrames()
    {
        std::vector<std::shared_ptr<ImageFacts>> facts;
        for (int i = 0; i < 40; ++i) {
            facts.push_back(sliceFacts({0, 0, 0}, {1, 0, 0}, {0, 1, 0}, i));
            facts.back()->frames = 100'000;
        }
        const auto stacks = buildStacks(refsOf(facts));
        QCOMPARE(stacks.size(), std::size_t(40));
        qint64 frames = 0;
        for (const Stack &stack : stacks)
            frames += stack.size();
        QCOMPARE(frames, 5 * 100'000 + 35);
    }
};

QTEST_APPLESS_MAIN(TestImagingStacks)
#include "tst_imaging_stacks.moc"
