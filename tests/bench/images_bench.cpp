// Figures of stored images, best of three beside a floor of the same minute: what the bytes cost without us.
#include "core/services/ImageService.h"
#include "core/services/PatientService.h"
#include "tests/bench/ExchangeBench.h"
#include "tests/support/DicomStudy.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <fcntl.h>
#include <functional>
#include <sys/resource.h>
#include <unistd.h>

using namespace naru;

namespace {
double millisecondsOf(const std::function<void()> &body)
{
    QElapsedTimer clock;
    clock.start();
    body();
    return double(clock.nsecsElapsed()) / 1e6;
}

double bestOf3(const std::function<void()> &body)
{
    double best = 1e12;
    for (int i = 0; i < 3; ++i)
        best = std::min(best, millisecondsOf(body));
    return best;
}

void line(const char *name, double value, const char *unit, const char *floor = "-", double floorValue = 0)
{
    std::printf("%s\t%.3g\t%s\t%s\t%.3g\t%.2f\n", name, value, unit, floor, floorValue,
        floorValue > 0 ? value / floorValue : 0);
    std::fflush(stdout);
}

QString folderOf(const QTemporaryDir &root, const char *name, int count, testsupport::TestInstance like)
{
    const QString folder = root.filePath(QLatin1String(name));
    QDir().mkpath(folder);
    for (int i = 0; i < count; ++i) {
        QFile file(QStringLiteral("%1/%2").arg(folder).arg(i, 5, 10, QLatin1Char('0')));
        if (file.open(QIODevice::WriteOnly))
            file.write(testsupport::slice(i, like).file());
    }
    return folder;
}

// Copies the files and syncs each group of 64 as the store does.
void copySynced(const QString &from, const QString &to)
{
    QDir().mkpath(to);
    QStringList written;
    const auto sync = [&written] {
        for (const QString &path : written) {
            const int fd = ::open(QFile::encodeName(path).constData(), O_RDONLY);
            (void)::fsync(fd);
            ::close(fd);
        }
        written.clear();
    };
    for (const QString &name : QDir(from).entryList(QDir::Files)) {
        QFile::copy(from + QLatin1Char('/') + name, to + QLatin1Char('/') + name);
        written.append(to + QLatin1Char('/') + name);
        if (written.size() == 64)
            sync();
    }
    sync();
}

int run(const QString &decoder)
{
    QTemporaryDir root;
    services::OpenOptions options;
    options.dataDir = root.filePath(QStringLiteral("data"));
    options.passphrase = base::SecureBytes{QByteArrayView("bench-only")};
    options.scryptLogN = 10;
    options.decoder = decoder;
    const auto profile = services::Profile::open(std::move(options));
    if (!profile) {
        std::fprintf(stderr, "%s\n", qPrintable(profile.error().toString()));
        return 1;
    }
    services::ImageService &images = (*profile)->images();
    const QString ct = folderOf(root, "ct", 500, {.rows = 512, .columns = 512});
    const QString many = folderOf(
        root, "many", 3500, {.studyUid = "2.25.200", .seriesUid = "2.25.200.1", .rows = 32, .columns = 32});

    int copies = 0;
    const double floor = bestOf3([&] { copySynced(ct, root.filePath(QString::number(++copies))); });
    double import = 1e12, longest = 1e12;
    for (int i = 0; i < 3; ++i) {
        for (const services::StudyRow &row : images.studies())
            (void)images.remove(row.key);
        import = std::min(import, millisecondsOf([&] { (void)images.import({ct}, {}, {});
    }));
    longest = std::min(longest, millisecondsOf([&] { (void)images.import({many}, {}, {}); }));
}
line("images.import.500x0.5MB", 500e3 / import, "instances/s", "copy and sync", 500e3 / floor);
line("images.import.3500x2KB", 3500e3 / longest, "instances/s");
line("images.known.500", 500e3 / bestOf3([&] { (void)images.import({ct}, {}, {}); }), "instances/s");

line("images.studies", bestOf3([&] { (void)images.studies(); }), "ms");
const QString study = images.studies({.studyUid = QStringLiteral("2.25.200")}).front().key;
const QString series = images.series(study).front().key;
line("images.instances.3500", bestOf3([&] { (void)images.instances(series); }), "ms");

const QString ctStudy = images.studies({.studyUid = QStringLiteral("2.25.100")}).front().key;
const auto rows = images.instances(images.series(ctStudy).front().key);
const double open = millisecondsOf([&] {
    for (const services::InstanceRow &row : rows)
        (void)images.source(row.key);
});
const double read = bestOf3([&] {
    for (const QString &name : QDir(ct).entryList(QDir::Files)) {
        QFile file(ct + QLatin1Char('/') + name);
        if (file.open(QIODevice::ReadOnly))
            (void)file.readAll();
    }
});
line("images.open.0.5MB", open / double(rows.size()), "ms", "read of a plain file",
    read / double(rows.size()));
const QByteArray one =
    testsupport::slice(0, {.studyUid = "2.25.300", .seriesUid = "2.25.300.1", .rows = 512, .columns = 512})
        .file();
double put = 1e12;
for (int i = 0; i < 20; ++i) {
    const QByteArray bytes = testsupport::slice(
        i, {.studyUid = "2.25.300", .seriesUid = "2.25.300.1", .rows = 512, .columns = 512})
                                 .file();
    put = std::min(put, millisecondsOf([&] { (void)images.put(bytes, QStringLiteral("pacs:BENCH")); }));
}
line("images.put.durable", put, "ms");
struct rusage usage { };
getrusage(RUSAGE_SELF, &usage);
line("images.peak memory", double(usage.ru_maxrss) / 1024, "MiB");
return 0;
} // namespace
} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QString decoder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    const QString practice = QCoreApplication::applicationDirPath() + QStringLiteral("/naru-practice");
    if (argc > 2) // that part alone
        return bench::exchangeImages(practice, decoder);
    const int done = run(decoder);
    return done != 0 ? done : bench::exchangeImages(practice, decoder);
}
