// What lies where: image points and view points at any zoom, turn, flip and screen; what is painted is what
// was asked for.
#include "tests/support/imaging/MadeUpStack.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/viewport/ColourTable.h"
#include "ui/widgets/viewport/FrameReducer.h"
#include "ui/widgets/viewport/SimpleTools.h"
#include "ui/widgets/viewport/ViewLayer.h"
#include "ui/widgets/viewport/Viewport.h"
#include "ui/widgets/viewport/ViewportGrid.h"

#include <QApplication>
#include <QPaintEvent>
#include <QSet>
#include <QTest>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

using namespace naru;
using namespace naru::ui;

namespace {

// Slice i has the value i * 10 everywhere, and a white pixel at (3, 5).
class PlainStack : public testsupport::MadeUpStack {
public:
    explicit PlainStack(int count, int rows = 64, int columns = 96)
        : MadeUpStack(plain(rows, columns))
    {
        for (int i = 0; i < count; ++i) {
            std::vector<quint8> values(pixels(), quint8(i * 10));
            values[5 * std::size_t(columns) + 3] = 255;
            add(imaging::SampleType::U8, std::move(values));
        }
    }

private:
    static imaging::ImageFacts plain(int rows, int columns)
    {
        imaging::ImageFacts plain = facts(rows, columns, 8, QStringLiteral("MONOCHROME2"));
        plain.frameFacts.front().windows = {{127.5, 256, {}}};
        return plain;
    }
};

// Its images come one by one, as from a disk or a network.
class ArrivingStack : public PlainStack {
public:
    using PlainStack::PlainStack;
    ui::ShownImage image(int index) override
    {
        return m_there.contains(index) ? PlainStack::image(index) : known(index);
    }
    bool isLoaded(int index) const override { return m_there.contains(index); }
    int loadedCount() const override { return int(m_there.size()); }
    void arrive(int index)
    {
        m_there.insert(index);
        Q_EMIT imageChanged(index);
    }

private:
    QSet<int> m_there{};
};

// What is painted again, and nothing else.
class PaintedAreas : public QObject {
public:
    QRegion area{};

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            area += static_cast<QPaintEvent *>(event)->region();
        return false;
    }
};

bool near(const QPointF &a, const QPointF &b, double by = 1e-9)
{
    return std::abs(a.x() - b.x()) <= by && std::abs(a.y() - b.y()) <= by;
}

} // namespace

class TstUiViewport : public QObject {
    Q_OBJECT
    Theme m_theme{};

private Q_SLOTS:
    void initTestCase() { m_theme.applyTo(*qApp); }

