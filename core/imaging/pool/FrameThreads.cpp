#include "core/imaging/pool/FrameThreads.h"

#include <algorithm>
#include <thread>

namespace naru::imaging {

int threadsPerFrame(int framesAtOnce)
{
    const int processors = int(std::thread::hardware_concurrency());
    return std::clamp(processors / std::max(1, framesAtOnce), 1, MostFrameThreads);
}

} // namespace naru::imaging
