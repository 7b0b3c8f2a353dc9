// rooms: imaging base
// DICOM JSON as an answer of DICOMweb; what is understood must survive being written and read again.
#include "core/imaging/objects/JsonModel.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace naru::imaging;
    const QByteArray json(reinterpret_cast<const char *>(data), qsizetype(size));
    (void)listFromJson(json).ok();
    const auto set = fromJson(json);
    if (!set)
        return 0;
    const QByteArray once = toJson(*set);
    const auto back = fromJson(once);
    if (!back || toJson(*back) != once)
        std::abort();
    return 0;
}
