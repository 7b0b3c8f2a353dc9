// CSV with Korean or English headers in any of the encodings; what is recognised as another format is read as
// that. rooms: handover
// rooms: handover
#include "core/handover/ReadHandOver.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    const auto over = naru::handover::readHandOver(bytes);
    // A success names a patient and its bounds hold; anything else is a fault of the reader.
    if (over.ok() && over->patient.name.isEmpty() && over->patient.localId.extension.isEmpty())
        std::abort();
    if (over.ok() && (over->content.problems.size() > 10'000 || over->notes.size() > 1'001))
        std::abort();
    return 0;
}
