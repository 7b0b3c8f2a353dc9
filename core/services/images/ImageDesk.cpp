#include "core/services/images/ImageDesk.h"

#include <algorithm>

namespace naru::services {

namespace {
constexpr qint64 mostOpened = 64LL * 1024 * 1024;
}

base::Result<imaging::DecoderPool *> ImageDesk::pool()
{
    const std::lock_guard lock(m_mutex);
    if (!m_pool) {
        NARU_ASSIGN(m_pool, imaging::DecoderPool::start({.program = m.options.decoder}));
    }
    return m_pool.get();
}

base::Result<QByteArray> ImageDesk::bytes(const QString &instanceKey)
{
    {
        const std::lock_guard lock(m_mutex);
        const auto found = std::find_if(m_opened.begin(), m_opened.end(),
            [&instanceKey](const auto &each) { return each.first == instanceKey; });
        if (found != m_opened.end()) {
            m_opened.splice(m_opened.begin(), m_opened, found);
            return found->second;
        }
    }
    NARU_ASSIGN(const QByteArray bytes, m.stores.images->bytes(instanceKey));
    const std::lock_guard lock(m_mutex);
    m_opened.emplace_front(instanceKey, bytes);
    qint64 total = 0;
    auto last = m_opened.begin();
    while (last != m_opened.end() && (last == m_opened.begin() || total + last->second.size() <= mostOpened))
        total += (last++)->second.size();
    m_opened.erase(last, m_opened.end());
    return bytes;
}

void ImageDesk::forget()
{
    const std::lock_guard lock(m_mutex);
    m_opened.clear();
}

void ImageDesk::sweepOnce()
{
    {
        const std::lock_guard lock(m_mutex);
        if (std::exchange(m_swept, true))
            return;
    }
    (void)m.stores.images->sweepOrphans();
}

} // namespace naru::services
