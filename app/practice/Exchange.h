// The practice exchange put together: every endpoint of the site profile on loopback, one database, one fault
// plan.
#pragma once

#include "core/base/Result.h"

#include <QString>
#include <memory>

namespace naru::practice {

struct ExchangeOptions {
    QString folder{};
    int port = 8443; // 0 = any free port, for the audit repository too
    QString readyFile{};
    QString faults{};
    quint64 seed = 0; // 0 = the seed's own default
    int replyDelaySeconds = 4;
    bool seedWorld = true; // false: an empty exchange (tests)
};

class Exchange {
public:
    explicit Exchange(ExchangeOptions options);
    ~Exchange();
    Exchange(const Exchange &) = delete;
    Exchange &operator=(const Exchange &) = delete;

    // Returns when every endpoint listens and the files for clients are written. Errors: base.Io,
    // base.Invalid.
    base::Status start();
    void stop();
    int port() const;
    int auditPort() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace naru::practice
