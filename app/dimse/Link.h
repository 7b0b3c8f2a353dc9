// One association: DCMTK's upper layer (PS3.8) and TLS underneath, messages in pieces above. Every wait is
// bounded; every error says what went wrong, and the service adds at which step.
#pragma once

#include "app/dimse/Command.h"
#include "core/base/Result.h"

#include <QByteArray>
#include <QCborArray>
#include <QStringList>

#include <functional>
#include <memory>
#include <vector>

namespace naru::dimse {

struct Setup {
    QByteArray address{}, calledAe{}, callingAe{}, tlsName{};
    int port = 0, connectSeconds = 10, answerSeconds = 30, matches = 5000;
    bool tls = false, acceptor = false;
    qint64 instanceBytes = 0;
};

struct Offer {
    QByteArray abstractSyntax{};
    QList<QByteArray> syntaxes{};
    bool provider = false;
};

struct Accepted { // a presentation context both sides agree on
    quint8 id = 0;
    QByteArray abstractSyntax{}, syntax{};
};

struct Caller { // who asks for an association
    QByteArray callingAe{}, calledAe{};
};

struct Message {
    quint8 context = 0;
    Command command{};
};

class Link {
public:
    explicit Link(const Setup &setup);
    ~Link();
    Link(const Link &) = delete;
    Link &operator=(const Link &) = delete;

    // Before the process is confined: TLS material, the library's own start.
    base::Status prepare(int certificate, int authorities);

    // dimse.Tcp, .Tls, .Rejected, .Timeout, .Aborted, .Lost, .Garbage
    base::Result<std::vector<QByteArray>> associate(const std::vector<Offer> &offers);
    base::Result<Caller> listen(int socket); // until the request has been read
    // Lets the caller in with the contexts of storage, verification and commitment, or tells it why not.
    base::Status admit();
    void refuse(bool callingUnknown, bool calledUnknown);
    void release();
    void abort();
    bool isOpen() const;
    // The peer asked to end; answered already.
    bool wasReleased() const;

    const std::vector<Accepted> &accepted() const;
    const Accepted *context(quint8 id) const;
    const Accepted *contextFor(const QByteArray &abstractSyntax, const QByteArray &syntax = {}) const;

    quint16 nextId();
    base::Status send(quint8 context, const Command &command, const char *data = nullptr, qsizetype size = 0);
    base::Result<Message> receive(int seconds = 0); // 0: as long as the settings say
    // The data set of the message just received, piece by piece.
    using Sink = std::function<base::Status(const char *data, qsizetype size)>;
    base::Status receiveData(quint8 context, const Sink &sink);
    base::Result<QByteArray> receiveData(quint8 context, qsizetype limit);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace naru::dimse
