#include "app/practice/audit/AuditRepository.h"

#include "app/practice/audit/AuditStore.h"
#include "app/practice/audit/SyslogFrame.h"
#include "core/base/Errors.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <list>
#include <thread>

namespace naru::practice {

namespace {
constexpr int tick = 200; // ms between looks at the stop flag
constexpr int handshakeSeconds = 10;

base::Error io(const char *what)
{
    return base::Error(
        base::errors::Io, QLatin1String(what), {{QStringLiteral("what"), QLatin1String(what)}});
}

using Clock = std::chrono::steady_clock;
} // namespace

class AuditRepository::Impl {
public:
    explicit Impl(AuditRepositoryConfig config)
        : m_config(std::move(config))
    {
    }
    ~Impl() { stop(); }

    base::Status start()
    {
        if (m_running)
            return {};
        auto status = prepare();
        if (!status) {
            release();
            return status;
        }
        m_running = true;
        m_acceptor = std::thread([this] { acceptLoop(); });
        return {};
    }

    void stop()
    {
        m_running = false;
        if (m_acceptor.joinable())
            m_acceptor.join();
        for (Worker &worker : m_workers)
            worker.thread.join();
        m_workers.clear();
        release();
    }

    quint16 port() const { return m_running ? m_port.load() : quint16(0); }
    const AuditStore &store() const { return m_store; }

private:
    struct Worker {
        std::thread thread{};
        std::atomic<bool> done{false};
    };

    base::Status prepare()
    {
        NARU_TRY(m_store.open(m_config.databasePath));
        NARU_TRY(loadTls());
        return listenOn();
    }

    void release()
    {
        if (m_socket >= 0)
            ::close(m_socket);
        m_socket = -1;
        SSL_CTX_free(m_tls);
        m_tls = nullptr;
        m_port = 0;
    }

