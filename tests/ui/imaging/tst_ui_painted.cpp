// Only what is seen of a large image is computed. Whatever the zoom, the pan, the turning and the scale of
// the screen: what is drawn is, pixel for pixel, what drawing the whole picture gives.
#include "tests/support/imaging/MadeUpStack.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/viewport/FrameReducer.h"
#include "ui/widgets/viewport/Painted.h"
#include "ui/widgets/viewport/Viewport.h"

#include <QPainter>
#include <QTest>

using namespace naru;
using namespace naru::ui;

namespace {

constexpr int Rows = 1500, Columns = 1300; // more than is filled at once

class LargeImage : public testsupport::MadeUpStack {
public:
    explicit LargeImage(int count = 1) // MONOCHROME1: black is not what memory begins with
        : MadeUpStack(facts(Rows, Columns, 16, QStringLiteral("MONOCHROME1")))
    {
        for (int i = 0; i < count; ++i) { // no window: the range of all values, whatever part is seen
            quint32 seed = quint32(i + 1);
            std::vector<quint16> values(pixels());
            for (quint16 &value : values) {
                seed = seed * 1664525U + 1013904223U;
                value = quint16(1000 + (seed >> 20) + (i == 1 ? 5000 : 0));
            }
            values.back() = 65535; // the end of the range, in a corner
            add(imaging::SampleType::U16, std::move(values));
        }
    }
    int first() const override { return 0; }
};

// The whole picture, drawn by other means than the view's own.
QImage drawn(
    const ShownImage &image, const ViewTransform &transform, const QSize &view, const imaging::Window &window)
{
    const int factor = FrameReducer::factorFor(transform.zoom());
    imaging::Frame frame = image.pixels;
    if (factor > 1)
        frame = FrameReducer::reduce(frame, *image.facts, 0, factor);
    imaging::RenderChoice choice;
    choice.window = window;
    const imaging::Raster raster = *imaging::render(frame, *image.facts, 0, choice);
    const QImage grey(reinterpret_cast<const uchar *>(raster.bytes.constData()), raster.columns, raster.rows,
        raster.columns, QImage::Format_Grayscale8);
    QImage out(view, QImage::Format_RGB32);
    out.fill(Qt::black);
    QPainter painter(&out);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, std::abs(transform.zoom() - 1) > 1e-9);
    painter.setTransform(QTransform::fromScale(factor, factor) * transform.toView());
    painter.drawImage(0, 0, grey.convertToFormat(QImage::Format_RGB32));
    return out;
}

QString difference(const QImage &a, const QImage &b, const QRect &where)
{
    if (a.size() != b.size())
        return QStringLiteral("size");
    for (int y = where.top(); y <= where.bottom(); ++y) {
        for (int x = where.left(); x <= where.right(); ++x) {
            if ((a.pixel(x, y) ^ b.pixel(x, y)) & 0xFFFFFF)
                return QStringLiteral("%1,%2: %3 %4")
                    .arg(x)
                    .arg(y)
                    .arg(a.pixel(x, y), 0, 16)
                    .arg(b.pixel(x, y), 0, 16);
        }
    }
    return {};
}

QString difference(const QImage &a, const QImage &b)
{
    return difference(a, b, a.rect());
}

void zoomTo(Viewport &view, double zoom)
{
    ViewTransform transform = view.transform();
    transform.setView(QSizeF(view.size()), 1);
    transform.setZoom(zoom);
    transform.setPan({});
    view.setTransform(transform);
}

} // namespace

class TstUiPainted : public QObject {
    Q_OBJECT
    Theme m_theme{};

private Q_SLOTS:
    void initTestCase() { m_theme.applyTo(*qApp); }

