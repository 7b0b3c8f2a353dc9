// When to ask again for something that did not work, so that a program left alone neither hammers an endpoint
// nor fills the audit trail: doubling gaps from two seconds to ten minutes, of this process only.
// Thread-safe.
#pragma once

#include <QDateTime>
#include <QHash>
#include <QString>

#include <algorithm>
#include <mutex>

namespace naru::services {

class RetryTimes {
public:
    bool due(const QString &key, const QDateTime &now) const
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_byKey.constFind(key);
        return found == m_byKey.constEnd() || found->next <= now
            || found->asked > now; // a clock set back waits for nothing
    }
    void failed(const QString &key, const QDateTime &now)
    {
        const std::lock_guard lock(m_mutex);
        Entry &entry = m_byKey[key];
        entry.asked = now;
        entry.next = now.addSecs(std::min(600, 2 << std::min(entry.failures++, 9)));
    }
    void succeeded(const QString &key)
    {
        const std::lock_guard lock(m_mutex);
        m_byKey.remove(key);
    }

private:
    struct Entry {
        QDateTime asked{}, next{};
        int failures = 0;
    };
    mutable std::mutex m_mutex{};
    QHash<QString, Entry> m_byKey{};
};

} // namespace naru::services
