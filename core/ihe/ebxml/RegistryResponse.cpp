#include "core/ihe/ebxml/RegistryResponse.h"

#include "core/base/Tsv.h"
#include "core/ihe/ebxml/xdserrorsTable.h"

#include <QHash>
#include <QStringList>

namespace naru::ihe {

bool RegistryResponse::hasErrors() const
{
    for (const RegistryError &error : errors) {
        if (!error.warning)
            return true;
    }
    return false;
}

bool RegistryResponse::refusedForConsent() const
{
    for (const RegistryError &error : errors) {
        const bool said = error.code.contains(QLatin1String("consent"), Qt::CaseInsensitive)
            || error.context.contains(QLatin1String("ConsentRequired"), Qt::CaseInsensitive);
        if (said && !error.warning)
            return true;
    }
    return false;
}

bool RegistryResponse::has(const char *code) const
{
    for (const RegistryError &error : errors) {
        if (error.code == QLatin1String(code))
            return true;
    }
    return false;
}

QString RegistryResponse::codes() const
{
    QStringList out;
    for (const RegistryError &error : errors) {
        if (!out.contains(error.code))
            out += error.code;
    }
    return out.isEmpty() ? QStringLiteral("no reason given") : out.join(QStringLiteral(", "));
}

RegistryResponse::Status registryStatusFromUrn(const QString &urn)
{
    // The prefix of PartialSuccess is wrong in the field often enough; only the last part counts.
    const QString name = urn.mid(urn.lastIndexOf(QLatin1Char(':')) + 1).trimmed();
    if (name == QLatin1String("Success"))
        return RegistryResponse::Status::Success;
    if (name == QLatin1String("PartialSuccess"))
        return RegistryResponse::Status::PartialSuccess;
    return name == QLatin1String("Failure") ? RegistryResponse::Status::Failure
                                            : RegistryResponse::Status::Missing;
}

XdsErrorMeaning xdsErrorMeaning(const QString &code)
{
    using Advice = XdsErrorMeaning::Advice;
    static const QHash<QString, XdsErrorMeaning> meanings = [] {
        QHash<QString, XdsErrorMeaning> out;
        const base::TsvTable table = base::TsvTable::parse(tables::xdserrors);
        for (int row = 0; row < table.rowCount(); ++row) {
            const QString advice = table.at(row, "advice");
            out.insert(table.at(row, "code"),
                {table.at(row, "english"), table.at(row, "korean"),
                    advice == QLatin1String("retry")        ? Advice::Retry
                        : advice == QLatin1String("verify") ? Advice::Verify
                                                            : Advice::Reject});
        }
        return out;
    }();
    const auto found = meanings.constFind(code);
    if (found != meanings.cend())
        return *found;
    // Registries invent codes around the word; any of them may mean that the document has arrived before.
    const bool duplicate = code.contains(QLatin1String("Duplicate"), Qt::CaseInsensitive);
    return {QStringLiteral("The endpoint reports %1").arg(code),
        QStringLiteral("상대 시스템이 %1 오류를 알렸습니다").arg(code),
        duplicate ? Advice::Verify : Advice::Reject};
}

} // namespace naru::ihe
