// rooms: imaging_decode imaging
// JPEG 2000 and HTJ2K frames through our reader of headers and packets, and what passes it through the
// decoder or library that it is meant for: the shape is what the headers say, as long as that is small.
#include "core/imaging/decode/codecs/Jpeg2000Codec.h"

#include "core/imaging/decode/codecs/HtPackets.h"

#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace naru::imaging;
    const std::span<const std::byte> bytes{reinterpret_cast<const std::byte *>(data), size};
    const auto header = codecs::readJ2kHeader(bytes);
    if (!header)
        return 0;
    (void)codecs::readHtPackets(*header);
    (void)codecs::htPacketsHoldMarkers(*header);
    if (header->rows > 128 || header->columns > 128)
        return 0;
    CodecInput input;
    input.bytes = bytes;
    input.bitsAllocated = input.bitsStored = 32;
    input.shape = {int(header->rows), int(header->columns), int(header->components.size()), SampleType::U32};
    std::vector<std::byte> out(input.shape.bytes());
    (void)Jpeg2000Codec().decode(input, out).ok();
    return 0;
}
