#include "core/ihe/iti41/Iti41.h"

#include "core/base/Digest.h"
#include "core/base/Oid.h"
#include "core/ihe/Errors.h"
#include "core/ihe/ebxml/EbXml.h"
#include "core/ihe/metadata/MetadataRules.h"
#include "core/ihe/soap/Namespaces.h"

namespace naru::ihe {

namespace {
base::Error metadataError(const QString &field, const QString &what)
{
    return base::Error(errors::Metadata, field + QLatin1Char(' ') + what,
        {{QStringLiteral("field"), field}, {QStringLiteral("what"), what}});
}

// Fills hash and size; contradicts when the caller's do not fit the bytes.
base::Status completeItem(Submission::Item &item)
{
    DocumentEntry &entry = item.entry;
    if (entry.entryUuid.isEmpty())
        entry.entryUuid = base::newUuidUrn();
    if (entry.uniqueId.isEmpty())
        entry.uniqueId = base::Oid::fromNewUuid().text();
    const QString hash = base::sha1Hex(item.bytes);
    if (!entry.hash.isEmpty() && entry.hash.compare(hash, Qt::CaseInsensitive) != 0)
        return metadataError(QStringLiteral("hash"), QStringLiteral("does not fit the document"));
    if (entry.size && *entry.size != item.bytes.size())
        return metadataError(QStringLiteral("size"), QStringLiteral("does not fit the document"));
    if (item.bytes.isEmpty())
        return metadataError(QStringLiteral("document"), QStringLiteral("is empty"));
    entry.hash = hash;
    entry.size = item.bytes.size();
    return {};
}

Association link(Association::Type type, const QString &source, const QString &target)
{
    Association out;
    out.entryUuid = base::newUuidUrn();
    out.type = type;
    out.source = source;
    out.target = target;
    return out;
}

RegistryContent contentOf(const Submission &submission)
{
    RegistryContent out;
    out.submissionSets.push_back(submission.set);
    for (const Submission::Item &item : submission.items) {
        out.documents.push_back(item.entry);
        out.associations.push_back(
            link(Association::Type::HasMember, submission.set.entryUuid, item.entry.entryUuid));
        if (!item.replaces.isEmpty())
            out.associations.push_back(link(Association::Type::Replace, item.entry.entryUuid, item.replaces));
        if (!item.appendsTo.isEmpty())
            out.associations.push_back(link(Association::Type::Append, item.entry.entryUuid, item.appendsTo));
    }
    return out;
}

QByteArray requestBody(const FrozenSubmission &frozen, const QByteArray &submitObjects)
{
    QByteArray out = QByteArray("<xdsb:ProvideAndRegisterDocumentSetRequest xmlns:xdsb=\"") + ns::xds + "\">"
        + submitObjects;
    for (std::size_t i = 0; i < frozen.entries.size(); ++i)
        out += "<xdsb:Document id=\"" + frozen.entries[i].entryUuid.toUtf8() + "\"><xop:Include xmlns:xop=\""
            + ns::xop + "\" href=\"cid:" + frozen.attachments[i].contentId + "\"/></xdsb:Document>";
    return out + "</xdsb:ProvideAndRegisterDocumentSetRequest>";
}
} // namespace

void completeSet(SubmissionSet &set)
{
    if (set.entryUuid.isEmpty())
        set.entryUuid = base::newUuidUrn();
    if (set.uniqueId.isEmpty())
        set.uniqueId = base::Oid::fromNewUuid().text();
}

base::Result<FrozenSubmission> prepare(Submission submission)
{
    completeSet(submission.set);
    for (Submission::Item &item : submission.items)
        NARU_TRY(completeItem(item));
    if (submission.items.empty())
        return metadataError(QStringLiteral("document"), QStringLiteral("is missing"));
    const RegistryContent content = contentOf(submission);
    NARU_TRY(requireValidSubmission(content));
    FrozenSubmission out;
    out.submissionSetUniqueId = submission.set.uniqueId;
    out.submissionSetUuid = submission.set.entryUuid;
    out.sourceId = submission.set.sourceId;
    out.patientId = submission.set.patientId;
    out.boundary = net::freshBoundary();
    for (std::size_t i = 0; i < submission.items.size(); ++i) {
        const DocumentEntry &entry = submission.items[i].entry;
        out.entries.push_back({entry.entryUuid, entry.uniqueId, entry.hash, *entry.size});
        out.attachments.push_back({"document" + QByteArray::number(qulonglong(i) + 1) + "@naru",
            entry.mimeType.toLatin1(), submission.items[i].bytes});
    }
    out.body = requestBody(out, writeSubmitObjects(content));
    return out;
}

} // namespace naru::ihe