    base::Status loadTls()
    {
        m_tls = SSL_CTX_new(TLS_server_method());
        if (!m_tls)
            return io("TLS");
        SSL_CTX_set_min_proto_version(m_tls, TLS1_2_VERSION);
        SSL_CTX_set_verify(m_tls, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
        const QByteArray ca = m_config.caFile.toUtf8();
        if (SSL_CTX_load_verify_locations(m_tls, ca.constData(), nullptr) != 1)
            return io("CA certificate");
        SSL_CTX_set_client_CA_list(m_tls, SSL_load_client_CA_file(ca.constData()));
        if (SSL_CTX_use_certificate_chain_file(m_tls, m_config.certificateFile.toUtf8().constData()) != 1)
            return io("certificate");
        if (SSL_CTX_use_PrivateKey_file(m_tls, m_config.keyFile.toUtf8().constData(), SSL_FILETYPE_PEM) != 1
            || SSL_CTX_check_private_key(m_tls) != 1)
            return io("private key");
        // Client certificates and sessions need a context id, or resumption fails the handshake.
        static constexpr unsigned char sessionId[] = "naru-audit";
        SSL_CTX_set_session_id_context(m_tls, sessionId, sizeof(sessionId) - 1);
        return {};
    }

    base::Status listenOn()
    {
        m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const int yes = 1;
        ::setsockopt(m_socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(m_config.port);
        socklen_t size = sizeof(address);
        if (m_socket < 0 || ::inet_pton(AF_INET, m_config.host.toLatin1().constData(), &address.sin_addr) != 1
            || ::bind(m_socket, reinterpret_cast<sockaddr *>(&address), size) != 0
            || ::listen(m_socket, 16) != 0
            || ::getsockname(m_socket, reinterpret_cast<sockaddr *>(&address), &size) != 0)
            return io("port");
        m_port = ntohs(address.sin_port);
        return {};
    }

    void acceptLoop()
    {
        while (m_running) {
            pollfd wait{m_socket, POLLIN, 0};
            reap();
            if (::poll(&wait, 1, tick) <= 0)
                continue;
            const int client = ::accept4(m_socket, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
            if (client < 0)
                continue;
            if (int(m_workers.size()) >= m_config.maxConnections) {
                ::close(client);
                continue;
            }
            Worker &worker = m_workers.emplace_back();
            worker.thread = std::thread([this, client, &worker] {
                serve(client);
                worker.done = true;
            });
        }
    }

    // Only the acceptor's thread touches the list while it runs.
    void reap()
    {
        for (auto it = m_workers.begin(); it != m_workers.end();) {
            if (it->done) {
                it->thread.join();
                it = m_workers.erase(it);
            } else {
                ++it;
            }
        }
    }

    // Waits for what OpenSSL wants; false when stopping or `until` has passed.
    bool waitFor(int client, short events, Clock::time_point until) const
    {
        while (m_running && Clock::now() < until) {
            pollfd wait{client, events, 0};
            if (::poll(&wait, 1, tick) > 0)
                return true;
        }
        return false;
    }

    bool handshake(SSL *tls, int client) const
    {
        const auto until = Clock::now() + std::chrono::seconds(handshakeSeconds);
        for (;;) {
            const int result = SSL_accept(tls);
            if (result == 1)
                return true;
            const int error = SSL_get_error(tls, result);
            const bool again = error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
            if (!again || !waitFor(client, error == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT, until))
                return false;
        }
    }

    void serve(int client)
    {
        // OpenSSL writes with write(): a peer that is gone must not end the program.
        sigset_t signals;
        sigemptyset(&signals);
        sigaddset(&signals, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &signals, nullptr);
        SSL *tls = SSL_new(m_tls);
        SSL_set_fd(tls, client);
        ERR_clear_error();
        if (handshake(tls, client)) {
            readMessages(tls, client);
            // Our close_notify answers the peer's (or says that we end); the socket stays until it is out.
            if (SSL_shutdown(tls) == 0)
                SSL_shutdown(tls);
        }
        SSL_free(tls);
        ::close(client);
    }

    void readMessages(SSL *tls, int client)
    {
        const QString peer = peerName(tls);
        FrameParser frames(m_config.maxMessageBytes);
        QByteArray piece(16384, '\0');
        auto until = Clock::now() + std::chrono::seconds(m_config.idleSeconds);
        while (m_running) {
            const int got = SSL_read(tls, piece.data(), int(piece.size()));
            if (got > 0) {
                frames.feed(QByteArrayView(piece.constData(), got));
                if (!takeFrames(frames, peer))
                    return;
                until = Clock::now() + std::chrono::seconds(m_config.idleSeconds);
                continue;
            }
            const int error = SSL_get_error(tls, got);
            const bool again = error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
            if (!again || !waitFor(client, error == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT, until))
                break;
        }
        if (frames.unfinished())
            (void)m_store.reject({}, peer, QStringLiteral("the connection ended inside a message"));
    }

    // False when the stream cannot be followed any more.
    bool takeFrames(FrameParser &frames, const QString &peer)
    {
        for (;;) {
            const auto frame = frames.next();
            if (!frame) {
                (void)m_store.reject({}, peer, frame.error().toString());
                return false;
            }
            if (!frame.value())
                return true;
            // A database that refuses ends the connection: the sender keeps what it could not hand over.
            if (!m_store.accept(*frame.value(), peer))
                return false;
        }
    }

    static QString peerName(SSL *tls)
    {
        X509 *certificate = SSL_get1_peer_certificate(tls);
        if (!certificate)
            return {};
        char name[256] = {};
        X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name, sizeof(name) - 1);
        X509_free(certificate);
        return QString::fromUtf8(name);
    }

    AuditRepositoryConfig m_config;
    AuditStore m_store{};
    SSL_CTX *m_tls = nullptr;
    int m_socket = -1;
    std::atomic<quint16> m_port{0};
    std::atomic<bool> m_running{false};
    std::thread m_acceptor{};
    std::list<Worker> m_workers{};
};

AuditRepository::AuditRepository(AuditRepositoryConfig config)
    : m_impl(std::make_unique<Impl>(std::move(config)))
{
}
AuditRepository::~AuditRepository() = default;

base::Status AuditRepository::start()
{
    return m_impl->start();
}
void AuditRepository::stop()
{
    m_impl->stop();
}
quint16 AuditRepository::port() const
{
    return m_impl->port();
}
AuditCounts AuditRepository::count() const
{
    return m_impl->store().counts();
}
qint64 AuditRepository::countEvent(const QString &eventId) const
{
    return m_impl->store().countEvent(eventId);
}

} // namespace naru::practice
