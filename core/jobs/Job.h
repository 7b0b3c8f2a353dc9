// A handle on work that runs on a JobQueue. Copies share one state. Cancelling asks the work to stop; the
// work still decides what its result is ("it was registered after all"), and that result is always delivered.
#pragma once

#include "core/base/Result.h"
#include "core/base/WorkContext.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>

namespace naru::jobs {

template <typename T> using Work = std::function<base::Result<T>(const base::WorkContext &)>;

template <typename T> class Job {
public:
    struct State {
        mutable std::mutex mutex{};
        mutable std::condition_variable changed{};
        std::stop_source stop{};
        std::optional<base::Result<T>> result{};
        bool delivered = false; // the completion callback has returned

        void finish(base::Result<T> value, const std::function<void(const base::Result<T> &)> &done)
        {
            {
                const std::lock_guard lock(mutex);
                result.emplace(std::move(value));
            }
            changed.notify_all();
            if (done)
                done(*result); // written once, never changed again: safe to read without the lock
            {
                const std::lock_guard lock(mutex);
                delivered = true;
            }
            changed.notify_all();
        }
    };

    Job() = default;
    explicit Job(std::shared_ptr<State> state)
        : m_state(std::move(state))
    {
    }

    bool isValid() const { return bool(m_state); }
    bool isFinished() const
    {
        const std::lock_guard lock(m_state->mutex);
        return m_state->result.has_value();
    }
    void requestStop() { m_state->stop.request_stop(); }
    // Blocks until the work has answered; never call it on the GUI thread or on a worker of the same queue.
    base::Result<T> wait() const
    {
        std::unique_lock lock(m_state->mutex);
        m_state->changed.wait(lock, [this] { return m_state->result.has_value(); });
        return *m_state->result;
    }
    // As wait(), and the completion callback has returned as well.
    base::Result<T> waitDelivered() const
    {
        std::unique_lock lock(m_state->mutex);
        m_state->changed.wait(lock, [this] { return m_state->delivered; });
        return *m_state->result;
    }
    std::optional<base::Result<T>> result() const
    {
        const std::lock_guard lock(m_state->mutex);
        return m_state->result;
    }

private:
    std::shared_ptr<State> m_state{};
};

} // namespace naru::jobs
