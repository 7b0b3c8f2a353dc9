// Images of the tests of this folder, as bytes and as opened instances.
#pragma once

#include "core/base/Oid.h"
#include "core/imaging/decode/FileInstance.h"
#include "tests/support/DicomWriter.h"

namespace naru::imaging::test {

using testsupport::DicomWriter;

inline QByteArray uid(const char *name)
{
    return base::oid(name).text().toLatin1();
}

// A grey image of `rows` x `columns`; members say what differs from an ordinary one.
struct TestImage {
    DicomWriter::Encoding encoding = DicomWriter::Encoding::ExplicitLE;
    const char *syntax = "tsExplicitLE";
    int rows = 2, columns = 3, frames = 1, samples = 1;
    int allocated = 16, stored = 12, high = 11;
    bool isSigned = false;
    int planar = 0;
    QByteArray photometric = "MONOCHROME2";
    QByteArray pixels{}; // in the byte order of the encoding
    const char *pixelVr = "OW";
    QByteArray before{}; // data set bytes of groups below 0028
    QByteArray between{}; // of groups from 0028 (behind the pixel description) to 7FDF
    QList<QByteArray> fragments{}; // encapsulated when not empty
    QList<quint32> offsets{};

    QByteArray dataSet() const
    {
        DicomWriter w(encoding);
        if (before.isEmpty())
            w.text(0x00080060, "CS", "CT");
        w.raw(before);
        w.us(0x00280002, {samples}).text(0x00280004, "CS", photometric);
        if (samples > 1)
            w.us(0x00280006, {planar});
        w.text(0x00280008, "IS", QByteArray::number(frames));
        w.us(0x00280010, {rows}).us(0x00280011, {columns});
        w.us(0x00280100, {allocated}).us(0x00280101, {stored}).us(0x00280102, {high});
        w.us(0x00280103, {isSigned ? 1 : 0});
        w.raw(between);
        if (fragments.isEmpty())
            w.put(0x7FE00010, pixelVr, pixels, '\0');
        else
            w.fragments(fragments, offsets);
        return w.dataSet();
    }
    QByteArray file() const { return DicomWriter::file(dataSet(), uid(syntax), "1.2.3"); }
};

inline base::Result<std::unique_ptr<Instance>> openBytes(const QByteArray &bytes)
{
    return FileInstance::open(std::make_shared<ByteSource>(bytes));
}

template <typename T> QList<T> samplesOf(Instance &instance, int frame = 0)
{
    std::vector<std::byte> out(instance.shape().bytes());
    if (!instance.decode(frame, out))
        return {};
    const auto *begin = reinterpret_cast<const T *>(out.data());
    return QList<T>(begin, begin + out.size() / sizeof(T));
}

// Words in the byte order of the encoding.
inline QByteArray words(
    const QList<int> &values, DicomWriter::Encoding encoding = DicomWriter::Encoding::ExplicitLE)
{
    const DicomWriter writer(encoding);
    QByteArray out;
    for (const int value : values)
        writer.append(out, quint16(value));
    return out;
}

} // namespace naru::imaging::test
