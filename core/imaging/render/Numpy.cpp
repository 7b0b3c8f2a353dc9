// Stored samples for other programs to compare: a text header and the samples behind it.
#include "core/imaging/render/Render.h"

namespace naru::imaging {

namespace {
const char *typeName(SampleType type)
{
    switch (type) {
    case SampleType::U8:
        return "|u1";
    case SampleType::S8:
        return "|i1";
    case SampleType::U16:
        return "u2";
    case SampleType::S16:
        return "i2";
    case SampleType::U32:
        return "u4";
    case SampleType::S32:
        return "i4";
    case SampleType::F32:
        return "f4";
    case SampleType::F64:
        return "f8";
    }
    return "";
}
} // namespace

QByteArray toNumpy(const Frame &frame)
{
    constexpr int Block = 64, Lead = 10; // the samples begin at a multiple of 64
    const FrameShape &shape = frame.shape;
    QByteArray type = typeName(shape.type);
    if (!type.startsWith('|'))
        type.prepend(Q_BYTE_ORDER == Q_LITTLE_ENDIAN ? '<' : '>');
    QByteArray header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': ("
        + QByteArray::number(shape.rows) + ", " + QByteArray::number(shape.columns)
        + (shape.samples > 1 ? ", " + QByteArray::number(shape.samples) : QByteArray()) + "), }";
    header.append(QByteArray(Block - 1 - (Lead + header.size()) % Block, ' ')).append('\n');
    QByteArray out("\x93NUMPY\x01\x00", 8);
    out.append(char(header.size() & 0xFF)).append(char(header.size() >> 8)).append(header);
    return out.append(reinterpret_cast<const char *>(frame.data.data()), qsizetype(frame.data.size()));
}

} // namespace naru::imaging
