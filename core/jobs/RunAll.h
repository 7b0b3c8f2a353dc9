// Parallel fan-out: every task is run, every result comes back in the order of the tasks, one failure stops
// nobody else. Has threads of its own, so a job of a JobQueue may call it without waiting for its own pool.
#pragma once

#include "core/jobs/JobQueue.h"

#include <atomic>

namespace naru::jobs {

// maxParallel < 1 counts as 1. A stop request in `context` reaches running tasks; tasks not begun answer
// base.Stopped. Progress of the tasks goes to `context` under a lock, one caller at a time.
template <typename T>
std::vector<base::Result<T>> runAll(
    const std::vector<Work<T>> &tasks, int maxParallel, const base::WorkContext &context)
{
    std::vector<std::optional<base::Result<T>>> slots(tasks.size());
    std::atomic<std::size_t> next{0};
    std::mutex progressMutex;
    const base::WorkContext inner(context.stopToken(), [&](const base::Progress &progress) {
        const std::lock_guard lock(progressMutex);
        context.report(progress.step, progress.done, progress.total);
    });
    {
        const std::size_t count = std::min(tasks.size(), std::size_t(std::max(1, maxParallel)));
        std::vector<std::jthread> threads;
        threads.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            threads.emplace_back([&] {
                for (std::size_t at = next++; at < tasks.size(); at = next++) {
                    if (inner.stopRequested())
                        slots[at].emplace(base::Error(base::errors::Stopped));
                    else
                        slots[at].emplace(JobQueue::guarded<T>(tasks[at], inner));
                }
            });
        }
    } // joins
    std::vector<base::Result<T>> results;
    results.reserve(slots.size());
    for (auto &slot : slots)
        results.push_back(std::move(*slot));
    return results;
}

} // namespace naru::jobs
