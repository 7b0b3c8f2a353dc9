#include "core/storage/stores/ProcessIdentity.h"

#include <QFile>
#include <QList>
#include <QSysInfo>

#include <unistd.h>

namespace naru::storage {

namespace {
// proc(5): field 22 of stat, counted after the name in parentheses, which may hold anything.
QString startTime(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray line = file.readAll();
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended; only its parent has not looked yet.
    return fields.size() > 19 && fields[0] != "Z" ? QString::fromLatin1(fields[19]) : QString();
}

QString stampOf(qint64 pid)
{
    const QString started = startTime(pid);
    return started.isEmpty() ? QString()
                             : QString::fromLatin1(QSysInfo::bootUniqueId()) + QLatin1Char('/') + started;
}
} // namespace

ProcessIdentity ProcessIdentity::own()
{
    return {QSysInfo::machineHostName(), ::getpid(), stampOf(::getpid())};
}

bool ProcessIdentity::mayLive() const
{
    return host != QSysInfo::machineHostName() || stamp == stampOf(pid);
}

} // namespace naru::storage