    void aPartLooksAsInTheWhole_data()
    {
        QTest::addColumn<double>("zoom");
        QTest::addColumn<QPointF>("pan");
        QTest::addColumn<int>("turns");
        QTest::addColumn<bool>("mirrored");
        QTest::addColumn<double>("scale"); // of the screen
        const auto row = [](const char *name) -> QTestData & { return QTest::newRow(name); };
        row("1:1") << 1.0 << QPointF(0, 0) << 0 << false << 1.0;
        row("1:1 moved") << 1.0 << QPointF(-311, 207.5) << 0 << false << 1.0;
        row("1:1 corner") << 1.0 << QPointF(500, 600) << 0 << false << 1.0;
        row("1:1 opposite corner") << 1.0 << QPointF(-520, -610) << 0 << false << 1.0;
        row("1:1 out of sight") << 1.0 << QPointF(-5000, 0) << 0 << false << 1.0;
        row("1:1 turned") << 1.0 << QPointF(101, -40) << 1 << false << 1.0;
        row("1:1 mirrored") << 1.0 << QPointF(-400, 33) << 0 << true << 1.0;
        row("three quarters") << 0.75 << QPointF(-150, 90) << 0 << false << 1.0;
        row("averaged by 2") << 0.45 << QPointF(-33, 21) << 0 << false << 1.0;
        row("averaged by 2, turned") << 0.49 << QPointF(-33, 21) << 3 << true << 1.0;
        row("enlarged") << 2.3 << QPointF(371, -200) << 0 << false << 1.0;
        row("much enlarged, upside down") << 17.0 << QPointF(3000, -5000) << 2 << false << 1.0;
        row("screen of 200 %") << 0.5 << QPointF(-80, 90) << 0 << false << 2.0;
        row("screen of 150 %") << 1.0 << QPointF(-80, 90.5) << 1 << true << 1.5;
    }
    void aPartLooksAsInTheWhole()
    {
        QFETCH(const double, zoom);
        QFETCH(const QPointF, pan);
        QFETCH(const int, turns);
        QFETCH(const bool, mirrored);
        QFETCH(const double, scale);
        constexpr QSize Small(400, 300);
        LargeImage stack;
        Viewport part(m_theme, text::Language::English), whole(m_theme, text::Language::English);
        part.setProvider(&stack);
        part.resize(Small);
        whole.setProvider(&stack); // sees everything once; then the same place as the other
        whole.resize(QSize(int(Columns * zoom) + 40, int(Rows * zoom) + 40).boundedTo({4000, 4000}));
        zoomTo(whole, zoom);
        whole.picture(scale, false);
        whole.resize(Small);
        ViewTransform there = part.transform();
        there.setView(QSizeF(Small), 1);
        if (mirrored)
            there.flipHorizontally();
        there.rotate(turns);
        there.setZoom(zoom);
        there.setPan(pan);
        part.setTransform(there);
        whole.setTransform(there);
        const QImage seen = part.picture(scale, false);
        QCOMPARE(difference(seen, whole.picture(scale, false)), QString());
        if (scale == 1.0) { // the words lie at the edges
            const QImage expected = drawn(part.image(), there, Small, part.window());
            QCOMPARE(difference(seen, expected, QRect(100, 80, 180, 140)), QString());
        }
    }
    // From one place to the next in one view, each time as if it had begun there.
    void movedResizedAndWindowed()
    {
        LargeImage stack(2);
        Viewport view(m_theme, text::Language::English);
        view.setProvider(&stack);
        view.resize(350, 250);
        zoomTo(view, 1);
        const auto compare = [&](const char *what) {
            Viewport fresh(m_theme, text::Language::English);
            fresh.setProvider(&stack);
            fresh.resize(view.size());
            fresh.setIndex(view.index());
            fresh.setTransform(view.transform());
            fresh.setAppearance(view.appearance());
            const QString found = difference(view.picture(1, false), fresh.picture(1, false));
            QVERIFY2(found.isEmpty(), qPrintable(QLatin1String(what) + QLatin1Char(' ') + found));
        };
        compare("begin");
        for (int i = 0; i < 12; ++i) {
            ViewTransform moved = view.transform();
            moved.panBy({i % 3 == 0 ? -47.0 : 31.0, i % 2 == 0 ? 29.0 : -53.0});
            view.setTransform(moved);
            compare("moved");
        }
        view.resize(700, 500);
        compare("larger");
        view.changeWindow(30, -20);
        compare("another window");
        view.resize(300, 600);
        compare("another shape");
        view.setIndex(1);
        compare("another image");
        Appearance hot = view.appearance();
        hot.colours = QStringLiteral("hotIron");
        hot.invert = true;
        view.setAppearance(hot);
        compare("other colours");
        zoomTo(view, 0.4);
        compare("smaller");
        zoomTo(view, 1.7);
        compare("enlarged");
    }
    // The lens shows another place and zoom of the same image.
    // Above a size overlays and shutter are kept in fewer bytes; they look the same.
    void coverOfAVeryLargeImage()
    {
        for (const int side : {1000, 4100}) {
            auto facts = std::make_shared<imaging::ImageFacts>();
            facts->rows = facts->columns = side;
            facts->frames = 1;
            facts->bitsAllocated = facts->bitsStored = 8;
            facts->decodable = true;
            facts->frameFacts.resize(1);
            imaging::Overlay overlay;
            overlay.rows = overlay.columns = 2;
            overlay.originRow = overlay.originColumn = 11;
            overlay.bits = QByteArray(1, char(0x0F));
            facts->overlays = {overlay};
            imaging::Shutter shutter;
            shutter.shape = QStringLiteral("RECTANGULAR");
            shutter.left = shutter.top = 5;
            shutter.right = shutter.bottom = side - 5;
            shutter.value = 0x8000;
            facts->shutter = shutter;
            ShownImage image;
            image.facts = facts;
            image.pixels.shape = {side, side, 1, imaging::SampleType::U8};
            Painted painted;
            const QImage &cover = painted.cover(image, true);
            QCOMPARE(cover.size(), QSize(side, side));
            QCOMPARE(cover.pixelColor(0, 0), QColor(128, 128, 128));
            QCOMPARE(cover.pixelColor(11, 10), QColor(255, 255, 255));
            QCOMPARE(cover.pixelColor(12, 10).alpha(), 0);
            QVERIFY(cover.sizeInBytes() <= 32 * 1024 * 1024);
            QCOMPARE(painted.cover(image, false).pixelColor(11, 10).alpha(), 0);
            // Shown small: only a very large one is reduced; a mark of two pixels is not lost.
            const QImage &small = painted.cover(image, true, 8);
            const int factor = painted.coverFactor();
            QCOMPARE(factor, side > 4096 ? 8 : 1);
            QCOMPARE(small.width(), (side + factor - 1) / factor);
            QCOMPARE(small.pixelColor(11 / factor, 10 / factor), QColor(255, 255, 255));
            QCOMPARE(small.pixelColor(small.width() - 1, small.height() - 1), QColor(128, 128, 128));
            QCOMPARE(small.pixelColor(small.width() / 2, small.height() / 2).alpha(), 0);
        }
    }
    void lensBesideTheImage()
    {
        LargeImage stack;
        Viewport view(m_theme, text::Language::English);
        view.setProvider(&stack);
        view.resize(350, 250);
        view.setMagnifier(true);
        zoomTo(view, 1);
        const QImage before = view.picture(1, false);
        QTest::mouseMove(&view, {120, 90});
        view.grab();
        QTest::mouseMove(&view, {200, 140});
        view.grab();
        QCOMPARE(difference(view.picture(1, false), before), QString());
    }
};

QTEST_MAIN(TstUiPainted)
#include "tst_ui_painted.moc"
