#include "core/storage/stores/FrozenBytes.h"

#include <QDataStream>
#include <QIODevice>

namespace naru::storage {

namespace {
constexpr quint32 magic = 0x4E465A31; // "NFZ1"
constexpr quint32 documentLimit = 10'000;
} // namespace

// A data stream, not JSON: documents are megabytes of bytes that have to come back exactly.
QByteArray frozenToBytes(const FrozenSubmission &submission)
{
    QByteArray out;
    QDataStream stream(&out, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_4);
    stream << magic << submission.submitObjectsRequest << submission.boundary
           << submission.submissionSetUniqueId << submission.submissionSetUuid << submission.folderUniqueId
           << submission.bodySha256 << submission.repository << submission.facts
           << quint32(submission.documents.size());
    for (const FrozenDocument &each : submission.documents)
        stream << each.documentUniqueId << each.entryUuid << each.mimeType << each.contentId << each.bytes
               << each.sha1 << each.size;
    return out;
}

base::Result<FrozenSubmission> frozenFromBytes(const QByteArray &bytes)
{
    QDataStream stream(bytes);
    stream.setVersion(QDataStream::Qt_6_4);
    FrozenSubmission out;
    quint32 start = 0, count = 0;
    stream >> start >> out.submitObjectsRequest >> out.boundary >> out.submissionSetUniqueId
        >> out.submissionSetUuid >> out.folderUniqueId >> out.bodySha256 >> out.repository >> out.facts
        >> count;
    bool good = stream.status() == QDataStream::Ok && start == magic && count <= documentLimit;
    for (quint32 i = 0; good && i < count; ++i) {
        FrozenDocument each;
        stream >> each.documentUniqueId >> each.entryUuid >> each.mimeType >> each.contentId >> each.bytes
            >> each.sha1 >> each.size;
        good = stream.status() == QDataStream::Ok;
        out.documents.push_back(std::move(each));
    }
    if (!good || !stream.atEnd())
        return base::Error(errors::Broken, {}, {{QStringLiteral("what"), QStringLiteral("outbox payload")}});
    return out;
}

} // namespace naru::storage
