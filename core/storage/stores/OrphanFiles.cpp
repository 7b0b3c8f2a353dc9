#include "core/storage/stores/OrphanFiles.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QSet>

namespace naru::storage {

base::Result<int> removeOrphans(
    Database &database, const char *query, const QString &folder, int olderThanSeconds)
{
    QSet<QString> named;
    {
        NARU_ASSIGN(Statement row, database.prepare(query));
        for (;;) {
            NARU_ASSIGN(const bool more, row.step());
            if (!more)
                break;
            named.insert(row.text(0));
        }
    }
    int gone = 0;
    const QDateTime limit = QDateTime::currentDateTimeUtc().addSecs(-olderThanSeconds);
    const QDir root(folder);
    QDirIterator it(root.path(), QDir::Files | QDir::Hidden | QDir::NoSymLinks, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QFileInfo file(it.next());
        if (!named.contains(root.relativeFilePath(file.filePath())) && file.lastModified() <= limit
            && QFile::remove(file.filePath()))
            ++gone;
    }
    return gone;
}

} // namespace naru::storage
