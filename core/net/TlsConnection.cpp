#include "core/net/TlsConnection.h"

#include "core/base/Digest.h"
#include "core/base/Errors.h"
#include "core/net/CurlFailure.h"
#include "core/net/Errors.h"
#include "core/net/SigpipeGuard.h"
#include "core/net/TlsContext.h"

#include <QDeadlineTimer>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <linux/sockios.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace naru::net {

namespace {
constexpr int sliceMs = 50; // how late a stop request is noticed
constexpr int verdictMs = 200;
constexpr int endOfStreamMs = 1000;
constexpr int settleMs = 200; // from the peer's socket to its store
constexpr unsigned userTimeoutMs = 10'000; // unacknowledged data ends the connection (TCP_USER_TIMEOUT)

QDateTime timeOf(const ASN1_TIME *time)
{
    std::tm parts{};
    if (!time || ASN1_TIME_to_tm(time, &parts) != 1)
        return {};
    return QDateTime(QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
        QTime(parts.tm_hour, parts.tm_min, parts.tm_sec), Qt::UTC);
}

QString nameOf(const X509_NAME *name)
{
    char text[512] = "";
    X509_NAME_oneline(name, text, sizeof text);
    return QString::fromUtf8(text);
}

int noteCertificateRequest(SSL *, void *peer)
{
    static_cast<TlsPeer *>(peer)->asksForCertificate = true;
    return 1;
}
} // namespace

struct TlsConnection::Private {
    QString host{};
    sockaddr_storage address{};
    socklen_t addressSize = 0;
    int family = 0;
    int socket = -1;
    SslContextPtr context{};
    SslPtr ssl{};
    TlsPeer peer{};

    ~Private() { close(); }

    void close()
    {
        ssl.reset();
        if (socket >= 0)
            ::close(socket);
        socket = -1;
    }

    base::Error error(base::ErrorCode code, const QString &what) const
    {
        return base::Error(code, what, {{QStringLiteral("host"), host}, {QStringLiteral("what"), what}});
    }

    // Waits until the socket is ready for `events`.
    base::Status wait(short events, const base::WorkContext &work, const QDeadlineTimer &deadline) const
    {
        for (;;) {
            if (work.stopRequested())
                return base::Error(base::errors::Stopped);
            pollfd item{socket, events, 0};
            const int left = int(qBound(qint64(0), deadline.remainingTime(), qint64(sliceMs)));
            const int ready = ::poll(&item, 1, left);
            if (ready > 0)
                return {};
            if (deadline.hasExpired())
                return error(errors::Timeout, QStringLiteral("timeout"));
        }
    }

    // Repeats an SSL operation until it succeeds; `operation` returns what OpenSSL returned.
    template <typename F> base::Result<int> drive(F operation, const base::WorkContext &work, int timeoutMs)
    {
        const SigpipeGuard guard;
        const QDeadlineTimer deadline(timeoutMs);
        for (;;) {
            ERR_clear_error();
            errno = 0;
            const int result = operation();
            if (result > 0)
                return result;
            switch (SSL_get_error(ssl.get(), result)) {
            case SSL_ERROR_WANT_READ:
                NARU_TRY(wait(POLLIN, work, deadline));
                break;
            case SSL_ERROR_WANT_WRITE:
                NARU_TRY(wait(POLLOUT, work, deadline));
                break;
            case SSL_ERROR_ZERO_RETURN:
                return 0;
            default:
                return failure();
            }
        }
    }

    base::Error failure() const
    {
        const QString text = opensslErrorText();
        const QString alert = clientCertificateAlert(text.toUtf8());
        if (!alert.isEmpty())
            return error(errors::TlsClientRefused, alert);
        if (const long verdict = SSL_get_verify_result(ssl.get()); verdict != X509_V_OK)
            return error(errors::TlsTrust, QString::fromLatin1(X509_verify_cert_error_string(verdict)));
        if (!SSL_is_init_finished(ssl.get()) && !text.isEmpty()
            && !text.contains(QLatin1String("unexpected eof")))
            return error(errors::TlsFailed, text);
        return error(errors::Reset, text.isEmpty() ? QString::fromLocal8Bit(std::strerror(errno)) : text);
    }

    // Under TLS 1.3 the server judges our certificate after the handshake has ended for us; its alert would
    // be wiped out by the reset that our first data causes. Session tickets are the usual first record and
    // mean yes.
    base::Status awaitVerdict(const base::WorkContext &work)
    {
        if (SSL_version(ssl.get()) < TLS1_3_VERSION)
            return {};
        const base::Status ready = wait(POLLIN, work, QDeadlineTimer(verdictMs));
        if (!ready)
            return ready.error().is(base::errors::Stopped) ? ready : base::Status{};
        ERR_clear_error();
        char byte = 0;
        const int result = SSL_peek(ssl.get(), &byte, 1);
        const int kind = SSL_get_error(ssl.get(), result);
        return result > 0 || kind == SSL_ERROR_WANT_READ || kind == SSL_ERROR_ZERO_RETURN
            ? base::Status{}
            : base::Status(failure());
    }

