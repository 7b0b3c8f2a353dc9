// `./test --bench imaging`: the synthetic CT series in every syntax, our decoders beside DCMTK's, GDCM's and
// the best packaged codec alone, in the same run and taking turns. Which protocol a figure uses is part of
// its name and told at the top of the table.
#include "core/base/Oid.h"
#include "core/imaging/decode/FrameCodec.h"
#include "core/imaging/decode/Instance.h"
#include "core/imaging/pool/DecoderPool.h"
#include "core/imaging/pool/FrameThreads.h"
#include "core/imaging/pool/PixelMemory.h"
#include "core/imaging/render/Render.h"
#include "tests/bench/ImagingPeers.h"
#include "tests/bench/ImagingSeries.h"
#include "tests/bench/VolumeBench.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <functional>
#include <limits>
#include <thread>
#include <unistd.h>

#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dcrleerg.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmjpeg/djencode.h>

using namespace naru;
using namespace naru::bench;
using Memory = std::shared_ptr<imaging::PixelMemory>;

void naru::bench::row(const QString &name, double value, const char *unit, const char *peer, double its)
{
    std::printf("%s\t%.4g\t%s\t%s\t", qPrintable(name), value, unit, peer);
    its > 0 ? std::printf("%.4g\t%.2f\n", its, value / its) : std::printf("-\t-\n");
    std::fflush(stdout);
}

