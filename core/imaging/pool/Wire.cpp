#include "core/imaging/pool/Wire.h"

#include <QCborParserError>
#include <QCborValue>
#include <QtEndian>

#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace naru::imaging::wire {

using Clock = std::chrono::steady_clock;

Descriptor &Descriptor::operator=(Descriptor &&other) noexcept
{
    if (this != &other) {
        if (m_number >= 0)
            ::close(m_number);
        m_number = other.release();
    }
    return *this;
}

Descriptor::~Descriptor()
{
    if (m_number >= 0)
        ::close(m_number);
}

int Descriptor::release()
{
    const int number = m_number;
    m_number = -1;
    return number;
}

Got waitReadable(int socket, std::optional<Clock::time_point> deadline, int stopDescriptor)
{
    while (true) {
        pollfd fds[2] = {{socket, POLLIN, 0}, {stopDescriptor, POLLIN, 0}};
        int milliseconds = -1;
        if (deadline) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - Clock::now()).count();
            if (left <= 0)
                return Got::Timeout;
            milliseconds = int(qMin<qint64>(left, 1000 * 1000));
        }
        const int ready = ::poll(fds, stopDescriptor >= 0 ? 2 : 1, milliseconds);
        if (ready < 0 && errno != EINTR)
            return Got::Closed;
        if (ready > 0 && fds[0].revents)
            return Got::Message;
        if (ready > 0 && fds[1].revents)
            return Got::Stopped;
    }
}

namespace {
union ControlBuffer { // of one SCM_RIGHTS message, aligned as the kernel wants it
    cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int) * MaximumDescriptors)];
};

void attach(msghdr &message, ControlBuffer &control, const std::vector<int> &descriptors)
{
    const std::size_t bytes = sizeof(int) * descriptors.size();
    std::memset(&control, 0, sizeof control);
    message.msg_control = control.bytes;
    message.msg_controllen = CMSG_SPACE(bytes);
    cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(bytes);
    std::memcpy(CMSG_DATA(header), descriptors.data(), bytes);
}

void takeDescriptors(msghdr &received, Message &message)
{
    for (cmsghdr *header = CMSG_FIRSTHDR(&received); header; header = CMSG_NXTHDR(&received, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS)
            continue;
        const std::size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int number = -1;
            std::memcpy(&number, CMSG_DATA(header) + i * sizeof(int), sizeof number);
            message.descriptors.emplace_back(number);
        }
    }
}

Got readBytes(int socket, char *to, std::size_t count, Message &message,
    std::optional<Clock::time_point> deadline, int stopDescriptor)
{
    std::size_t done = 0;
    while (done < count) {
        // Without a bound the read itself may wait: one system call less for the child.
        if (deadline || stopDescriptor >= 0) {
            if (const Got ready = waitReadable(socket, deadline, stopDescriptor); ready != Got::Message)
                return ready;
        }
        ControlBuffer control;
        iovec part{to + done, count - done};
        msghdr received{};
        received.msg_iov = &part;
        received.msg_iovlen = 1;
        received.msg_control = control.bytes;
        received.msg_controllen = sizeof control.bytes;
        const ssize_t got = ::recvmsg(socket, &received, MSG_CMSG_CLOEXEC);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return Got::Closed;
        takeDescriptors(received, message);
        if ((received.msg_flags & MSG_CTRUNC) || message.descriptors.size() > MaximumDescriptors)
            return Got::Bad;
        done += std::size_t(got);
    }
    return Got::Message;
}
} // namespace

bool send(int socket, const QCborMap &map, const std::vector<int> &descriptors)
{
    const QByteArray body = map.toCborValue().toCbor();
    if (body.size() > qsizetype(MaximumAnswer) || descriptors.size() > MaximumDescriptors)
        return false;
    QByteArray bytes(4, '\0');
    qToLittleEndian(quint32(body.size()), bytes.data());
    bytes += body;
    for (qsizetype done = 0; done < bytes.size();) {
        iovec part{bytes.data() + done, std::size_t(bytes.size() - done)};
        msghdr message{};
        ControlBuffer control;
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        if (done == 0 && !descriptors.empty())
            attach(message, control, descriptors);
        const ssize_t sent = ::sendmsg(socket, &message, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        done += sent;
    }
    return true;
}

Got receive(int socket, Message &message, quint32 limit, std::optional<Clock::time_point> deadline,
    int stopDescriptor)
{
    message = {};
    char head[4];
    if (const Got got = readBytes(socket, head, sizeof head, message, deadline, stopDescriptor);
        got != Got::Message)
        return got;
    const quint32 length = qFromLittleEndian<quint32>(head);
    if (length == 0 || length > limit)
        return Got::Bad;
    // In pieces, so that a length alone costs nothing.
    QByteArray body;
    while (body.size() < qsizetype(length)) {
        const qsizetype had = body.size(), piece = qMin<qsizetype>(1 << 20, qsizetype(length) - had);
        body.resize(had + piece);
        if (const Got got =
                readBytes(socket, body.data() + had, std::size_t(piece), message, deadline, stopDescriptor);
            got != Got::Message)
            return got;
    }
    QCborParserError error;
    const QCborValue value = QCborValue::fromCbor(body, &error);
    if (error.error != QCborError::NoError || !value.isMap())
        return Got::Bad;
    message.map = value.toMap();
    return Got::Message;
}

} // namespace naru::imaging::wire
