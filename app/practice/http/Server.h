// HTTPS on 127.0.0.1 for every endpoint: client certificates required, TLS 1.2 and up, bodies bounded, every
// exception of a handler turned into a SOAP fault, faults on purpose applied here.
#pragma once

#include "app/practice/consent/ConsentBook.h"
#include "app/practice/faults/FaultPlan.h"
#include "app/practice/soap/Soap.h"

#include <QMultiMap>

#include <functional>
#include <memory>

namespace naru::practice {

struct HttpRequest {
    QString method{}, path{};
    QStringList captured{}; // of the path's pattern
    QMultiMap<QString, QString> query{};
    QByteArray contentType{}, accept{};
    QByteArray body{}; // a view, valid while the handler runs
    Viewer viewer{};
    QString
        submitter{}; // the institution on whose behalf: the certificate's, or what the exchange itself says
};

struct ServerSettings {
    int port = 0;
    QString caFile{}, certificateFile{}, keyFile{};
    QString exchangeName{}; // CN of the exchange's own client certificate
    qint64 maxBodyBytes = 272LL << 20; // a document of 256 MiB and its metadata
};

class Server {
public:
    using Handler = std::function<HttpAnswer(const HttpRequest &)>;
    using Target = std::function<QString(const HttpRequest &)>; // fault target of a request

    Server(ServerSettings settings, FaultPlan &faults);
    ~Server(); // stops
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    void route(const QString &path, Target target, Handler handler); // POST, SOAP
    void get(
        const QString &pattern, Target target, Handler handler); // GET; a regular expression over the path
    void admin(const QString &path, Handler handler); // GET and POST, never faulted
    bool bind(); // false: port taken or certificates unusable
    int port() const;
    void start(); // returns when it answers
    void stop();

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace naru::practice
