#include "core/imaging/decode/codecs/JpegDct12.h"

#include "core/imaging/decode/codecs/Samples.h"

#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmjpeg/djcparam.h>
#include <dcmtk/dcmjpeg/djdijg12.h>

#include <cstring>
#include <vector>

namespace naru::imaging::codecs {

namespace {
constexpr std::uint8_t endMarker[2] = {0xFF, 0xD9};

bool endsWithMarker(std::span<const std::byte> bytes)
{
    while (!bytes.empty() && bytes.back() == std::byte{0}) // what makes the length even
        bytes = bytes.first(bytes.size() - 1);
    return bytes.size() >= 2 && std::memcmp(&bytes[bytes.size() - 2], endMarker, 2) == 0;
}

// The input of the library is not declared const, so it gets a copy.
std::vector<Uint8> withTail(std::span<const std::byte> bytes, std::span<const std::uint8_t> tail)
{
    const auto *first = reinterpret_cast<const Uint8 *>(bytes.data());
    std::vector<Uint8> out(first, first + bytes.size());
    out.insert(out.end(), tail.begin(), tail.end());
    return out;
}

base::Status decodeBytes(
    std::vector<Uint8> stream, const CodecInput &input, bool ybr, std::span<std::byte> out)
{
    try {
        const DJCodecParameter parameters(
            ECC_lossyYCbCr, EDC_photometricInterpretation, EUC_default, EPC_default);
        DJDecompressIJG12Bit decoder(parameters, ybr);
        if (decoder.init().bad())
            return failed(QStringLiteral("JPEG decoder"));
        const OFCondition result = decoder.decode(stream.data(), Uint32(stream.size()),
            reinterpret_cast<Uint8 *>(out.data()), Uint32(out.size()), input.isSigned);
        // Anything but success, also "more data is needed", leaves the frame incomplete.
        if (result != EC_Normal)
            return failed(QStringLiteral("JPEG of 12 bits"));
    } catch (...) {
        return failed(QStringLiteral("JPEG of 12 bits"));
    }
    return {};
}

// Some writers leave the end marker out. The library does not say whether it came to the end of the data
// before the end of the image: then what follows the data would change the image, so two tails are tried.
base::Status decodeWithoutEnd(const CodecInput &input, bool ybr, std::span<std::byte> out)
{
    std::uint8_t noise[66];
    for (std::size_t i = 0; i < sizeof noise; ++i)
        noise[i] = std::uint8_t(0xA0 | (i * 5 & 0x0F));
    std::memcpy(noise + 64, endMarker, 2);
    std::span<const std::byte> bytes = input.bytes;
    while (!bytes.empty() && bytes.back() == std::byte{0xFF}) // filling before a marker
        bytes = bytes.first(bytes.size() - 1);
    std::vector<std::byte> other(out.size());
    NARU_TRY(decodeBytes(withTail(bytes, endMarker), input, ybr, out));
    NARU_TRY(decodeBytes(withTail(bytes, noise), input, ybr, other));
    if (std::memcmp(out.data(), other.data(), out.size()) != 0)
        return failed(QStringLiteral("the JPEG stream ends early"));
    return {};
}
} // namespace

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
    if (header.scans == 1 && !endsWithMarker(input.bytes))
        return decodeWithoutEnd(input, ybr, out);
    return decodeBytes(withTail(input.bytes, {}), input, ybr, out);
}

} // namespace naru::imaging::codecs
