// Answers the pool's requests one after the other. Keeps the last instances open, since frames of one file
// are asked for in a row.
#pragma once

#include "app/decoder/FrameDesk.h"
#include "core/imaging/decode/Instance.h"
#include "core/imaging/pool/Wire.h"

#include <QCborMap>

#include <list>

namespace naru::decoder {

class Service {
public:
    explicit Service(int socket)
        : m_socket(socket)
    {
    }
    // Until the socket is closed; the exit status of the program.
    int run();

private:
    struct Kept {
        qint64 source = 0;
        imaging::wire::Descriptor descriptor{};
        std::unique_ptr<imaging::Instance> instance{};
    };
    QCborMap answer(imaging::wire::Message &request);
    base::Result<imaging::Instance *> instance(imaging::wire::Message &request);
    base::Status carryOut(imaging::wire::Message &request, QCborMap &answer);
    base::Status decodeFrame(imaging::Instance &instance, imaging::wire::Message &request);
    bool send(const QCborMap &answer);

    int m_socket;
    std::list<Kept> m_kept{}; // used last first
    FrameDesk m_desk{};
};

} // namespace naru::decoder
