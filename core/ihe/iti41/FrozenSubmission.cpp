#include "core/ihe/iti41/FrozenSubmission.h"

#include "core/base/Digest.h"
#include "core/ihe/Errors.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace naru::ihe {

namespace {
constexpr int formatVersion = 1;
constexpr qsizetype headLimit = 1024 * 1024;

base::Error damaged(const char *what)
{
    return base::Error(
        errors::Frozen, QString::fromLatin1(what), {{QStringLiteral("what"), QString::fromLatin1(what)}});
}

QJsonObject headOf(const FrozenSubmission &frozen)
{
    QJsonArray entries;
    for (const FrozenSubmission::Entry &entry : frozen.entries)
        entries.append(QJsonObject{{QStringLiteral("uuid"), entry.entryUuid},
            {QStringLiteral("uniqueId"), entry.uniqueId}, {QStringLiteral("hash"), entry.hash},
            {QStringLiteral("size"), entry.size}});
    QJsonArray attachments;
    for (const net::MtomAttachment &attachment : frozen.attachments)
        attachments.append(QJsonObject{{QStringLiteral("id"), QString::fromLatin1(attachment.contentId)},
            {QStringLiteral("type"), QString::fromLatin1(attachment.contentType)},
            {QStringLiteral("size"), attachment.bytes.size()}});
    return {{QStringLiteral("format"), formatVersion},
        {QStringLiteral("setUniqueId"), frozen.submissionSetUniqueId},
        {QStringLiteral("setUuid"), frozen.submissionSetUuid}, {QStringLiteral("sourceId"), frozen.sourceId},
        {QStringLiteral("patientRoot"), frozen.patientId.root},
        {QStringLiteral("patient"), frozen.patientId.extension}, {QStringLiteral("entries"), entries},
        {QStringLiteral("boundary"), QString::fromLatin1(frozen.boundary)},
        {QStringLiteral("body"), frozen.body.size()}, {QStringLiteral("attachments"), attachments},
        {QStringLiteral("sha256"), frozen.sha256Hex()}};
}

void readHead(const QJsonObject &head, FrozenSubmission &out)
{
    out.submissionSetUniqueId = head.value(QLatin1String("setUniqueId")).toString();
    out.submissionSetUuid = head.value(QLatin1String("setUuid")).toString();
    out.sourceId = head.value(QLatin1String("sourceId")).toString();
    out.patientId = {
        head.value(QLatin1String("patientRoot")).toString(), head.value(QLatin1String("patient")).toString()};
    out.boundary = head.value(QLatin1String("boundary")).toString().toLatin1();
    for (const QJsonValue &value : head.value(QLatin1String("entries")).toArray()) {
        const QJsonObject entry = value.toObject();
        out.entries.push_back({entry.value(QLatin1String("uuid")).toString(),
            entry.value(QLatin1String("uniqueId")).toString(), entry.value(QLatin1String("hash")).toString(),
            qint64(entry.value(QLatin1String("size")).toDouble())});
    }
}
} // namespace

QString FrozenSubmission::sha256Hex() const
{
    // Over the digests of the pieces, so that the big ones need not be joined.
    QByteArray digests = base::sha256(body) + base::sha256(boundary);
    for (const net::MtomAttachment &attachment : attachments)
        digests += base::sha256(attachment.contentId) + base::sha256(attachment.bytes);
    return base::sha256Hex(digests);
}

QByteArray FrozenSubmission::toBytes() const
{
    QByteArray out = QJsonDocument(headOf(*this)).toJson(QJsonDocument::Compact) + '\n';
    out += body;
    for (const net::MtomAttachment &attachment : attachments)
        out += attachment.bytes;
    return out;
}

base::Result<FrozenSubmission> FrozenSubmission::fromBytes(const QByteArray &bytes)
{
    const qsizetype line = bytes.indexOf('\n');
    if (line < 0 || line > headLimit)
        return damaged("no head");
    const QJsonObject head = QJsonDocument::fromJson(bytes.left(line)).object();
    if (head.value(QLatin1String("format")).toInt() != formatVersion)
        return damaged("unknown format");
    FrozenSubmission out;
    readHead(head, out);
    qsizetype at = line + 1;
    bool fits = true;
    const auto take = [&](double size) {
        const qsizetype count = size < 0 || size > double(bytes.size() - at) ? -1 : qsizetype(size);
        fits = fits && count >= 0;
        const QByteArray piece = count < 0 ? QByteArray() : bytes.mid(at, count);
        at += piece.size();
        return piece;
    };
    out.body = take(head.value(QLatin1String("body")).toDouble(-1));
    for (const QJsonValue &value : head.value(QLatin1String("attachments")).toArray()) {
        const QJsonObject item = value.toObject();
        out.attachments.push_back({item.value(QLatin1String("id")).toString().toLatin1(),
            item.value(QLatin1String("type")).toString().toLatin1(),
            take(item.value(QLatin1String("size")).toDouble(-1))});
    }
    if (!fits || at != bytes.size())
        return damaged("wrong length");
    if (head.value(QLatin1String("sha256")).toString() != out.sha256Hex())
        return damaged("wrong checksum");
    return out;
}

} // namespace naru::ihe
