// One naru-dimse process as its parent sees it: started with its node, asked, killed. Not thread-safe.
#pragma once

#include "core/base/WorkContext.h"
#include "core/imaging/dimse/DimseTypes.h"
#include "core/imaging/pool/ChildProcess.h"

namespace naru::imaging::dimse {

class Child {
public:
    Child() = default;
    Child(const Child &) = delete;
    Child &operator=(const Child &) = delete;

    // dimse.Program, .Credentials
    base::Status start(const QString &program, const Limits &limits, QCborMap setup,
        const std::vector<int> &descriptors, const base::WorkContext &work);
    bool running() const { return m_process.running(); }
    base::Status send(const QCborMap &message, const std::vector<int> &descriptors = {});
    // The next message; a child that is silent for `seconds`, lies or dies is ended. Errors name `step`.
    base::Result<wire::Message> next(int seconds, const char *step, const base::WorkContext &work);
    void kill() { m_process.kill(); }
    pid_t pid() const { return m_process.pid(); }

private:
    base::Error failure(wire::Got got, int seconds, const char *step);
    ChildProcess m_process{};
    StopSignal m_stop{};
};

// What a child may say went wrong; anything else is dimse.Crashed.
base::Error childError(const QCborMap &answer);
// Descriptors of the PEM files for Setup; empty without TLS.
base::Result<std::vector<wire::Descriptor>> openCredentials(const Credentials &credentials);
// An instance as the child handed it over: checked, mapped, never changing again.
base::Result<Received> mapInstance(wire::Message &message);

} // namespace naru::imaging::dimse
