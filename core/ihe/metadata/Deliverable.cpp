#include "core/ihe/metadata/Deliverable.h"

namespace naru::ihe {

DeliveryCheck checkDelivery(const DocumentEntry &entry, qint64 receivedSize, const QString &sha1Hex)
{
    using Verdict = DeliveryCheck::Verdict;
    DeliveryCheck out;
    if (entry.size && *entry.size != receivedSize)
        return {Verdict::SizeDiffers, false};
    if (entry.hash.isEmpty())
        return {entry.size ? Verdict::Matches : Verdict::NothingPromised, false};
    if (entry.hash.compare(sha1Hex, Qt::CaseInsensitive) == 0)
        return {Verdict::Matches, false};
    const QByteArray raw = QByteArray::fromHex(sha1Hex.toLatin1());
    out.base64Hash = !raw.isEmpty() && entry.hash == QLatin1String(raw.toBase64());
    out.verdict = out.base64Hash ? Verdict::Matches : Verdict::HashDiffers;
    return out;
}

} // namespace naru::ihe
