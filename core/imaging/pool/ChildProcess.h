// A confined child as a process: started with one socket and nothing else of ours, ended with its owner.
#pragma once

#include "core/base/WorkContext.h"
#include "core/imaging/pool/Wire.h"

#include <QByteArrayList>
#include <QString>

#include <chrono>
#include <functional>
#include <stop_token>
#include <sys/types.h>

namespace naru::imaging {

struct ChildProgram {
    QString path{};
    QByteArrayList arguments{};
    QByteArrayList environment{}; // beside the locale; nothing of ours is inherited
    // A developer who sets this variable sees standard error, where libraries may print values.
    const char *talk = "";
};

// Where a program of ours is: beside the one that runs, or where packages put helpers.
QString helperProgram(const char *name);

class ChildProcess {
public:
    ChildProcess() = default;
    ~ChildProcess();
    ChildProcess(const ChildProcess &) = delete;
    ChildProcess &operator=(const ChildProcess &) = delete;

    // Does not wait until the program runs; one that cannot says so by a closed socket. False: no socket.
    bool start(const ChildProgram &program);
    void kill();
    bool running() const { return m_pid > 0; }
    int socket() const { return m_socket.get(); }
    pid_t pid() const { return m_pid; }
    // Message when there is something to read. The bound is on work, not on waiting: a child that got no
    // processor or waits for a slow disc has up to four times as long, one that computes has not.
    wire::Got awaitWork(std::chrono::milliseconds bound, int stopDescriptor) const;

private:
    pid_t m_pid = -1;
    wire::Descriptor m_socket{};
};

// Wakes who waits at a socket when its work is to stop.
class StopSignal {
public:
    StopSignal();
    bool valid() const { return m_event.valid(); }
    int descriptor() const { return m_event.get(); } // readable once a stop was asked for
    // Holds for as long as what is returned lives; a stop of earlier work is forgotten.
    std::stop_callback<std::function<void()>> armed(const base::WorkContext &work);

private:
    wire::Descriptor m_event{};
};

} // namespace naru::imaging
