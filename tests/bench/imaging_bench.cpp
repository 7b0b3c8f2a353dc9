// `./test --bench imaging`: the synthetic CT series in every syntax, our decoders beside DCMTK's (and GDCM's
// in a child process) in the same run. Two protocols, named in each row: "fresh" is file to a volume nobody
// has touched (open, read, parse, decode, page faults), "codec" is compressed frames in memory to a touched
// volume.
#include "core/base/Oid.h"
#include "core/imaging/decode/FrameCodec.h"
#include "core/imaging/decode/Instance.h"
#include "core/imaging/pool/DecoderPool.h"
#include "core/imaging/render/Render.h"
#include "tests/bench/VolumeBench.h"
#include "tests/support/imaging/CtPhantom.h"
#include "tests/support/imaging/LibraryEncoders.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>

#include <atomic>
#include <cstdio>
#include <fcntl.h>
#include <functional>
#include <sys/mman.h>
#include <thread>
#include <unistd.h>

#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmdata/dcrledrg.h>
#include <dcmtk/dcmdata/dcrleerg.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmjpeg/djdecode.h>
#include <dcmtk/dcmjpeg/djencode.h>
#include <dcmtk/dcmjpeg/djrplol.h>

using namespace naru;
using bench::row;
using testsupport::CtPhantom;
using testsupport::PlainImage;

void naru::bench::row(const QString &name, double value, const char *unit, const char *peer, double its)
{
    std::printf("%s\t%.4g\t%s\t%s\t", qPrintable(name), value, unit, peer);
    its > 0 ? std::printf("%.4g\t%.2f\n", its, value / its) : std::printf("-\t-\n");
    std::fflush(stdout);
}

