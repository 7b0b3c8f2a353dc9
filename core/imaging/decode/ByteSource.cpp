#include "core/imaging/decode/ByteSource.h"

#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace naru::imaging {

namespace {
// Most headers; a larger one copies pixels that are read to their place a moment later.
constexpr qint64 Window = 16 * 1024;
} // namespace

// lseek, since the confined child may not ask for more (fstat takes a path on some C libraries).
ByteSource::ByteSource(int descriptor)
    : m_descriptor(descriptor)
    , m_size(qMax<qint64>(0, ::lseek(descriptor, 0, SEEK_END)))
{
}

ByteSource::ByteSource(QByteArray bytes)
    : m_size(bytes.size())
    , m_bytes(std::move(bytes))
{
}

bool ByteSource::readFile(qint64 offset, std::span<std::byte> out) const
{
    std::size_t done = 0;
    while (done < out.size()) {
        const ssize_t got =
            ::pread(m_descriptor, out.data() + done, out.size() - done, off_t(offset + qint64(done)));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        done += std::size_t(got);
    }
    return true;
}

bool ByteSource::read(qint64 offset, std::span<std::byte> out) const
{
    const qint64 length = qint64(out.size());
    if (offset < 0 || length > m_size || offset > m_size - length)
        return false;
    if (out.empty())
        return true;
    if (isMemory()) {
        std::memcpy(out.data(), m_bytes.constData() + offset, out.size());
        return true;
    }
    if (length > Window / 2)
        return readFile(offset, out);
    if (offset < m_windowStart || offset + length > m_windowStart + m_window.size()) {
        const qint64 wanted = qMin(Window, m_size - offset);
        m_window.resize(wanted);
        m_windowStart = offset;
        if (!readFile(offset, {reinterpret_cast<std::byte *>(m_window.data()), std::size_t(wanted)})) {
            m_window.clear();
            return false;
        }
    }
    std::memcpy(out.data(), m_window.constData() + (offset - m_windowStart), out.size());
    return true;
}

QByteArray ByteSource::bytes(qint64 offset, qint64 length) const
{
    if (length <= 0 || offset < 0 || length > m_size || offset > m_size - length)
        return {};
    QByteArray out(length, Qt::Uninitialized);
    return read(offset, {reinterpret_cast<std::byte *>(out.data()), std::size_t(length)}) ? out
                                                                                          : QByteArray();
}

} // namespace naru::imaging
