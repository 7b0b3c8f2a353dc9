// `naructl image render` and `image bench`: frames through the confined decoders, to a PNG or to a stopwatch.
#include "app/ctl/Command.h"
#include "app/ctl/Errors.h"
#include "app/ctl/Say.h"
#include "core/imaging/Errors.h"
#include "core/imaging/pool/DecoderPool.h"
#include "core/imaging/render/Render.h"
#include "core/services/ImageService.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QSaveFile>

#include <atomic>
#include <thread>
#include <unistd.h>

namespace naru::ctl {

namespace {
base::Error usage(const QString &what)
{
    return base::Error(errors::Usage, what, {{QStringLiteral("what"), what}});
}

base::Result<imaging::RenderChoice> choiceOf(const Arguments &arguments)
{
    imaging::RenderChoice choice;
    choice.overlays = arguments.has("overlays");
    choice.invert = arguments.has("invert");
    if (!arguments.has("window"))
        return choice;
    const QStringList parts = arguments.value("window").split(QLatin1Char(','));
    bool centreOk = false, widthOk = false;
    imaging::Window window;
    if (parts.size() == 2) {
        window.centre = parts[0].toDouble(&centreOk);
        window.width = parts[1].toDouble(&widthOk);
    }
    if (!centreOk || !widthOk || !(window.width > 0))
        return usage(QStringLiteral("--window is CENTRE,WIDTH with a width above 0"));
    choice.window = window;
    return choice;
}

base::Status write(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return base::Error(errors::OutputFile, file.errorString(), {{QStringLiteral("file"), path}});
    return {};
}

// A file, or an image of the profile.
base::Result<imaging::ImageSource> sourceOf(Session &session, const Arguments &arguments)
{
    if (arguments.has("instance") == !arguments.positional.isEmpty())
        return usage(QStringLiteral("FILE or --instance ID"));
    if (!arguments.has("instance"))
        return imaging::ImageSource{.path = arguments.positional.first()};
    NARU_ASSIGN(services::Profile * profile, session.profile());
    return profile->images().source(arguments.value("instance"));
}

// What the file holds, before window and rescale: for programs that compute with it.
base::Result<int> giveStored(const imaging::Frame &frame, const QString &to, Output &output)
{
    const QByteArray array = imaging::toNumpy(frame);
    if (to == QLatin1String("-")) {
        output.raw(array);
        return 0;
    }
    NARU_TRY(write(to, array));
    const imaging::FrameShape &shape = frame.shape;
    output.setJson(QJsonObject{{QStringLiteral("output"), to}, {QStringLiteral("rows"), shape.rows},
        {QStringLiteral("columns"), shape.columns}, {QStringLiteral("channels"), shape.samples}});
    output.line(QStringLiteral("%1: %2x%3x%4").arg(to).arg(shape.columns).arg(shape.rows).arg(shape.samples));
    return 0;
}

base::Result<int> render(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(const imaging::RenderChoice choice, choiceOf(arguments));
    bool ok = false;
    const int number = arguments.value("frame", QStringLiteral("1")).toInt(&ok); // from 1, as DICOM counts
    if (!ok || number < 1)
        return usage(QStringLiteral("--frame counts from 1"));
    const QString to = arguments.value("output", QStringLiteral("-"));
    const bool toPipe = to == QLatin1String("-");
    if (toPipe && (output.isJson() || isatty(STDOUT_FILENO)))
        return usage(QStringLiteral("where should the PNG go? -o FILE"));
    const bool stored = arguments.has("stored");
    if (stored && (choice.window || choice.invert || choice.overlays))
        return usage(QStringLiteral("--stored takes no window, inversion or overlays"));

    NARU_ASSIGN(const auto pool, imaging::DecoderPool::start({.workers = 1}));
    NARU_ASSIGN(const imaging::ImageSource source, sourceOf(session, arguments));
    NARU_ASSIGN(const imaging::ImageFacts facts, pool->facts(source, session.work));
    NARU_ASSIGN(const imaging::Frame frame, pool->frame(source, number - 1, session.work));
    if (stored)
        return giveStored(frame, to, output);
    NARU_ASSIGN(const imaging::Raster raster, imaging::render(frame, facts, number - 1, choice));
    NARU_ASSIGN(const QByteArray png, imaging::toPng(raster));
    if (toPipe) {
        output.raw(png);
        return 0;
    }
    NARU_TRY(write(to, png));
    const imaging::Window window =
        choice.window ? *choice.window : imaging::defaultWindow(frame, facts, number - 1);
    output.setJson(QJsonObject{{QStringLiteral("file"), source.path}, {QStringLiteral("output"), to},
        {QStringLiteral("frame"), number}, {QStringLiteral("rows"), raster.rows},
        {QStringLiteral("columns"), raster.columns}, {QStringLiteral("channels"), raster.channels},
        {QStringLiteral("window"), QJsonArray{window.centre, window.width}}});
    output.line(
        QStringLiteral("%1: %2x%3x%4").arg(to).arg(raster.columns).arg(raster.rows).arg(raster.channels));
    return 0;
}

// One frame of one file to be decoded.
struct Item {
    QString path{};
    int frame = 0;
};

struct Tally {
    std::atomic<std::size_t> next{0};
    std::atomic<qint64> frames{0}, bytes{0}, failed{0}, firstNs{0};
};

void work(imaging::DecoderPool &pool, const std::vector<Item> &items, const base::WorkContext &context,
    const QElapsedTimer &clock, Tally &tally)
{
    for (std::size_t i = tally.next++; i < items.size() && !context.stopRequested(); i = tally.next++) {
        const auto frame = pool.frame({.path = items[i].path}, items[i].frame, context);
        if (!frame) {
            ++tally.failed;
            continue;
        }
        ++tally.frames;
        tally.bytes += qint64(frame->data.size());
        qint64 none = 0;
        tally.firstNs.compare_exchange_strong(none, clock.nsecsElapsed());
    }
}

base::Result<std::vector<Item>> itemsOf(
    imaging::DecoderPool &pool, const QString &folder, const base::WorkContext &context)
{
    QStringList paths;
    QDirIterator it(folder, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext())
        paths.append(it.next());
    paths.sort();
    std::vector<Item> items;
    for (const QString &path : paths) {
        const auto facts = pool.facts({.path = path}, context);
        if (context.stopRequested())
            return imaging::errors::Stopped;
        for (int frame = 0; facts && facts->decodable && frame < facts->frames; ++frame)
            items.push_back({path, frame});
    }
    return items;
}

base::Result<int> bench(Session &session, const Arguments &arguments, Output &output)
{
    const int workers = qBound(1, arguments.value("workers", QStringLiteral("4")).toInt(), 64);
    const int passes = qBound(1, arguments.value("passes", QStringLiteral("3")).toInt(), 100);
    NARU_ASSIGN(const auto pool, imaging::DecoderPool::start({.workers = workers}));
    NARU_ASSIGN(const std::vector<Item> items, itemsOf(*pool, arguments.positional.first(), session.work));
    if (items.empty())
        return errors::NothingFound;
    double best = 0, first = 0;
    qint64 frames = 0, bytes = 0, failed = 0;
    for (int pass = 0; pass < passes && !session.work.stopRequested(); ++pass) {
        Tally tally;
        QElapsedTimer clock;
        clock.start();
        {
            std::vector<std::jthread> threads;
            threads.reserve(std::size_t(workers));
            for (int i = 0; i < workers; ++i)
                threads.emplace_back([&] { work(*pool, items, session.work, clock, tally); });
        }
        const double seconds = double(clock.nsecsElapsed()) / 1e9;
        const double firstMs = double(tally.firstNs.load()) / 1e6;
        best = pass == 0 ? seconds : qMin(best, seconds);
        first = pass == 0 ? firstMs : qMin(first, firstMs);
        frames = tally.frames;
        bytes = tally.bytes;
        failed = tally.failed;
    }
    if (session.work.stopRequested())
        return imaging::errors::Stopped;
    const double rate = double(frames) / best, megabytes = double(bytes) / 1e6;
    output.setJson(QJsonObject{{QStringLiteral("frames"), frames}, {QStringLiteral("failed"), failed},
        {QStringLiteral("seconds"), best}, {QStringLiteral("framesPerSecond"), rate},
        {QStringLiteral("megabytesPerSecond"), megabytes / best}, {QStringLiteral("firstImageMs"), first},
        {QStringLiteral("workers"), workers}, {QStringLiteral("passes"), passes}});
    output.line(QStringLiteral(
        "%1 frames, %2 MB, %3 s, %4 frames/s, %5 MB/s, first image %6 ms (%7 workers, best of %8)")
                    .arg(frames)
                    .arg(megabytes, 0, 'f', 1)
                    .arg(best, 0, 'f', 3)
                    .arg(rate, 0, 'f', 0)
                    .arg(megabytes / best, 0, 'f', 0)
                    .arg(first, 0, 'f', 1)
                    .arg(workers)
                    .arg(passes));
    return failed == 0 ? 0 : 1;
}
} // namespace

std::vector<Command> imageRenderCommands()
{
    return {
        {"image", "render", "[FILE]", 0, 1, "One frame as an 8-bit PNG of rows x columns",
            {{"instance", "ID", "an image of the profile instead of a file"}, {"frame", "N", "from 1"},
                {"window", "C,W", "centre and width; otherwise the file's own"},
                {"invert", "", "dark for bright"}, {"overlays", "", "burn the overlay planes in"},
                {"stored", "", "the stored values as a NumPy array instead of a PNG"},
                {"output", "PNG", "-o: the file, - for standard output"}},
            render},
        {"image", "bench", "DIR", 1, 1, "How fast the frames below a folder are decoded",
            {{"workers", "N", "decoders, 4"}, {"passes", "N", "best of 3"}}, bench},
    };
}

} // namespace naru::ctl
