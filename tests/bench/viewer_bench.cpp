// `./test --bench viewer`: how long a view of 1920 x 1080 takes, in frames, since the slow ones are what one
// sees. Painting from memory; then the product's own way: sealed store, decoder processes, prefetch, paint.
// "paced" turns 30 images a second, as a hand does; "rush" asks for the next image as soon as the one before
// is painted. A frame lasts from the wish to the painted image.
#include "core/jobs/JobQueue.h"
#include "core/services/ImageService.h"
#include "tests/bench/ViewerSeries.h"
#include "tests/support/imaging/MadeUpStack.h"
#include "ui/pages/imaging/ProfileSource.h"
#include "ui/pages/imaging/StudyDesk.h"
#include "ui/pages/imaging/VolumeDesk.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/viewport/Viewport.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <malloc.h>

using namespace naru;
using namespace naru::ui;

namespace {

constexpr double FrameMs = 16; // the bar of every row that a hand waits for

class MemoryStack : public testsupport::MadeUpStack {
public:
    MemoryStack(int count, int rows, int columns)
        : MadeUpStack(computed(rows, columns))
    {
        for (int i = 0; i < count; ++i) {
            std::vector<qint16> values(pixels());
            for (std::size_t at = 0; at < values.size(); ++at)
                values[at] = qint16((at * 7 + std::size_t(i) * 31) % 1200) - 400;
            add(imaging::SampleType::S16, std::move(values));
        }
    }

private:
    static imaging::ImageFacts computed(int rows, int columns)
    {
        imaging::ImageFacts ct = facts(rows, columns, 16, QStringLiteral("MONOCHROME2"));
        ct.isSigned = true;
        ct.frameFacts.front().windows = {{40, 400, {}}};
        ct.frameFacts.front().hasRescale = true;
        return ct;
    }
};

void line(const QString &name, double value, const char *unit, double target = 0)
{
    std::printf("%s\t%.3g\t%s\t", qPrintable(name), value, unit);
    target > 0 ? std::printf("target\t%.3g\t%.2f\n", target, value / target) : std::printf("none\t-\t-\n");
    std::fflush(stdout);
}

void frames(const QString &name, std::vector<double> times, double target = FrameMs)
{
    if (times.empty())
        return;
    std::sort(times.begin(), times.end());
    const auto at = [&](double part) { return times[std::size_t(double(times.size() - 1) * part)]; };
    line(name + QStringLiteral(".p50"), at(0.5), "ms");
    line(name + QStringLiteral(".p99"), at(0.99), "ms", target);
}

double memory(const char *what) // MiB of /proc/self/status
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &row : status.readAll().split('\n')) {
        if (row.startsWith(what))
            return row.mid(qsizetype(qstrlen(what))).simplified().split(' ').first().toDouble() / 1024;
    }
    return 0;
}

void forgetPeak()
{
    malloc_trim(0);
    QFile file(QStringLiteral("/proc/self/clear_refs"));
    if (file.open(QIODevice::WriteOnly))
        file.write("5");
}

class Bench {
public:
    explicit Bench(Theme &theme)
        : m_theme(theme)
    {
    }
    void fromMemory();
    void fromStore(bench::Coding coding, const QString &name, int slices);

private:
    void paint(Viewport &view) { view.render(&m_screen); }
    double painted(Viewport &view);
    void drag(Viewport &view, const QString &name);
    void pass(Viewport &view, const QString &name, int pauseMs);
    bool waitFor(const std::function<bool()> &done);
    void planes(StudyDesk &desk, const StackProvider &stack);
    // Milliseconds since the click: the study's images are known, the first is painted, the first is exact.
    struct First {
        double listed = 0, painted = 0, exact = 0;
    };
    First openStudy(StudyDesk &desk, Viewport &view);
    void firstImages(const std::shared_ptr<services::Profile> &profile, const QString &name, double bar);
    // The right image, or a coarse one that says so.
    static bool shows(const Viewport &view) { return view.image().isReady() || view.image().isCoarse(); }

    Theme &m_theme;
    QImage m_screen{1920, 1080, QImage::Format_RGB32};
};

double Bench::painted(Viewport &view)
{
    QElapsedTimer timer;
    timer.start();
    paint(view);
    return double(timer.nsecsElapsed()) / 1e6;
}

