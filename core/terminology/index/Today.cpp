#include "core/terminology/index/Today.h"

#include <atomic>
#include <ctime>

namespace naru::terminology {

QDate today()
{
    static std::atomic<qint64> known{0}; // minute and day in one, so that both are of the same look
    constexpr int dayBits = 24;
    const qint64 minute = std::time(nullptr) / 60;
    const qint64 last = known.load(std::memory_order_relaxed);
    if (last >> dayBits == minute)
        return QDate::fromJulianDay(last & ((1 << dayBits) - 1));
    const QDate day = QDate::currentDate();
    known.store((minute << dayBits) | day.toJulianDay(), std::memory_order_relaxed);
    return day;
}

} // namespace naru::terminology
