// Storage SCP: accepts associations of peers on a list, each in a confined child of its own, and hands their
// instances over. A peer hears success only after the receiver said so. Storage commitment reports arrive
// here as well.
#pragma once

#include "core/imaging/dimse/DimseTypes.h"

namespace naru::imaging::dimse {

struct AllowedPeer {
    QString callingAe{};
    QString address{}; // IPv4 address or name; empty: from anywhere
    friend bool operator==(const AllowedPeer &, const AllowedPeer &) = default;
};

struct ListenOptions {
    QString address = QStringLiteral("0.0.0.0");
    int port = 11112; // 0: any free one
    QString aeTitle{}; // ours; a peer that calls another is refused
    std::vector<AllowedPeer> allowed{}; // empty: nobody
    bool tls = false;
    Credentials credentials{};
    int associations = 8; // at once; more are refused for now
    Limits limits{};
};

class Listener {
public:
    struct Handlers {
        // Who may call just now, asked at each association; without it ListenOptions::allowed.
        std::function<std::vector<AllowedPeer>()> peers{};
        Receiver received{}; // on several threads at once
        std::function<void(const Commitment &, const QString &callingAe)> committed{};
        // An association ended: who, how many were kept and not kept, and why it ended early.
        std::function<void(const QString &callingAe, int kept, int failed, const base::Status &)> ended{};
    };
    // dimse.Listen, .Invalid, .Credentials, .Program
    static base::Result<std::unique_ptr<Listener>> start(const ListenOptions &options, Handlers handlers);
    virtual ~Listener() = default; // stops; associations under way are broken off

    virtual int port() const = 0;
};

} // namespace naru::imaging::dimse
