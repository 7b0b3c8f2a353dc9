// "Test connection": which step fails, what was seen. Transport steps only; SOAP, application and clock
// (steps 8 to 10) are added by whoever knows the protocol, using the same row type.
#pragma once

#include "core/base/Error.h"
#include "core/base/WorkContext.h"
#include "core/net/TlsIdentity.h"

#include <QString>
#include <vector>

namespace naru::net {

struct ProbeStep {
    enum class State { NotDone, Ok, Failed };
    // In order: "config" "dns" "tcp" "tls" "serverCertificate" "clientCertificate" "http" "soap"
    // "application" "clock"
    QString key{};
    State state = State::NotDone;
    QString detail{}; // English and technical: "10.1.2.3", "TLSv1.3 TLS_AES_256_GCM_SHA384", "HTTP 405"
    qint64 milliseconds = 0;
    base::Error error{}; // when Failed
};

struct ProbeResult {
    std::vector<ProbeStep> steps{}; // always ten
    qint64 clockSkewSeconds = 0; // peer minus us, from the HTTP Date header; valid when hasClock
    bool hasClock = false;
    bool allOk(int count = 7) const;
    ProbeStep *step(const QString &key);
};

struct ProbeTarget {
    QString url{}; // https://...; for syslog over TLS "tls://host:port" (then "http" means: connection ends
                   // cleanly)
    TlsIdentity identity{};
    int timeoutSeconds = 10;
};

// Never fails: the rows say it. Steps after the first failure stay NotDone.
ProbeResult probeEndpoint(const ProbeTarget &target, const base::WorkContext &work = {});

} // namespace naru::net
