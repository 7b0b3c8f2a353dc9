// Any file as a master of terms: text in any encoding, a zip archive, neither.
// rooms: terminology
#include "core/terminology/importers/Importer.h"

#include <QSet>

#include <cstdint>
#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace naru::terminology;
    // A file without a name on any disk: the importers take paths.
    const int file = memfd_create("master", MFD_CLOEXEC);
    if (file < 0 || write(file, data, size) != ssize_t(size))
        std::abort();
    const auto out = importMaster({QStringLiteral("/proc/self/fd/%1").arg(file)}, {});
    close(file);
    if (!out)
        return 0;
    const ImportReport &report = out->report;
    if (out->terms.empty() || report.problems.size() > 1000)
        std::abort();
    if (report.read != report.kept + report.redirected + report.ignored + report.refused)
        std::abort();
    QSet<QString> codes;
    for (const Concept &term : out->terms) {
        if (term.code.isEmpty() || term.system.isEmpty()
            || (term.ko.isEmpty() && term.en.isEmpty() && !term.validTo.isValid()))
            std::abort();
        if (out->master == QLatin1String("kcd") && codes.contains(term.code))
            std::abort();
        codes.insert(term.code);
    }
    return 0;
}
