// One loop over all cores. Building an index is the only place of this room that needs more than one: the
// result does not depend on how the work was shared out.
#pragma once

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace naru::terminology {

// work(i) for 0 <= i < count, each once, in any order.
template <typename Work> void parallelFor(std::size_t count, Work work)
{
    const std::size_t threads =
        std::min<std::size_t>({count, std::max<std::size_t>(std::thread::hardware_concurrency(), 1), 8});
    std::atomic<std::size_t> next{0};
    const auto run = [&] {
        for (std::size_t i = next++; i < count; i = next++)
            work(i);
    };
    std::vector<std::thread> others;
    for (std::size_t i = 1; i < threads; ++i)
        others.emplace_back(run);
    run();
    for (std::thread &thread : others)
        thread.join();
}

} // namespace naru::terminology
