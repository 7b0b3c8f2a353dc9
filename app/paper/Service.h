// The one document of a naru-paper process: opened once, drawn page by page, until the other side goes.
#pragma once

#include "core/imaging/pool/Wire.h"

#include <QBuffer>
#include <QPdfDocument>

namespace naru::paper {

class Service {
public:
    explicit Service(int socket);
    int run(); // exit status of the process

private:
    QCborMap open(imaging::wire::Message &question);
    QCborMap draw(const imaging::wire::Message &question);

    int m_socket;
    QByteArray m_bytes{};
    QBuffer m_buffer{};
    QPdfDocument m_document{};
    bool m_opened = false;
};

} // namespace naru::paper
