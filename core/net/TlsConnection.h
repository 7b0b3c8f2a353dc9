// A TLS client connection for byte protocols (RFC 5425 and the endpoint test): OpenSSL on a non-blocking
// socket, every wait bounded and cancellable (resolving a name is bounded by the system's resolver). Not
// thread-safe; one owner.
#pragma once

#include "core/base/Result.h"
#include "core/base/WorkContext.h"
#include "core/net/TlsIdentity.h"

#include <QByteArrayView>
#include <QDateTime>
#include <memory>

namespace naru::net {

struct TlsPeer {
    QString protocol{}; // "TLSv1.3"
    QString cipher{};
    QString subject{};
    QString issuer{};
    QDateTime notBefore{}, notAfter{};
    QString sha256{}; // fingerprint, lower-case hex
    bool asksForCertificate = false; // the server sent a CertificateRequest
};

class TlsConnection {
public:
    TlsConnection();
    ~TlsConnection();
    TlsConnection(TlsConnection &&) noexcept;
    TlsConnection &operator=(TlsConnection &&) noexcept;

    // Steps one by one for the endpoint test; connect() does all three.
    base::Result<QString> resolve(const QString &host, quint16 port); // first address as text
    base::Status open(const base::WorkContext &work, int timeoutMs); // TCP
    base::Status handshake(const TlsIdentity &identity, const base::WorkContext &work, int timeoutMs);
    base::Status connect(const QString &host, quint16 port, const TlsIdentity &identity,
        const base::WorkContext &work, int timeoutMs);

    const TlsPeer &peer() const;
    // The peer has closed, sent an alert or unexpected data: nothing may be written any more.
    bool peerSpoke();
    base::Status write(QByteArrayView bytes, const base::WorkContext &work, int timeoutMs);
    // At least one byte, at most `size`; 0 at the peer's clean close_notify; net.Reset when cut off.
    base::Result<int> read(char *buffer, int size, const base::WorkContext &work, int timeoutMs);
    // Sends close_notify and waits for the peer's: success only when both were exchanged.
    base::Status closeCleanly(const base::WorkContext &work, int timeoutMs);
    // For peers that end without close_notify: success also when the peer ends the connection after ours the
    // ordinary way (FIN, no reset) and every byte was acknowledged. A socket closed with unread data resets,
    // so the peer has read all.
    base::Status closeOrdinarily(const base::WorkContext &work, int timeoutMs);
    void abort();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace naru::net
