#include "core/terminology/ReleaseList.h"

#include "core/terminology/Errors.h"
#include "core/terminology/WholeFile.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <atomic>

#include <sys/stat.h>
#include <unistd.h>

namespace naru::terminology {

namespace {
constexpr qint64 maxListBytes = 1024 * 1024;

QJsonObject toJson(const Release &release)
{
    return {{QStringLiteral("id"), release.id}, {QStringLiteral("master"), release.master},
        {QStringLiteral("systems"), QJsonArray::fromStringList(release.systems)},
        {QStringLiteral("title"), release.meta.title}, {QStringLiteral("version"), release.meta.version},
        {QStringLiteral("source"), release.meta.source},
        {QStringLiteral("validFrom"), release.meta.validFrom.toString(Qt::ISODate)},
        {QStringLiteral("validTo"), release.meta.validTo.toString(Qt::ISODate)},
        {QStringLiteral("terms"), release.terms},
        {QStringLiteral("installed"), release.installed.toString(Qt::ISODateWithMs)},
        {QStringLiteral("current"), release.current}};
}

Release fromJson(const QJsonObject &object)
{
    Release release;
    const auto text = [&object](const char *name) { return object[QLatin1String(name)].toString(); };
    release.id = text("id");
    release.master = text("master");
    for (const QJsonValue &system : object[QLatin1String("systems")].toArray())
        release.systems.append(system.toString());
    release.meta.title = text("title");
    release.meta.version = text("version");
    release.meta.source = text("source");
    release.meta.validFrom = QDate::fromString(text("validFrom"), Qt::ISODate);
    release.meta.validTo = QDate::fromString(text("validTo"), Qt::ISODate);
    release.terms = object[QLatin1String("terms")].toInt();
    release.installed = QDateTime::fromString(text("installed"), Qt::ISODateWithMs).toUTC();
    release.current = object[QLatin1String("current")].toBool();
    return release;
}

// An id becomes a file name: nothing that could lead out of the folder.
bool validId(const QString &id)
{
    return !id.isEmpty() && id.size() <= 120 && std::all_of(id.begin(), id.end(), [](QChar c) {
        return c == u'-' || c == u'_' || (c.unicode() < 0x80 && c.isLetterOrNumber());
    });
}
} // namespace

base::Result<std::vector<Release>> ReleaseList::read(const QString &path)
{
    QFile file(path);
    std::vector<Release> out;
    if (!file.exists())
        return out;
    const base::Error damaged(
        errors::ReleasesDamaged, {}, {{QStringLiteral("file"), QFileInfo(path).fileName()}});
    if (!file.open(QIODevice::ReadOnly) || file.size() > maxListBytes)
        return damaged;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    if (!document.isObject() || !document.object()[QLatin1String("releases")].isArray())
        return damaged;
    for (const QJsonValue &value : document.object()[QLatin1String("releases")].toArray()) {
        Release release = fromJson(value.toObject());
        if (!validId(release.id) || release.master.isEmpty())
            return damaged;
        out.push_back(std::move(release));
    }
    return out;
}

base::Status ReleaseList::write(const QString &path, const std::vector<Release> &releases)
{
    QJsonArray rows;
    for (const Release &release : releases)
        rows.append(toJson(release));
    const QJsonObject root{{QStringLiteral("format"), 1}, {QStringLiteral("releases"), rows}};
    return replaceFile(path, QJsonDocument(root).toJson());
}

base::Status ReleaseList::replaceFile(const QString &path, const QByteArray &bytes)
{
    return terminology::replaceFile(
        path, [&bytes](int file) { return writeAll(file, bytes.constData(), std::size_t(bytes.size())); });
}

QString ReleaseList::newId(const QString &master, const QDateTime &now)
{
    static std::atomic<int> counter{0};
    QString safe;
    for (const QChar c : master.left(40)) {
        if (c == u'-' || (c.unicode() < 0x80 && c.isLetterOrNumber()))
            safe += c;
    }
    return QStringLiteral("%1-%2-%3-%4")
        .arg(safe, now.toUTC().toString(QStringLiteral("yyyyMMdd'T'HHmmsszzz")))
        .arg(::getpid())
        .arg(++counter);
}

QStringList ReleaseList::replace(std::vector<Release> &releases, const Release &release)
{
    QStringList dropped;
    std::erase_if(releases, [&](Release &old) {
        if (old.master != release.master)
            return false;
        if (!old.current) {
            dropped.append(old.id);
            return true;
        }
        old.current = false;
        return false;
    });
    releases.push_back(release);
    return dropped;
}

QByteArray ReleaseList::stamp(const QString &path)
{
    struct stat info { };
    if (::stat(QFile::encodeName(path).constData(), &info) != 0)
        return {};
    return QByteArray::number(qlonglong(info.st_ino)) + '-' + QByteArray::number(qlonglong(info.st_size))
        + '-' + QByteArray::number(qlonglong(info.st_mtim.tv_sec)) + '-'
        + QByteArray::number(qlonglong(info.st_mtim.tv_nsec));
}

} // namespace naru::terminology
