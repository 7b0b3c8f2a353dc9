#include "ui/pages/imaging/MemoryBudget.h"

#include <QFile>
#include <algorithm>
#include <unistd.h>

namespace naru::ui {

namespace {

constexpr qint64 MiB = 1024 * 1024;

qint64 physicalMemory()
{
    const qint64 pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
    qint64 bytes = pages > 0 && page > 0 ? pages * page : 2048 * MiB;
    QFile limit(QStringLiteral("/sys/fs/cgroup/memory.max")); // "max" or bytes
    if (limit.open(QIODevice::ReadOnly)) {
        bool number = false;
        const qint64 most = limit.readAll().trimmed().toLongLong(&number);
        if (number && most > 0)
            bytes = std::min(bytes, most);
    }
    return bytes;
}

} // namespace

qint64 imageMemoryBudgetFor(qint64 physicalBytes)
{
    return std::max(256 * MiB, physicalBytes / 2 - 512 * MiB);
}

qint64 imageMemoryBudget()
{
    static const qint64 budget = imageMemoryBudgetFor(physicalMemory());
    return budget;
}

} // namespace naru::ui
