#include "core/imaging/pool/SourceBook.h"
#include "core/imaging/Errors.h"
#include "core/imaging/pool/SharedMemory.h"

#include <QFile>

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>

namespace naru::imaging {

namespace {
constexpr std::size_t MostHeld = 8;
constexpr qint64 MostHeldBytes = 256LL * 1024 * 1024;

quint64 mix(quint64 seed, quint64 value)
{
    seed ^= value + 0x9E3779B97F4A7C15ULL + (seed << 6) + (seed >> 2);
    return seed * 0xFF51AFD7ED558CCDULL;
}
} // namespace

base::Result<SourceBook::Opened> SourceBook::openFile(const QString &path) const
{
    Opened out;
    // O_NONBLOCK: a pipe in a folder of images must not hold us.
    out.owner = std::make_shared<wire::Descriptor>(
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    struct stat status { };
    if (!out.owner->valid() || ::fstat(out.owner->get(), &status) != 0 || !S_ISREG(status.st_mode))
        return errors::File;
    out.descriptor = out.owner->get();
    quint64 number = mix(1, quint64(status.st_dev));
    number = mix(number, quint64(status.st_ino));
    number = mix(number, quint64(status.st_size));
    number = mix(number, quint64(status.st_mtim.tv_sec));
    number = mix(number, quint64(status.st_mtim.tv_nsec));
    out.number = qint64(number | 1ULL << 63); // negative: never one of those counted for bytes
    return out;
}

base::Result<SourceBook::Opened> SourceBook::openBytes(const QByteArray &bytes)
{
    const std::lock_guard lock(m_mutex);
    const auto found = std::find_if(m_held.begin(), m_held.end(), [&bytes](const Held &held) {
        return held.bytes.constData() == bytes.constData() && held.bytes.size() == bytes.size();
    });
    if (found != m_held.end())
        return found->opened;
    NARU_ASSIGN(const int descriptor, descriptorOf(bytes));
    Opened out{m_next++, descriptor, std::make_shared<wire::Descriptor>(descriptor)};
    m_held.push_back({bytes, out});
    const auto total = [this] {
        qint64 sum = 0;
        for (const Held &held : m_held)
            sum += held.bytes.size();
        return sum;
    };
    while (m_held.size() > MostHeld || (m_held.size() > 1 && total() > MostHeldBytes))
        m_held.erase(m_held.begin());
    return out;
}

base::Result<SourceBook::Opened> SourceBook::open(const ImageSource &source)
{
    return source.path.isEmpty() ? openBytes(source.bytes) : openFile(source.path);
}

} // namespace naru::imaging
