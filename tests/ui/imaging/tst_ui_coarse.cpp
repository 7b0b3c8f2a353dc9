// A coarse picture stands in for a JPEG 2000 frame that is still being decoded: in its place and its window,
// marked as loading, and never taken for the image itself.
#include "core/base/Oid.h"
#include "tests/support/imaging/MadeUpStack.h"
#include "ui/pages/imaging/FrameCache.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/viewport/Viewport.h"

#include <QTest>

using namespace naru;
using namespace naru::ui;

namespace {
constexpr int Side = 64, Halvings = 2;

imaging::Frame halfBright(int side)
{
    auto values = std::make_shared<std::vector<quint8>>(std::size_t(side) * std::size_t(side));
    for (int i = 0; i < side * side; ++i)
        (*values)[std::size_t(i)] = i % side < side / 2 ? 20 : 220;
    return {{side, side, 1, imaging::SampleType::U8}, values, std::as_bytes(std::span(*values))};
}

class SlowStack : public testsupport::MadeUpStack {
public:
    SlowStack()
        : MadeUpStack(windowed())
    {
        add(imaging::SampleType::U8, std::vector<quint8>(pixels()));
    }
    static imaging::ImageFacts windowed()
    {
        imaging::ImageFacts out = facts(Side, Side, 8, QStringLiteral("MONOCHROME2"));
        out.frameFacts.front().windows = {{128, 256, {}}};
        return out;
    }
    ShownImage image(int index) override
    {
        ShownImage shown = known(index);
        shown.state = arrived ? ShownImage::State::Ready : ShownImage::State::Loading;
        shown.pixels = halfBright(arrived ? Side : Side >> Halvings);
        shown.halvings = arrived ? 0 : Halvings;
        return shown;
    }
    bool arrived = false;
};

std::shared_ptr<const imaging::ImageFacts> factsOf(const char *syntax)
{
    auto facts = std::make_shared<imaging::ImageFacts>();
    facts->rows = facts->columns = 512;
    facts->bitsAllocated = 16;
    facts->transferSyntax = base::oid(syntax).text();
    return facts;
}
} // namespace

class TestUiCoarse : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void standsInItsPlaceAndSaysSo()
    {
        Theme theme;
        SlowStack stack;
        Viewport view(theme, text::Language::English);
        view.resize(400, 400);
        view.setProvider(&stack);
        QVERIFY(view.image().isCoarse() && !view.image().isReady());
        const QImage coarse = view.picture(1, false);
        stack.arrived = true;
        Q_EMIT stack.imageChanged(0);
        QVERIFY(view.image().isReady() && !view.image().isCoarse());
        const QImage exact = view.picture(1, false);
        for (const QPoint &at : {QPoint(60, 200), QPoint(340, 200), QPoint(120, 100), QPoint(300, 300)})
            QCOMPARE(coarse.pixel(at), exact.pixel(at));
        const QRect words(100, 300, 200, 90); // below the middle: "Loading image 1"
        QVERIFY(coarse.copy(words) != exact.copy(words));
    }

    void cacheAsksOnceAndForgetsItInTime()
    {
        FrameCache cache(100LL * 1024 * 1024);
        const auto facts = factsOf("tsJ2kLossless");
        const int stack =
            cache.addStack({{QStringLiteral("a"), 0, facts}, {QStringLiteral("b"), 0, facts}}, 0);
        QVERIFY(!cache.nextSmaller().isValid()); // nobody looks
        cache.lookAt(this, stack, 1, 1);
        const FrameRequest smaller = cache.nextSmaller();
        QVERIFY(smaller.isValid());
        QCOMPARE(smaller.index, 1);
        QCOMPARE(smaller.halvings, 2); // 128 x 128
        QVERIFY(!cache.nextSmaller().isValid());
        const FrameRequest whole = cache.next();
        QCOMPARE(whole.index, 1);
        QCOMPARE(whole.halvings, 0);
        cache.finishSmaller(smaller, halfBright(128));
        QCOMPARE(cache.slot(stack, 1).halvings, 2);
        QVERIFY(!cache.isLoaded(stack, 1));
        cache.finish(whole, halfBright(512));
        QVERIFY(cache.isLoaded(stack, 1));
        cache.finishSmaller(smaller, halfBright(128)); // too late
        QCOMPARE(cache.slot(stack, 1).halvings, 0);
        QVERIFY(!cache.slot(stack, 1).smaller.owner);
    }

    void onlyWhereItIsMuchSooner()
    {
        for (const char *syntax : {"tsExplicitLE", "tsRle", "tsJpegLosslessSv1", "tsHtj2kLossless"}) {
            FrameCache cache(100LL * 1024 * 1024);
            const int stack = cache.addStack({{QStringLiteral("a"), 0, factsOf(syntax)}}, 0);
            cache.lookAt(this, stack, 0, 0);
            QVERIFY2(!cache.nextSmaller().isValid(), syntax);
        }
    }
};

QTEST_MAIN(TestUiCoarse)
#include "tst_ui_coarse.moc"
