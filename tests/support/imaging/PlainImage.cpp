#include "tests/support/imaging/PlainImage.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace naru::testsupport {

using imaging::SampleType;

imaging::CodecInput PlainImage::input(const QByteArray &encoded, const QString &photometric) const
{
    imaging::CodecInput out;
    out.bytes = {reinterpret_cast<const std::byte *>(encoded.constData()), std::size_t(encoded.size())};
    const SampleType types[3][2] = {{SampleType::U8, SampleType::S8}, {SampleType::U16, SampleType::S16},
        {SampleType::U32, SampleType::S32}};
    out.shape = {rows, columns, samples, types[bytes() / 2][isSigned ? 1 : 0]};
    out.bitsAllocated = bytes() * 8;
    out.bitsStored = bits;
    out.isSigned = isSigned;
    out.photometric = photometric;
    return out;
}

std::vector<std::int32_t> PlainImage::read(const std::vector<std::byte> &out) const
{
    std::vector<std::int32_t> all;
    const auto step = std::size_t(bytes());
    for (std::size_t i = 0; i + step <= out.size(); i += step) {
        std::uint32_t raw = 0;
        std::memcpy(&raw, out.data() + i, step);
        if (bytes() == 1)
            all.push_back(isSigned ? std::int8_t(raw) : std::int32_t(raw));
        else if (bytes() == 2)
            all.push_back(isSigned ? std::int16_t(raw) : std::int32_t(raw));
        else
            all.push_back(std::int32_t(raw));
    }
    return all;
}

QByteArray PlainImage::native() const
{
    QByteArray out;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::uint32_t raw = pattern(i);
        for (int b = 0; b < bytes(); ++b)
            out.append(char(raw >> (8 * b)));
    }
    return out;
}

PlainImage testImage(int rows, int columns, int samples, int bits, bool isSigned)
{
    PlainImage out{rows, columns, samples, bits, isSigned, {}};
    const double span = std::ldexp(1.0, bits) - 1, low = isSigned ? -std::ldexp(1.0, bits - 1) : 0;
    std::uint32_t random = 12345;
    for (int y = 0; y < rows; ++y) {
        for (int x = 0; x < columns; ++x) {
            for (int s = 0; s < samples; ++s) {
                random = random * 1664525U + 1013904223U;
                const double wave = 0.5 + 0.4 * std::sin(0.11 * x + 0.7 * s) * std::cos(0.07 * y);
                const double noise = (double(random >> 16) / 65536 - 0.5) * 0.05;
                double part = std::clamp(wave + noise, 0.0, 1.0);
                if ((x + y * 3) % 41 == 0) // both extremes next to each other: the largest differences
                    part = (x + y) % 2;
                out.values.push_back(std::int32_t(low + std::floor(part * span)));
            }
        }
    }
    return out;
}

} // namespace naru::testsupport
