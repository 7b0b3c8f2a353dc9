// ZIP archives byte by byte (PKWARE APPNOTE 6.3.3), so that a test may lie about names, sums and sizes.
#pragma once

#include <QByteArray>
#include <QList>

#include <array>

namespace naru::testsupport {

struct ZipPlain {
    QByteArray name{};
    QByteArray bytes{};
    bool deflate = true;
    qint64 saysSize = -1; // unpacked, in both headers; -1: the truth
    bool wrongSum = false;
    bool encrypted = false; // says so; the bytes are not
};

namespace zipdetail {
inline quint32 crc32(const QByteArray &bytes)
{
    static const auto table = [] {
        std::array<quint32, 256> out{};
        for (quint32 i = 0; i < 256; ++i) {
            quint32 value = i;
            for (int bit = 0; bit < 8; ++bit)
                value = value >> 1 ^ (value & 1 ? 0xEDB88320u : 0);
            out[i] = value;
        }
        return out;
    }();
    quint32 crc = 0xFFFFFFFF;
    for (const char c : bytes)
        crc = crc >> 8 ^ table[quint8(crc ^ quint8(c))];
    return ~crc;
}

inline void put(QByteArray &out, quint32 value, int bytes)
{
    for (int i = 0; i < bytes; ++i)
        out.append(char(value >> (8 * i)));
}

// The part that local header and directory have in common.
inline QByteArray common(const ZipPlain &entry, const QByteArray &packed, quint32 sum)
{
    QByteArray out;
    put(out, 20, 2), put(out, entry.encrypted ? 1 : 0, 2), put(out, entry.deflate ? 8 : 0, 2);
    put(out, 0, 2), put(out, 0x21, 2), put(out, entry.wrongSum ? sum ^ 1 : sum, 4);
    put(out, quint32(packed.size()), 4);
    put(out, quint32(entry.saysSize >= 0 ? entry.saysSize : entry.bytes.size()), 4);
    put(out, quint32(entry.name.size()), 2);
    return out;
}
} // namespace zipdetail

inline QByteArray zipBytes(const QList<ZipPlain> &entries)
{
    QByteArray out, directory;
    for (const ZipPlain &entry : entries) {
        // qCompress: four bytes of length, two of zlib header, the stream, four of checksum.
        const QByteArray packed = entry.deflate ? qCompress(entry.bytes, 9).mid(6).chopped(4) : entry.bytes;
        const QByteArray middle = zipdetail::common(entry, packed, zipdetail::crc32(entry.bytes));
        const quint32 offset = quint32(out.size());
        out += "PK\x03\x04" + middle;
        zipdetail::put(out, 0, 2);
        out += entry.name + packed;
        directory += "PK\x01\x02";
        zipdetail::put(directory, 20, 2);
        directory += middle;
        zipdetail::put(directory, 0, 2), zipdetail::put(directory, 0, 2), zipdetail::put(directory, 0, 2);
        zipdetail::put(directory, 0, 2), zipdetail::put(directory, 0, 4);
        zipdetail::put(directory, offset, 4);
        directory += entry.name;
    }
    const quint32 start = quint32(out.size());
    const auto count = quint32(qMin<qsizetype>(entries.size(), 0xFFFF));
    out += directory + "PK\x05\x06";
    zipdetail::put(out, 0, 4), zipdetail::put(out, count, 2), zipdetail::put(out, count, 2);
    zipdetail::put(out, quint32(directory.size()), 4), zipdetail::put(out, start, 4);
    zipdetail::put(out, 0, 2);
    return out;
}

} // namespace naru::testsupport
