// Threads are the caller's: rooms below jobs start none.
#pragma once

#include <functional>

namespace naru::imaging {

// Runs task(0) ... task(count - 1), in any order and on any threads, and returns when all have ended.
using Executor = std::function<void(int count, const std::function<void(int)> &task)>;

inline void runHere(int count, const std::function<void(int)> &task)
{
    for (int i = 0; i < count; ++i)
        task(i);
}

} // namespace naru::imaging
