#include "core/ihe/metadata/Metadata.h"

namespace naru::ihe {

namespace {
constexpr const char *statusPrefix = "urn:oasis:names:tc:ebxml-regrep:StatusType:";

struct AssociationName {
    Association::Type type;
    const char *urn;
};
const AssociationName associationNames[] = {
    {Association::Type::HasMember, "urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember"},
    {Association::Type::Replace, "urn:ihe:iti:2007:AssociationType:RPLC"},
    {Association::Type::Append, "urn:ihe:iti:2007:AssociationType:APND"},
    {Association::Type::Transform, "urn:ihe:iti:2007:AssociationType:XFRM"},
    {Association::Type::TransformReplace, "urn:ihe:iti:2007:AssociationType:XFRM_RPLC"},
    {Association::Type::Signs, "urn:ihe:iti:2007:AssociationType:signs"},
    {Association::Type::IsSnapshotOf, "urn:ihe:iti:2010:AssociationType:IsSnapshotOf"},
    {Association::Type::UpdateAvailability, "urn:ihe:iti:2010:AssociationType:UpdateAvailabilityStatus"},
};
} // namespace

const DocumentEntry *RegistryContent::documentByUniqueId(const QString &uniqueId) const
{
    for (const DocumentEntry &entry : documents) {
        if (entry.uniqueId == uniqueId)
            return &entry;
    }
    return nullptr;
}

const DocumentEntry *RegistryContent::documentByUuid(const QString &entryUuid) const
{
    for (const DocumentEntry &entry : documents) {
        if (entry.entryUuid == entryUuid)
            return &entry;
    }
    return nullptr;
}

QString availabilityUrn(Availability availability)
{
    static const char *const names[] = {"", "Submitted", "Approved", "Deprecated"};
    if (availability == Availability::Unknown)
        return {};
    return QString::fromLatin1(statusPrefix) + QString::fromLatin1(names[int(availability)]);
}

Availability availabilityFromUrn(const QString &urn)
{
    const QString name = urn.mid(urn.lastIndexOf(QLatin1Char(':')) + 1).trimmed();
    for (const Availability one :
        {Availability::Submitted, Availability::Approved, Availability::Deprecated}) {
        if (availabilityUrn(one).endsWith(QLatin1Char(':') + name))
            return one;
    }
    return Availability::Unknown;
}

QString associationUrn(Association::Type type)
{
    for (const AssociationName &row : associationNames) {
        if (row.type == type)
            return QString::fromLatin1(row.urn);
    }
    return {};
}

Association::Type associationFromUrn(const QString &urn)
{
    // XDS.a wrote the bare names, and some peers mix the oasis and ihe prefixes: the last part decides.
    const QString name = urn.mid(urn.lastIndexOf(QLatin1Char(':')) + 1).trimmed();
    for (const AssociationName &row : associationNames) {
        const QLatin1String known(row.urn);
        if (QString(known).mid(QString(known).lastIndexOf(QLatin1Char(':')) + 1) == name)
            return row.type;
    }
    return Association::Type::Unknown;
}

QString toXdsTime(const base::Timestamp &time)
{
    using Precision = base::Timestamp::Precision;
    // A day has no zone: shifting it to UTC would change the date (and widen nothing for the better).
    if (time.precision() < Precision::Hour)
        return time.toHl7();
    const QDateTime utc = time.earliestUtc();
    const int digits = time.precision() == Precision::Hour ? 10
        : time.precision() == Precision::Minute            ? 12
                                                           : 14;
    return utc.toString(QStringLiteral("yyyyMMddHHmmss")).left(digits);
}

base::Timestamp fromXdsTime(const QString &text)
{
    QString digits = text.trimmed();
    if (digits.size() >= 2 && digits.startsWith(QLatin1Char('\'')) && digits.endsWith(QLatin1Char('\'')))
        digits = digits.mid(1, digits.size() - 2);
    if (digits.endsWith(QLatin1Char('Z')))
        digits.chop(1);
    const bool zoned = digits.contains(QLatin1Char('+')) || digits.contains(QLatin1Char('-'));
    if (!zoned && digits.size() >= 10)
        digits += QStringLiteral("+0000");
    return base::Timestamp::parseHl7(digits).valueOr({});
}

QString bareOid(const QString &text)
{
    const QString trimmed = text.trimmed();
    return trimmed.startsWith(QLatin1String("urn:oid:"), Qt::CaseInsensitive) ? trimmed.mid(8) : trimmed;
}

} // namespace naru::ihe
