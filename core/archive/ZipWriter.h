// A new archive. Entries are made when their turn comes, so that one is in memory at a time.
#pragma once

#include "core/base/Result.h"
#include "core/base/WorkContext.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <vector>

namespace naru::archive {

struct ZipPart {
    QString name{}; // ASCII, '/' between folders
    std::function<base::Result<QByteArray>()> make{};
};

// The file must not exist yet. Durable when it returns; what `make` refuses is returned as it is, and no file
// is left. base.Stopped, archive.WriteFailed.
base::Status writeZip(
    const QString &path, const std::vector<ZipPart> &parts, const base::WorkContext &work = {});

} // namespace naru::archive
