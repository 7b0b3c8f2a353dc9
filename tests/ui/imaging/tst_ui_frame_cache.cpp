// The frame that is decoded before its stack is known, and the first picture that has the machine to itself
// until it is painted.
#include "core/imaging/Errors.h"
#include "ui/pages/imaging/FrameCache.h"

#include <QtTest>

using namespace naru;
using namespace naru::ui;

namespace {
constexpr std::size_t FrameBytes = 100 * 100;
constexpr qint64 Budget = 100 * FrameBytes;

std::vector<FrameCache::Slice> slices(int count)
{
    auto facts = std::make_shared<imaging::ImageFacts>();
    facts->rows = facts->columns = 100;
    facts->bitsAllocated = 8;
    std::vector<FrameCache::Slice> out;
    for (int i = 0; i < count; ++i)
        out.push_back({QString::number(i), 0, facts});
    return out;
}

imaging::Frame frame(int value)
{
    const auto bytes = std::make_shared<std::vector<std::byte>>(FrameBytes, std::byte(value));
    imaging::Frame out;
    out.owner = bytes;
    out.data = *bytes;
    return out;
}

int valueOf(const FrameSlot &slot)
{
    return slot.frame.data.empty() ? -1 : int(slot.frame.data.front());
}
} // namespace

class TestFrameCache : public QObject {
    Q_OBJECT
    const QString m_fifth = QStringLiteral("5");

private Q_SLOTS:
    void decodedBeforeItsStack()
    {
        FrameCache cache(Budget);
        QVERIFY(cache.expect(m_fifth, 0));
        cache.decoded(m_fifth, 0, frame(7));
        QVERIFY(!cache.settleExpected().isValid()); // nobody knows where it belongs
        const int stack = cache.addStack(slices(10), 5);
        QVERIFY(!cache.isLoaded(stack, 5));
        const FrameRequest settled = cache.settleExpected();
        QCOMPARE(settled.index, 5);
        QVERIFY(settled.thumbnail); // the picture of the list is still to be made of it
        QCOMPARE(valueOf(cache.slot(stack, 5)), 7);
        QCOMPARE(cache.used(), qint64(FrameBytes));
        QVERIFY(!cache.settleExpected().isValid());
        cache.removeStack(stack);
        QCOMPARE(cache.used(), 0);
    }

    void stillBeingDecodedWhenItsStackComes()
    {
        FrameCache cache(Budget);
        QVERIFY(cache.expect(m_fifth, 0));
        const int stack = cache.addStack(slices(10), 5);
        cache.forgetExpected(); // only what found no stack
        int viewer = 0;
        cache.lookAt(&viewer, stack, 5, 0);
        QVERIFY(!cache.next().isValid()); // not decoded a second time, and nothing beside it
        cache.decoded(m_fifth, 0, frame(7));
        QCOMPARE(cache.settleExpected().index, 5);
        QCOMPARE(valueOf(cache.slot(stack, 5)), 7);
        QCOMPARE(cache.next().index, 6);
    }

    void failedWhenItWasExpected()
    {
        FrameCache cache(Budget);
        QVERIFY(cache.expect(m_fifth, 0));
        const int stack = cache.addStack(slices(10), 5);
        cache.decoded(m_fifth, 0, base::Error(imaging::errors::File));
        QVERIFY(cache.settleExpected().isValid());
        int viewer = 0;
        cache.lookAt(&viewer, stack, 5, 0);
        QCOMPARE(cache.next().index, 5); // asked for like any other
    }

    void expectedTooLateOrInVain()
    {
        FrameCache cache(Budget);
        const int stack = cache.addStack(slices(10), 5);
        QVERIFY(!cache.expect(m_fifth, 0)); // the stack asks for it itself
        QVERIFY(cache.expect(QStringLiteral("of nobody"), 0));
        cache.forgetExpected();
        cache.decoded(QStringLiteral("of nobody"), 0, frame(7));
        QVERIFY(!cache.settleExpected().isValid());
        QCOMPARE(cache.used(), 0);
        cache.removeStack(stack);
        // Its stack goes before it is decoded.
        QVERIFY(cache.expect(m_fifth, 0));
        cache.removeStack(cache.addStack(slices(10), 5));
        cache.decoded(m_fifth, 0, frame(7));
        (void)cache.settleExpected();
        QCOMPARE(cache.used(), 0);
    }

    void firstPictureHasTheMachine()
    {
        FrameCache cache(Budget);
        const int stack = cache.addStack(slices(10), 5), other = cache.addStack(slices(10), 5);
        int left = 0, right = 0;
        cache.lookAt(&left, stack, 5, 0);
        cache.lookAt(&right, other, 3, 0);
        const FrameRequest one = cache.next(), two = cache.next();
        QVERIFY(one.isValid() && two.isValid() && one.stack != two.stack); // each view has a first one
        QVERIFY(!cache.next().isValid());
        cache.finish(one, frame(1));
        QVERIFY(!cache.next().isValid());
        cache.fail(two, base::Error(imaging::errors::File));
        QVERIFY(cache.next().isValid()); // and what cannot be shown holds up nothing
    }

    void heldUntilThePictureIsPainted()
    {
        FrameCache cache(Budget);
        cache.hold(true);
        const int stack = cache.addStack(slices(10), 5), other = cache.addStack(slices(10), 5);
        QVERIFY(!cache.next().isValid()); // no small picture of a list before what is looked at
        int viewer = 0;
        cache.lookAt(&viewer, stack, 4, 0);
        QVERIFY(!cache.awaitsFirst());
        const FrameRequest first = cache.next();
        QCOMPARE(first.index, 4);
        QVERIFY(cache.awaitsFirst());
        cache.finish(first, frame(1));
        QVERIFY(!cache.awaitsFirst());
        QVERIFY(!cache.next().isValid());
        cache.lookAt(&viewer, stack, 6, 1);
        QCOMPARE(cache.next().index, 6); // who scrolls on gets what he looks at
        cache.hold(false);
        QVERIFY(cache.next().thumbnail);
        const FrameRequest small = cache.next();
        QVERIFY(small.thumbnail && small.stack == other);
        QCOMPARE(cache.next().index, 7);
    }
};

QTEST_APPLESS_MAIN(TestFrameCache)
#include "tst_ui_frame_cache.moc"
