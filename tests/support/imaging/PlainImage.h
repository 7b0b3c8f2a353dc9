// An image for tests: interleaved sample values, whatever their depth, and what a data set would say of it.
#pragma once

#include "core/imaging/decode/FrameCodec.h"

#include <QByteArray>

#include <cstdint>
#include <vector>

namespace naru::testsupport {

struct PlainImage {
    int rows = 0, columns = 0, samples = 1, bits = 8;
    bool isSigned = false;
    std::vector<std::int32_t> values{};

    int bytes() const { return bits <= 8 ? 1 : bits <= 16 ? 2 : 4; }
    std::uint32_t pattern(std::size_t i) const
    {
        return bits == 32 ? std::uint32_t(values[i]) : std::uint32_t(values[i]) & ((1U << bits) - 1);
    }
    // What Instance would ask a codec for; `encoded` must outlive it.
    imaging::CodecInput input(const QByteArray &encoded, const QString &photometric) const;
    // Values of the bytes a codec wrote.
    std::vector<std::int32_t> read(const std::vector<std::byte> &out) const;
    // Little-endian samples of 8 or 16 bits, as uncompressed pixel data has them.
    QByteArray native() const;
};

// Smooth structure, noise and both extremes of the depth; the same for the same arguments.
PlainImage testImage(int rows, int columns, int samples, int bits, bool isSigned);

} // namespace naru::testsupport
