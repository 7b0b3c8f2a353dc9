#include "core/terminology/WholeFile.h"

#include "core/base/Errors.h"

#include <QFile>
#include <QFileInfo>

#include <atomic>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace naru::terminology {

namespace {
base::Error ioError(const QString &path, const char *step)
{
    return base::Error(
        base::errors::Io, QString::fromLatin1(step), {{QStringLiteral("what"), QFileInfo(path).fileName()}});
}
} // namespace

bool writeAll(int file, const char *bytes, std::size_t size)
{
    while (size > 0) {
        const ssize_t count = ::write(file, bytes, size);
        if (count <= 0)
            return false;
        bytes += count;
        size -= std::size_t(count);
    }
    return true;
}

base::Status replaceFile(const QString &path, const std::function<bool(int file)> &write)
{
    static std::atomic<int> counter{0};
    const QString temporary = path + QStringLiteral(".tmp-%1-%2").arg(::getpid()).arg(++counter);
    const QByteArray from = QFile::encodeName(temporary);
    const int file = ::open(from.constData(), O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0)
        return ioError(path, "create");
    const bool written = write(file) && ::fsync(file) == 0;
    ::close(file);
    if (!written || ::rename(from.constData(), QFile::encodeName(path).constData()) != 0) {
        ::unlink(from.constData());
        return ioError(path, written ? "rename" : "write");
    }
    const int folder = ::open(
        QFile::encodeName(QFileInfo(path).absolutePath()).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = folder >= 0 && ::fsync(folder) == 0;
    if (folder >= 0)
        ::close(folder);
    return synced ? base::Status() : base::Status(ioError(path, "sync"));
}

} // namespace naru::terminology
