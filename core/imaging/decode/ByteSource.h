// Bytes at offsets: a descriptor read with pread, so that it may be shared, or memory (an inflated data set).
// Small reads come out of one window, since a header is read a few bytes at a time.
#pragma once

#include <QByteArray>

#include <cstddef>
#include <span>

namespace naru::imaging {

class ByteSource {
public:
    explicit ByteSource(int descriptor);
    explicit ByteSource(QByteArray bytes);

    qint64 size() const { return m_size; }
    bool isMemory() const { return m_descriptor < 0; }
    // All of `out` or nothing; false beyond the end and when the file shrank meanwhile.
    bool read(qint64 offset, std::span<std::byte> out) const;
    // Empty when not all of it is there.
    QByteArray bytes(qint64 offset, qint64 length) const;

private:
    bool readFile(qint64 offset, std::span<std::byte> out) const;

    int m_descriptor = -1;
    qint64 m_size = 0;
    QByteArray m_bytes{};
    mutable QByteArray m_window{};
    mutable qint64 m_windowStart = 0;
};

} // namespace naru::imaging
