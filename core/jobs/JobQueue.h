// A pool of threads for work that must not block its caller. Order of start is first come, first served.
// Completion callbacks and progress run on the worker; a user interface hops to its own thread itself.
#pragma once

#include "core/base/Errors.h"
#include "core/jobs/Errors.h"
#include "core/jobs/Job.h"

#include <condition_variable>
#include <deque>
#include <list>
#include <thread>
#include <vector>

namespace naru::jobs {

class JobQueue {
public:
    // 0: as many threads as the machine has cores, at least 2.
    explicit JobQueue(int threads = 0);
    ~JobQueue(); // shutdown()
    JobQueue(const JobQueue &) = delete;
    JobQueue &operator=(const JobQueue &) = delete;

    // `done` is called exactly once, with the result of the work, base.Stopped when it was cancelled before
    // it began, jobs.Crashed when it threw, or jobs.ShutDown (then on the caller's thread) after shutdown().
    template <typename T>
    Job<T> submit(Work<T> work, std::function<void(const base::Result<T> &)> done = {},
        base::WorkContext::ProgressSink progress = {})
    {
        auto state = std::make_shared<typename Job<T>::State>();
        Task task;
        task.stop = state->stop;
        task.run = [state, work = std::move(work), done, progress = std::move(progress)] {
            if (state->stop.stop_requested())
                state->finish(base::Error(base::errors::Stopped), done);
            else
                state->finish(guarded<T>(work, base::WorkContext(state->stop.get_token(), progress)), done);
        };
        if (!enqueue(std::move(task)))
            state->finish(base::Error(errors::ShutDown), done);
        return Job<T>(state);
    }

    int pending() const; // queued and running
    // Asks every job to stop, lets the running ones answer, answers base.Stopped for those that never began,
    // joins. Called twice is harmless. Must not be called from a worker.
    void shutdown();

    template <typename T>
    static base::Result<T> guarded(const Work<T> &work, const base::WorkContext &context)
    {
        try {
            return work(context);
        } catch (...) {
            return base::Error(errors::Crashed);
        }
    }

private:
    struct Task {
        std::function<void()> run{};
        std::stop_source stop{std::nostopstate};
    };
    bool enqueue(Task task);
    void serve();

    mutable std::mutex m_mutex{};
    std::condition_variable m_wake{};
    std::deque<Task> m_queue{};
    std::list<std::stop_source> m_running{};
    bool m_closed = false;
    std::vector<std::jthread> m_threads{};
};

} // namespace naru::jobs
