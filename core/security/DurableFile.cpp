#include "core/security/DurableFile.h"

#include "core/base/Digest.h"
#include "core/base/Errors.h"
#include "core/security/Errors.h"

#include <QFile>
#include <QFileInfo>

#include <chrono>
#include <thread>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace naru::security {

namespace {
base::Error io(const char *step, const QString &path)
{
    return base::Error(base::errors::Io, QStringLiteral("%1: errno %2").arg(QLatin1String(step)).arg(errno),
        {{QStringLiteral("what"), QFileInfo(path).fileName()}});
}

struct Descriptor {
    int fd = -1;
    ~Descriptor()
    {
        if (fd >= 0)
            ::close(fd);
    }
};

bool writeAll(int fd, const QByteArray &bytes)
{
    qsizetype at = 0;
    while (at < bytes.size()) {
        const ssize_t count = ::write(fd, bytes.constData() + at, std::size_t(bytes.size() - at));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        at += count;
    }
    return true;
}
} // namespace

base::Status syncFolder(const QString &folder)
{
    const Descriptor d{::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (d.fd < 0 || ::fsync(d.fd) != 0)
        return io("fsync folder", folder);
    return {};
}

base::Status replaceFile(const QString &path, const QByteArray &bytes)
{
    const QByteArray target = QFile::encodeName(path);
    const QByteArray temporary = target + ".tmp-" + base::randomBytes(6).toHex();
    {
        const Descriptor d{
            ::open(temporary.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600)};
        if (d.fd < 0)
            return io("create", path);
        // A failed fsync is never retried: the kernel may have dropped the pages (ATC'20, fsync failures).
        if (!writeAll(d.fd, bytes) || ::fsync(d.fd) != 0) {
            const base::Error error = io("write", path);
            ::unlink(temporary.constData());
            return error;
        }
    }
    if (::rename(temporary.constData(), target.constData()) != 0) {
        const base::Error error = io("rename", path);
        ::unlink(temporary.constData());
        return error;
    }
    return syncFolder(QFileInfo(path).absolutePath());
}

base::Result<QByteArray> readFile(const QString &path, qint64 limit)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return base::Error(
            base::errors::Io, QStringLiteral("open"), {{QStringLiteral("what"), QFileInfo(path).fileName()}});
    if (file.size() > limit)
        return base::Error(
            base::errors::TooLarge, {}, {{QStringLiteral("what"), QFileInfo(path).fileName()}});
    // read(n) sets n bytes aside before it looks at the file: the limit of documents is 4 GiB.
    QByteArray bytes = file.read(file.size() + 1);
    if (file.error() != QFileDevice::NoError || bytes.size() > limit)
        return base::Error(
            base::errors::Io, QStringLiteral("read"), {{QStringLiteral("what"), QFileInfo(path).fileName()}});
    return bytes;
}

base::Result<FileLock> FileLock::acquire(const QString &path, int milliseconds)
{
    Descriptor d{
        ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)};
    if (d.fd < 0)
        return io("open lock", path);
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
    auto pause = std::chrono::microseconds(100);
    for (;;) {
        struct flock request { };
        request.l_type = F_WRLCK;
        request.l_whence = SEEK_SET;
        if (::fcntl(d.fd, F_OFD_SETLK, &request) == 0)
            break;
        if (errno != EAGAIN && errno != EACCES && errno != EINTR)
            return io("lock", path);
        if (std::chrono::steady_clock::now() >= end)
            return base::Error(errors::VaultBusy, QFileInfo(path).fileName());
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 2, std::chrono::microseconds(5000));
    }
    FileLock lock;
    lock.m_fd = std::exchange(d.fd, -1);
    return lock;
}

FileLock::FileLock(FileLock &&other) noexcept
    : m_fd(std::exchange(other.m_fd, -1))
{
}

FileLock &FileLock::operator=(FileLock &&other) noexcept
{
    if (this != &other) {
        release();
        m_fd = std::exchange(other.m_fd, -1);
    }
    return *this;
}

FileLock::~FileLock()
{
    release();
}

void FileLock::release()
{
    if (m_fd >= 0)
        ::close(std::exchange(m_fd, -1)); // the lock goes with the last descriptor of this open file
}

} // namespace naru::security