    // After both close_notify: a peer that had unread data resets the connection, an honest one ends it. One
    // that leaves it open has answered all the same.
    base::Status endOfStream(const base::WorkContext &work)
    {
        ::shutdown(socket, SHUT_WR);
        const base::Status ready = wait(POLLIN, work, QDeadlineTimer(endOfStreamMs));
        char byte = 0;
        const bool reset = ready && ::recv(socket, &byte, 1, MSG_DONTWAIT) < 0 && errno == ECONNRESET;
        close();
        return reset ? error(errors::Reset, QStringLiteral("reset with unread data")) : base::Status{};
    }

    // The peer has ended its direction (not by a reset), and nothing of ours is unacknowledged.
    bool endedAfterReading(const base::WorkContext &work) const
    {
        const QDeadlineTimer deadline(endOfStreamMs);
        for (;;) {
            char byte = 0;
            int waiting = 0;
            if (::recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) != 0
                || ::ioctl(socket, SIOCOUTQ, &waiting) != 0)
                return false;
            if (waiting == 0)
                return true;
            if (work.stopRequested() || deadline.hasExpired())
                return false;
            ::poll(nullptr, 0, 10);
        }
    }

    void describePeer()
    {
        peer.protocol = QString::fromLatin1(SSL_get_version(ssl.get()));
        peer.cipher = QString::fromLatin1(SSL_get_cipher_name(ssl.get()));
        X509 *certificate = SSL_get1_peer_certificate(ssl.get());
        if (!certificate)
            return;
        peer.subject = nameOf(X509_get_subject_name(certificate));
        peer.issuer = nameOf(X509_get_issuer_name(certificate));
        peer.notBefore = timeOf(X509_get0_notBefore(certificate));
        peer.notAfter = timeOf(X509_get0_notAfter(certificate));
        unsigned char digest[EVP_MAX_MD_SIZE];
        unsigned size = 0;
        if (X509_digest(certificate, EVP_sha256(), digest, &size) == 1)
            peer.sha256 =
                QString::fromLatin1(QByteArray(reinterpret_cast<char *>(digest), int(size)).toHex());
        X509_free(certificate);
    }
};

TlsConnection::TlsConnection()
    : d(std::make_unique<Private>())
{
}
TlsConnection::~TlsConnection() = default;
TlsConnection::TlsConnection(TlsConnection &&) noexcept = default;
TlsConnection &TlsConnection::operator=(TlsConnection &&) noexcept = default;

base::Result<QString> TlsConnection::resolve(const QString &host, quint16 port)
{
    d->host = host;
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV;
    addrinfo *list = nullptr;
    const int code =
        getaddrinfo(host.toUtf8().constData(), QByteArray::number(port).constData(), &hints, &list);
    if (code != 0 || !list)
        return d->error(errors::Dns, QString::fromLocal8Bit(gai_strerror(code)));
    std::memcpy(&d->address, list->ai_addr, list->ai_addrlen);
    d->addressSize = list->ai_addrlen;
    d->family = list->ai_family;
    char text[NI_MAXHOST] = "";
    getnameinfo(list->ai_addr, list->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST);
    freeaddrinfo(list);
    return QString::fromLatin1(text);
}

