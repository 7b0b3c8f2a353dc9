// naru-dimse: started with one socket and nothing else. Everything that reads a file (certificates, the
// library's own start, converters of character sets) happens before the process is confined.
#include "app/cage/Cage.h"
#include "app/dimse/Cage.h"
#include "app/dimse/Service.h"
#include "core/base/Oid.h"
#include "core/imaging/decode/CharacterSet.h"
#include "core/imaging/dimse/DimseProtocol.h"
#include "core/imaging/dimse/Errors.h"

#include <QString>

#include <csignal>
#include <cstdlib>

namespace {
using namespace naru;
namespace protocol = imaging::dimse::protocol;
namespace wire = imaging::wire;

void warmUp()
{
    cage::silenceQt();
    imaging::CharacterSet::warmUp();
    base::oid("tsExplicitLE");
    cage::warmUpRuntime();
}

dimse::Setup setupFrom(const QCborMap &map)
{
    const auto bytes = [&map](protocol::Key key) { return map.value(qint64(key)).toString().toLatin1(); };
    const auto number = [&map](protocol::Key key) { return map.value(qint64(key)).toInteger(); };
    dimse::Setup out;
    out.address = bytes(protocol::Address);
    out.port = int(number(protocol::Port));
    out.calledAe = bytes(protocol::CalledAe);
    out.callingAe = bytes(protocol::CallingAe);
    out.tlsName = bytes(protocol::TlsName);
    out.tls = map.value(qint64(protocol::Tls)).toBool();
    out.acceptor = map.value(qint64(protocol::Acceptor)).toBool();
    out.connectSeconds = int(number(protocol::ConnectSeconds));
    out.answerSeconds = int(number(protocol::AnswerSeconds));
    out.instanceBytes = number(protocol::InstanceBytes);
    out.matches = int(number(protocol::Matches));
    return out;
}

void refuse(const base::Error &error)
{
    QCborMap arguments;
    for (auto it = error.arguments.cbegin(); it != error.arguments.cend(); ++it)
        arguments.insert(it.key(), it.value());
    wire::send(wire::SocketDescriptor,
        {{qint64(protocol::Verb), int(protocol::Done)}, {qint64(protocol::Ok), false},
            {qint64(protocol::ErrorCode), QString::fromLatin1(error.code.id)},
            {qint64(protocol::ErrorArguments), arguments}});
}
} // namespace

int main(int argc, char *argv[])
{
    constexpr qint64 Least = 64LL * 1024 * 1024;
    const qint64 memory = argc > 2 ? std::atoll(argv[1]) : 0;
    const qint64 instanceBytes = argc > 2 ? std::atoll(argv[2]) : 0;
    if (memory < Least || instanceBytes <= 0 || !cage::hasSocket())
        return 2;
    std::signal(SIGPIPE, SIG_IGN); // a peer that leaves is an error of a write
    warmUp();
    wire::Message first;
    if (wire::receive(wire::SocketDescriptor, first, protocol::MaximumMessage) != wire::Got::Message
        || first.map.value(qint64(protocol::Verb)).toInteger() != protocol::Setup)
        return 2;
    const dimse::Setup setup = setupFrom(first.map);
    dimse::Link link(setup);
    const bool pem = first.descriptors.size() == 2;
    if (setup.tls && !pem)
        return 2;
    if (const base::Status ready =
            link.prepare(pem ? first.descriptors[0].get() : -1, pem ? first.descriptors[1].get() : -1);
        !ready) {
        refuse(ready.error());
        return 1;
    }
    first = {};
    if (!dimse::confine(memory, instanceBytes, !setup.acceptor))
        return 3;
    return dimse::Service(wire::SocketDescriptor, setup, link).run();
}
