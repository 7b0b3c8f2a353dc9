#include "core/archive/ZipReader.h"

#include "core/archive/Errors.h"
#include "core/base/Errors.h"

#include <QFile>
#include <QFileInfo>

#include <zip.h>

#include <array>

namespace naru::archive {

namespace {
constexpr qsizetype pieceSize = 256 * 1024;
constexpr qsizetype headSize = 256;

struct FileCloser {
    void operator()(zip_file *file) const { zip_fclose(file); }
};
using Entry = std::unique_ptr<zip_file, FileCloser>;

base::Error tooLarge(const char *what)
{
    return base::Error(errors::TooLarge, {}, {{QStringLiteral("what"), QLatin1String(what)}});
}

base::Error openFault(int code, const QString &path)
{
    if (code == ZIP_ER_NOENT || code == ZIP_ER_OPEN || code == ZIP_ER_READ)
        return base::Error(
            base::errors::Io, QStringLiteral("zip %1").arg(code), {{QStringLiteral("what"), path}});
    return base::Error(errors::Broken, QStringLiteral("zip %1").arg(code));
}

// Fills `room`, less only at the end of the entry.
base::Result<qsizetype> fill(zip_file *file, char *target, qsizetype room)
{
    qsizetype have = 0;
    while (have < room) {
        const zip_int64_t got = zip_fread(file, target + have, zip_uint64_t(room - have));
        if (got < 0)
            return base::Error(errors::Broken, QStringLiteral("unpacking"));
        if (got == 0)
            break;
        have += qsizetype(got);
    }
    return have;
}
} // namespace

void ZipReader::Closer::operator()(zip *archive) const
{
    zip_discard(archive);
}

base::Result<std::unique_ptr<ZipReader>> ZipReader::open(const QString &path, const ZipLimits &limits)
{
    int code = 0;
    auto out = std::make_unique<ZipReader>();
    out->m_limits = limits;
    out->m_zip.reset(zip_open(QFile::encodeName(path).constData(), ZIP_RDONLY, &code));
    if (!out->m_zip)
        return openFault(code, QFileInfo(path).fileName());
    out->m_count = zip_get_num_entries(out->m_zip.get(), 0);
    if (out->m_count > limits.entries)
        return base::Error(errors::TooMany, {},
            {{QStringLiteral("count"), QString::number(out->m_count)},
                {QStringLiteral("most"), QString::number(limits.entries)}});
    return out;
}

QString ZipReader::name(qint64 index) const
{
    const char *name = index < 0 ? nullptr : zip_get_name(m_zip.get(), zip_uint64_t(index), ZIP_FL_ENC_GUESS);
    return name ? QString::fromUtf8(name).left(4096) : QString();
}

base::Result<std::optional<QByteArray>> ZipReader::read(qint64 index, const Wanted &wanted)
{
    zip_stat_t facts;
    zip_stat_init(&facts);
    if (index < 0 || zip_stat_index(m_zip.get(), zip_uint64_t(index), 0, &facts) != 0)
        return base::Error(errors::Broken, QStringLiteral("entry"));
    if ((facts.valid & ZIP_STAT_NAME) && QByteArrayView(facts.name).endsWith('/'))
        return std::optional<QByteArray>();
    if ((facts.valid & ZIP_STAT_ENCRYPTION_METHOD) && facts.encryption_method != ZIP_EM_NONE)
        return errors::Encrypted;
    const Entry file(zip_fopen_index(m_zip.get(), zip_uint64_t(index), 0));
    if (!file)
        return base::Error(errors::Broken, QStringLiteral("entry"));

    QByteArray bytes(headSize, Qt::Uninitialized);
    NARU_ASSIGN(qsizetype have, fill(file.get(), bytes.data(), headSize));
    if (wanted && !wanted(QByteArrayView(bytes.constData(), have)))
        return std::optional<QByteArray>();
    const qint64 packed = facts.valid & ZIP_STAT_COMP_SIZE ? qint64(facts.comp_size) : 0;
    const qint64 mostOfThis = qMin(m_limits.entryBytes, m_limits.freeBytes + packed * m_limits.ratio);
    bool atEnd = have < headSize;
    while (!atEnd) {
        const qsizetype room = qMin<qsizetype>(pieceSize + have / 2, 64 * 1024 * 1024);
        bytes.resize(have + room);
        NARU_ASSIGN(const qsizetype got, fill(file.get(), bytes.data() + have, room));
        atEnd = got < room;
        have += got;
        if (have > mostOfThis)
            return tooLarge("entry");
        if (m_total + have > m_limits.totalBytes)
            break;
    }
    m_total += have; // what was unpacked in vain counts as well
    if (m_total > m_limits.totalBytes)
        return tooLarge("total");
    bytes.resize(have);
    // libzip compares the sum at the end, and reports no size of its own that differs.
    if ((facts.valid & ZIP_STAT_SIZE) && qint64(facts.size) != have)
        return base::Error(errors::Broken, QStringLiteral("size"));
    return std::optional(std::move(bytes));
}

} // namespace naru::archive
