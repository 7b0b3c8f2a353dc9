// rooms: imaging_decode imaging base
// A file as values, and everything that is read from values, written from them or made nameless.
#include "core/imaging/decode/FileInstance.h"
#include "core/imaging/objects/Anonymise.h"
#include "core/imaging/objects/JsonModel.h"
#include "core/imaging/objects/KeyObjects.h"
#include "core/imaging/objects/MeasurementReport.h"
#include "core/imaging/objects/Part10Writer.h"
#include "core/imaging/objects/Presentation.h"
#include "core/imaging/objects/Segmentation.h"
#include "core/imaging/objects/Waveform.h"
#include "core/imaging/pool/DataSetCbor.h"

#include <cstdint>
#include <cstdlib>

namespace {
using namespace naru::imaging;

// What was read is written again, and what is made of it as well.
template <typename T> void again(const naru::base::Result<T> &read)
{
    if (read)
        (void)toDataSet(*read).ok();
}

void readAll(const DataSetValue &set, const BulkReader &bulk)
{
    again(keyObjectsOf(set));
    if (const auto state = presentationOf(set))
        (void)toDataSet(state->state).ok();
    if (const auto report = measurementsOf(set))
        (void)toDataSet(report->report).ok();
    (void)segmentationOf(set).ok();
    (void)waveformsOf(set, bulk).ok();
}
} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray file(reinterpret_cast<const char *>(data), qsizetype(size));
    auto instance = FileInstance::open(std::make_shared<ByteSource>(file));
    if (!instance)
        return 0;
    const DataSetLimits limits{.elements = 10'000, .bytes = 4 << 20};
    const auto set = (*instance)->dataSet(limits);
    if (!set)
        return 0;
    const auto travelled = dataSetFromCbor(toCbor(*set), {});
    if (!travelled) // the parent must believe whatever the child says in good faith
        std::abort();
    const BulkReader bulk = bulkReader(file);
    readAll(*set, bulk);
    if (const auto back = fromJson(toJson(*set)))
        readAll(*back, bulk);
    static const auto anonymiser = Anonymiser::make({}, QByteArray(32, 's'));
    if (const auto done = anonymiser->apply(*set))
        (void)writePart10(done->set, {.bulk = bulk}).ok();
    return 0;
}