base::Status TlsConnection::open(const base::WorkContext &work, int timeoutMs)
{
    d->close();
    d->socket = ::socket(d->family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (d->socket < 0)
        return d->error(errors::Refused, QString::fromLocal8Bit(std::strerror(errno)));
    const int on = 1;
    setsockopt(d->socket, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    setsockopt(d->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(d->socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &userTimeoutMs, sizeof userTimeoutMs);
    if (::connect(d->socket, reinterpret_cast<sockaddr *>(&d->address), d->addressSize) == 0)
        return {};
    if (errno != EINPROGRESS)
        return d->error(errors::Refused, QString::fromLocal8Bit(std::strerror(errno)));
    NARU_TRY(d->wait(POLLOUT, work, QDeadlineTimer(timeoutMs)));
    int fault = 0;
    socklen_t size = sizeof fault;
    getsockopt(d->socket, SOL_SOCKET, SO_ERROR, &fault, &size);
    return fault == 0 ? base::Status{}
                      : d->error(errors::Refused, QString::fromLocal8Bit(std::strerror(fault)));
}

base::Status TlsConnection::handshake(
    const TlsIdentity &identity, const base::WorkContext &work, int timeoutMs)
{
    NARU_ASSIGN(d->context, makeTlsContext(identity));
    d->peer = {};
    SSL_CTX_set_cert_cb(d->context.get(), noteCertificateRequest, &d->peer);
    d->ssl.reset(SSL_new(d->context.get()));
    if (!d->ssl || SSL_set_fd(d->ssl.get(), d->socket) != 1)
        return d->error(errors::TlsFailed, opensslErrorText());
    const QByteArray host = d->host.toUtf8();
    X509_VERIFY_PARAM *rules = SSL_get0_param(d->ssl.get());
    if (X509_VERIFY_PARAM_set1_ip_asc(rules, host.constData()) != 1) {
        SSL_set_tlsext_host_name(d->ssl.get(), host.constData());
        X509_VERIFY_PARAM_set_hostflags(rules, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        X509_VERIFY_PARAM_set1_host(rules, host.constData(), 0);
    }
    const base::Result<int> result = d->drive([this] { return SSL_connect(d->ssl.get()); }, work, timeoutMs);
    if (!result)
        return result.error();
    if (*result == 0)
        return d->error(errors::TlsFailed, QStringLiteral("closed during the handshake"));
    d->describePeer();
    return d->awaitVerdict(work);
}

base::Status TlsConnection::connect(const QString &host, quint16 port, const TlsIdentity &identity,
    const base::WorkContext &work, int timeoutMs)
{
    if (base::Result<QString> address = resolve(host, port); !address)
        return address.error();
    NARU_TRY(open(work, timeoutMs));
    return handshake(identity, work, timeoutMs);
}

const TlsPeer &TlsConnection::peer() const
{
    return d->peer;
}

bool TlsConnection::peerSpoke()
{
    if (!d->ssl)
        return true;
    // Session tickets are readable bytes too, so the socket alone does not tell; SSL_peek digests them.
    ERR_clear_error();
    char byte = 0;
    const int result = SSL_peek(d->ssl.get(), &byte, 1);
    return result > 0 || SSL_get_error(d->ssl.get(), result) != SSL_ERROR_WANT_READ;
}

base::Status TlsConnection::write(QByteArrayView bytes, const base::WorkContext &work, int timeoutMs)
{
    while (!bytes.isEmpty()) {
        const int size = int(qMin<qsizetype>(bytes.size(), 64 * 1024));
        NARU_ASSIGN(const int written,
            d->drive([&] { return SSL_write(d->ssl.get(), bytes.data(), size); }, work, timeoutMs));
        if (written == 0)
            return d->error(errors::Reset, QStringLiteral("closed by the peer"));
        bytes = bytes.sliced(written);
    }
    return {};
}

base::Result<int> TlsConnection::read(char *buffer, int size, const base::WorkContext &work, int timeoutMs)
{
    return d->drive([&] { return SSL_read(d->ssl.get(), buffer, size); }, work, timeoutMs);
}

base::Status TlsConnection::closeCleanly(const base::WorkContext &work, int timeoutMs)
{
    // A close_notify sent before ours confirms nothing: the peer may have left without reading.
    if (peerSpoke())
        return d->error(errors::Reset, QStringLiteral("closed by the peer"));
    {
        const SigpipeGuard guard;
        ERR_clear_error();
        if (SSL_shutdown(d->ssl.get()) < 0 && SSL_get_error(d->ssl.get(), -1) != SSL_ERROR_WANT_WRITE)
            return d->failure();
    }
    char scrap[4096];
    for (int i = 0; i < 64; ++i) { // a receiver has nothing to say; a chatty one is cut off
        NARU_ASSIGN(const int count, read(scrap, sizeof scrap, work, timeoutMs));
        if (count == 0)
            return d->endOfStream(work);
    }
    return d->error(errors::Reset, QStringLiteral("the peer keeps talking"));
}

base::Status TlsConnection::closeOrdinarily(const base::WorkContext &work, int timeoutMs)
{
    // A peer that dies now, with lines read but not stored, ends its connection too: so it gets time before
    // it is asked.
    if (const base::Status ready = d->wait(POLLIN, work, QDeadlineTimer(settleMs));
        !ready && ready.error().is(base::errors::Stopped))
        return ready;
    const base::Status closed = closeCleanly(work, timeoutMs);
    if (closed || d->socket < 0 || !d->ssl || !(SSL_get_shutdown(d->ssl.get()) & SSL_SENT_SHUTDOWN))
        return closed;
    // Only a plain end: an alert in front of it says that something was not taken.
    return closed.error().detail.contains(QLatin1String("unexpected eof")) && d->endedAfterReading(work)
        ? base::Status{}
        : closed;
}

void TlsConnection::abort()
{
    d->close();
}

} // namespace naru::net
