// rooms: imaging_decode
// RLE frames: two bytes choose shape and depth, the rest is the frame.
#include "core/imaging/decode/codecs/RleCodec.h"

#include <cstdint>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace naru::imaging;
    if (size < 2)
        return 0;
    CodecInput input;
    const bool wide = data[0] & 1;
    input.shape = {
        1 + data[0] / 4, 1 + data[1] / 4, data[0] & 2 ? 3 : 1, wide ? SampleType::S16 : SampleType::U8};
    input.bitsAllocated = !wide && (data[1] & 3) == 3 ? 1 : wide ? 16 : 8;
    input.bitsStored = input.bitsAllocated;
    input.isSigned = wide;
    input.bytes = {reinterpret_cast<const std::byte *>(data + 2), size - 2};
    std::vector<std::byte> out(input.shape.bytes());
    (void)RleCodec().decode(input, out).ok();
    return 0;
}
