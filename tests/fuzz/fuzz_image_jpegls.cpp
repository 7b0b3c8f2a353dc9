// rooms: imaging_decode
// JPEG-LS frames through our own reader: the shape is what the frame header says, as long as that is small.
#include "core/imaging/decode/codecs/JpegLsScanDecoder.h"

#include <cstdint>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace naru::imaging::codecs;
    const std::span<const std::byte> bytes{reinterpret_cast<const std::byte *>(data), size};
    const auto header = readJpegHeader(bytes);
    if (!header || header->process != 0xF7 || header->precision < 2 || header->precision > 16)
        return 0;
    const auto stream = readJpegLs(*header, bytes);
    if (!stream || !stream->plain)
        return 0;
    const int rows = header->rows > 0 && header->rows < 100 ? header->rows : 32;
    const int columns = header->columns > 0 && header->columns < 100 ? header->columns : 32;
    const int samples = int(header->components.size()), wide = header->precision <= 8 ? 1 : 2;
    std::vector<std::byte> out(std::size_t(rows) * std::size_t(columns) * std::size_t(samples * wide));
    for (const JpegLsScan &scan : stream->scans)
        (void)decodeJpegLsScan(scan, rows, columns, samples, wide, out.data()).ok();
    return 0;
}