    void fitsAndFillsOneSide()
    {
        ViewTransform t;
        t.setImage({200, 100}, 1);
        t.setView({400, 400}, 1);
        QVERIFY(near(t.map({0, 0}), {0, 100}));
        QVERIFY(near(t.map({200, 100}), {400, 300}));
        QCOMPARE(t.zoom(), 2.0);
        t.setView({400, 400}, 2); // the same on a screen of twice the pixels
        QVERIFY(near(t.map({200, 100}), {400, 300}));
        QCOMPARE(t.zoom(), 4.0);
    }
    // Breasts hang back to back: an edge of the image lies at the view's, as long as it fits.
    void anEdgeAtTheSideOfTheView()
    {
        ViewTransform t;
        t.setImage({100, 200}, 1);
        t.setView({400, 400}, 2);
        t.setSide(1);
        QVERIFY(near(t.map({100, 0}), {400, 0}));
        QVERIFY(near(t.map({0, 200}), {200, 400}));
        t.flipHorizontally(); // the same edge, as it is seen now
        QVERIFY(near(t.map({100, 0}), {0, 0}));
        t.reset();
        QVERIFY(near(t.map({100, 0}), {400, 0}));
        t.rotate(1);
        QVERIFY(near(t.map({50, 100}), {200, 200}));
        t.reset();
        const QPointF under = t.unmap({300, 100});
        t.zoomAt({300, 100}, 1.5);
        QVERIFY(near(t.unmap({300, 100}), under));
        t.fit();
        const QPointF before = t.map({10, 10});
        t.panBy({7, -3});
        QVERIFY(near(t.map({10, 10}), before + QPointF(7, -3)));
        t.fit();
        const QPointF middle = t.unmap({200, 200});
        t.setZoom(8); // about the middle of the view
        QVERIFY(near(t.unmap({200, 200}), middle));
    }
    // Where there is no letter above, the date of a comparison is not cut at the middle.
    void narrowViewsKeepTheirDate()
    {
        PlainStack stack(1);
        Viewport view(m_theme, text::Language::English);
        const int line = QFontMetrics(m_theme.font(Theme::Face::Body)).height();
        const QString caption = QStringLiteral("Current 2026-10-20");
        const int words = QFontMetrics(m_theme.font(Theme::Face::Body)).horizontalAdvance(caption);
        view.resize(words + 8 * m_theme.unit(1), 6 * line);
        view.setProvider(&stack);
        view.setCaption(caption);
        const QImage picture = view.picture();
        int farthest = 0;
        for (int y = m_theme.unit(1); y < line + m_theme.unit(1); ++y) {
            for (int x = 0; x < picture.width(); ++x)
                farthest = picture.pixelColor(x, y).lightness() > 150 ? std::max(farthest, x) : farthest;
        }
        QVERIFY2(farthest > words * 9 / 10, qPrintable(QStringLiteral("%1/%2").arg(farthest).arg(words)));
    }
    // What is written about an image follows it, on the screen and for who listens.
    void saysWhatHasArrived()
    {
        ArrivingStack stack(5);
        Viewport view(m_theme, text::Language::English);
        view.resize(400, 300);
        view.setProvider(&stack);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QCOMPARE(view.accessibleDescription(), QStringLiteral("I 3/5"));
        stack.arrive(2);
        QVERIFY2(view.accessibleDescription().contains(QStringLiteral("W 256 L 128")),
            qPrintable(view.accessibleDescription()));
        QCOMPARE(view.accessibleDescription(), view.stateText());
        ViewTransform larger = view.transform();
        larger.setZoom(3);
        view.setTransform(larger);
        QVERIFY(view.accessibleDescription().contains(QStringLiteral("300 %")));
        view.changeWindow(100, 0);
        QCOMPARE(view.accessibleDescription(), view.stateText());
        larger.fit();
        view.setTransform(larger);
        const QString before = view.stateText();
        view.resize(500, 400); // what fits is larger now
        QTRY_VERIFY(view.stateText() != before);
        QCOMPARE(view.accessibleDescription(), view.stateText());
        view.resize(400, 300);
        view.setMarks(QStringLiteral("key"));
        QVERIFY(view.accessibleDescription().endsWith(QStringLiteral("key")));
        view.setMarks({});

        QCoreApplication::processEvents();
        PaintedAreas painted;
        view.installEventFilter(&painted);
        for (const int other : {3, 1, 4, 0})
            stack.arrive(other);
        const QPoint counter(view.width() - 40, view.fontMetrics().height());
        QTRY_VERIFY(painted.area.contains(counter));
        QVERIFY(!painted.area.contains(view.rect().center())); // the picture is not painted again for that
    }
    // How large it is on the screen means nothing on paper, which says its own scale.
    void noZoomOnPaper()
    {
        class Listener : public ViewLayer {
        public:
            void paint(QPainter &, const Viewport &view) override { said = view.stateText(); }
            QString said{};
        };
        PlainStack stack(3);
        Viewport view(m_theme, text::Language::English);
        Listener listener;
        view.addLayer(&listener);
        view.resize(400, 300);
        view.setProvider(&stack);
        view.grab();
        QVERIFY2(listener.said.contains(QLatin1Char('%')), qPrintable(listener.said));
        view.picture(2);
        QVERIFY2(listener.said.contains(QStringLiteral("W 256")), qPrintable(listener.said));
        QVERIFY2(!listener.said.contains(QLatin1Char('%')), qPrintable(listener.said));
        view.grab();
        QVERIFY(listener.said.contains(QLatin1Char('%')));
    }
    void pixelsThatAreNotSquare()
    {
        ViewTransform t;
        t.setImage({100, 100}, 2);
        t.setView({200, 200}, 1);
        QVERIFY(near(t.map({0, 0}), {50, 0}));
        QVERIFY(near(t.map({100, 100}), {150, 200}));
    }
    void thereAndBack_data()
    {
        QTest::addColumn<int>("turns");
        QTest::addColumn<bool>("mirrored");
        QTest::addColumn<double>("ratio");
        for (int turns = 0; turns < 4; ++turns) {
            for (const bool mirrored : {false, true}) {
                for (const double ratio : {1.0, 1.25, 2.0})
                    QTest::addRow("%d %d %g", turns, mirrored, ratio) << turns << mirrored << ratio;
            }
        }
    }
    void thereAndBack()
    {
        QFETCH(const int, turns);
        QFETCH(const bool, mirrored);
        QFETCH(const double, ratio);
        ViewTransform t;
        t.setImage({512, 300}, 1.5);
        t.setView({640, 480}, ratio);
        if (mirrored)
            t.flipHorizontally();
        t.rotate(turns);
        t.zoomAt({100, 50}, 3.7);
        t.panBy({-33, 12.5});
        for (const QPointF &point : {QPointF(0, 0), QPointF(511.5, 0.5), QPointF(12.25, 299)})
            QVERIFY(near(t.unmap(t.map(point)), point, 1e-6));
    }
    void zoomKeepsThePointUnderTheMouse()
    {
        ViewTransform t;
        t.setImage({512, 512}, 1);
        t.setView({800, 600}, 1);
        const QPointF mouse(123, 456), image = t.unmap(mouse);
        t.zoomAt(mouse, 2.3);
        QVERIFY(near(t.unmap(mouse), image, 0.6)); // whole zooms lie on whole pixels
        QVERIFY(near(t.map(image), mouse, 0.6));
    }
    void turnsAndFlipsAsSeen()
    {
        ViewTransform t;
        t.setImage({100, 100}, 1);
        t.setView({100, 100}, 1);
        t.rotate(1);
        QVERIFY(near(t.map({0, 0}), {100, 0})); // the top left corner goes to the top right
        t.flipHorizontally();
        QVERIFY(near(t.map({0, 0}), {0, 0}));
        t.reset();
        t.rotate(1);
        t.flipVertically();
        QVERIFY(near(t.map({0, 0}), {100, 100}));
        t.rotate(3);
        t.rotate(-3);
        t.flipVertically();
        t.rotate(-1);
        ViewTransform plain;
        plain.setImage({100, 100}, 1);
        plain.setView({100, 100}, 1);
        QVERIFY(t == plain);
    }
    void oneToOneLiesOnPixels()
    {
        for (const double ratio : {1.0, 1.5, 2.0}) {
            ViewTransform t;
            t.setImage({101, 77}, 1);
            t.setView({333, 222}, ratio);
            t.setZoom(1);
            const QPointF corner = t.map({0, 0}) * ratio, next = t.map({1, 1}) * ratio;
            QVERIFY(near(corner, QPointF(std::round(corner.x()), std::round(corner.y())), 1e-6));
            QVERIFY(near(next - corner, {1, 1}, 1e-6));
        }
    }
    void paintsThePixelWhereItLies()
    {
        PlainStack stack(3);
        Viewport view(m_theme, text::Language::English);
        view.resize(400, 300);
        view.setProvider(&stack);
        view.setIndex(0);
        ViewTransform t = view.transform();
        t.setView({400, 300}, 1);
        t.setZoom(4);
        view.setTransform(t);
        const QImage picture = view.picture(1, false);
        const QPointF centre = view.transform().map({3.5, 5.5});
        QVERIFY(qRed(picture.pixel(centre.toPoint())) > 150); // the painter interpolates
        const QPointF beside = view.transform().map({8.5, 5.5});
        QVERIFY(qRed(picture.pixel(beside.toPoint())) < 30);
        const QImage twice = view.picture(2, false);
        QVERIFY(qRed(twice.pixel((centre * 2).toPoint())) > 200);
        stack.disconnect();
    }
    void wheelAndLimits()
    {
        PlainStack stack(10);
        Viewport view(m_theme, text::Language::English);
        view.resize(300, 300);
        view.setProvider(&stack);
        QCOMPARE(view.index(), 5);
        const auto wheel = [&](int delta, Qt::KeyboardModifiers keys = Qt::NoModifier) {
            QWheelEvent event({150, 150}, view.mapToGlobal(QPointF(150, 150)), {}, {0, delta}, Qt::NoButton,
                keys, Qt::NoScrollPhase, false);
            QApplication::sendEvent(&view, &event);
        };
        wheel(-120);
        QCOMPARE(view.index(), 6);
        wheel(-60);
        QCOMPARE(view.index(), 6); // half a notch waits for the other half
        wheel(-60);
        QCOMPARE(view.index(), 7);
        wheel(240);
        QCOMPARE(view.index(), 5);
        for (int i = 0; i < 20; ++i)
            wheel(-120);
        QCOMPARE(view.index(), 9);
        QCOMPARE(stack.looks.last(), qMakePair(9, 1)); // what lies ahead is known to the loader
        const double before = view.transform().zoom();
        wheel(120, Qt::ControlModifier);
        QVERIFY(view.transform().zoom() > before);
        QCOMPARE(view.index(), 9);
    }
    void windowDrag()
    {
        PlainStack stack(3);
        Viewport view(m_theme, text::Language::English);
        WindowTool tool;
        view.resize(300, 300);
        view.setTool(&tool);
        view.setProvider(&stack);
        view.show();
        QCOMPARE(view.window().width, 256.0);
        QTest::mousePress(&view, Qt::LeftButton, {}, {100, 100});
        QTest::mouseMove(&view, {200, 100});
        QCOMPARE(view.window().width, 384.0); // 100 of 200 points: half as wide again
        QCOMPARE(view.window().centre, 127.5);
        QTest::mouseMove(&view, {200, 120});
        QVERIFY(view.window().centre > 127.5); // down: darker
        QTest::mouseRelease(&view, Qt::LeftButton, {}, {200, 120});
        view.setIndex(2);
        QVERIFY(view.appearance().window.has_value()); // the user's window stays while scrolling
        view.resetView();
        QCOMPARE(view.window().width, 256.0);
    }
    // Indices of a palette are never mixed: all of them are coloured, or of very many one of each block.
    void indicesAreNotAveraged()
    {
        for (const int side : {100, 3000}) {
            imaging::ImageFacts facts;
            facts.rows = facts.columns = side;
            facts.photometric = QStringLiteral("PALETTE COLOR");
            facts.frameFacts.resize(1);
            auto memory = std::make_shared<std::vector<std::byte>>(std::size_t(side) * std::size_t(side));
            for (std::size_t i = 0; i < memory->size(); ++i)
                (*memory)[i] = std::byte(i % 2 ? 200 : 10);
            imaging::Frame frame;
            frame.shape = {side, side, 1, imaging::SampleType::U8};
            frame.data = {memory->data(), memory->size()};
            frame.owner = memory;
            const imaging::Frame small = FrameReducer::reduce(frame, facts, 0, 8);
            QCOMPARE(small.data.empty(), side == 100);
            if (small.data.empty())
                continue;
            QCOMPARE(small.shape.columns, (side + 7) / 8);
            QVERIFY(std::all_of(small.data.begin(), small.data.end(),
                [](std::byte value) { return value == std::byte(10) || value == std::byte(200); }));
        }
    }
    void averagesAreAverages()
    {
        imaging::ImageFacts facts;
        facts.frameFacts = {{}};
        facts.padding = -2000;
        std::vector<qint16> values = {0, 10, 20, -2000, 30, 40, -2000, -2000, 7};
        imaging::Frame frame;
        frame.shape = {3, 3, 1, imaging::SampleType::S16};
        frame.data = std::as_bytes(std::span(values));
        const imaging::Frame half = FrameReducer::reduce(frame, facts, 0, 2);
        QCOMPARE(half.shape.rows, 2);
        QCOMPARE(half.shape.columns, 2);
        const auto got = half.as<qint16>();
        QCOMPARE(got[0], qint16((0 + 10 - 0 + 30) / 3)); // -2000 is padding: 0, 10, and 30 of the second row
        QCOMPARE(got[1], qint16((20 + 40) / 2));
    }
    void colourTables()
    {
        QVERIFY(ColourTable::all().size() >= 4);
        const ColourTable &grey = ColourTable::of(QStringLiteral("nothing of that name"));
        for (int i = 0; i < 256; ++i)
            QCOMPARE(grey.colours[std::size_t(i)], qRgb(i, i, i));
        QCOMPARE(ColourTable::of(QStringLiteral("hotIron")).colours[255], qRgb(255, 255, 255));
    }
    void noInputMethodAndAName()
    {
        ViewportGrid grid(m_theme, text::Language::English);
        grid.setGrid(2, 2);
        QCOMPARE(grid.views().size(), 4);
        for (const Viewport *view : grid.views()) {
            QVERIFY(!view->testAttribute(Qt::WA_InputMethodEnabled));
            QVERIFY(!view->accessibleName().isEmpty());
        }
        Viewport *kept = grid.view(0);
        grid.setGrid(1, 1);
        QCOMPARE(grid.view(0), kept);
    }
};

QTEST_MAIN(TstUiViewport)
#include "tst_ui_viewport.moc"
