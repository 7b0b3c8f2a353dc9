// POST and GET over https (and http where the caller says so): TLS 1.2 or later, verified peer and name, no
// redirects, no proxy, no content decoding, a fresh connection for every request (libcurl silently repeats a
// request on a kept connection that died, and a document may not be submitted twice behind our back).
// Synchronous, cancellable, thread-safe: one object may serve many threads.
//
// Failures: net.BadUrl net.Identity net.Dns net.Refused net.TlsTrust net.TlsClientRefused net.TlsFailed
// net.Timeout net.Reset net.TooLarge net.Truncated net.Failed and base.Stopped. Every one carries the
// argument "sent":
//   "no"     certainly nothing of the body was processed by the peer (no body byte left us, or TLS never came
//   up) "maybe"  the peer may have received the request, wholly or in part
// An HTTP status other than 2xx is not a failure of post() or get(): SOAP faults travel with 400 and 500. See
// requireSuccess().
#pragma once

#include "core/base/Result.h"
#include "core/base/WorkContext.h"
#include "core/net/TlsIdentity.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QPair>
#include <functional>
#include <vector>

namespace naru::net {

struct HttpLimits {
    int connectSeconds = 10;
    int totalSeconds = 60;
    int stallSeconds = 30; // less than one byte a second for so long ends the transfer
    qint64 responseBytes = 64LL * 1024 * 1024; // counted in the write callback, whatever Content-Length says
    friend bool operator==(const HttpLimits &, const HttpLimits &) = default;
};

struct HttpHead {
    int status = 0;
    QByteArray contentType{}; // as received, with parameters
    QList<QPair<QByteArray, QByteArray>> headers{}; // names as received
    QByteArray header(QByteArrayView name) const; // first, case-insensitive
};

struct HttpRequest {
    QString url{}; // https://host[:port]/path
    QByteArray contentType{};
    QList<QPair<QByteArray, QByteArray>> headers{};
    std::vector<QByteArray> body{}; // sent one after the other; big documents are shared, not copied
    HttpLimits limits{};
    // When set, the body of a 2xx answer goes here piece by piece and HttpResponse::body stays empty. An
    // error of the sink ends the transfer and comes back as it is, with the argument "sent" added.
    std::function<base::Status(const HttpHead &)> onHead{};
    std::function<base::Status(QByteArrayView)> onData{};
};

struct HttpResponse {
    HttpHead head{};
    QByteArray body{};
    qint64 receivedBytes = 0;
    qint64 sentBytes = 0;
    bool success() const { return head.status >= 200 && head.status < 300; }
    base::Status requireSuccess(const QString &url) const; // net.HttpStatus, "sent" = "maybe"
};

class HttpClient {
public:
    // AlsoHttp: for peers of the house that have no certificate; whoever sets the address has chosen that.
    enum class Schemes : char { HttpsOnly, AlsoHttp };
    explicit HttpClient(TlsIdentity identity, Schemes schemes = Schemes::HttpsOnly)
        : m_identity(std::move(identity))
        , m_schemes(schemes)
    {
    }
    base::Result<HttpResponse> post(const HttpRequest &request, const base::WorkContext &work = {}) const;
    // The same without a body: HttpRequest::body and contentType are not sent.
    base::Result<HttpResponse> get(const HttpRequest &request, const base::WorkContext &work = {}) const;
    const TlsIdentity &identity() const { return m_identity; }

private:
    TlsIdentity m_identity{};
    Schemes m_schemes = Schemes::HttpsOnly;
};

// True when the error's "sent" argument (or that of a cause) says that the peer certainly processed nothing.
bool certainlyNotSent(const base::Error &error);

} // namespace naru::net
