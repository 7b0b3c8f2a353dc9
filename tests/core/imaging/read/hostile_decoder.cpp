// A decoder that has been taken over: answers each request in the way its file name says, so that the
// parent's distrust can be tested.
#include "core/imaging/pool/DecoderProtocol.h"
#include "core/imaging/pool/Wire.h"

#include <QByteArray>
#include <QCborArray>

#include <csignal>
#include <string>
#include <unistd.h>

using namespace naru::imaging;

namespace {
constexpr int Socket = wire::SocketDescriptor;

void writeAll(const QByteArray &bytes)
{
    if (::write(Socket, bytes.constData(), std::size_t(bytes.size())) != bytes.size())
        ::_exit(1);
}

QCborMap answerTo(const wire::Message &request)
{
    QCborMap map;
    map.insert(qint64(protocol::Id), request.map.value(qint64(protocol::Id)));
    map.insert(qint64(protocol::Ok), true);
    return map;
}

void respond(const std::string &mode, const wire::Message &request)
{
    QCborMap map = answerTo(request);
    if (mode == "hang")
        ::pause();
    else if (mode == "loop")
        while (::getpid() > 0) { }
    else if (mode == "die")
        ::raise(SIGKILL);
    else if (mode == "huge")
        writeAll(QByteArray("\xFF\xFF\xFF\x7F", 4));
    else if (mode == "garbage")
        writeAll(QByteArray("\x08\0\0\0\xFF\xFE\xFD\xFC\x01\x02\x03\x04", 12));
    else if (mode == "half")
        writeAll(QByteArray("\x40\0\0\0\xA1", 5)), ::_exit(0);
    else if (mode == "stranger")
        map.insert(qint64(protocol::Id), 12345), wire::send(Socket, map);
    else if (mode == "shape") {
        map.insert(qint64(protocol::Rows), 65535);
        map.insert(qint64(protocol::Columns), 65535);
        map.insert(qint64(protocol::Samples), 3);
        map.insert(qint64(protocol::Type), 7);
        wire::send(Socket, map);
    } else if (mode == "facts") {
        // Decodable, of 16 bits stored in none, with an overlay that says it is larger than its bytes.
        const QCborMap overlay{{2, 60000}, {3, 60000}, {9, QByteArray("x")}};
        map.insert(qint64(protocol::Facts),
            QCborValue(QCborMap{{32, 10}, {33, 10}, {34, 1}, {35, 1}, {54, QCborArray{overlay}}, {56, true}})
                .toCbor());
        wire::send(Socket, map);
    } else if (mode == "descriptor") {
        wire::send(Socket, map, {0});
    } else if (mode == "code") {
        map.insert(qint64(protocol::Ok), false);
        map.insert(qint64(protocol::ErrorCode), QStringLiteral("vault.Open"));
        wire::send(Socket, map);
    }
}
} // namespace

int main(int, char *argv[])
{
    const std::string name = argv[0], mode = name.substr(name.rfind('.') + 1);
    if (mode == "mute")
        return 0;
    wire::send(Socket,
        {{qint64(protocol::Verb), qint64(protocol::Ready)},
            {qint64(protocol::Id), qint64(protocol::Version)}});
    wire::Message request;
    while (wire::receive(Socket, request, wire::MaximumRequest) == wire::Got::Message)
        respond(mode, request);
    return 0;
}
