// Syslog over TLS (RFC 5425): messages framed as LEN SP MSG. The protocol has no acknowledgement, so a batch
// counts as delivered only when the peer has answered our close_notify with its own: then it has read
// everything before it.
#pragma once

#include "core/base/Result.h"
#include "core/base/WorkContext.h"
#include "core/net/TlsIdentity.h"

#include <QByteArray>
#include <vector>

namespace naru::net {

// RFC 5425 4.3: octet count, space, message.
QByteArray syslogFrame(const QByteArray &message);

// What counts as the receiver's confirmation. RFC 5425 4.4 demands its close_notify. rsyslog with the gtls
// driver never sends one and just ends the connection; that says the same, but unprotected: whoever controls
// the network can forge it.
enum class SyslogConfirmation { CloseNotify, OrdinaryEnd };

class SyslogTlsSender {
public:
    SyslogTlsSender(QString host, quint16 port, TlsIdentity identity, int timeoutSeconds = 30,
        SyslogConfirmation confirmation = SyslogConfirmation::CloseNotify)
        : m_host(std::move(host))
        , m_port(port)
        , m_identity(std::move(identity))
        , m_timeoutMs(timeoutSeconds * 1000)
        , m_confirmation(confirmation)
    {
    }
    // Success: every message reached the peer's TLS layer and the connection ended cleanly both ways. Any
    // failure: the whole batch has to be sent again (receivers remove duplicates by message id).
    // net.Unconfirmed when everything was written but the peer did not confirm. At most 50 messages are
    // advised a batch.
    base::Status send(const std::vector<QByteArray> &messages, const base::WorkContext &work = {}) const;

private:
    QString m_host{};
    quint16 m_port = 6514;
    TlsIdentity m_identity{};
    int m_timeoutMs = 30000;
    SyslogConfirmation m_confirmation = SyslogConfirmation::CloseNotify;
};

} // namespace naru::net