namespace {
constexpr double Never = std::numeric_limits<double>::infinity();
constexpr int Rounds = 3;
int faults = 0; // decoders that gave other voxels: the run fails

double seconds(const std::function<void()> &work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return double(timer.nsecsElapsed()) / 1e9;
}

double best(int rounds, const std::function<double()> &once)
{
    double out = once();
    for (int i = 1; i < rounds; ++i)
        out = qMin(out, once());
    return out;
}

QByteArray load()
{
    QFile file(QStringLiteral("/proc/loadavg"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray("unknown");
}

Memory memoryFor(const Series &series)
{
    const auto memory = imaging::PixelMemory::make(series.frameBytes * std::size_t(series.slices));
    return memory ? *memory : Memory();
}

std::span<const std::byte> voxelsOf(const Memory &memory)
{
    return {memory->data(), memory->size()};
}

// The best of several turns of ours and of peers, one turn of each after the other, so that load hits all.
// A peer that is far slower than ours has one turn only.
struct Contest {
    struct Peer {
        QByteArray name{};
        std::function<PeerRun()> once{};
        PeerRun best{};
        bool done = false;
    };
    std::function<double()> ours{};
    std::vector<Peer> peers{};
    double own = Never;

    void run()
    {
        for (int round = 0; round < Rounds; ++round) {
            own = qMin(own, ours());
            for (Peer &peer : peers) {
                if (peer.done)
                    continue;
                const PeerRun turn = peer.once();
                const double first = round == 0 ? turn.firstMs : qMin(peer.best.firstMs, turn.firstMs);
                if (round == 0 || turn.seconds < peer.best.seconds)
                    peer.best = turn;
                peer.best.firstMs = first;
                peer.done = turn.seconds <= 0 || (turn.seconds > 2 && turn.seconds > 4 * own);
            }
        }
    }
};

class Measurement {
public:
    Measurement(const Syntax &syntax, Series &series)
        : m_syntax(syntax)
        , m_series(series)
        , m_name(QStringLiteral("imaging.%1").arg(QLatin1String(syntax.name)))
    {
    }

    void run()
    {
        std::printf("# %s\t%d slices, load %s\n", m_syntax.name, m_series.slices, load().constData());
        for (const int workers : {1, 4}) {
            fresh(workers);
            alone(workers, 1);
            if (const int threads = imaging::threadsPerFrame(workers);
                threads > 1 && qstrcmp(m_syntax.alone, "openjpeg") == 0)
                alone(workers, threads);
        }
        for (const int workers : {1, 4})
            product(workers);
    }

private:
    QString label(const char *protocol, int workers) const
    {
        return m_name + QStringLiteral(".%1.x%2").arg(QLatin1String(protocol)).arg(workers);
    }

    void check(const QByteArray &who, quint64 hash)
    {
        if (m_series.hash == 0) { // lossy: the others are compared with the first
            m_series.hash = hash;
        } else if (hash != m_series.hash) {
            faults += m_syntax.lossless ? 1 : 0;
            std::printf("# %s: %s gives other voxels%s\n", m_syntax.name, who.constData(),
                m_syntax.lossless ? ": FAULT" : " (lossy: no fault)");
        }
    }

    void report(const QString &name, Contest &contest)
    {
        for (const Contest::Peer &peer : contest.peers) {
            const QByteArray its =
                peer.name + (peer.best.seconds > 0 ? QByteArray() : ' ' + peer.best.why.toLatin1());
            row(name, contest.own, "s", its.constData(), peer.best.seconds);
            if (peer.best.seconds > 0)
                check(peer.name, peer.best.hash);
        }
    }

    bool decodeFile(int k, const Memory &memory, int threads)
    {
        const int descriptor = ::open(m_series.file(k).toUtf8().constData(), O_RDONLY | O_CLOEXEC);
        const std::size_t offset = m_series.frameBytes * std::size_t(k);
        bool good = false;
        if (const auto instance = imaging::Instance::open(descriptor)) {
            (*instance)->useThreads(threads);
            memory->prepare(offset, m_series.frameBytes); // as the pool does for a viewer
            good = (*instance)->decode(0, {memory->data() + offset, m_series.frameBytes}).ok();
        }
        ::close(descriptor);
        return good;
    }

    double filesInto(const Memory &memory, int workers)
    {
        const int threads = imaging::threadsPerFrame(workers);
        const double time = seconds([&] {
            parallel(workers, m_series.slices, [&](int k) { (void)decodeFile(k, memory, threads); });
        });
        check("our reader", hashOf(voxelsOf(memory)));
        return time;
    }

    void fresh(int workers)
    {
        Contest contest;
        contest.ours = [&] {
            const Memory memory = memoryFor(m_series);
            return memory ? filesInto(memory, workers) : Never;
        };
        for (const char *peer : {"dcmtk", "gdcm"})
            contest.peers.push_back(
                {peer, [this, peer, workers] { return readSeries(peer, m_series, workers); }});
        contest.run();
        report(label("fresh", workers), contest);
        if (workers == 1) {
            m_peerFirst.clear();
            for (const Contest::Peer &peer : contest.peers)
                m_peerFirst.emplace_back(peer.name, peer.best.seconds > 0 ? peer.best.firstMs : 0);
        }
    }

    double codecInto(const Memory &memory, int workers, int threads)
    {
        const imaging::FrameCodec *codec = imaging::codecFor(base::oid(m_syntax.oid).text());
        const double time = seconds([&] {
            parallel(workers, m_series.slices, [&](int k) {
                imaging::CodecInput input =
                    m_series.shape.input(m_series.frames[std::size_t(k)], m_series.photometric);
                input.threads = threads;
                (void)codec
                    ->decode(
                        input, {memory->data() + m_series.frameBytes * std::size_t(k), m_series.frameBytes})
                    .ok();
            });
        });
        if (m_series.shape.samples == 1) // colour may still be YCbCr here
            check("our codec", hashOf(voxelsOf(memory)));
        return time;
    }

    // Codestreams in memory, or files where there is no codec, to a touched volume.
    void alone(int workers, int threads)
    {
        const bool raw = m_series.frames.empty();
        const Memory memory = memoryFor(m_series);
        if (!memory)
            return;
        std::memset(memory->data(), 1, memory->size());
        memory->prepare(0, memory->size());
        Contest contest;
        contest.ours = [&] { return raw ? filesInto(memory, workers) : codecInto(memory, workers, threads); };
        const auto add = [&](const char *codec, const char *name) {
            contest.peers.push_back({QByteArray(name) + " alone",
                [this, codec, workers, threads] { return decodeAlone(codec, m_series, workers, threads); }});
        };
        if (m_syntax.alone)
            add(m_syntax.alone, m_syntax.aloneName);
        if (qstrcmp(m_syntax.alone, "plain-rle") == 0)
            add("dcmtk-rle", "dcmtk-rle");
        contest.run();
        QString name = label(raw ? "touched" : "codec", workers);
        if (threads > 1)
            name += QStringLiteral(".threads%1").arg(threads);
        if (contest.peers.empty())
            row(name, contest.own, "s", "none", 0);
        report(name, contest);
        if (!contest.peers.empty() && contest.peers.front().best.seconds > 0)
            shares(name, contest.own / contest.peers.front().best.seconds);
    }

    void shares(const QString &name, double part)
    {
        const auto share = [&](double value, const QByteArray &of) {
            row(name + QStringLiteral(".share"), value, ("of " + of).constData(), "bar", m_syntax.bar);
        };
        share(part, m_syntax.aloneName);
        if (m_syntax.bestName)
            share(part / m_syntax.bestPart, m_syntax.bestName);
    }

    void product(int workers)
    {
        const auto pool = imaging::DecoderPool::start({.workers = workers});
        if (!pool)
            return;
        const auto pass = [&](const imaging::DecoderPool::Volume &volume) {
            const double time = seconds([&] {
                parallel(workers, m_series.slices, [&](int k) {
                    const std::size_t at = m_series.frameBytes * std::size_t(k);
                    (void)(*pool)->frameInto({.path = m_series.file(k)}, 0, volume, at).ok();
                });
            });
            check("the pool", hashOf({static_cast<const std::byte *>(volume.memory.get()), volume.bytes}));
            return time;
        };
        // The decoders run before anybody clicks.
        parallel(workers, 4 * workers,
            [&](int k) { (void)(*pool)->frame({.path = m_series.file(k % m_series.slices)}, 0).ok(); });
        double first = Never, again = Never;
        for (int round = 0; round < Rounds; ++round) {
            const auto volume = (*pool)->sharedVolume(m_series.frameBytes * std::size_t(m_series.slices));
            if (!volume)
                return;
            first = qMin(first, pass(*volume));
            again = qMin(again, pass(*volume));
        }
        row(label("product.fresh", workers), first, "s", "none", 0);
        row(label("product.reused", workers), again, "s", "none", 0);
        if (workers == 4)
            firstImage(**pool);
    }

    void firstImage(imaging::DecoderPool &pool)
    {
        const double click = 1000 * best(7, [&] {
            return seconds([&] {
                const imaging::ImageSource source{.path = m_series.file(0)};
                const auto facts = pool.facts(source);
                const auto frame = pool.frame(source, 0);
                if (!facts || !frame || !imaging::render(*frame, *facts, 0)) {
                    ++faults;
                    std::printf("# %s: no first image: FAULT\n", m_syntax.name);
                }
            });
        });
        const QString name = m_name + QStringLiteral(".first-image.warm");
        const bool slow = QLatin1String(m_syntax.oid).startsWith(QLatin1String("tsJ2k"));
        if (m_series.shape.samples == 1)
            row(name, click, "ms", "target", slow ? 20 : 5);
        for (const auto &[peer, milliseconds] : m_peerFirst)
            row(name, click, "ms", milliseconds > 0 ? peer.constData() : (peer + " cannot").constData(),
                milliseconds);
    }

    const Syntax &m_syntax;
    Series &m_series;
    QString m_name;
    std::vector<std::pair<QByteArray, double>> m_peerFirst{};
};

void copyFloor(std::size_t slices)
{
    const std::size_t slice = 512 * 512 * 2;
    const auto from = imaging::PixelMemory::make(slice * slices),
               to = imaging::PixelMemory::make(slice * slices);
    if (!from || !to)
        return;
    std::memset((*from)->data(), 1, slice * slices);
    std::memset((*to)->data(), 2, slice * slices);
    for (const int workers : {1, 4}) {
        const double time = best(Rounds, [&] {
            return seconds([&] {
                parallel(workers, int(slices), [&](int k) {
                    const std::size_t at = slice * std::size_t(k);
                    std::memcpy((*to)->data() + at, (*from)->data() + at, slice);
                });
            });
        });
        row(QStringLiteral("imaging.floor.memcpy.x%1").arg(workers), time, "s", "none", 0);
    }
}

void renderLoop()
{
    for (const auto &[rows, columns] : {std::pair{512, 512}, {4096, 3328}}) {
        std::vector<std::int16_t> pixels(std::size_t(rows) * std::size_t(columns));
        for (std::size_t i = 0; i < pixels.size(); ++i)
            pixels[i] = std::int16_t(i * 7919 % 4096 - 1024);
        imaging::Frame frame;
        frame.shape = {rows, columns, 1, imaging::SampleType::S16};
        frame.data = std::as_bytes(std::span<const std::int16_t>(pixels));
        imaging::ImageFacts facts;
        facts.rows = rows;
        facts.columns = columns;
        facts.bitsStored = 16;
        facts.isSigned = true;
        facts.photometric = QStringLiteral("MONOCHROME2");
        facts.frameFacts.resize(1);
        facts.frameFacts[0].windows = {{40, 400, {}}};
        const QString size = QStringLiteral("%1x%2").arg(columns).arg(rows);
        const auto time = [&] {
            return 1000
                * best(50, [&] { return seconds([&] { (void)imaging::render(frame, facts, 0).ok(); }); });
        };
        row(QStringLiteral("imaging.render.linear.") + size, time(), "ms", "target", rows == 512 ? 0.09 : 16);
        facts.frameFacts[0].voi = imaging::VoiFunction::Sigmoid;
        row(QStringLiteral("imaging.render.sigmoid.") + size, time(), "ms", "target",
            rows == 512 ? 0.14 : 16);
    }
}

void legend(int slices)
{
    std::printf(
        "# imaging\tsynthetic CT of %d slices, 512x512, signed 16 bits (a fifth of them for j2k, for ct12: "
        "unsigned 12 bits, and for lossy and colour); best of %d, taking turns with the peers; files in "
        "the page cache; load %s\n",
        slices, Rounds, load().constData());
    std::puts(
        "# fresh\tfile to a volume nobody has touched: open, read, parse, decode, page faults. Ours in this "
        "process, into memory made as the product makes it; peers as processes, start-up not counted\n"
        "# touched\traw files to a volume used before; pread alone is open, read, close\n"
        "# codec\tcodestreams in memory to a volume used before; alone: the library by itself. share: the "
        "part "
        "of its time that ours takes, beside the bar of the project; for a library that Debian 12 does not "
        "package, from how much faster it was than the packaged one\n"
        "# product\tthrough the pool of confined decoders, which run already, into the volume of a viewer: "
        "fresh "
        "a new one, reused one used before\n"
        "# first-image.warm\tclick to 8-bit picture through the pool: facts, frame, window; decoder running. "
        "Peers: start of reading to frame 0 decoded, no window, no process of its own; DCMTK reads its "
        "dictionary once before it\n"
        "# threads\tone J2K frame of ours may use processors / workers, as in the product; GDCM lets "
        "OpenJPEG "
        "use all processors for each frame, however many workers are asked for. codec rows without 'threads' "
        "use one");
}

// NARU_BENCH_SLICES: fewer slices. NARU_BENCH_SYNTAX: only these, as the rows name them, with commas.
// NARU_BENCH_FOLDER: the series are made there and stay, for other programs to be measured with.
int run()
{
    const int slices = qEnvironmentVariableIsSet("NARU_BENCH_SLICES")
        ? qBound(20, qEnvironmentVariableIntValue("NARU_BENCH_SLICES"), 500)
        : 500;
    const QStringList only =
        qEnvironmentVariable("NARU_BENCH_SYNTAX").split(QLatin1Char(','), Qt::SkipEmptyParts);
    legend(slices);
    if (only.isEmpty()) {
        renderLoop();
        windowDrag();
        copyFloor(std::size_t(slices));
    }
    const QTemporaryDir temporary;
    const QString kept = qEnvironmentVariable("NARU_BENCH_FOLDER");
    for (const Syntax &syntax : syntaxes()) {
        const QString name = QLatin1String(syntax.name);
        if (!only.isEmpty() && !only.contains(name))
            continue;
        Series series = makeSeries(syntax, slices / syntax.part, kept.isEmpty() ? temporary.path() : kept);
        Measurement(syntax, series).run();
        if (name == QLatin1String("raw") || name == QLatin1String("rle")) {
            QStringList files;
            for (int k = 0; k < series.slices; ++k)
                files.append(series.file(k));
            volumeFigures(QStringLiteral("imaging.") + name, files, name == QLatin1String("raw"));
        }
        if (!kept.isEmpty())
            continue;
        QDir(series.folder).removeRecursively();
        QFile::remove(series.streams);
    }
    if (faults > 0)
        std::printf("# FAULTS\t%d: decoders disagree\n", faults);
    return faults > 0 ? 1 : 0;
}
} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    OFLog::configure(OFLogger::OFF_LOG_LEVEL);
    DcmRLEEncoderRegistration::registerCodecs();
    DJEncoderRegistration::registerCodecs();
    return run();
}
