#include "app/practice/repository/Blobs.h"

#include "core/base/Digest.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>

namespace naru::practice {

Blobs::Blobs(Database &db, QString folder)
    : m_db(db)
    , m_folder(std::move(folder))
{
    QDir().mkpath(m_folder);
}

std::optional<Blob> Blobs::find(const QString &repository, const QString &uniqueId) const
{
    auto lock = m_db.lock();
    Statement statement(
        m_db.handle(), "SELECT mime, hash, size, file FROM blob WHERE repository = ? AND unique_id = ?");
    statement.bind(1, repository).bind(2, uniqueId);
    if (!statement.step())
        return std::nullopt;
    return Blob{
        repository, uniqueId, statement.text(0), statement.text(1), statement.integer(2), statement.text(3)};
}

std::optional<QByteArray> Blobs::read(const Blob &blob) const
{
    QFile file(m_folder + QLatin1Char('/') + blob.file);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    QByteArray bytes = file.readAll();
    // A damaged file is a missing document, never a wrong one.
    return base::sha1Hex(bytes) == blob.hash ? std::optional(std::move(bytes)) : std::nullopt;
}

void Blobs::put(const QString &repository, const QString &uniqueId, const QString &mimeType,
    const QByteArray &bytes, const QString &hash, bool durable)
{
    const QString name =
        base::sha256Hex((repository + QLatin1Char('|') + uniqueId).toUtf8()) + QStringLiteral(".bin");
    const QString path = m_folder + QLatin1Char('/') + name;
    bool written = false;
    if (durable) {
        QSaveFile file(path);
        written = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
    } else {
        QFile file(path);
        written = file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(bytes) == bytes.size();
    }
    if (!written)
        throw DatabaseFailure("a document could not be written");
    auto lock = m_db.lock();
    Statement(m_db.handle(),
        "INSERT OR REPLACE INTO blob(repository, unique_id, file, mime, hash, size) VALUES(?,?,?,?,?,?)")
        .bind(1, repository)
        .bind(2, uniqueId)
        .bind(3, name)
        .bind(4, mimeType)
        .bind(5, hash)
        .bind(6, qint64(bytes.size()))
        .run();
}

void Blobs::remove(const QString &repository, const QString &uniqueId)
{
    const auto blob = find(repository, uniqueId);
    if (!blob)
        return;
    auto lock = m_db.lock();
    Statement(m_db.handle(), "DELETE FROM blob WHERE repository = ? AND unique_id = ?")
        .bind(1, repository)
        .bind(2, uniqueId)
        .run();
    QFile::remove(m_folder + QLatin1Char('/') + blob->file);
}

} // namespace naru::practice
