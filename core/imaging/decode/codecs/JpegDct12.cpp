#include "core/imaging/decode/codecs/JpegDct12.h"

#include "core/imaging/decode/codecs/Samples.h"

#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmjpeg/djcparam.h>
#include <dcmtk/dcmjpeg/djdijg12.h>

#include <vector>

namespace naru::imaging::codecs {

base::Status decodeJpegDct12(
    const JpegHeader &header, const CodecInput &input, bool ybr, std::span<std::byte> out)
{
    // A TEM marker sends the library of Debian 12 round in a circle for ever.
    if (header.temporaryMarker)
        return failed(QStringLiteral("JPEG with a TEM marker"));
    if (header.rows == 0 || FrameShape::bytesOf(input.shape.type) != 2)
        return failed(QStringLiteral("JPEG of 12 bits in samples of another width"));
    if (input.bytes.size() > 0xFFFFFFF0U || out.size() > 0xFFFFFFF0U)
        return failed(QStringLiteral("JPEG larger than 4 GB"));
    try {
        const DJCodecParameter parameters(
            ECC_lossyYCbCr, EDC_photometricInterpretation, EUC_default, EPC_default);
        DJDecompressIJG12Bit decoder(parameters, ybr);
        if (decoder.init().bad())
            return failed(QStringLiteral("JPEG decoder"));
        // Its input is not declared const, so it gets a copy.
        const auto *first = reinterpret_cast<const Uint8 *>(input.bytes.data());
        std::vector<Uint8> copy(first, first + input.bytes.size());
        const OFCondition result = decoder.decode(copy.data(), Uint32(copy.size()),
            reinterpret_cast<Uint8 *>(out.data()), Uint32(out.size()), input.isSigned);
        // Anything but success, also "more data is needed", leaves the frame incomplete.
        if (result != EC_Normal)
            return failed(QStringLiteral("JPEG of 12 bits"));
    } catch (const std::exception &) {
        return failed(QStringLiteral("JPEG of 12 bits"));
    }
    return {};
}

} // namespace naru::imaging::codecs
