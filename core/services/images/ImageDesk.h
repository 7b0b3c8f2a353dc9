// What ImageService keeps between two calls: decoders, the queue of the network, bytes opened lately.
#pragma once

#include "core/imaging/pool/DecoderPool.h"
#include "core/services/images/ImageIntake.h"

#include <list>

namespace naru::services {

class ImageDesk {
public:
    explicit ImageDesk(Profile::Internals &internals)
        : m(internals)
        , network(internals, audited)
    {
    }

    base::Result<imaging::DecoderPool *> pool();
    base::Result<QByteArray> bytes(const QString &instanceKey);
    void forget(); // opened bytes
    void sweepOnce(); // files that an interrupted import left

private:
    Profile::Internals &m;
    std::mutex m_mutex{};
    std::unique_ptr<imaging::DecoderPool> m_pool{};
    bool m_swept = false;
    std::list<std::pair<QString, QByteArray>> m_opened{}; // used last first

public:
    AuditOnce audited{};
    ImageIntake network;
};

} // namespace naru::services
