// One decoder process as its parent sees it: started, asked, killed. Not thread-safe; the pool gives it to
// one thread at a time.
#pragma once

#include "core/base/Result.h"
#include "core/base/WorkContext.h"
#include "core/imaging/pool/DecoderPool.h"
#include "core/imaging/pool/Wire.h"

#include <sys/types.h>

namespace naru::imaging {

class DecoderChild {
public:
    explicit DecoderChild(const DecoderOptions &options);
    ~DecoderChild();
    DecoderChild(const DecoderChild &) = delete;
    DecoderChild &operator=(const DecoderChild &) = delete;

    // Spawns and does not wait: the first question waits until the child is ready.
    base::Status start();
    bool running() const { return m_pid > 0; }
    // Sends and waits for the answer. A child that is dead is started first; one that dies, lies, hangs or
    // whose work is stopped is ended, and the error says which.
    base::Result<QCborMap> ask(
        QCborMap request, const std::vector<int> &descriptors, const base::WorkContext &work);
    void kill();
    pid_t pid() const { return m_pid; }

private:
    base::Status awaitReady();
    wire::Got awaitAnswer();
    base::Error failure(wire::Got got);

    DecoderOptions m_options;
    pid_t m_pid = -1;
    bool m_ready = false;
    wire::Descriptor m_socket{};
    wire::Descriptor m_wake{}; // an eventfd that a stop request makes readable
    qint64 m_next = 1;
};

} // namespace naru::imaging
