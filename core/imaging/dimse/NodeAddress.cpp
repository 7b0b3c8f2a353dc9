#include "core/imaging/dimse/NodeAddress.h"
#include "core/imaging/dimse/Errors.h"
#include "core/imaging/dimse/SystemReason.h"
#include "core/imaging/pool/Wire.h"

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>

namespace naru::imaging::dimse {

namespace {
base::Error invalid(const char *what)
{
    return base::Error(errors::Invalid, {}, {{QStringLiteral("what"), QString::fromLatin1(what)}});
}

base::Error unreachable(int number)
{
    return base::Error(errors::Tcp, QString::fromLocal8Bit(std::strerror(number)),
        {{QStringLiteral("why"), systemReason(number)}});
}
} // namespace

base::Status checkNode(const Node &node)
{
    if (!validAeTitle(node.calledAe))
        return invalid("AE title of the node");
    if (!validAeTitle(node.callingAe))
        return invalid("our AE title");
    if (node.port < 1 || node.port > 65535)
        return invalid("port");
    if (node.host.isEmpty() || node.host.size() > 253)
        return invalid("host");
    return {};
}

base::Result<QString> addressOf(const QString &host)
{
    addrinfo hints{}, *found = nullptr;
    hints.ai_family = AF_INET; // the network library parses "address:port" and knows no IPv6
    hints.ai_socktype = SOCK_STREAM;
    if (::getaddrinfo(host.toUtf8().constData(), nullptr, &hints, &found) != 0 || !found)
        return errors::Dns;
    char text[INET_ADDRSTRLEN] = "";
    const auto *address = reinterpret_cast<const sockaddr_in *>(found->ai_addr);
    ::inet_ntop(AF_INET, &address->sin_addr, text, sizeof text);
    ::freeaddrinfo(found);
    return QString::fromLatin1(text);
}

base::Status tryConnect(const QString &address, int port, int seconds)
{
    const wire::Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(quint16(port));
    if (!socket.valid() || ::inet_pton(AF_INET, address.toLatin1().constData(), &to.sin_addr) != 1)
        return unreachable(EINVAL);
    if (::connect(socket.get(), reinterpret_cast<const sockaddr *>(&to), sizeof to) == 0)
        return {};
    if (errno != EINPROGRESS)
        return unreachable(errno);
    pollfd waiting{socket.get(), POLLOUT, 0};
    if (::poll(&waiting, 1, seconds * 1000) <= 0)
        return unreachable(ETIMEDOUT);
    int number = 0;
    socklen_t size = sizeof number;
    ::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &number, &size);
    return number == 0 ? base::Status() : base::Status(unreachable(number));
}

} // namespace naru::imaging::dimse
