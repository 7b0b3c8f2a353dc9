// rooms: imaging_decode
// Lossless JPEG frames: the shape is what the frame header says, as long as that is small; otherwise 32 x 32.
#include "core/imaging/decode/codecs/JpegHeader.h"
#include "core/imaging/decode/codecs/LosslessJpeg.h"

#include <cstdint>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace naru::imaging;
    CodecInput input;
    input.bytes = {reinterpret_cast<const std::byte *>(data), size};
    const auto header = codecs::readJpegHeader(input.bytes);
    if (!header || header->process != 0xC3)
        return 0;
    const int rows = header->rows > 0 && header->rows < 100 ? header->rows : 32;
    const int columns = header->columns > 0 && header->columns < 100 ? header->columns : 32;
    input.shape = {rows, columns, int(header->components.size()),
        header->precision <= 8 ? SampleType::U8 : SampleType::U16};
    input.bitsStored = header->precision;
    std::vector<std::byte> out(input.shape.bytes());
    if (codecs::matches(*header, input))
        (void)codecs::decodeLosslessJpeg(*header, input, out).ok();
    return 0;
}
