#include "core/jobs/JobQueue.h"

#include <algorithm>

namespace naru::jobs {

JobQueue::JobQueue(int threads)
{
    const int count = threads > 0 ? threads : std::max(2, int(std::thread::hardware_concurrency()));
    m_threads.reserve(std::size_t(count));
    for (int i = 0; i < count; ++i)
        m_threads.emplace_back([this] { serve(); });
}

JobQueue::~JobQueue()
{
    shutdown();
}

int JobQueue::pending() const
{
    const std::lock_guard lock(m_mutex);
    return int(m_queue.size() + m_running.size());
}

bool JobQueue::enqueue(Task task)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_closed)
            return false;
        m_queue.push_back(std::move(task));
    }
    m_wake.notify_one();
    return true;
}

void JobQueue::serve()
{
    for (;;) {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [this] { return m_closed || !m_queue.empty(); });
        if (m_queue.empty())
            return; // closed and drained: every job has had its answer
        Task task = std::move(m_queue.front());
        m_queue.pop_front();
        const auto place = m_running.insert(m_running.end(), task.stop);
        lock.unlock();
        task.run();
        task.run = {}; // what the job captured goes before the lock is taken again
        lock.lock();
        m_running.erase(place);
    }
}

void JobQueue::shutdown()
{
    std::vector<std::stop_source> stops;
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        for (const Task &task : m_queue)
            stops.push_back(task.stop);
        for (const std::stop_source &stop : m_running)
            stops.push_back(stop);
    }
    // Outside the lock: stop callbacks run here and may take their time.
    for (std::stop_source &stop : stops)
        stop.request_stop();
    m_wake.notify_all();
    for (std::jthread &thread : m_threads) {
        if (thread.joinable())
            thread.join();
    }
}

} // namespace naru::jobs
