// How long reading and normalising a master of 350,000 rows takes, by container. Prints wall time and the
// time of the processor (which other work on the machine does not change), best of three, and the largest
// memory of the process.
//   naru_import_bench [TERMS] [FOLDER]      FOLDER: keeps the files there and uses those that are already
//   there
#include "tests/core/terminology/importers/ImportCheck.h"

#include <QDir>
#include <QElapsedTimer>

#include <cstdio>
#include <ctime>
#include <sys/resource.h>

using namespace naru;
using namespace naru::terminology;
using namespace naru::testsupport;

namespace {
void makeFiles(const QString &folder, int total)
{
    const auto kostom = syntheticKostom({.total = total});
    const Rows sheet = kostomRows(kostom, KostomForm::Workbook);
    writeZip(
        folder + QStringLiteral("/kostom-shared.xlsx"), workbookParts({{QStringLiteral("V7.0"), sheet}}));
    writeZip(folder + QStringLiteral("/kostom-inline.xlsx"),
        workbookParts({{QStringLiteral("V7.0"), sheet}}, Strings::Inline));
    writeBytes(folder + QStringLiteral("/kostom-cp949.txt"),
        separatedText(kostomRows(kostom, KostomForm::Text), '\t', true));
    const Rows kcd = hiraRows(syntheticKcd({.total = total}));
    writeBytes(folder + QStringLiteral("/kcd-utf8.csv"), separatedText(kcd, ',', false));
    writeBytes(folder + QStringLiteral("/kcd-cp949.csv"), separatedText(kcd, ',', true));
}

bool measure(const QString &file)
{
    qint64 wall = -1, processor = -1, terms = 0;
    for (int i = 0; i < 3; ++i) {
        QElapsedTimer timer;
        timer.start();
        const std::clock_t before = std::clock();
        const auto out = importFiles({file});
        const qint64 took = timer.elapsed(), used = (std::clock() - before) * 1000 / CLOCKS_PER_SEC;
        if (!out) {
            std::printf(
                "%s: %s\n", qPrintable(QFileInfo(file).fileName()), qPrintable(out.error().toString()));
            return false;
        }
        terms = qint64(out->terms.size());
        wall = wall < 0 ? took : std::min(wall, took);
        processor = processor < 0 ? used : std::min(processor, used);
    }
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("%-20s %8.1f MB %8lld terms %6lld ms wall %6lld ms processor %5ld MB memory\n",
        qPrintable(QFileInfo(file).fileName()), double(QFileInfo(file).size()) / 1e6,
        static_cast<long long>(terms), static_cast<long long>(wall), static_cast<long long>(processor),
        usage.ru_maxrss / 1024);
    return true;
}
} // namespace

int main(int argc, char *argv[])
{
    const int total = argc > 1 ? QByteArray(argv[1]).toInt() : 350'000;
    QTemporaryDir temporary;
    const QString folder = argc > 2 ? QString::fromLocal8Bit(argv[2]) : temporary.path();
    if (QDir(folder).entryList({QStringLiteral("k*-*.*")}).size() < 5)
        makeFiles(folder, total);
    bool ok = true;
    for (const char *name :
        {"kostom-cp949.txt", "kcd-utf8.csv", "kcd-cp949.csv", "kostom-inline.xlsx", "kostom-shared.xlsx"})
        ok = measure(folder + u'/' + QLatin1String(name)) && ok;
    return ok ? 0 : 1;
}
