// A transaction against a hand-written peer behind TLS: what the peer answers, and what it was asked.
#pragma once

#include "core/ihe/Caller.h"
#include "tests/core/ihe/Samples.h"
#include "tests/core/net/TestTlsServer.h"

#include <functional>
#include <vector>

namespace naru::test {

class Recorder : public ihe::AuditListener {
public:
    void transaction(const ihe::TransactionRecord &record) override { records.push_back(record); }
    std::vector<ihe::TransactionRecord> records{};
};

inline QByteArray headerOf(const QByteArray &request, const char *name)
{
    const qsizetype at = request.toLower().indexOf(QByteArray("\r\n") + name + ':');
    return at < 0 ? QByteArray()
                  : request
                        .mid(request.indexOf(':', at) + 1,
                            request.indexOf("\r\n", at + 2) - request.indexOf(':', at) - 1)
                        .trimmed();
}
inline QByteArray bodyOf(const QByteArray &request)
{
    return request.mid(request.indexOf("\r\n\r\n") + 4);
}
inline QByteArray between(const QByteArray &text, const QByteArray &open, const QByteArray &close)
{
    const qsizetype at = text.indexOf(open);
    return at < 0 ? QByteArray()
                  : text.mid(at + open.size(), text.indexOf(close, at + open.size()) - at - open.size());
}

// A peer that answers every request by `answer(request, messageId)`; an empty answer resets the connection.
struct Exchange {
    using Answer = std::function<QByteArray(const QByteArray &, const QByteArray &)>;
    explicit Exchange(Answer answer_, QByteArray contentType_ = "application/soap+xml; charset=utf-8",
        QByteArray status_ = "200 OK")
        : answer(std::move(answer_))
        , contentType(std::move(contentType_))
        , status(std::move(status_))
        , server([this](Peer &peer) {
            requests.push_back(peer.readRequest());
            const QByteArray text = answer(requests.back(), between(requests.back(), "<wsa:MessageID>", "<"));
            if (text.isEmpty())
                peer.reset();
            else
                peer.respond(contentType, text, status);
        })
        , caller({TestCertificates::instance().identity(), &recorder})
    {
        endpoint.url = server.url();
        endpoint.timeoutSeconds = 5;
    }
    Answer answer;
    QByteArray contentType;
    QByteArray status;
    std::vector<QByteArray> requests{};
    Recorder recorder{};
    TestTlsServer server;
    ihe::Caller caller;
    ihe::Endpoint endpoint{};
};

template <typename T> QString codeOf(const base::Result<T> &result)
{
    return result ? QStringLiteral("ok") : QString::fromLatin1(result.error().code.id);
}

} // namespace naru::test
