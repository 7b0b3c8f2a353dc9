#include "ui/pages/documents/LoadedDocument.h"

#include "core/base/Digest.h"
#include "core/services/RecordService.h"

namespace naru::ui {

base::Result<LoadedDocument> loadDocument(
    services::Profile &profile, const QString &id, const QByteArray &loose)
{
    LoadedDocument loaded;
    if (loose.isEmpty()) {
        NARU_ASSIGN(loaded.stored, profile.records().stored(id));
    } else {
        loaded.stored.bytes = loose;
        loaded.stored.sha256 = base::sha256Hex(loose);
    }
    auto read = loose.isEmpty() ? profile.records().read(id) : services::readBytes(loose);
    if (!read) {
        loaded.readable = false;
        loaded.why = read.error();
        return loaded;
    }
    loaded.read = std::move(*read);
    loaded.problems = services::checkBytes(loaded.stored.bytes);
    return loaded;
}

} // namespace naru::ui
