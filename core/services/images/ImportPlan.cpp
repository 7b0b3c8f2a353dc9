#include "core/services/images/ImportPlan.h"

#include "core/base/Errors.h"
#include "core/services/Errors.h"
#include "core/services/images/ImageIntake.h"

#include <QDirIterator>
#include <QFileInfo>

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace naru::services {

namespace {
constexpr qint64 mostBytes = 2LL * 1024 * 1024 * 1024 - 1; // of one instance
constexpr qsizetype headSize = 256;
constexpr std::size_t mostItems = 2'000'000;

bool isArchive(const QString &path)
{
    QFile file(path);
    // A pipe that is named would hold us for ever.
    return QFileInfo(path).isFile() && file.open(QIODevice::ReadOnly)
        && file.read(4) == QByteArray("PK\x03\x04", 4);
}

base::Error io(const char *step)
{
    return base::Error(base::errors::Io, QStringLiteral("%1: errno %2").arg(QLatin1String(step)).arg(errno),
        {{QStringLiteral("what"), QStringLiteral("image file")}});
}

struct Descriptor {
    int fd = -1;
    ~Descriptor()
    {
        if (fd >= 0)
            ::close(fd);
    }
};

bool readAll(int fd, char *target, qsizetype room, qint64 from)
{
    for (qsizetype at = 0; at < room;) {
        const ssize_t got = ::pread(fd, target + at, std::size_t(room - at), off_t(from + at));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += got;
    }
    return true;
}

base::Result<std::optional<QByteArray>> readFile(const QString &path)
{
    // O_NONBLOCK: a pipe must not hold us.
    const Descriptor file{::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    struct stat status { };
    if (file.fd < 0 || ::fstat(file.fd, &status) != 0)
        return io("open");
    if (!S_ISREG(status.st_mode))
        return std::optional<QByteArray>();
    QByteArray bytes(qMin<qsizetype>(status.st_size, headSize), Qt::Uninitialized);
    if (!readAll(file.fd, bytes.data(), bytes.size(), 0))
        return io("read");
    if (!mayBeDicom(bytes))
        return std::optional<QByteArray>();
    if (status.st_size > mostBytes)
        return base::Error(
            base::errors::TooLarge, {}, {{QStringLiteral("what"), QStringLiteral("image file")}});
    const qsizetype head = bytes.size();
    bytes.resize(qsizetype(status.st_size));
    if (!readAll(file.fd, bytes.data() + head, bytes.size() - head, head))
        return io("read");
    return std::optional(std::move(bytes));
}
} // namespace

QString discPlace(const QString &path)
{
    QStringList parts = path.toLower().split(QLatin1Char('/'), Qt::SkipEmptyParts);
    for (QString &part : parts) {
        part = part.section(QLatin1Char(';'), 0, 0);
        while (part.endsWith(QLatin1Char('.')))
            part.chop(1);
    }
    return parts.join(QLatin1Char('/'));
}

base::Result<ImportPlan> ImportPlan::make(const QStringList &paths, const base::WorkContext &work)
{
    ImportPlan plan;
    for (const QString &path : paths) {
        const QFileInfo info(path);
        if (!info.exists())
            return base::Error(errors::NoPath);
        const QString absolute = info.absoluteFilePath();
        if (info.isDir())
            plan.addFolder(absolute, work);
        else if (info.fileName().compare(QLatin1String("DICOMDIR"), Qt::CaseInsensitive) == 0)
            plan.addFolder(info.absolutePath(), work); // who opens the index of a disc means the disc
        else if (isArchive(absolute))
            plan.addArchive(absolute);
        else
            plan.addFile(absolute);
    }
    return plan;
}

void ImportPlan::add(ImportItem item)
{
    // Nobody gains by looking twice at a file that two of the paths cover.
    if (item.archive < 0 && m_paths.contains(item.path))
        return;
    if (item.archive < 0)
        m_paths.insert(item.path);
    m_places.insert(item.place);
    m_items.push_back(std::move(item));
}

void ImportPlan::addFile(const QString &path)
{
    add({path, QFileInfo(path).fileName(), discPlace(path), -1, -1});
}

void ImportPlan::addFolder(const QString &folder, const base::WorkContext &work)
{
    const QDir root(folder);
    QStringList found;
    QDirIterator it(folder, QDir::Files | QDir::Hidden | QDir::NoSymLinks, QDirIterator::Subdirectories);
    while (it.hasNext() && m_items.size() + std::size_t(found.size()) < mostItems && !work.stopRequested()) {
        found.append(it.next());
        if (found.size() % 1000 == 0)
            work.report("list", found.size());
    }
    found.sort(); // neighbours on the disc are neighbours in the store
    for (const QString &path : found)
        add({path, root.relativeFilePath(path), discPlace(path), -1, -1});
}

void ImportPlan::addArchive(const QString &path)
{
    const QString name = QFileInfo(path).fileName();
    auto reader = archive::ZipReader::open(path);
    if (!reader) {
        m_faults.emplace_back(name, reader.error());
        return;
    }
    const int number = int(m_archives.size());
    for (qint64 entry = 0; entry < (*reader)->count(); ++entry) {
        const QString inside = (*reader)->name(entry);
        if (inside.endsWith(QLatin1Char('/')))
            continue;
        add({path, name + QLatin1Char('#') + QString::number(entry + 1),
            discPlace(path) + QLatin1Char('/') + discPlace(inside), number, entry});
    }
    m_archives.push_back({std::move(*reader)});
}

base::Result<std::optional<QByteArray>> ImportPlan::read(const ImportItem &item) const
{
    if (item.archive < 0)
        return readFile(item.path);
    const Archive &from = m_archives[std::size_t(item.archive)];
    const std::lock_guard lock(*from.mutex);
    return from.reader->read(item.entry, mayBeDicom);
}

} // namespace naru::services
