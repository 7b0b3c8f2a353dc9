// From the bytes of a data set to stacks: functional groups of enhanced objects (PS3.3 C.7.6.16), cine times,
// echoes.
#include "core/imaging/pool/FactsCbor.h"
#include "core/imaging/series/Stack.h"
#include "tests/core/imaging/read/TestImage.h"

#include <QTest>

using namespace naru::imaging;
using namespace naru::imaging::test;

namespace {
InstanceRef refOf(const QByteArray &file)
{
    const auto instance = openBytes(file);
    if (!instance)
        return {};
    // As it arrives from the decoder.
    const auto facts = factsFromCbor(toCbor((*instance)->facts()));
    return {facts ? std::make_shared<ImageFacts>(*facts) : nullptr, {}};
}

QByteArray item(const std::function<void(DicomWriter &)> &fill)
{
    DicomWriter w;
    fill(w);
    return w.dataSet();
}
} // namespace

class TestImagingReadStacks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Enhanced MR: 3 slices x 2 b-values x 2 echoes in one object, frames in no order at all.
    void enhancedObject()
    {
        constexpr int Slices = 3;
        QList<QByteArray> frames;
        QList<int> keys;
        for (int n = 0; n < Slices * 4; ++n) {
            const int key = (n * 7) % (Slices * 4), slice = key / 4, b = key / 2 % 2, echo = key % 2;
            keys.append(key);
            frames.append(item([&](DicomWriter &w) {
                w.sequence(0x00189114, {item([&](DicomWriter &i) { i.fd(0x00189082, {12.5 + 30 * echo}); })});
                w.sequence(0x00189117, {item([&](DicomWriter &i) { i.fd(0x00189087, {1000.0 * b}); })});
                w.sequence(0x00209111, {item([&](DicomWriter &i) { i.text(0x00209056, "SH", "1"); })});
                w.sequence(0x00209113, {item([&](DicomWriter &i) {
                    i.text(0x00200032, "DS", "-10\\-20\\" + QByteArray::number(30 - 4 * slice));
                })});
                w.sequence(0x00289145, {item([&](DicomWriter &i) {
                    i.text(0x00281052, "DS", "0").text(0x00281053, "DS", QByteArray::number(1 + slice));
                })});
            }));
        }
        TestImage image{.rows = 2, .columns = 2, .frames = Slices * 4, .stored = 16, .high = 15};
        image.before = DicomWriter()
                           .text(0x00080060, "CS", "MR")
                           .text(0x0020000E, "UI", "2.25.9")
                           .text(0x00200052, "UI", "2.25.8")
                           .dataSet();
        image.between =
            DicomWriter()
                .sequence(0x52009229, {item([](DicomWriter &w) {
                    w.sequence(0x00209116,
                        {item([](DicomWriter &i) { i.text(0x00200037, "DS", "1\\0\\0\\0\\1\\0"); })});
                    w.sequence(0x00289110, {item([](DicomWriter &i) {
                        i.text(0x00180050, "DS", "4").text(0x00280030, "DS", "0.5\\0.75");
                    })});
                })})
                .sequence(0x52009230, frames)
                .dataSet();
        image.pixels = QByteArray(2 * 4 * Slices * 4, '\1');
        const InstanceRef ref = refOf(image.file());
        QVERIFY(ref.facts);
        QCOMPARE(ref.facts->frameFacts.size(), std::size_t(Slices * 4));
        const auto stacks = buildStacks({ref});
        QCOMPARE(stacks.size(), std::size_t(4));
        for (std::size_t s = 0; s < 4; ++s) {
            const Stack &stack = stacks[s];
            QCOMPARE(stack.size(), Slices);
            QCOMPARE(stack.echoTime.value_or(0), s < 2 ? 12.5 : 42.5);
            QCOMPARE(stack.bValue.value_or(-1), s % 2 ? 1000.0 : 0.0);
            QCOMPARE(stack.step, 4.0);
            QCOMPARE(stack.noVolume, NoVolume::None);
            for (const SliceRef &slice : stack.slices) {
                const int key = keys[slice.frame];
                QCOMPARE(key / 2 % 2, int(s % 2));
                QCOMPARE(key % 2, int(s / 2));
                QCOMPARE(ref.facts->frame(slice.frame).slope, 1.0 + key / 4);
            }
        }
        const auto plane = planeOf(*ref.facts, 0);
        QVERIFY(plane);
        QCOMPARE(plane->spacingX, 0.75);
        QCOMPARE(plane->spacingY, 0.5);
    }

    // Classic MR: two echoes a position, echo and trigger time at the top level.
    void classicEchoes()
    {
        std::vector<InstanceRef> refs;
        for (int n = 0; n < 8; ++n) {
            TestImage image{.rows = 2, .columns = 2, .pixels = QByteArray(8, '\1')};
            image.before = DicomWriter()
                               .text(0x00080018, "UI", "2.25.1" + QByteArray::number(n))
                               .text(0x00080060, "CS", "MR")
                               .text(0x00180081, "DS", n % 2 ? "90" : "15")
                               .text(0x00181060, "DS", "12")
                               .text(0x0020000E, "UI", "2.25.9")
                               .text(0x00200012, "IS", "3")
                               .text(0x00200013, "IS", QByteArray::number(n + 1))
                               .text(0x00200032, "DS", "0\\0\\" + QByteArray::number(n / 2 * 3))
                               .text(0x00200037, "DS", "1\\0\\0\\0\\1\\0")
                               .text(0x00200100, "IS", "1")
                               .dataSet();
            image.between = DicomWriter().text(0x00280030, "DS", "1\\1").dataSet();
            refs.push_back(refOf(image.file()));
            QVERIFY(refs.back().facts);
        }
        const FrameFacts &own = refs[1].facts->frame(0);
        QCOMPARE(own.echoTime, 90.0);
        QCOMPARE(own.triggerTime, 12.0);
        QCOMPARE(own.acquisition, 3);
        QCOMPARE(own.temporalPosition, 1);
        QCOMPARE(own.bValue, -1.0);
        const auto stacks = buildStacks(refs);
        QCOMPARE(stacks.size(), std::size_t(2));
        QCOMPARE(stacks[1].echoTime.value_or(0), 90.0);
        QCOMPARE(stacks[1].at(2).instance, 5);
    }

    // Ultrasound loop with a Frame Time Vector (first entry 0) and two regions.
    void ultrasoundLoop()
    {
        TestImage image{.rows = 2, .columns = 2, .frames = 3, .allocated = 8, .stored = 8, .high = 7};
        const auto region = [](quint32 left, quint32 flags) {
            return item([&](DicomWriter &w) {
                w.us(0x00186012, {1}).us(0x00186014, {1}).ul(0x00186016, {flags}).ul(0x00186018, {left});
                w.ul(0x0018601A, {0}).ul(0x0018601C, {left}).ul(0x0018601E, {1}).us(0x00186024, {3});
                w.us(0x00186026, {3}).fd(0x0018602C, {0.02}).fd(0x0018602E, {0.02});
            });
        };
        image.before = DicomWriter()
                           .text(0x00080060, "CS", "US")
                           .text(0x00181065, "DS", "0\\30\\50")
                           .sequence(0x00186011, {region(0, 1), region(1, 0)})
                           .dataSet();
        image.pixels = QByteArray(12, '\1');
        const InstanceRef ref = refOf(image.file());
        QVERIFY(ref.facts);
        QCOMPARE(ref.facts->regions.size(), std::size_t(2));
        QCOMPARE(ref.facts->regions[0].flags, 1);
        const auto stacks = buildStacks({ref});
        QCOMPARE(stacks.size(), std::size_t(1));
        QVERIFY(stacks[0].cine);
        QCOMPARE(stacks[0].at(2).time, 80.0);
    }
};

QTEST_APPLESS_MAIN(TestImagingReadStacks)
#include "tst_imaging_read_stacks.moc"
