#include "core/terminology/importers/ZipArchive.h"

#include "core/base/Errors.h"
#include "core/terminology/Errors.h"

#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <zip.h>

namespace naru::terminology::importing {

namespace {
// Names are only looked up, never used as paths; an archive with such a name is still not what it claims to
// be.
bool isHarmlessName(const QString &name)
{
    if (name.isEmpty() || name.startsWith(u'/') || name.contains(u'\\') || name.contains(u':'))
        return false;
    const auto parts = name.split(u'/');
    return !parts.contains(QLatin1String("..")) && !parts.contains(QLatin1String("."));
}

base::Error tooLarge(const QString &file, const QString &what)
{
    return workbookError(errors::ImportWorkbookTooLarge, file, what);
}
} // namespace

base::Error workbookError(
    const base::ErrorCode &code, const QString &file, const QString &what, qint64 row, const QString &column)
{
    return base::Error(code, what,
        {{QStringLiteral("file"), file}, {QStringLiteral("what"), what},
            {QStringLiteral("row"), QString::number(row)}, {QStringLiteral("column"), column}});
}

void ZipEntry::Closer::operator()(zip_file *file) const
{
    zip_fclose(file);
}
void ZipArchive::Closer::operator()(zip *archive) const
{
    zip_discard(archive);
}

base::Result<qint64> ZipEntry::read(char *target, qint64 room)
{
    const zip_int64_t got = zip_fread(m_file.get(), target, zip_uint64_t(room));
    if (got < 0) {
        const QString why = QString::fromUtf8(zip_error_strerror(zip_file_get_error(m_file.get())));
        return workbookError(errors::ImportWorkbook, m_archive, m_name + QStringLiteral(": ") + why);
    }
    m_read += got;
    if (m_read > m_size)
        return tooLarge(m_archive, m_name + QStringLiteral(" holds more than it declares"));
    if (got == 0 && m_read < m_size)
        return workbookError(errors::ImportWorkbook, m_archive, m_name + QStringLiteral(" ends early"));
    return qint64(got);
}

base::Result<QByteArray> ZipEntry::readAll(qint64 limit)
{
    if (m_size > limit)
        return tooLarge(m_archive, m_name);
    QByteArray out(m_size + 1, Qt::Uninitialized); // one more: the read that meets the end checks the sum
    qint64 at = 0;
    for (;;) {
        NARU_ASSIGN(const qint64 got, read(out.data() + at, out.size() - at));
        if (got == 0)
            break;
        at += got;
    }
    out.resize(at);
    return out;
}

base::Result<std::unique_ptr<ZipArchive>> ZipArchive::open(const QString &path)
{
    auto archive = std::make_unique<ZipArchive>();
    archive->m_fileName = QFileInfo(path).fileName();
    int code = 0;
    archive->m_zip.reset(zip_open(QFile::encodeName(path).constData(), ZIP_RDONLY, &code));
    if (!archive->m_zip) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        const QString why = QString::fromUtf8(zip_error_strerror(&error));
        zip_error_fini(&error);
        return workbookError(errors::ImportWorkbook, archive->m_fileName, why);
    }
    NARU_TRY(archive->check());
    return archive;
}

base::Status ZipArchive::check() const
{
    const zip_int64_t count = zip_get_num_entries(m_zip.get(), 0);
    if (count > MaxEntries)
        return tooLarge(m_fileName, QStringLiteral("%1 entries").arg(count));
    qint64 total = 0;
    QSet<QString> seen;
    for (zip_int64_t i = 0; i < count; ++i) {
        zip_stat_t stat;
        zip_stat_init(&stat);
        constexpr auto needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
        if (zip_stat_index(m_zip.get(), zip_uint64_t(i), 0, &stat) != 0 || (stat.valid & needed) != needed)
            return workbookError(errors::ImportWorkbook, m_fileName, QStringLiteral("an entry has no size"));
        const QString name = QString::fromUtf8(stat.name);
        if (!isHarmlessName(name) || seen.contains(name.toLower()))
            return workbookError(errors::ImportWorkbook, m_fileName,
                QStringLiteral("an entry with a name that is not allowed"));
        seen.insert(name.toLower());
        if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
            return workbookError(errors::ImportOldExcel, m_fileName, QStringLiteral("encrypted"));
        if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE)
            return workbookError(
                errors::ImportWorkbook, m_fileName, name + QStringLiteral(": packing method"));
        if (stat.size > zip_uint64_t(MaxUnpackedBytes) || (total += qint64(stat.size)) > MaxUnpackedBytes)
            return tooLarge(m_fileName, name);
        if (qint64(stat.size) > RatioFreeBytes && qint64(stat.size) / MaxRatio > qint64(stat.comp_size))
            return tooLarge(m_fileName, name);
    }
    return {};
}

bool ZipArchive::contains(const QString &name) const
{
    return zip_name_locate(m_zip.get(), name.toUtf8().constData(), ZIP_FL_ENC_UTF_8) >= 0;
}

base::Result<std::unique_ptr<ZipEntry>> ZipArchive::entry(const QString &name) const
{
    // Some writers differ in case between a relation and the entry.
    const zip_int64_t index =
        zip_name_locate(m_zip.get(), name.toUtf8().constData(), ZIP_FL_ENC_UTF_8 | ZIP_FL_NOCASE);
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (index < 0 || zip_stat_index(m_zip.get(), zip_uint64_t(index), 0, &stat) != 0)
        return workbookError(errors::ImportWorkbook, m_fileName, name + QStringLiteral(" is missing"));
    auto entry = std::make_unique<ZipEntry>();
    entry->m_archive = m_fileName;
    entry->m_name = name;
    entry->m_size = qint64(stat.size);
    entry->m_file.reset(zip_fopen_index(m_zip.get(), zip_uint64_t(index), 0));
    if (!entry->m_file)
        return workbookError(errors::ImportWorkbook, m_fileName,
            name + QStringLiteral(": ") + QString::fromUtf8(zip_error_strerror(zip_get_error(m_zip.get()))));
    return entry;
}

} // namespace naru::terminology::importing