bool Bench::waitFor(const std::function<bool()> &done)
{
    // With a time limit processEvents() would turn round on a core that the decoders need.
    QElapsedTimer timer;
    timer.start();
    QTimer wake;
    wake.setTimerType(Qt::PreciseTimer);
    wake.start(1);
    while (!done() && timer.elapsed() < 60000)
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    return done();
}

void Bench::drag(Viewport &view, const QString &name)
{
    std::vector<double> times;
    paint(view);
    for (int i = 0; i < 300; ++i) {
        view.changeWindow(std::sin(i / 10.0) * 4, std::cos(i / 7.0) * 3);
        times.push_back(painted(view));
    }
    frames(name, times);
}

void Bench::fromMemory()
{
    Viewport view(m_theme, text::Language::English);
    view.resize(1920, 1080);
    MemoryStack ct(500, 512, 512), mammogram(1, 4096, 3328);
    view.setProvider(&ct);
    std::vector<double> times;
    for (int i = 0; i < 500; ++i) {
        view.setIndex(i);
        times.push_back(painted(view));
    }
    frames(QStringLiteral("viewer.scroll.cached.512x512"), times);
    view.setProvider(&mammogram);
    drag(view, QStringLiteral("viewer.window.whole.3328x4096"));
    ViewTransform large = view.transform();
    large.setView(QSizeF(view.size()), 1);
    large.setZoom(1);
    view.setTransform(large);
    drag(view, QStringLiteral("viewer.window.1to1.3328x4096"));
    times.clear();
    for (int i = 0; i < 300; ++i) {
        large.panBy({std::sin(i / 9.0) * 40, std::cos(i / 13.0) * 60});
        view.setTransform(large);
        times.push_back(painted(view));
    }
    frames(QStringLiteral("viewer.pan.1to1.3328x4096"), times);
    view.setProvider(nullptr);
}

// From the click on the study to its first image on the screen, in a view that is on the screen already.
Bench::First Bench::openStudy(StudyDesk &desk, Viewport &view)
{
    desk.load();
    if (!waitFor([&] { return !desk.rows().empty(); }))
        return {};
    paint(view);
    QElapsedTimer timer;
    timer.start();
    const QString key = desk.rows().front().key;
    desk.open(key);
    if (!waitFor([&] { return desk.study(key) != nullptr; }))
        return {};
    First out;
    out.listed = double(timer.nsecsElapsed()) / 1e6;
    view.setProvider(desk.study(key)->providers.front());
    if (!waitFor([&] { return shows(view); }))
        return {};
    paint(view);
    out.painted = out.exact = double(timer.nsecsElapsed()) / 1e6;
    if (view.image().isReady())
        return out; // what was painted was not a coarse one
    if (!waitFor([&] { return view.image().isReady(); }))
        return {};
    paint(view);
    out.exact = double(timer.nsecsElapsed()) / 1e6;
    return out;
}

void Bench::firstImages(const std::shared_ptr<services::Profile> &profile, const QString &name, double bar)
{
    constexpr int Times = 15;
    jobs::JobQueue queue;
    std::vector<double> listed, painted, exact;
    for (int i = 0; i < Times; ++i) {
        profile->images().forgetOpened();
        Viewport view(m_theme, text::Language::English);
        view.resize(1920, 1080);
        StudyDesk desk(queue, std::make_shared<ProfileSource>(profile, QString()));
        const First first = openStudy(desk, view);
        listed.push_back(first.listed);
        painted.push_back(first.painted);
        exact.push_back(first.exact);
        // A viewer that is closed while it reads ahead ends its decoders; the next click would wait for new
        // ones.
        waitFor([&] { return view.provider()->loadedCount() == view.provider()->count(); });
        view.setProvider(nullptr);
    }
    const auto tell = [](const QString &what, std::vector<double> times, double target) {
        std::sort(times.begin(), times.end());
        line(what + QStringLiteral(".best"), times.front(), "ms", target);
        line(what + QStringLiteral(".p50"), times[times.size() / 2], "ms", target);
    };
    const QString first = QStringLiteral("viewer.first-image.") + name;
    tell(first + QStringLiteral(".listed"), listed, 0);
    tell(first, painted, bar);
    tell(first + QStringLiteral(".exact"), exact, bar);
}

