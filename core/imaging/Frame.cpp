#include "core/imaging/Frame.h"

namespace naru::imaging {

int FrameShape::bytesOf(SampleType type)
{
    switch (type) {
    case SampleType::U8:
    case SampleType::S8:
        return 1;
    case SampleType::U16:
    case SampleType::S16:
        return 2;
    case SampleType::U32:
    case SampleType::S32:
    case SampleType::F32:
        return 4;
    case SampleType::F64:
        return 8;
    }
    return 1;
}

std::size_t FrameShape::bytes() const
{
    if (rows <= 0 || columns <= 0 || samples <= 0)
        return 0;
    return std::size_t(rows) * std::size_t(columns) * std::size_t(samples) * std::size_t(bytesOf(type));
}

FrameShape FrameShape::halved(int times) const
{
    const auto side = [times](int length) { return int((qint64(length) + (1LL << times) - 1) >> times); };
    return {side(rows), side(columns), samples, type};
}

} // namespace naru::imaging
