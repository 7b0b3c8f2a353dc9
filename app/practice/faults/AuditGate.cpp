#include "app/practice/faults/AuditGate.h"

#include <arpa/inet.h>
#include <chrono>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace naru::practice {

namespace {
sockaddr_in loopback(int port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(uint16_t(port));
    return address;
}

void resetAndClose(int fd)
{
    const linger now{1, 0};
    ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    ::close(fd);
}

bool sendAll(int fd, const char *data, ssize_t size)
{
    while (size > 0) {
        const ssize_t sent = ::send(fd, data, size_t(size), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        data += sent;
        size -= sent;
    }
    return true;
}
} // namespace

bool AuditGate::start(int port, int behind)
{
    m_behind = behind;
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(m_listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address = loopback(port);
    socklen_t length = sizeof address;
    if (::bind(m_listener, reinterpret_cast<sockaddr *>(&address), length) != 0
        || ::listen(m_listener, 64) != 0
        || ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &length) != 0) {
        ::close(m_listener);
        m_listener = -1;
        return false;
    }
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { acceptLoop(); });
    return true;
}

void AuditGate::stop()
{
    m_stop = true;
    if (m_thread.joinable())
        m_thread.join();
    for (Connection &connection : m_connections)
        connection.thread.join();
    m_connections.clear();
    if (m_listener >= 0)
        ::close(m_listener);
    m_listener = -1;
}

void AuditGate::acceptLoop()
{
    while (!m_stop) {
        pollfd waiting{m_listener, POLLIN, 0};
        if (::poll(&waiting, 1, 200) <= 0)
            continue;
        const int client = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0)
            continue;
        m_connections.remove_if([](Connection &c) {
            if (!c.done)
                return false;
            c.thread.join();
            return true;
        });
        const Fault fault = m_faults.next(QStringLiteral("audit"));
        if (fault.kind == FaultKind::Refuse || m_connections.size() >= 64) {
            resetAndClose(client);
            continue;
        }
        Connection &connection = m_connections.emplace_back();
        connection.thread = std::thread([this, client, fault, &connection] {
            pass(client, fault);
            connection.done = true;
        });
    }
}

void AuditGate::pass(int client, Fault fault)
{
    const auto until = std::chrono::steady_clock::now()
        + std::chrono::seconds(fault.kind == FaultKind::Stall ? fault.value : 0);
    while (!m_stop && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(m_behind);
    bool open = ::connect(server, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
    const bool resets = fault.kind == FaultKind::Reset || fault.kind == FaultKind::Unknown;
    ssize_t left = fault.value;
    char buffer[16384];
    while (open && !m_stop) {
        pollfd both[2] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
        if (::poll(both, 2, 200) <= 0)
            continue;
        for (int i = 0; i < 2 && open; ++i) {
            if (!both[i].revents)
                continue;
            const ssize_t got = ::recv(both[i].fd, buffer, sizeof buffer, 0);
            open = got > 0 && sendAll(both[1 - i].fd, buffer, got);
            if (i == 0 && resets && (left -= got) < 0)
                open = false;
        }
    }
    ::close(server);
    if (resets)
        resetAndClose(client);
    else
        ::close(client);
}

} // namespace naru::practice
