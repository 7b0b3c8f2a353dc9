// Answers the parent's questions one after the other, over associations of one link.
#pragma once

#include "app/dimse/Link.h"
#include "core/imaging/pool/Wire.h"

#include <QCborMap>

namespace naru::dimse {

class Service {
public:
    Service(int socket, const Setup &setup, Link &link)
        : m_socket(socket)
        , m_setup(setup)
        , m_link(link)
    {
    }
    int run(); // until the parent is gone; the exit status of the program

private:
    using Wire = imaging::wire::Message;
    base::Status carryOut(Wire &request, QCborMap &answer);
    base::Status associate(const Wire &request, QCborMap &answer);
    base::Status echo();
    base::Status find(const Wire &request, QCborMap &answer);
    base::Status readMatch(const Message &message, const Accepted &context, const QCborArray &wanted);
    base::Status retrieve(const Wire &request, QCborMap &answer, bool get);
    base::Status readCounts(const Message &message, QCborMap &out);
    base::Status store(const Wire &request, QCborMap &answer);
    base::Status commit(const Wire &request);
    base::Status awaitReport(int seconds);
    base::Status accept(const Wire &request);
    base::Status serve(const QByteArray &caller);
    base::Status serveOne(const Message &message, const QByteArray &caller);

    base::Status takeInstance(const Message &message, const QByteArray &sender);
    base::Status takeReport(const Message &message);
    base::Result<Wire> askParent(const QCborMap &event, const std::vector<int> &descriptors = {});
    base::Status tellParent(const QCborMap &event);
    base::Result<Message> answerTo(quint16 id, quint16 field);

    int m_socket;
    Setup m_setup;
    Link &m_link;
    qint64 m_beat = 0; // when the parent was last told that something moves
};

} // namespace naru::dimse
