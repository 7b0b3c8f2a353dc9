// Document bytes as files below DATA/documents, named by hash, never by anything a client chose; the table
// `blob` says which repository holds which uniqueId.
#pragma once

#include "app/practice/db/Database.h"

#include <optional>

namespace naru::practice {

struct Blob {
    QString repository{}, uniqueId{}, mimeType{}, hash{}; // SHA-1, hex
    qint64 size = 0;
    QString file{};
};

class Blobs {
public:
    Blobs(Database &db, QString folder);
    std::optional<Blob> find(const QString &repository, const QString &uniqueId) const;
    std::optional<QByteArray> read(const Blob &blob) const;
    // Written and flushed before the row. Throws DatabaseFailure when the disk refuses. `durable` false skips
    // the flush (first seeding only).
    void put(const QString &repository, const QString &uniqueId, const QString &mimeType,
        const QByteArray &bytes, const QString &hash, bool durable = true);
    void remove(const QString &repository, const QString &uniqueId);

private:
    Database &m_db;
    QString m_folder;
};

} // namespace naru::practice
