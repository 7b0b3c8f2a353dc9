// The door of the audit record repository: passes TLS bytes between a client and the repository untouched,
// and applies the faults of target "audit" once per connection: refuse (reset on accept), stall, reset@N
// (after N bytes from the client).
#pragma once

#include "app/practice/faults/FaultPlan.h"

#include <atomic>
#include <list>
#include <thread>

namespace naru::practice {

class AuditGate {
public:
    explicit AuditGate(FaultPlan &faults)
        : m_faults(faults)
    {
    }
    AuditGate(const AuditGate &) = delete;
    AuditGate &operator=(const AuditGate &) = delete;
    ~AuditGate() { stop(); }
    // Listens on 127.0.0.1:`port` (0 = free), forwards to 127.0.0.1:`behind`. False when the port is taken.
    bool start(int port, int behind);
    int port() const { return m_port; }
    void stop();

private:
    struct Connection {
        std::thread thread{};
        std::atomic<bool> done{false};
    };
    void acceptLoop();
    void pass(int client, Fault fault);
    FaultPlan &m_faults;
    int m_listener = -1;
    int m_port = 0;
    int m_behind = 0;
    std::atomic<bool> m_stop{false};
    std::thread m_thread{};
    std::list<Connection> m_connections{};
};

} // namespace naru::practice
