// A TLS server for tests: one thread, loopback, a free port; the test's function speaks each connection by
// hand, so that every misbehaviour can be played.
#pragma once

#include "tests/core/net/TestCertificates.h"

#include <QString>
#include <arpa/inet.h>
#include <atomic>
#include <csignal>
#include <functional>
#include <mutex>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace naru::test {

class Peer {
public:
    Peer(SSL *ssl, int socket)
        : m_ssl(ssl)
        , m_socket(socket)
    {
    }
    // Head and body of a request with Content-Length; empty when the client went away.
    QByteArray readRequest()
    {
        QByteArray all;
        qsizetype body = -1;
        qsizetype head = -1;
        while (head < 0 || all.size() < head + body) {
            char buffer[65536];
            const int count = SSL_read(m_ssl, buffer, sizeof buffer);
            if (count <= 0)
                return {};
            all.append(buffer, count);
            if (head < 0 && all.contains("\r\n\r\n")) {
                head = all.indexOf("\r\n\r\n") + 4;
                const qsizetype at = all.toLower().indexOf("content-length:");
                body = at < 0 || at > head
                    ? 0
                    : all.mid(at + 15, all.indexOf('\r', at) - at - 15).trimmed().toLongLong();
            }
        }
        return all;
    }
    bool write(QByteArrayView bytes)
    {
        while (!bytes.isEmpty()) {
            const int count = SSL_write(m_ssl, bytes.data(), int(qMin<qsizetype>(bytes.size(), 1 << 20)));
            if (count <= 0)
                return false;
            bytes = bytes.sliced(count);
        }
        return true;
    }
    bool respond(const QByteArray &contentType, const QByteArray &body, const QByteArray &status = "200 OK")
    {
        return write("HTTP/1.1 " + status + "\r\nContent-Type: " + contentType + "\r\nContent-Length: "
            + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body);
    }
    QByteArray read(int size)
    {
        QByteArray out(size, '\0');
        const int count = SSL_read(m_ssl, out.data(), size);
        out.resize(qMax(0, count));
        m_clean = m_clean || (count <= 0 && SSL_get_error(m_ssl, count) == SSL_ERROR_ZERO_RETURN);
        return out;
    }
    bool sawCleanClose() const { return m_clean; }
    void reset() // the connection dies without a word
    {
        const linger now{1, 0};
        setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        m_quiet = true;
    }
    void closeWithoutNotify() { m_quiet = true; }
    bool quiet() const { return m_quiet; }

private:
    SSL *m_ssl;
    int m_socket;
    bool m_quiet = false;
    bool m_clean = false;
};

class TestTlsServer {
public:
    enum class ClientCertificate { None, Required };
    using Script = std::function<void(Peer &)>;

    explicit TestTlsServer(Script script, ClientCertificate clientCertificate = ClientCertificate::Required,
        const KeyAndCertificate *own = nullptr)
        : m_script(std::move(script))
    {
        std::signal(SIGPIPE, SIG_IGN);
        const TestCertificates &all = TestCertificates::instance();
        const KeyAndCertificate &server = own ? *own : all.server;
        m_context = SSL_CTX_new(TLS_server_method());
        SSL_CTX_use_certificate(m_context, server.certificate);
        SSL_CTX_use_PrivateKey(m_context, server.key);
        X509_STORE_add_cert(SSL_CTX_get_cert_store(m_context), all.authority.certificate);
        if (clientCertificate == ClientCertificate::Required)
            SSL_CTX_set_verify(m_context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
        m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::bind(m_listener, reinterpret_cast<sockaddr *>(&address), sizeof address);
        ::listen(m_listener, 16);
        socklen_t size = sizeof address;
        ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &size);
        m_port = ntohs(address.sin_port);
        m_thread = std::thread([this] { run(); });
    }
    ~TestTlsServer()
    {
        m_stop = true;
        m_thread.join();
        ::close(m_listener);
        SSL_CTX_free(m_context);
    }
    quint16 port() const { return m_port; }
    QString url(const QString &path = QStringLiteral("/registry")) const
    {
        return QStringLiteral("https://127.0.0.1:%1%2").arg(m_port).arg(path);
    }
    int connections() const { return m_connections; }

private:
    void run()
    {
        while (!m_stop) {
            pollfd item{m_listener, POLLIN, 0};
            if (::poll(&item, 1, 20) <= 0)
                continue;
            const int socket = ::accept(m_listener, nullptr, nullptr);
            if (socket < 0)
                continue;
            ++m_connections;
            const timeval patience{5, 0};
            setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
            setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
            SSL *ssl = SSL_new(m_context);
            SSL_set_fd(ssl, socket);
            if (SSL_accept(ssl) == 1) {
                Peer peer(ssl, socket);
                m_script(peer);
                if (!peer.quiet())
                    SSL_shutdown(ssl);
            }
            SSL_free(ssl);
            ::close(socket);
        }
    }

    Script m_script;
    SSL_CTX *m_context = nullptr;
    int m_listener = -1;
    quint16 m_port = 0;
    std::atomic<bool> m_stop{false};
    std::atomic<int> m_connections{0};
    std::thread m_thread{};
};

} // namespace naru::test
