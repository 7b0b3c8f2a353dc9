// FHIR R4: the input is a Bundle, or (when it does not start with '{') the list of entries inside one.
// rooms: handover
#include "core/handover/ReadHandOver.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    if (!bytes.startsWith('{'))
        bytes = "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\",\"id\":"
                "\"p\",\"name\":[{\"text\":\"a\"}]}},"
            + bytes + "]}";
    const auto over = naru::handover::readHandOver(bytes);
    // A success names a patient and its bounds hold; anything else is a fault of the reader.
    if (over.ok() && over->patient.name.isEmpty() && over->patient.localId.extension.isEmpty())
        std::abort();
    if (over.ok() && (over->content.problems.size() > 10'000 || over->notes.size() > 1'001))
        std::abort();
    return 0;
}
