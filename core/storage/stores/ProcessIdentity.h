// Which process, beyond the number that the system gives out again: boot and start time are part of it.
#pragma once

#include <QString>

namespace naru::storage {

struct ProcessIdentity {
    QString host{};
    qint64 pid = 0;
    QString stamp{}; // boot id and start time
    friend bool operator==(const ProcessIdentity &, const ProcessIdentity &) = default;

    static ProcessIdentity own();
    // True unless it is certain that the process is gone: what runs on another host cannot be told from here.
    bool mayLive() const;
};

} // namespace naru::storage
