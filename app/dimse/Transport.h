// Sockets and TLS under an association: DCMTK's transport layer with what it leaves open. It sets options on
// each new socket, checks the peer's name, and allows TLS 1.2 and later only.
#pragma once

#include "app/dimse/Link.h"

struct T_ASC_Parameters;
class DcmTransportLayer;

namespace naru::dimse {

class Transport {
public:
    explicit Transport(const Setup &setup);
    ~Transport();
    Transport(const Transport &) = delete;
    Transport &operator=(const Transport &) = delete;

    base::Status load(int certificate, int authorities); // dimse.Credentials
    DcmTransportLayer *layer();
    // Many peers leave Nagle's algorithm on and send a message in two segments: the second waits until the
    // first is acknowledged, 40 ms with delayed acknowledgements. Linux forgets this setting after a while.
    void acknowledgeAtOnce();

private:
    struct Layer;
    Setup m_setup;
    std::unique_ptr<Layer> m_layer;
};

void identify(T_ASC_Parameters *parameters); // our implementation class and version

} // namespace naru::dimse
