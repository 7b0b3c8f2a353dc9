#include "Peer.h"

#include <QtEndian>

#include <algorithm>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace dimsetest {

namespace {
QByteArray little(quint32 value, int bytes)
{
    QByteArray out(4, '\0');
    qToLittleEndian(value, out.data());
    return out.left(bytes);
}

QByteArray big(quint32 value, int bytes)
{
    QByteArray out(4, '\0');
    qToBigEndian(value, out.data());
    return out.right(bytes);
}

QByteArray tagBytes(quint32 tag)
{
    return little(tag >> 16, 2) + little(tag & 0xFFFF, 2);
}

QByteArray item(quint8 type, const QByteArray &body)
{
    return QByteArray(1, char(type)) + '\0' + big(quint32(body.size()), 2) + body;
}
} // namespace

QByteArray element(quint32 tag, const char *vr, QByteArray value)
{
    if (value.size() % 2)
        value += qstrcmp(vr, "UI") == 0 || qstrcmp(vr, "OB") == 0 ? '\0' : ' ';
    const bool wide = qstrcmp(vr, "OB") == 0 || qstrcmp(vr, "OW") == 0 || qstrcmp(vr, "SQ") == 0;
    return tagBytes(tag) + vr + (wide ? QByteArray(2, '\0') : QByteArray())
        + little(quint32(value.size()), wide ? 4 : 2) + value;
}

QByteArray implicitElement(quint32 tag, QByteArray value)
{
    if (value.size() % 2)
        value += '\0';
    return tagBytes(tag) + little(quint32(value.size()), 4) + value;
}

QByteArray instance(const QByteArray &uid, qsizetype pixels)
{
    const QByteArray ct = "1.2.840.10008.5.1.4.1.1.2";
    const QByteArray meta = element(0x00020001, "OB", QByteArray("\0\1", 2)) + element(0x00020002, "UI", ct)
        + element(0x00020003, "UI", uid) + element(0x00020010, "UI", "1.2.840.10008.1.2.1");
    return QByteArray(128, '\0') + "DICM" + element(0x00020000, "UL", little(quint32(meta.size()), 4)) + meta
        + element(0x00080005, "CS", "ISO_IR 192") + element(0x00080016, "UI", ct)
        + element(0x00080018, "UI", uid) + element(0x00080060, "CS", "CT")
        + element(0x00100010, "PN", "홍^길동") + element(0x0020000D, "UI", "2.25.1")
        + element(0x0020000E, "UI", "2.25.2") + element(0x7FE00010, "OW", QByteArray(pixels, '\x55'));
}

naru::imaging::dimse::Instance toSend(const QByteArray &uid, qsizetype pixels)
{
    return {QStringLiteral("1.2.840.10008.5.1.4.1.1.2"), QString::fromLatin1(uid),
        QStringLiteral("1.2.840.10008.1.2.1"),
        [bytes = instance(uid, pixels)]() { return naru::base::Result<QByteArray>(bytes); }};
}

QByteArray word(quint16 value)
{
    return little(value, 2);
}

QByteArray commandSet(std::vector<std::pair<quint16, QByteArray>> elements)
{
    std::sort(elements.begin(), elements.end());
    QByteArray body;
    for (const auto &[number, value] : elements)
        body += implicitElement(number, value);
    return implicitElement(0, little(quint32(body.size()), 4)) + body;
}

QByteArray answer(
    const Heard &heard, quint16 status, bool hasData, std::vector<std::pair<quint16, QByteArray>> more)
{
    more.insert(more.end(),
        {{0x0100, word(heard.field | 0x8000)}, {0x0120, word(heard.id)}, {0x0800, word(hasData ? 1 : 0x0101)},
            {0x0900, word(status)}});
    return commandSet(std::move(more));
}

QByteArray pduOf(quint8 type, const QByteArray &body)
{
    return QByteArray(1, char(type)) + '\0' + big(quint32(body.size()), 4) + body;
}

void Talk::raw(const QByteArray &bytes)
{
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t sent =
            ::send(m_socket, bytes.constData() + done, std::size_t(bytes.size() - done), MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        done += sent;
    }
}

