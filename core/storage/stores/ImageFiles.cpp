// The half of ImageStore that touches files.
#include "core/base/Digest.h"
#include "core/base/Errors.h"
#include "core/storage/stores/ImageStore.h"
#include "core/storage/stores/OrphanFiles.h"

#include <QBuffer>
#include <QDir>
#include <QRegularExpression>
#include <QSet>
#include <QUuid>
#include <QtEndian>

#include <fcntl.h>
#include <unistd.h>

namespace naru::storage {

using security::Purpose;

namespace {
constexpr qint64 fileLimit = qint64(4) * 1024 * 1024 * 1024;

base::Error io(const char *step)
{
    return base::Error(base::errors::Io, QStringLiteral("%1: errno %2").arg(QLatin1String(step)).arg(errno),
        {{QStringLiteral("what"), QStringLiteral("images")}});
}

security::SealPlace filePlace(const QString &key)
{
    return {QStringLiteral("image_instance"), key, QStringLiteral("file")};
}

// A file of our own naming, "ab/0123...": whatever a touched database says, nothing outside is read or
// removed.
bool isOurName(const QString &file)
{
    static const QRegularExpression ours(QStringLiteral("\\A[0-9a-f]{2}/[0-9a-f]{32}\\z"));
    return ours.match(file).hasMatch();
}

// Where the data set begins (PS3.10 7.1), and its transfer syntax; 0 where that cannot be told. Who wrote the
// file and who sent it stands before, and is another each time one image comes by another way.
qsizetype dataSetOf(const QByteArray &bytes, QByteArray &syntax)
{
    constexpr qsizetype Head = 132, Group = 12;
    if (bytes.size() < Head + Group || QByteArrayView(bytes).sliced(128, 4) != QByteArrayView("DICM")
        || QByteArrayView(bytes).sliced(Head, 8) != QByteArrayView("\2\0\0\0UL\4\0", 8))
        return 0;
    const char *const data = bytes.constData();
    const qint64 end = Head + Group + qint64(qFromLittleEndian<quint32>(data + Head + 8));
    if (end >= bytes.size())
        return 0;
    for (qint64 at = Head + Group; at + 12 <= end;) {
        const bool wide = QByteArrayView(data + at + 4, 2) == QByteArrayView("OB");
        const qint64 size = wide ? qint64(qFromLittleEndian<quint32>(data + at + 8))
                                 : qint64(qFromLittleEndian<quint16>(data + at + 6));
        const qint64 value = at + (wide ? 12 : 8);
        if (size > end - value)
            return 0;
        if (QByteArrayView(data + at, 4) == QByteArrayView("\2\0\x10\0", 4))
            syntax = bytes.mid(value, size);
        at = value + size;
    }
    return syntax.isEmpty() ? 0 : qsizetype(end);
}
} // namespace

QString ImageStore::path(const QString &file) const
{
    return m_database->folder() + QStringLiteral("/images/") + file;
}

QByteArray ImageStore::digestOf(const QByteArray &bytes) const
{
    QByteArray syntax;
    const qsizetype begin = dataSetOf(bytes, syntax);
    if (begin == 0)
        return digestOfFile(bytes);
    const QByteArray set = QByteArray::fromRawData(bytes.constData() + begin, bytes.size() - begin);
    return m_sealer->blindIndex(QStringLiteral("image.dataSet"),
        QString::fromLatin1(syntax).remove(QChar(0)) + QLatin1Char(' ') + base::sha256Hex(set));
}

QByteArray ImageStore::digestOfFile(const QByteArray &bytes) const
{
    return m_sealer->blindIndex(QStringLiteral("image.bytes"), base::sha256Hex(bytes));
}

base::Result<StagedImage> ImageStore::stage(const QByteArray &bytes)
{
    StagedImage out;
    out.key = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const QString shelf = QStringLiteral("%1").arg(m_shelf.load(), 2, 16, QLatin1Char('0'));
    out.file = shelf + QLatin1Char('/') + QString::fromLatin1(base::randomBytes(16).toHex());
    out.bytes = bytes.size();
    out.digest = digestOf(bytes);
    if (!QDir().mkpath(path(shelf)))
        return io("mkpath");
    const int fd = ::open(QFile::encodeName(path(out.file)).constData(),
        O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    QFile file;
    if (fd < 0 || !file.open(fd, QIODevice::WriteOnly | QIODevice::Unbuffered, QFileDevice::AutoCloseHandle))
        return io("create");
    QByteArray source = QByteArray::fromRawData(bytes.constData(), bytes.size());
    QBuffer in(&source);
    in.open(QIODevice::ReadOnly);
    const base::Status written = m_sealer->sealStream(Purpose::Images, filePlace(out.key), in, file);
    if (!written) {
        const bool full = errno == ENOSPC || errno == EDQUOT;
        drop(out);
        return full ? base::Error(errors::Full).because(written.error()) : written.error();
    }
    // Begins to write, so that the fsync of a whole batch finds little left to do.
    (void)::sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
    return out;
}

void ImageStore::drop(const StagedImage &staged)
{
    if (isOurName(staged.file))
        QFile::remove(path(staged.file));
}

base::Status ImageStore::sync(const std::vector<StagedImage> &staged) const
{
    QSet<QString> shelves;
    for (const StagedImage &each : staged) {
        const int fd =
            ::open(QFile::encodeName(path(each.file)).constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
        // A failed fsync is never retried: the kernel may have dropped the pages.
        const bool good = fd >= 0 && ::fsync(fd) == 0;
        const base::Error error = io("fsync");
        if (fd >= 0)
            ::close(fd);
        if (!good)
            return error;
        shelves.insert(path(each.file.left(2)));
    }
    for (const QString &shelf : shelves)
        NARU_TRY(security::syncFolder(shelf));
    if (staged.empty())
        return {};
    NARU_TRY(security::syncFolder(path({})));
    return security::syncFolder(m_database->folder());
}

base::Result<QByteArray> ImageStore::bytes(const QString &instanceKey) const
{
    QString file;
    {
        NARU_ASSIGN(Statement row, m_database->prepare("SELECT file FROM image_instance WHERE key = ?"));
        NARU_ASSIGN(const bool found, row.bindAll(instanceKey).step());
        if (!found)
            return base::Error(errors::NotFound);
        file = row.text(0);
    }
    if (!isOurName(file))
        return base::Error(errors::Broken, {}, {{QStringLiteral("what"), QStringLiteral("image file")}});
    NARU_ASSIGN(const QByteArray blob, security::readFile(path(file), fileLimit));
    return m_sealer->openChunks(Purpose::Images, filePlace(instanceKey), blob);
}

base::Status ImageStore::removeStudy(const QString &studyKey)
{
    return m_database->inTransaction([&]() -> base::Status {
        QStringList files;
        {
            NARU_ASSIGN(
                Statement row, m_database->prepare("SELECT file FROM image_instance WHERE study_key = ?"));
            row.bindAll(studyKey);
            for (;;) {
                NARU_ASSIGN(const bool more, row.step());
                if (!more)
                    break;
                if (isOurName(row.text(0)))
                    files.append(path(row.text(0)));
            }
        }
        NARU_ASSIGN(Statement gone, m_database->prepare("DELETE FROM image_study WHERE key = ?"));
        NARU_TRY(gone.bindAll(studyKey).run());
        if (m_database->changes() == 0)
            return base::Error(errors::NotFound);
        m_database->afterCommit([files] {
            for (const QString &file : files)
                QFile::remove(file);
        });
        return {};
    });
}

base::Result<int> ImageStore::sweepOrphans(int olderThanSeconds)
{
    return removeOrphans(*m_database, "SELECT file FROM image_instance", path({}), olderThanSeconds);
}

} // namespace naru::storage
