#include "core/terminology/importers/ReleaseName.h"

#include <QFileInfo>
#include <QRegularExpression>

namespace naru::terminology::importing {

QString versionFromName(const QString &file)
{
    static const QRegularExpression form(
        QStringLiteral("(?<![A-Za-z0-9])[Vv]\\d+(?:\\.\\d+)*(?!\\d)|(?<!\\d)20\\d\\d[-._]?(?:0[1-9]|1[0-2])(?"
                       ":[-._]?[0-3]\\d)?(?!\\d)"));
    const QString name = QFileInfo(file).completeBaseName();
    return form.match(name).captured(0);
}

QDate dayOfVersion(const QString &version)
{
    static const QRegularExpression form(QStringLiteral("^(20\\d\\d)[-._]?(\\d\\d)(?:[-._]?(\\d\\d))?$"));
    const auto match = form.match(version);
    if (!match.hasMatch())
        return {};
    return {match.captured(1).toInt(), match.captured(2).toInt(),
        match.captured(3).isEmpty() ? 1 : match.captured(3).toInt()};
}

} // namespace naru::terminology::importing
