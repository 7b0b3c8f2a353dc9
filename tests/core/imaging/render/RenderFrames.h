// Frames, facts and pixels of the tests of this folder.
#pragma once

#include "core/imaging/render/Render.h"

#include <memory>

namespace naru::imaging::test {

template <typename T>
Frame frameOf(const std::vector<T> &values, int rows, int columns, SampleType type, int samples = 1)
{
    auto memory = std::make_shared<std::vector<T>>(values);
    Frame frame;
    frame.shape = {rows, columns, samples, type};
    frame.owner = memory;
    frame.data = std::as_bytes(std::span<const T>(*memory));
    return frame;
}

inline ImageFacts factsOf(int rows, int columns, int bits, bool isSigned)
{
    ImageFacts facts;
    facts.kind = Kind::Image;
    facts.rows = rows;
    facts.columns = columns;
    facts.frames = 1;
    facts.bitsAllocated = bits <= 8 ? 8 : 16;
    facts.bitsStored = bits;
    facts.isSigned = isSigned;
    facts.photometric = QStringLiteral("MONOCHROME2");
    facts.frameFacts.resize(1);
    return facts;
}

inline int byteAt(const Raster &raster, qsizetype i)
{
    return quint8(raster.bytes[i]);
}

} // namespace naru::imaging::test
