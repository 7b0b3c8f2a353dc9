#include "core/imaging/decode/codecs/Samples.h"

#include "core/imaging/Errors.h"

#include <cstring>
#include <type_traits>

namespace naru::imaging::codecs {

base::Error failed(const QString &what)
{
    return base::Error(errors::CodecFailed, what, {{QStringLiteral("what"), what}});
}

base::Error mismatch(const QString &what, qint64 inStream, qint64 expected)
{
    return failed(QStringLiteral("%1 is %2 in the codestream and %3 in the data set")
                      .arg(what)
                      .arg(inStream)
                      .arg(expected));
}

base::Status checkExpected(const CodecInput &input, std::size_t outBytes)
{
    const FrameShape &shape = input.shape;
    const bool plausible = shape.rows > 0 && shape.rows <= 65535 && shape.columns > 0
        && shape.columns <= 65535 && shape.samples >= 1 && shape.samples <= 4 && shape.type != SampleType::F32
        && shape.type != SampleType::F64;
    if (!plausible)
        return base::Error(errors::BadGeometry, QStringLiteral("shape"));
    if (outBytes != shape.bytes())
        return base::Error(errors::BadGeometry, QStringLiteral("output"));
    if (input.bytes.empty())
        return failed(QStringLiteral("the frame is empty"));
    return {};
}

namespace {
template <typename T> void extend(std::span<std::byte> out, int bits)
{
    using U = std::make_unsigned_t<T>;
    const int shift = int(sizeof(T)) * 8 - bits;
    if (shift <= 0)
        return;
    T *samples = reinterpret_cast<T *>(out.data());
    const std::size_t count = out.size() / sizeof(T);
    for (std::size_t i = 0; i < count; ++i)
        samples[i] = T(T(U(U(samples[i]) << shift)) >> shift);
}

template <typename T> void mask(std::span<std::byte> out, int bits)
{
    if (bits >= int(sizeof(T)) * 8)
        return;
    T *samples = reinterpret_cast<T *>(out.data());
    const std::size_t count = out.size() / sizeof(T);
    const T keep = T((T(1) << bits) - 1);
    for (std::size_t i = 0; i < count; ++i)
        samples[i] = T(samples[i] & keep);
}

template <int Bytes> void interleaveBytes(const std::byte *planes, std::byte *out, std::size_t n, int samples)
{
    for (int s = 0; s < samples; ++s) {
        const std::byte *from = planes + std::size_t(s) * n * Bytes;
        std::byte *to = out + std::size_t(s) * Bytes;
        for (std::size_t i = 0; i < n; ++i)
            std::memcpy(to + i * std::size_t(samples) * Bytes, from + i * Bytes, Bytes);
    }
}

template <typename From> void widenTo(const From *from, std::byte *out, std::size_t count, int bytes)
{
    if (bytes == 1) {
        for (std::size_t i = 0; i < count; ++i)
            out[i] = std::byte(from[i]);
    } else if (bytes == 2) {
        auto *to = reinterpret_cast<std::uint16_t *>(out);
        for (std::size_t i = 0; i < count; ++i)
            to[i] = from[i];
    } else {
        auto *to = reinterpret_cast<std::uint32_t *>(out);
        for (std::size_t i = 0; i < count; ++i)
            to[i] = from[i];
    }
}
} // namespace

void settleSign(const CodecInput &input, int bitsInStream, bool signedInStream, std::span<std::byte> out)
{
    const int width = FrameShape::bytesOf(input.shape.type) * 8;
    int bits = bitsInStream;
    if (input.bitsStored > 0 && input.bitsStored < bits)
        bits = input.bitsStored;
    if (bits <= 0 || bits >= width || input.isSigned == signedInStream)
        return;
    switch (width) {
    case 8:
        input.isSigned ? extend<std::int8_t>(out, bits) : mask<std::uint8_t>(out, bits);
        break;
    case 16:
        input.isSigned ? extend<std::int16_t>(out, bits) : mask<std::uint16_t>(out, bits);
        break;
    case 32:
        input.isSigned ? extend<std::int32_t>(out, bits) : mask<std::uint32_t>(out, bits);
        break;
    default:
        break;
    }
}

bool namesYbr(const QString &photometric)
{
    return photometric.startsWith(QLatin1String("YBR")) && photometric != QLatin1String("YBR_RCT")
        && photometric != QLatin1String("YBR_ICT");
}

void interleave(const std::byte *planes, std::byte *out, std::size_t pixels, int samples, int bytes)
{
    if (bytes == 1)
        interleaveBytes<1>(planes, out, pixels, samples);
    else if (bytes == 2)
        interleaveBytes<2>(planes, out, pixels, samples);
    else
        interleaveBytes<4>(planes, out, pixels, samples);
}

void widen(const std::uint8_t *from, std::byte *out, std::size_t count, int bytes)
{
    widenTo(from, out, count, bytes);
}

void widen(const std::uint16_t *from, std::byte *out, std::size_t count, int bytes)
{
    widenTo(from, out, count, bytes);
}

} // namespace naru::imaging::codecs