QByteArray Talk::read(qsizetype size)
{
    QByteArray out;
    while (out.size() < size) {
        pollfd waiting{m_socket, POLLIN, 0};
        char buffer[65536];
        if (::poll(&waiting, 1, 20'000) <= 0)
            return {};
        const ssize_t got = ::recv(
            m_socket, buffer, std::size_t(qMin<qsizetype>(qsizetype(sizeof buffer), size - out.size())), 0);
        if (got <= 0)
            return {};
        out.append(buffer, got);
    }
    return out;
}

QByteArray Talk::pdu(quint8 *type)
{
    const QByteArray head = read(6);
    *type = head.isEmpty() ? 0 : quint8(head[0]);
    const quint32 length = head.isEmpty() ? 0 : qFromBigEndian<quint32>(head.constData() + 2);
    return length == 0 || length > (1U << 24) ? QByteArray() : read(length);
}

bool Talk::accept(const QByteArrayList &refused)
{
    quint8 type = 0;
    const QByteArray request = pdu(&type);
    if (type != 1)
        return false;
    QByteArray out = request.left(68);
    for (qsizetype at = 68; at + 4 <= request.size();) {
        const quint8 kind = quint8(request[at]);
        const qsizetype length = qFromBigEndian<quint16>(request.constData() + at + 2);
        const QByteArray body = request.mid(at + 4, length);
        at += 4 + length;
        if (kind == 0x20) {
            const qsizetype abstractLength = qFromBigEndian<quint16>(body.constData() + 6);
            const qsizetype second = 8 + abstractLength;
            m_contexts.emplace_back(body.mid(8, abstractLength), quint8(body[0]));
            const char result = refused.contains(m_contexts.back().first) ? 3 : 0;
            out += item(0x21,
                body.left(1) + '\0' + result + '\0'
                    + body.mid(second, 4 + qFromBigEndian<quint16>(body.constData() + second + 2)));
        } else {
            out += item(kind, body);
        }
    }
    raw(pduOf(2, out));
    return true;
}

quint8 Talk::ask(const QByteArray &called, const QByteArray &calling, const QByteArrayList &abstractSyntaxes,
    QByteArray *body)
{
    QByteArray out = QByteArray("\0\1\0\0", 4) + called.leftJustified(16) + calling.leftJustified(16)
        + QByteArray(32, '\0') + item(0x10, "1.2.840.10008.3.1.1.1");
    QByteArray user = item(0x51, big(1 << 16, 4)) + item(0x52, "2.25.1");
    quint8 id = 1;
    for (const QByteArray &name : abstractSyntaxes) {
        out += item(0x20,
            QByteArray(1, char(id)) + QByteArray(3, '\0') + item(0x30, name)
                + item(0x40, "1.2.840.10008.1.2.1"));
        user += item(0x54, big(quint32(name.size()), 2) + name + QByteArray("\1\1", 2));
        m_contexts.emplace_back(name, id);
        id = quint8(id + 2);
    }
    raw(pduOf(1, out + item(0x50, user)));
    quint8 type = 0;
    const QByteArray answered = pdu(&type);
    if (body)
        *body = answered;
    return type;
}

Heard Talk::hear()
{
    Heard out;
    const QByteArray body = pdu(&out.type);
    if (out.type != 4 || body.size() < 6)
        return out;
    out.context = quint8(body[4]);
    out.command = body[5] & 1;
    out.body = body.mid(6);
    for (qsizetype at = 0; out.command && at + 8 <= out.body.size();) {
        const quint16 number = qFromLittleEndian<quint16>(out.body.constData() + at + 2);
        const qsizetype length = qFromLittleEndian<quint32>(out.body.constData() + at + 4);
        const quint16 value = length >= 2 ? qFromLittleEndian<quint16>(out.body.constData() + at + 8) : 0;
        (number == 0x0100          ? out.field
                : number == 0x0110 ? out.id
                : number == 0x0900 ? out.status
                                   : *std::make_unique<quint16>()) = value;
        at += 8 + length;
    }
    return out;
}

Heard Talk::hearCommand()
{
    Heard out = hear();
    while (out.type == 4 && !out.command)
        out = hear();
    return out;
}

void Talk::data(quint8 context, const QByteArray &bytes, bool last)
{
    constexpr qsizetype Piece = 16'000;
    qsizetype at = 0;
    do {
        const QByteArray part = bytes.mid(at, Piece);
        at += part.size();
        const bool end = last && at >= bytes.size();
        raw(pduOf(4, big(quint32(part.size() + 2), 4) + char(context) + char(end ? 2 : 0) + part));
    } while (at < bytes.size());
}

void Talk::say(quint8 context, const QByteArray &command, const QByteArray &bytes)
{
    raw(pduOf(4, big(quint32(command.size() + 2), 4) + char(context) + '\3' + command));
    if (!bytes.isEmpty())
        data(context, bytes);
}

void Talk::releaseIfAsked()
{
    if (hearCommand().type == 5)
        raw(pduOf(6, QByteArray(4, '\0')));
}

quint8 Talk::contextOf(const QByteArray &abstractSyntax) const
{
    for (const auto &[name, id] : m_contexts) {
        if (name == abstractSyntax)
            return id;
    }
    return 0;
}

Peer::Peer(Script script)
    : m_script(std::move(script))
    , m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto *plain = reinterpret_cast<sockaddr *>(&address);
    if (::bind(m_listener, plain, size) == 0 && ::listen(m_listener, 8) == 0
        && ::getsockname(m_listener, plain, &size) == 0)
        m_port = ntohs(address.sin_port);
    m_thread = std::jthread([this](const std::stop_token &stop) {
        while (!stop.stop_requested()) {
            pollfd waiting{m_listener, POLLIN, 0};
            if (::poll(&waiting, 1, 50) <= 0)
                continue;
            const int connection = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
            if (connection < 0)
                continue;
            Talk talk(connection);
            m_script(talk, m_visits++);
            ::close(connection);
        }
    });
}

Peer::~Peer()
{
    m_thread.request_stop();
    ::shutdown(m_listener, SHUT_RDWR); // ends the wait for a caller at once
    m_thread = {};
    ::close(m_listener);
}

Caller::Caller(int port)
    : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    , m_talk(m_socket)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(quint16(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(m_socket, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
        hangUp();
}

void Caller::hangUp()
{
    if (m_socket >= 0)
        ::close(m_socket);
    m_socket = -1;
}

naru::imaging::dimse::Node nodeAt(int port)
{
    naru::imaging::dimse::Node node;
    node.name = QStringLiteral("peer");
    node.host = QStringLiteral("127.0.0.1");
    node.port = port;
    node.calledAe = QStringLiteral("PEER");
    node.callingAe = QStringLiteral("NARU");
    return node;
}

naru::imaging::dimse::Limits quickLimits()
{
    naru::imaging::dimse::Limits limits;
    limits.program = QStringLiteral(NARU_BINARY_DIR "/bin/naru-dimse");
    limits.answerSeconds = 1;
    limits.connectSeconds = 2;
    limits.moveSeconds = 1;
    return limits;
}

} // namespace dimsetest
