#include "core/services/images/ImageExport.h"

#include "core/archive/ZipReader.h"
#include "core/archive/ZipWriter.h"
#include "core/base/Digest.h"
#include "core/base/Errors.h"
#include "core/services/Errors.h"

#include <QDir>
#include <QFileInfo>

#include <fcntl.h>
#include <unistd.h>

namespace naru::services {

namespace {
base::Error io(const char *step)
{
    return base::Error(base::errors::Io, QStringLiteral("%1: errno %2").arg(QLatin1String(step)).arg(errno),
        {{QStringLiteral("what"), QStringLiteral("export")}});
}

// Eight characters as file identifiers allow (PS3.10 clause 8.2).
QString part(const char *prefix, std::size_t number)
{
    return QLatin1String(prefix) + QStringLiteral("%1").arg(number, 6, 10, QLatin1Char('0'));
}

base::Status writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file;
    const int fd = ::open(
        QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0 || !file.open(fd, QIODevice::WriteOnly | QIODevice::Unbuffered, QFileDevice::AutoCloseHandle))
        return io("create");
    return file.write(bytes) == bytes.size() ? base::Status() : base::Status(io("write"));
}

// Synced and out of the page cache, so that the comparison reads what the medium has.
base::Result<QByteArray> readBack(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return io("open");
    if (::fsync(file.handle()) != 0)
        return io("fsync");
    (void)::posix_fadvise(file.handle(), 0, 0, POSIX_FADV_DONTNEED);
    QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return io("read");
    return bytes;
}
} // namespace

ImageExport::ImageExport(
    Profile::Internals &internals, ImageDesk &desk, StudyRow study, std::vector<DirectorySeries> series)
    : m(internals)
    , m_desk(desk)
    , m_study(std::move(study))
    , m_series(std::move(series))
{
}

base::Status ImageExport::plan()
{
    const QStringList top{QStringLiteral("DICOM"), part("ST", 1)};
    for (std::size_t s = 0; s < m_series.size(); ++s) {
        for (std::size_t i = 0; i < m_series[s].files.size(); ++i) {
            DirectoryFile &file = m_series[s].files[i];
            file.path = top + QStringList{part("SE", s + 1), part("IM", i + 1)};
            m_files.push_back({file.path.join(QLatin1Char('/')), file.row.key, {}});
        }
    }
    const auto whole = [this](const InstanceRow &row) -> base::Result<imaging::DataSetValue> {
        NARU_ASSIGN(imaging::DecoderPool * pool, m_desk.pool());
        NARU_ASSIGN(const QByteArray bytes, m.stores.images->bytes(row.key));
        return pool->dataSet({.path = {}, .bytes = bytes});
    };
    NARU_ASSIGN(m_directory, dicomDirectory(m_study, m_series, whole));
    m_files.push_back({QStringLiteral("DICOMDIR"), {}, {}});
    return {};
}

base::Result<QByteArray> ImageExport::bytesOf(File &file) const
{
    QByteArray bytes = m_directory;
    if (!file.key.isEmpty()) {
        NARU_ASSIGN(const storage::ImageInstance instance, m.stores.images->instance(file.key));
        NARU_ASSIGN(bytes, m.stores.images->bytes(file.key));
        const storage::ImageStore &store = *m.stores.images;
        if (store.digestOf(bytes) != instance.digest && store.digestOfFile(bytes) != instance.digest)
            return base::Error(errors::ExportMismatch, QStringLiteral("stored bytes"));
    }
    file.sha256 = base::sha256(bytes);
    return bytes;
}

base::Result<ExportReport> ImageExport::toFolder(const QString &path, const base::WorkContext &work)
{
    if (QFileInfo::exists(path)
        && !(QFileInfo(path).isDir()
            && QDir(path).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot)))
        return errors::ExportTarget;
    NARU_TRY(plan());
    const bool made = !QFileInfo::exists(path);
    base::Status status = writeFolder(path, work);
    if (status)
        status = compareFolder(path, work);
    if (status)
        return report(path);
    // Only what is ours goes: another program may have put something beside it meanwhile.
    for (auto it = m_made.crbegin(); it != m_made.crend(); ++it)
        QFileInfo(*it).isDir() ? QDir().rmdir(*it) : QFile::remove(*it);
    if (made)
        QDir().rmdir(path);
    return status.error();
}

base::Status ImageExport::writeFolder(const QString &path, const base::WorkContext &work)
{
    qint64 done = 0;
    for (File &file : m_files) {
        if (work.stopRequested())
            return base::Error(base::errors::Stopped);
        const QString target = path + QLatin1Char('/') + file.name;
        QString folder = path;
        for (const QString &step :
            file.name.split(QLatin1Char('/')).mid(0, file.name.count(QLatin1Char('/')))) {
            folder += QLatin1Char('/') + step;
            if (QFileInfo::exists(folder))
                continue;
            if (!QDir().mkpath(folder))
                return io("mkpath");
            m_made.append(folder);
        }
        if (!QDir().mkpath(path))
            return io("mkpath");
        NARU_ASSIGN(const QByteArray bytes, bytesOf(file));
        m_made.append(target);
        NARU_TRY(writeFile(target, bytes));
        work.report("export", ++done, qint64(m_files.size()) * 2);
    }
    return {};
}

base::Status ImageExport::compareFolder(const QString &path, const base::WorkContext &work) const
{
    QSet<QString> folders;
    qint64 done = qint64(m_files.size());
    for (const File &file : m_files) {
        if (work.stopRequested())
            return base::Error(base::errors::Stopped);
        const QString target = path + QLatin1Char('/') + file.name;
        NARU_ASSIGN(const QByteArray bytes, readBack(target));
        if (base::sha256(bytes) != file.sha256)
            return base::Error(errors::ExportMismatch);
        folders.insert(QFileInfo(target).path());
        work.report("export", ++done, qint64(m_files.size()) * 2);
    }
    for (const QString &folder : folders)
        NARU_TRY(security::syncFolder(folder));
    return {};
}

base::Result<ExportReport> ImageExport::toArchive(const QString &path, const base::WorkContext &work)
{
    if (QFileInfo::exists(path))
        return errors::ExportTarget;
    NARU_TRY(plan());
    std::vector<archive::ZipPart> parts;
    for (File &file : m_files)
        parts.push_back({file.name, [this, &file] { return bytesOf(file); }});
    NARU_TRY(archive::writeZip(path, parts, work));
    const base::Status status = compareArchive(path, work);
    if (status)
        return report(path);
    QFile::remove(path);
    return status.error();
}

base::Status ImageExport::compareArchive(const QString &path, const base::WorkContext &work) const
{
    archive::ZipLimits limits; // we know what we packed
    limits.entries = limits.totalBytes = limits.ratio = std::numeric_limits<qint32>::max() * qint64(1024);
    NARU_ASSIGN(const auto reader, archive::ZipReader::open(path, limits));
    if (reader->count() != qint64(m_files.size()))
        return base::Error(errors::ExportMismatch);
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        if (work.stopRequested())
            return base::Error(base::errors::Stopped);
        NARU_ASSIGN(const auto bytes, reader->read(qint64(i)));
        if (!bytes || base::sha256(*bytes) != m_files[i].sha256)
            return base::Error(errors::ExportMismatch);
    }
    return {};
}

ExportReport ImageExport::report(const QString &path) const
{
    ExportReport out;
    out.path = path;
    out.instances = int(m_files.size()) - 1;
    out.bytes = m_study.bytes;
    out.directory = true;
    return out;
}

} // namespace naru::services