void Bench::pass(Viewport &view, const QString &name, int pauseMs)
{
    std::vector<double> times;
    int coarse = 0;
    QElapsedTimer clock;
    view.setIndex(0);
    if (!waitFor([&] { return view.image().isReady(); }))
        return;
    clock.start();
    for (int i = 1; i < view.provider()->count(); ++i) {
        const double due = double(i) * pauseMs;
        waitFor([&] { return double(clock.elapsed()) >= due; });
        QElapsedTimer timer;
        timer.start();
        view.setIndex(i);
        if (!shows(view))
            waitFor([&] { return shows(view); });
        coarse += view.image().isCoarse() ? 1 : 0;
        paint(view);
        times.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    frames(name, times);
    if (coarse > 0)
        line(name + QStringLiteral(".coarse-first"), 100.0 * coarse / double(times.size()), "%");
}

void Bench::planes(StudyDesk &desk, const StackProvider &stack)
{
    VolumeDesk volumes(desk.queue(), desk.sharedSource(), nullptr);
    QElapsedTimer timer;
    timer.start();
    volumes.make(stack, 0);
    if (!waitFor([&] { return volumes.isOpen() && volumes.planes().front()->isLoaded(0); }))
        return;
    line(QStringLiteral("viewer.mpr.complete"), double(timer.elapsed()), "ms");
    const char *names[] = {"axial", "coronal", "sagittal", "oblique"};
    for (int way = 0; way < 4; ++way) {
        PlaneProvider *plane = volumes.planes().at(way);
        Viewport view(m_theme, text::Language::English);
        view.resize(960, 540); // four planes share the screen
        view.setProvider(plane);
        QImage screen(960, 540, QImage::Format_RGB32);
        std::vector<double> times;
        for (int i = 0; i < std::min(150, plane->count() / 2); ++i) {
            timer.start();
            const int wanted = plane->count() / 4 + i;
            view.setIndex(wanted);
            waitFor([&] { return view.image().isReady() && plane->known(wanted).isReady(); });
            view.render(&screen);
            times.push_back(double(timer.nsecsElapsed()) / 1e6);
        }
        frames(QStringLiteral("viewer.mpr.") + QLatin1String(names[way]), times, 33);
        view.setProvider(nullptr);
    }
}

void Bench::fromStore(bench::Coding coding, const QString &name, int slices)
{
    QTemporaryDir folder;
    bench::writeSeries(coding, slices, folder.filePath(QStringLiteral("in")));
    const auto profile = bench::benchProfile(folder.filePath(QStringLiteral("data")));
    if (!profile || !profile->images().import({folder.filePath(QStringLiteral("in"))}, {}, {}))
        return;
    firstImages(profile, name, coding == bench::Coding::Raw ? 5 : 20);
    jobs::JobQueue queue;
    const struct {
        const char *pace;
        int pauseMs;
    } passes[] = {{"rush", 0}, {"paced", 33}, {"rush.again", 0}};
    for (const auto &one : passes) {
        forgetPeak();
        const double before = memory("VmRSS:");
        Viewport view(m_theme, text::Language::English);
        view.resize(1920, 1080);
        StudyDesk desk(queue, std::make_shared<ProfileSource>(profile, QString()));
        openStudy(desk, view);
        pass(view, QStringLiteral("viewer.scroll.%1.%2").arg(name, QLatin1String(one.pace)), one.pauseMs);
        if (one.pauseMs == 0 && coding == bench::Coding::Raw && &one == &passes[0]) {
            const double voxels = slices * 512.0 * 512 * 2 / 1048576;
            line(
                QStringLiteral("viewer.memory.") + name, memory("VmHWM:") - before, "MiB", 1.1 * voxels + 60);
        }
        view.setProvider(nullptr);
        if (coding == bench::Coding::Raw && &one == &passes[2])
            planes(desk, *desk.study(desk.rows().front().key)->providers.front());
    }
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    Theme theme;
    theme.applyTo(application);
    const int wanted = qEnvironmentVariableIsSet("NARU_BENCH_SLICES")
        ? qBound(20, qEnvironmentVariableIntValue("NARU_BENCH_SLICES"), 500)
        : 300;
    QFile load(QStringLiteral("/proc/loadavg"));
    std::printf("# viewer\t1920x1080, %d slices of 512x512 (j2k: a third); load %s", wanted,
        load.open(QIODevice::ReadOnly) ? load.readAll().constData() : "?\n");
    Bench bench(theme);
    bench.fromMemory();
    bench.fromStore(bench::Coding::Raw, QStringLiteral("raw"), wanted);
    bench.fromStore(bench::Coding::JpegLossless, QStringLiteral("jpeg-lossless"), wanted);
    bench.fromStore(bench::Coding::Jpeg2000, QStringLiteral("j2k"), wanted / 3);
    return 0;
}
