// One naru-paper process as its parent sees it: started, asked, killed. Not thread-safe.
#pragma once

#include "core/imaging/paper/Paper.h"
#include "core/imaging/pool/ChildProcess.h"

namespace naru::imaging {

class PaperChild {
public:
    explicit PaperChild(PaperOptions options);

    bool running() const { return m_process.running(); }
    base::Status start(const base::WorkContext &work);
    // A child that dies, lies, hangs or whose work is stopped is ended, and the error says which.
    base::Result<QCborMap> ask(const QCborMap &question, int descriptor, const base::WorkContext &work);
    void kill() { m_process.kill(); }

private:
    base::Result<QCborMap> next();

    PaperOptions m_options;
    ChildProcess m_process{};
    StopSignal m_stop{};
};

} // namespace naru::imaging
