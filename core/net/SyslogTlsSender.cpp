#include "core/net/SyslogTlsSender.h"

#include "core/base/Errors.h"
#include "core/net/Errors.h"
#include "core/net/TlsConnection.h"

namespace naru::net {

QByteArray syslogFrame(const QByteArray &message)
{
    return QByteArray::number(message.size()) + ' ' + message;
}

base::Status SyslogTlsSender::send(
    const std::vector<QByteArray> &messages, const base::WorkContext &work) const
{
    if (messages.empty())
        return {};
    TlsConnection connection;
    NARU_TRY(connection.connect(m_host, m_port, m_identity, work, m_timeoutMs));
    for (const QByteArray &message : messages) {
        // A write into a connection the peer has closed succeeds once and is lost; so look first.
        if (connection.peerSpoke())
            return base::Error(errors::Reset, QStringLiteral("the receiver closed or spoke"),
                {{QStringLiteral("host"), m_host}});
        NARU_TRY(connection.write(syslogFrame(message), work, m_timeoutMs));
    }
    const base::Status closed = m_confirmation == SyslogConfirmation::OrdinaryEnd
        ? connection.closeOrdinarily(work, m_timeoutMs)
        : connection.closeCleanly(work, m_timeoutMs);
    if (closed || closed.error().is(base::errors::Stopped))
        return closed;
    return base::Error(
        errors::Unconfirmed, QStringLiteral("no close_notify"), {{QStringLiteral("host"), m_host}})
        .because(closed.error());
}

} // namespace naru::net