namespace {
constexpr std::size_t frameBytes = std::size_t(CtPhantom::size) * CtPhantom::size * 2;

struct Syntax {
    const char *name, *oid;
    E_TransferSyntax dcmtk; // EXS_Unknown: DCMTK has no codec for it
    double bar; // seconds for 500 slices on 4 workers that the project asks for, codec only
    // The same bar as a part of what the peer took from file to fresh volume on the machine that the seconds
    // are from: on another machine, or a busy one, this is what can be compared. DCMTK, where it cannot GDCM.
    double share;
};
const Syntax syntaxes[] = {{"raw", "tsExplicitLE", EXS_LittleEndianExplicit, 0.06, 0.06 / 0.078},
    {"rle", "tsRle", EXS_RLELossless, 0.05, 0.05 / 0.171},
    {"jpeg-lossless", "tsJpegLosslessSv1", EXS_JPEGProcess14SV1, 0.30, 0.30 / 0.448},
    {"jpeg-ls", "tsJpegLsLossless", EXS_JPEGLSLossless, 0.60, 0.60 / 1.12},
    {"j2k", "tsJ2kLossless", EXS_Unknown, 3.9, 3.9 / 4.57},
    {"htj2k", "tsHtj2kLossless", EXS_Unknown, 0.18, 0}};

void parallel(int workers, int count, const std::function<void(int)> &work)
{
    std::atomic<int> next{0};
    std::vector<std::jthread> threads;
    for (int i = 0; i < workers; ++i) {
        threads.emplace_back([&] {
            for (int at = next++; at < count; at = next++)
                work(at);
        });
    }
}

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

class Volume { // anonymous memory that nobody has touched
public:
    explicit Volume(int slices)
        : m_bytes(frameBytes * std::size_t(slices))
        , m_at(static_cast<std::byte *>(
              mmap(nullptr, m_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)))
    {
    }
    ~Volume() { munmap(m_at, m_bytes); }
    Volume(const Volume &) = delete;
    Volume &operator=(const Volume &) = delete;
    std::span<std::byte> slice(int k) { return {m_at + frameBytes * std::size_t(k), frameBytes}; }
    quint64 hash() const // FNV-1a over 64-bit words
    {
        quint64 out = 14695981039346656037ULL;
        const auto *words = reinterpret_cast<const quint64 *>(m_at);
        for (std::size_t i = 0; i < m_bytes / 8; ++i)
            out = (out ^ words[i]) * 1099511628211ULL;
        return out;
    }

private:
    std::size_t m_bytes;
    std::byte *m_at;
};

struct Series {
    QString folder{};
    int slices = 0;
    std::vector<QByteArray> frames{}; // compressed, in memory; empty for raw
    QString file(int k) const
    {
        return QStringLiteral("%1/%2.dcm").arg(folder).arg(k, 4, 10, QLatin1Char('0'));
    }
};

void fill(DcmDataset &set, int k, const std::vector<std::int16_t> &pixels)
{
    const auto text = [&](const DcmTagKey &tag, const QByteArray &value) {
        set.putAndInsertString(tag, value.constData());
    };
    text(DCM_SOPClassUID, UID_CTImageStorage);
    text(DCM_SOPInstanceUID, "2.25.4711." + QByteArray::number(k + 1));
    text(DCM_StudyInstanceUID, "2.25.4712");
    text(DCM_SeriesInstanceUID, "2.25.4713");
    text(DCM_FrameOfReferenceUID, "2.25.4714");
    text(DCM_SpecificCharacterSet, "ISO_IR 192");
    text(DCM_Modality, "CT");
    text(DCM_InstanceNumber, QByteArray::number(k + 1));
    text(DCM_PixelSpacing, "0.683594\\0.683594");
    text(DCM_SliceThickness, "0.625");
    text(DCM_ImagePositionPatient, "-175\\-175\\" + QByteArray::number(0.625 * k));
    text(DCM_ImageOrientationPatient, "1\\0\\0\\0\\1\\0");
    text(DCM_PhotometricInterpretation, "MONOCHROME2");
    text(DCM_WindowCenter, "40");
    text(DCM_WindowWidth, "400");
    text(DCM_RescaleSlope, "1");
    text(DCM_RescaleIntercept, "0");
    const std::pair<DcmTagKey, int> numbers[] = {{DCM_SamplesPerPixel, 1}, {DCM_Rows, CtPhantom::size},
        {DCM_Columns, CtPhantom::size}, {DCM_BitsAllocated, 16}, {DCM_BitsStored, 16}, {DCM_HighBit, 15},
        {DCM_PixelRepresentation, 1}};
    for (const auto &[tag, value] : numbers)
        set.putAndInsertUint16(tag, Uint16(value));
    set.putAndInsertSint16(DCM_PixelPaddingValue, CtPhantom::padding);
    set.putAndInsertUint16Array(
        DCM_PixelData, reinterpret_cast<const Uint16 *>(pixels.data()), (unsigned long)(pixels.size()));
}

// The frame's bytes as stored, fragments joined.
QByteArray compressed(DcmDataset &set)
{
    DcmElement *element = nullptr;
    DcmPixelSequence *sequence = nullptr;
    set.findAndGetElement(DCM_PixelData, element);
    auto *data = dynamic_cast<DcmPixelData *>(element);
    E_TransferSyntax syntax = EXS_Unknown;
    const DcmRepresentationParameter *parameter = nullptr;
    QByteArray out;
    if (!data)
        return out;
    data->getOriginalRepresentationKey(syntax, parameter);
    if (data->getEncapsulatedRepresentation(syntax, parameter, sequence).bad() || !sequence)
        return out;
    for (unsigned long i = 1; i < sequence->card(); ++i) {
        DcmPixelItem *item = nullptr;
        Uint8 *bytes = nullptr;
        if (sequence->getItem(item, i).good() && item->getUint8Array(bytes).good())
            out.append(reinterpret_cast<const char *>(bytes), qsizetype(item->getLength()));
    }
    return out;
}

// Pixel data that DCMTK cannot encode: put in as it is, under the syntax's UID.
bool saveEncapsulated(DcmFileFormat &file, const Syntax &syntax, const QByteArray &frame, const QString &path)
{
    const DcmXfer transfer(base::oid(syntax.oid).text().toLatin1().constData());
    E_TransferSyntax xfer = transfer.getXfer();
    if (xfer == EXS_Unknown) // DCMTK 3.6.7 does not know HTJ2K: the same bytes under JPEG 2000
        xfer = EXS_JPEG2000LosslessOnly;
    auto *pixels = new DcmPixelData(DCM_PixelData);
    auto *sequence = new DcmPixelSequence(DcmTag(DCM_PixelData, EVR_OB));
    auto *table = new DcmPixelItem(DcmTag(DCM_Item, EVR_OB));
    sequence->insert(table);
    DcmOffsetList offsets;
    QByteArray copy = frame;
    sequence->storeCompressedFrame(offsets, reinterpret_cast<Uint8 *>(copy.data()), Uint32(copy.size()), 0);
    pixels->putOriginalRepresentation(xfer, nullptr, sequence);
    file.getDataset()->insert(pixels, OFTrue);
    return file.saveFile(path.toUtf8().constData(), xfer).good();
}

Series make(const Syntax &syntax, int slices, const QString &root)
{
    Series out{root + QLatin1Char('/') + QLatin1String(syntax.name), slices, {}};
    QDir().mkpath(out.folder);
    out.frames.resize(std::size_t(slices));
    const CtPhantom phantom;
    parallel(4, slices, [&](int k) {
        const std::vector<std::int16_t> pixels = phantom.slice(k);
        DcmFileFormat file;
        fill(*file.getDataset(), k, pixels);
        const QByteArray path = out.file(k).toUtf8();
        if (syntax.dcmtk != EXS_Unknown && syntax.dcmtk != EXS_JPEGLSLossless) {
            const DJ_RPLossless lossless(1, 0);
            const bool jpeg = syntax.dcmtk == EXS_JPEGProcess14SV1;
            file.getDataset()->chooseRepresentation(syntax.dcmtk, jpeg ? &lossless : nullptr);
            file.saveFile(path.constData(), syntax.dcmtk);
            DcmFileFormat stored;
            if (syntax.dcmtk != EXS_LittleEndianExplicit && stored.loadFile(path.constData()).good())
                out.frames[std::size_t(k)] = compressed(*stored.getDataset());
            return;
        }
        PlainImage image{CtPhantom::size, CtPhantom::size, 1, 16, true, {pixels.begin(), pixels.end()}};
        testsupport::J2kOptions options;
        options.streamSigned = true;
        QByteArray &frame = out.frames[std::size_t(k)];
        if (syntax.dcmtk == EXS_JPEGLSLossless)
            frame = testsupport::encodeJpegLs(image);
        else if (qstrcmp(syntax.name, "htj2k") == 0)
            frame = testsupport::encodeHtj2k(image, options);
        else
            frame = testsupport::encodeJpeg2000(image, options);
        saveEncapsulated(file, syntax, out.frames[std::size_t(k)], out.file(k));
    });
    return out;
}

bool openAndDecode(const QString &path, std::span<std::byte> out)
{
    const int descriptor = ::open(path.toUtf8().constData(), O_RDONLY | O_CLOEXEC);
    bool good = false;
    if (const auto instance = imaging::Instance::open(descriptor))
        good = (*instance)->decode(0, out).ok();
    ::close(descriptor);
    return good;
}

void dcmtkDecode(const QString &path, std::span<std::byte> out)
{
    DcmFileFormat file;
    const Uint16 *pixels = nullptr;
    unsigned long count = 0;
    if (file.loadFile(path.toUtf8().constData()).good()
        && file.getDataset()->chooseRepresentation(EXS_LittleEndianExplicit, nullptr).good()
        && file.getDataset()->findAndGetUint16Array(DCM_PixelData, pixels, &count).good()
        && count * 2 >= out.size())
        std::memcpy(out.data(), pixels, out.size());
}

// Seconds of one pass into a fresh volume, and its hash.
double fresh(const Series &series, int workers,
    const std::function<void(const QString &, std::span<std::byte>)> &one, quint64 &hash)
{
    Volume volume(series.slices);
    const double time = seconds(
        [&] { parallel(workers, series.slices, [&](int k) { one(series.file(k), volume.slice(k)); }); });
    hash = volume.hash();
    return time;
}

double codecOnly(const Syntax &syntax, const Series &series, int workers, quint64 &hash)
{
    const imaging::FrameCodec *codec = imaging::codecFor(base::oid(syntax.oid).text());
    const PlainImage shape{CtPhantom::size, CtPhantom::size, 1, 16, true, {}};
    Volume volume(series.slices);
    const auto pass = [&] {
        parallel(workers, series.slices, [&](int k) {
            const imaging::CodecInput input =
                shape.input(series.frames[std::size_t(k)], QStringLiteral("MONOCHROME2"));
            (void)codec->decode(input, volume.slice(k)).ok();
        });
    };
    pass(); // touches
    const double time = best(3, [&] { return seconds(pass); });
    hash = volume.hash();
    return time;
}

// Peers that cannot live in this process: GDCM ends its process on malformed files, and DCMTK's JPEG-LS codec
// is bound to functions of the same names in another CharLS as soon as both are linked.
double inChild(const char *name, const Series &series, int workers)
{
    const QString program = QCoreApplication::applicationDirPath() + QLatin1Char('/') + QLatin1String(name);
    QProcess child;
    child.start(program, {series.folder, QString::number(workers)});
    if (!child.waitForFinished(600000) || child.exitStatus() != QProcess::NormalExit || child.exitCode() != 0)
        return 0;
    return child.readAllStandardOutput().trimmed().toDouble();
}

void throughPool(const Syntax &syntax, const Series &series)
{
    const auto pool = imaging::DecoderPool::start({.workers = 4});
    if (!pool)
        return;
    const auto volume = (*pool)->sharedVolume(frameBytes * std::size_t(series.slices));
    if (!volume)
        return;
    const auto pass = [&] {
        parallel(4, series.slices, [&](int k) {
            (void)(*pool)->frameInto({.path = series.file(k)}, 0, *volume, frameBytes * std::size_t(k)).ok();
        });
    };
    const double first = seconds(pass);
    const double touched = best(2, [&] { return seconds(pass); });
    const double scale = series.slices / 500.0;
    row(QStringLiteral("imaging.%1.product.x4.fresh").arg(QLatin1String(syntax.name)), first, "s", "none", 0);
    row(QStringLiteral("imaging.%1.product.x4.reused").arg(QLatin1String(syntax.name)), touched, "s",
        "target codec only", syntax.bar * scale);
    const double click = best(5, [&] {
        return seconds([&] {
            const imaging::ImageSource source{.path = series.file(0)};
            const auto facts = (*pool)->facts(source);
            const auto frame = (*pool)->frame(source, 0);
            if (!facts || !frame || !imaging::render(*frame, *facts, 0))
                std::printf("# %s: no first image\n", syntax.name);
        });
    });
    row(QStringLiteral("imaging.%1.first-image.warm").arg(QLatin1String(syntax.name)), click * 1000, "ms",
        "target", qstrcmp(syntax.name, "raw") == 0 ? 5 : 20);
}

void measure(const Syntax &syntax, const Series &series, quint64 expected)
{
    const QString name = QStringLiteral("imaging.%1").arg(QLatin1String(syntax.name));
    const double scale = series.slices / 500.0;
    double codec = 0;
    const auto check = [&](const char *who, quint64 hash) {
        if (expected != 0 && hash != expected)
            std::printf("# %s: %s gave other pixels\n", syntax.name, who);
    };
    for (const int workers : {1, 4}) {
        const QString times = QStringLiteral(".x%1").arg(workers);
        quint64 hash = 0;
        if (!series.frames.front().isEmpty()) {
            codec = codecOnly(syntax, series, workers, hash);
            check("our codec", hash);
            row(name + QStringLiteral(".codec") + times, codec, "s", workers == 4 ? "target" : "none",
                workers == 4 ? syntax.bar * scale : 0);
        }
        const auto mine = [](const QString &path, std::span<std::byte> out) {
            (void)openAndDecode(path, out);
        };
        const double own = best(3, [&] { return fresh(series, workers, mine, hash); });
        check("our reader", hash);
        double dcmtk = 0;
        if (syntax.dcmtk == EXS_JPEGLSLossless) {
            dcmtk = best(3, [&] { return inChild("naru_bench_dcmtk", series, workers); });
        } else if (syntax.dcmtk != EXS_Unknown) {
            dcmtk = best(3, [&] { return fresh(series, workers, dcmtkDecode, hash); });
            check("DCMTK", hash);
        }
        row(name + QStringLiteral(".fresh") + times, own, "s", dcmtk > 0 ? "dcmtk" : "dcmtk cannot", dcmtk);
        const double other = best(2, [&] { return inChild("naru_bench_gdcm", series, workers); });
        row(name + QStringLiteral(".fresh") + times, own, "s", other > 0 ? "gdcm" : "gdcm cannot", other);
        // Raw has no codec: what is compared is the way from file to volume.
        const double peer = dcmtk > 0 ? dcmtk : other, mine4 = codec > 0 ? codec : own;
        if (workers == 4 && peer > 0 && syntax.share > 0)
            row(name + (codec > 0 ? QStringLiteral(".codec") : QStringLiteral(".fresh"))
                    + QStringLiteral(".x4.share"),
                mine4 / peer, dcmtk > 0 ? "of dcmtk" : "of gdcm", "target", syntax.share);
    }
    throughPool(syntax, series);
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
        const double linear =
            best(50, [&] { return seconds([&] { (void)imaging::render(frame, facts, 0).ok(); }); });
        row(QStringLiteral("imaging.render.linear.") + size, linear * 1000, "ms", "target",
            rows == 512 ? 0.09 : 16);
        facts.frameFacts[0].voi = imaging::VoiFunction::Sigmoid;
        const double table =
            best(50, [&] { return seconds([&] { (void)imaging::render(frame, facts, 0).ok(); }); });
        row(QStringLiteral("imaging.render.sigmoid.") + size, table * 1000, "ms", "target",
            rows == 512 ? 0.14 : 16);
    }
}
} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    OFLog::configure(OFLogger::OFF_LOG_LEVEL);
    DcmRLEEncoderRegistration::registerCodecs();
    DcmRLEDecoderRegistration::registerCodecs();
    DJEncoderRegistration::registerCodecs();
    DJDecoderRegistration::registerCodecs();
    const int slices = qBound(4, qEnvironmentVariableIntValue("NARU_BENCH_SLICES"), 500);
    const int wanted = qEnvironmentVariableIsSet("NARU_BENCH_SLICES") ? slices : 500;
    std::printf(
        "# imaging\tsynthetic CT %d x 512x512 signed 16 bits (j2k: a fifth), best of 3, warm page cache; "
        "load %s",
        wanted, "");
    if (std::FILE *load = std::fopen("/proc/loadavg", "r")) {
        char text[64] = "";
        std::fputs(std::fgets(text, sizeof text, load) ? text : "\n", stdout);
        std::fclose(load);
    }
    renderLoop();
    bench::windowDrag();
    QTemporaryDir root;
    for (const Syntax &syntax : syntaxes) {
        const int count = qstrcmp(syntax.name, "j2k") == 0 ? qMax(4, wanted / 5) : wanted;
        const Series series = make(syntax, count, root.path());
        Volume reference(count);
        const CtPhantom phantom;
        parallel(4, count, [&](int k) {
            const auto pixels = phantom.slice(k);
            std::memcpy(reference.slice(k).data(), pixels.data(), frameBytes);
        });
        measure(syntax, series, reference.hash());
        if (const bool raw = qstrcmp(syntax.name, "raw") == 0; raw || qstrcmp(syntax.name, "rle") == 0) {
            QStringList files;
            for (int k = 0; k < series.slices; ++k)
                files.append(series.file(k));
            bench::volumeFigures(QStringLiteral("imaging.%1").arg(QLatin1String(syntax.name)), files, raw);
        }
        QDir(series.folder).removeRecursively();
    }
    return 0;
}
