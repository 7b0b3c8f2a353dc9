// releases.json of a TermStore: which index files are installed. Replaced as a whole, never edited in place.
#pragma once

#include "core/terminology/TermStore.h"

namespace naru::terminology {

class ReleaseList {
public:
    // A list that is not there is an empty one; one that cannot be read is an error.
    static base::Result<std::vector<Release>> read(const QString &path);
    static base::Status write(const QString &path, const std::vector<Release> &releases);
    // Temporary name, sync, rename, sync of the folder: after a power cut either the old or the new text.
    static base::Status replaceFile(const QString &path, const QByteArray &bytes);

    // "kcd-20261122T101112345-4711": no two processes make the same.
    static QString newId(const QString &master, const QDateTime &now);
    // `release` becomes the current one of its master, the one before stays; the ids of the older ones are
    // returned and no longer in the list.
    static QStringList replace(std::vector<Release> &releases, const Release &release);

    // Changes whenever the file was replaced; empty when it is not there.
    static QByteArray stamp(const QString &path);
};

} // namespace naru::terminology
