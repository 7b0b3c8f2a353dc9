#include "tests/bench/VolumeBench.h"

#include "core/imaging/render/Render.h"
#include "core/imaging/volume/Mpr.h"

#include <QElapsedTimer>
#include <QFile>

#include <algorithm>
#include <cstdio>
#include <thread>
#include <unistd.h>

namespace naru::bench {

using namespace imaging;

namespace {
constexpr double Mib = 1024.0 * 1024.0;

double milliseconds(const std::function<void()> &work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return double(timer.nsecsElapsed()) / 1e6;
}

void threads(int count, const std::function<void(int)> &task)
{
    std::vector<std::jthread> all;
    for (int i = 0; i < count; ++i)
        all.emplace_back([&task, i] { task(i); });
}

// A line of /proc/PID/status, MiB.
double statusOf(const QByteArray &process, const QByteArray &key)
{
    QFile file(QStringLiteral("/proc/") + QString::fromLatin1(process) + QStringLiteral("/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const auto lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith(key + ':'))
            return line.mid(key.size() + 1).simplified().split(' ').value(0).toDouble() / 1024;
    }
    return 0;
}

// Ours, shared memory included, and what the decoder children have of their own.
double memoryInUse()
{
    double out = statusOf("self", "VmRSS");
    QFile children(QStringLiteral("/proc/self/task/%1/children").arg(::getpid()));
    if (children.open(QIODevice::ReadOnly)) {
        const auto all = children.readAll().split(' ');
        for (const QByteArray &child : all)
            out += child.isEmpty() ? 0 : statusOf(child, "RssAnon");
    }
    return out;
}

std::vector<InstanceRef> read(DecoderPool &pool, const QStringList &files)
{
    std::vector<InstanceRef> out;
    for (const QString &file : files) {
        const auto facts = pool.facts({file, {}});
        if (facts)
            out.push_back({std::make_shared<ImageFacts>(*facts), file});
    }
    return out;
}

struct Spread {
    std::vector<double> values{};
    double best() const { return *std::min_element(values.begin(), values.end()); }
    double p99() const
    {
        std::vector<double> sorted = values;
        std::sort(sorted.begin(), sorted.end());
        return sorted[sorted.size() * 99 / 100];
    }
};

Spread repeat(int times, const std::function<void(int)> &work)
{
    Spread out;
    for (int i = 0; i < times; ++i)
        out.values.push_back(milliseconds([&] { work(i); }));
    return out;
}

void planeFigures(const QString &name, const Volume &volume)
{
    const Vector3 middle = volume.centre();
    const std::pair<const char *, ImagePlane> planes[] = {{"axial", cutPlane(volume, Cut::Axial, middle)},
        {"coronal", cutPlane(volume, Cut::Coronal, middle)},
        {"sagittal", cutPlane(volume, Cut::Sagittal, middle)},
        {"oblique", obliquePlane(volume, {1, 0.3, 0.2}, {-0.1, 0.5, -1}, middle)}};
    for (const auto &[which, plane] : planes) {
        const auto time = [&, &cut = plane](const Slab &slab, int parts) {
            // Another place each time, as somebody scrolls: a plane that lies in the cache already says
            // little.
            return repeat(15, [&](int i) {
                (void)reslice(
                    volume, moved(cut, (i - 7) * 3.3), slab, parts > 1 ? Executor(threads) : runHere, parts)
                    .ok();
            });
        };
        const QString label = name + QStringLiteral(".mpr.%1.").arg(QLatin1String(which));
        const Spread thin = time({}, 1);
        row(label + QStringLiteral("x1.best"), thin.best(), "ms", "target", 33);
        row(label + QStringLiteral("x1.worst"), *std::max_element(thin.values.begin(), thin.values.end()),
            "ms", "target", 33);
        row(label + QStringLiteral("x4.best"), time({}, 4).best(), "ms", "target", 33);
        row(label + QStringLiteral("mip10mm.x4.best"), time({10, SlabMode::Maximum}, 4).best(), "ms", "none",
            0);
    }
}

void scrollFigures(const QString &name, const Volume &volume)
{
    const Spread scroll = repeat(volume.slices(), [&](int k) {
        (void)render(volume.frame(k), volume.facts(k), 0, {.window = Window{40, 400, {}}}).ok();
    });
    row(name + QStringLiteral(".scroll.cached.best"), scroll.best(), "ms", "target", 1);
    row(name + QStringLiteral(".scroll.cached.p99"), scroll.p99(), "ms", "target", 1);
}
} // namespace

void volumeFigures(const QString &name, const QStringList &files, bool planes)
{
    for (const int workers : {1, 4}) {
        const auto pool = DecoderPool::start({.workers = workers});
        if (!pool)
            return;
        const std::vector<InstanceRef> refs = read(**pool, files);
        const std::vector<Stack> stacks = buildStacks(refs);
        if (stacks.size() != 1)
            return;
        const auto sourceOf = [&refs](int i) -> base::Result<ImageSource> {
            return ImageSource{refs[std::size_t(i)].handle, {}};
        };
        const auto buffers = std::make_shared<VolumeBuffers>();
        double before = 0, first = 0;
        Spread again;
        for (int round = 0; round < 4; ++round) {
            before = round == 0 ? memoryInUse() : before;
            const auto volume = Volume::make(refs, stacks[0], **pool, buffers);
            if (!volume)
                return;
            (*volume)->want((*volume)->slices() / 2);
            const double time =
                milliseconds([&] { (void)(*volume)->fill(**pool, sourceOf, workers, threads).ok(); });
            for (int k = 0; k < (*volume)->slices(); ++k) {
                if ((*volume)->state(k) != Volume::Slice::Ready)
                    std::printf("# %s: slice %d failed\n", qPrintable(name), k);
            }
            if (round == 0)
                first = time;
            else
                again.values.push_back(time);
            if (round == 0 && planes) {
                // Pages the children wrote count here when they are looked at.
                for (int k = 0; k < (*volume)->slices(); ++k)
                    (void)defaultWindow((*volume)->frame(k), {}, 0);
                const double voxels = double((*volume)->bytes()) / Mib;
                row(name + QStringLiteral(".volume.memory.x%1").arg(workers), memoryInUse() - before, "MiB",
                    "target 1.1 x voxels + 60", 1.1 * voxels + 60);
            }
            if (round == 3 && planes && workers == 4) {
                planeFigures(name, **volume);
                scrollFigures(name, **volume);
            }
        }
        const QString label = name + QStringLiteral(".volume.x%1.").arg(workers);
        row(label + QStringLiteral("fresh"), first / 1000, "s", "none", 0);
        row(label + QStringLiteral("reused"), again.best() / 1000, "s", "none", 0);
    }
}

void windowDrag()
{
    constexpr int Rows = 4096, Columns = 3328;
    std::vector<quint16> pixels(std::size_t(Rows) * Columns);
    for (std::size_t i = 0; i < pixels.size(); ++i)
        pixels[i] = quint16(i * 7919 % 4096);
    Frame frame;
    frame.shape = {Rows, Columns, 1, SampleType::U16};
    frame.data = std::as_bytes(std::span<const quint16>(pixels));
    ImageFacts facts;
    facts.rows = Rows;
    facts.columns = Columns;
    facts.bitsStored = 12;
    facts.photometric = QStringLiteral("MONOCHROME1");
    facts.padding = 0;
    facts.frameFacts.resize(1);
    const Spread drag = repeat(200, [&](int i) {
        (void)render(frame, facts, 0, {.window = Window{1000.0 + 3 * i, 2000.0 - i, {}}}).ok();
    });
    row(QStringLiteral("imaging.drag.mg.3328x4096.best"), drag.best(), "ms", "target", 16);
    row(QStringLiteral("imaging.drag.mg.3328x4096.p99"), drag.p99(), "ms", "target", 16);
}

} // namespace naru::bench
