// One decoder process as its parent sees it: started, asked, killed. Not thread-safe; the pool gives it to
// one thread at a time.
#pragma once

#include "core/base/Result.h"
#include "core/base/WorkContext.h"
#include "core/imaging/pool/ChildProcess.h"
#include "core/imaging/pool/DecoderPool.h"

#include <functional>

namespace naru::imaging {

class DecoderChild {
public:
    explicit DecoderChild(const DecoderOptions &options);
    DecoderChild(const DecoderChild &) = delete;
    DecoderChild &operator=(const DecoderChild &) = delete;

    // Spawns and does not wait: the first question waits until the child is ready.
    base::Status start();
    bool running() const { return m_process.running(); }
    // Sends and waits for the answer. A child that is dead is started first; one that dies, lies, hangs or
    // whose work is stopped is ended, and the error says which. `meanwhile` runs here while the child works.
    base::Result<QCborMap> ask(QCborMap request, const std::vector<int> &descriptors,
        const base::WorkContext &work, const std::function<void()> &meanwhile = {});
    void kill();
    pid_t pid() const { return m_process.pid(); }
    // Another one for each process that was started; 0: none yet. What a child was told is known to it alone.
    int generation() const { return m_generation; }

private:
    base::Status awaitReady();
    base::Error failure(wire::Got got);

    DecoderOptions m_options;
    ChildProcess m_process{};
    StopSignal m_stop{};
    int m_generation = 0;
    bool m_ready = false;
    qint64 m_next = 1;
};

} // namespace naru::imaging
