// From the letter to the picture: a return letter of the practice exchange names a CT of 500 slices, its
// [images] is clicked in the real window, and the clock runs until pixels of the first image are painted;
// then until all 500 can be scrolled through. Best of three, each with an empty store of images.
#include "tests/ui/imaging/LetterExchange.h"
#include "ui/pages/documents/ReaderPage.h"
#include "ui/pages/imaging/ImagingPage.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/viewport/Viewport.h"
#include "ui/widgets/viewport/ViewportGrid.h"

#include "core/jobs/JobQueue.h"

#include <QApplication>
#include <QPushButton>
#include <QTest>

#include <cstdio>

using namespace naru;
using namespace naru::ui;

namespace {
constexpr int slices = 500;

void line(const char *name, double value, const char *unit, double goal = 0)
{
    std::printf("%s\t%.3g\t%s\t%s\t%.3g\t%.2f\n", name, value, unit, goal > 0 ? "goal" : "-", goal,
        goal > 0 ? value / goal : 0);
    std::fflush(stdout);
}

// Told by the first paint of a view that has its image: what is on the screen from then on.
class Painted : public QObject {
public:
    explicit Painted(MainWindow &window)
        : m_window(window)
    {
        qApp->installEventFilter(this);
    }
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        auto *view = qobject_cast<Viewport *>(watched);
        if (first < 0 && view && event->type() == QEvent::Paint && view->image().isReady()) {
            qApp->removeEventFilter(this);
            const bool done = QCoreApplication::sendEvent(watched, event);
            first = double(clock.nsecsElapsed()) / 1e6;
            return done;
        }
        return false;
    }
    QElapsedTimer clock{};
    double first = -1;

private:
    MainWindow &m_window;
};

bool once(test::LetterWorld &world, jobs::JobQueue &queue, double &first, double &all)
{
    for (const services::StudyRow &row : world.clinic.profile->images().studies())
        (void)world.clinic.profile->images().remove(row.key);
    Theme theme;
    theme.setChoice(QStringLiteral("light"));
    theme.applyTo(*qApp);
    AppContext context(world.clinic.profile, theme, queue, text::Language::Korean);
    context.registerPage(QStringLiteral("document"), ReaderPage::make);
    context.registerPage(QStringLiteral("imaging"), ImagingPage::make);
    MainWindow window(context);
    window.resize(1366, 768);
    window.show();
    context.openDocument(world.clinic.patient, world.letter);
    const auto button = [&window] {
        return window.findChild<QPushButton *>(QStringLiteral("reader.images"));
    };
    if (!QTest::qWaitFor([&] { return button() && button()->isVisible(); }, 20000))
        return false;
    QTest::qWait(500); // the letter is read before anybody clicks
    Painted painted(window);
    painted.clock.start();
    QTest::mouseClick(button(), Qt::LeftButton);
    if (!QTest::qWaitFor([&] { return painted.first >= 0; }, 60000))
        return false;
    const auto count = [&] {
        auto *page = qobject_cast<ImagingPage *>(window.currentPage());
        Viewport *view = page ? page->grid().view(0) : nullptr;
        return view && view->provider() ? view->provider()->count() : 0;
    };
    if (!QTest::qWaitFor([&] { return count() == slices; }, 120000))
        return false;
    all = std::min(all, double(painted.clock.nsecsElapsed()) / 1e6);
    first = std::min(first, painted.first);
    std::fprintf(stderr, "# click to first picture %.0f ms\n", painted.first);
    return true;
}
} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    test::TestStudy ct;
    ct.slices = slices;
    ct.rows = ct.columns = 512;
    ct.study = "2.25.500";
    ct.series = "2.25.500.1";
    test::LetterWorld world;
    jobs::JobQueue queue;
    double first = 1e12, all = 1e12;
    bool good = world.write({ct});
    for (int i = 0; good && i < 3; ++i)
        good = once(world, queue, first, all);
    queue.shutdown();
    if (!good) {
        std::fprintf(stderr, "journey: the practice exchange or the viewer did not do it\n");
        return 1;
    }
    line("journey.letter.first picture of 500", first, "ms", 1000);
    line("journey.letter.all 500", all, "ms");
    return 0;
}
