// Faults on purpose. One plan for the whole exchange; every door asks it once per request. Thread-safe.
// Grammar: rule{";"rule}, rule = target ":" fault ["@" number | "=" number] {"," ("times"|"every"|"after")
// "=" number}
//   targets submit query retrieve identity store audit all
//   faults  refuse          connection reset before any byte of an answer; nothing is done
//           reset@N         the work is done, the connection is reset after N bytes of the answer (default 0)
//           stall=S         S seconds of silence before the work
//           status=N        HTTP status N (500..599, default 503) with a short text; nothing is done
//           html            200 with an HTML page; nothing is done
//           fault           SOAP fault (env:Receiver); nothing is done
//           truncate        the work is done, the multipart answer ends in the middle of its last part
//           badlength       the work is done, Content-Length is larger than the body, then the connection
//           closes badboundary     the work is done, Content-Type names another boundary than the body uses
//           unknown         the work is done and committed, then the connection is reset without an answer
//   times=N at most N firings, every=N only each Nth request, after=N not before N requests have passed
#pragma once

#include "core/base/Result.h"

#include <QJsonArray>
#include <QString>
#include <mutex>
#include <vector>

namespace naru::practice {

enum class FaultKind {
    None,
    Refuse,
    Reset,
    Stall,
    Status,
    Html,
    SoapFault,
    Truncate,
    BadLength,
    BadBoundary,
    Unknown
};

struct Fault {
    FaultKind kind = FaultKind::None;
    int value = 0; // bytes, seconds or status; 0 otherwise
    friend bool operator==(const Fault &, const Fault &) = default;
};

class FaultPlan {
public:
    // Replaces all rules; the empty text clears them. On failure the old plan stays.
    base::Status set(const QString &spec);
    // The fault for the next request of `target` ("submit", ...); the first rule that fires wins.
    Fault next(const QString &target);
    QString spec() const;
    QJsonArray toJson() const; // rules with how often each was asked and fired

private:
    struct Rule {
        QString text{};
        QString target{};
        Fault fault{};
        int times = 0, every = 0, after = 0;
        int seen = 0, fired = 0;
    };
    static base::Result<Rule> parseRule(const QString &text);
    mutable std::mutex m_mutex{};
    std::vector<Rule> m_rules{};
};

} // namespace naru::practice
