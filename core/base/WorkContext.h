// What a piece of work may know of its surroundings: whether to stop, until when, and whom to tell how far it
// is. Core code is synchronous; jobs/ runs it on threads. Progress is called on the working thread.
#pragma once

#include <QString>
#include <chrono>
#include <functional>
#include <stop_token>

namespace naru::base {

struct Progress {
    const char *step = ""; // stable key such as "retrieve"; sentences are made in ui/text
    qint64 done = 0;
    qint64 total = 0; // 0: not known
};

class WorkContext {
public:
    using ProgressSink = std::function<void(const Progress &)>;

    WorkContext() = default;
    explicit WorkContext(std::stop_token stop, ProgressSink progress = {})
        : m_stop(std::move(stop))
        , m_progress(std::move(progress))
    {
    }

    const std::stop_token &stopToken() const { return m_stop; }
    bool stopRequested() const { return m_stop.stop_requested(); }
    void report(const char *step, qint64 done = 0, qint64 total = 0) const
    {
        if (m_progress)
            m_progress({step, done, total});
    }

private:
    std::stop_token m_stop{};
    ProgressSink m_progress{};
};

} // namespace naru::base
