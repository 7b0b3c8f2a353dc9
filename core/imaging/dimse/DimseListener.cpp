#include "core/imaging/dimse/DimseListener.h"
#include "core/imaging/dimse/DimseChild.h"
#include "core/imaging/dimse/DimseProtocol.h"
#include "core/imaging/dimse/Errors.h"
#include "core/imaging/dimse/NodeAddress.h"
#include "core/imaging/dimse/Syntaxes.h"
#include "core/imaging/dimse/SystemReason.h"

#include <QCborMap>

#include <arpa/inet.h>
#include <atomic>
#include <cerrno>
#include <list>
#include <mutex>
#include <netinet/in.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace naru::imaging::dimse {

namespace {
constexpr int Silence = 90; // seconds without a message from the child: it gives up after 60 by itself
constexpr std::size_t MostRefusals = 8; // told at once that there is no room; more are hung up on
// A-ASSOCIATE-RJ (PS3.8 9.3.4): transient, presentation related, local limit exceeded.
constexpr char NoRoom[] = {3, 0, 0, 0, 0, 4, 0, 2, 3, 2};
constexpr int PoliteSeconds = 1;

// Nothing of what the caller says is looked at: it is only read, so that closing does not take back what it
// was told.
void refuse(const wire::Descriptor &connection)
{
    const timeval patience{PoliteSeconds, 0};
    ::setsockopt(connection.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    char asked[4096];
    (void)::recv(connection.get(), asked, sizeof asked, 0);
    (void)::send(connection.get(), NoRoom, sizeof NoRoom, MSG_NOSIGNAL);
    ::shutdown(connection.get(), SHUT_WR);
    for (int i = 0; i < 3 && ::recv(connection.get(), asked, sizeof asked, 0) > 0; ++i) { }
}

base::Error listenError(int port, const QString &why)
{
    return base::Error(
        errors::Listen, {}, {{QStringLiteral("port"), QString::number(port)}, {QStringLiteral("why"), why}});
}

// One connection: its child, and what became of its instances.
class Visit {
public:
    Visit(const ListenOptions &options, const Listener::Handlers &handlers, QString address)
        : m_options(options)
        , m_handlers(handlers)
        , m_address(std::move(address))
    {
    }

    void serve(wire::Descriptor connection, const base::WorkContext &work)
    {
        base::Status status = open(work);
        if (status)
            status = m_child.send({{qint64(protocol::Verb), int(protocol::Accept)}}, {connection.get()});
        connection = {};
        while (status) {
            auto message = m_child.next(Silence, "receive", work);
            if (!message) {
                status = message.error();
            } else if (message->map.value(qint64(protocol::Verb)).toInteger() == protocol::Done) {
                if (!message->map.value(qint64(protocol::Ok)).toBool())
                    status = childError(message->map);
                break;
            } else {
                status = handle(*message);
            }
        }
        // A connection that asks for nothing, such as a port check, is nobody's association.
        if (m_handlers.ended && (!m_caller.isEmpty() || !status))
            m_handlers.ended(
                m_caller, m_kept, m_failed, status ? status : base::Status(named(status.error())));
    }

private:
    base::Error named(base::Error error) const
    {
        error.with(QStringLiteral("node"), m_caller.isEmpty() ? m_address : m_caller);
        if (!error.arguments.contains(QStringLiteral("step")))
            error.with(QStringLiteral("step"), QStringLiteral("receive"));
        return error;
    }

    base::Status open(const base::WorkContext &work)
    {
        const QCborMap setup{{qint64(protocol::Acceptor), true}, {qint64(protocol::Tls), m_options.tls},
            {qint64(protocol::CalledAe), m_options.aeTitle},
            {qint64(protocol::ConnectSeconds), m_options.limits.connectSeconds},
            {qint64(protocol::AnswerSeconds), m_options.limits.answerSeconds},
            {qint64(protocol::InstanceBytes), m_options.limits.instanceBytes}};
        std::vector<wire::Descriptor> pem;
        if (m_options.tls) {
            NARU_ASSIGN(pem, openCredentials(m_options.credentials));
        }
        std::vector<int> descriptors;
        descriptors.reserve(pem.size());
        for (const wire::Descriptor &one : pem)
            descriptors.push_back(one.get());
        return m_child.start(m_options.limits.program, m_options.limits, setup, descriptors, work);
    }

    base::Status handle(wire::Message &message)
    {
        switch (message.map.value(qint64(protocol::Verb)).toInteger()) {
        case protocol::Asks:
            return admit(message.map);
        case protocol::Arrived:
            return take(message);
        case protocol::Committed:
            if (m_handlers.committed)
                m_handlers.committed(commitmentOf(message.map), m_caller);
            return m_child.send(answerTo({}));
        default:
            return {};
        }
    }

    base::Status admit(const QCborMap &asked)
    {
        const QString calling = asked.value(qint64(protocol::CallingAe)).toString();
        const QString called = asked.value(qint64(protocol::CalledAe)).toString();
        const bool us = called == m_options.aeTitle;
        bool allowed = false;
        for (const AllowedPeer &peer : m_handlers.peers ? m_handlers.peers() : m_options.allowed) {
            if (peer.callingAe != calling)
                continue;
            const auto address =
                peer.address.isEmpty() ? base::Result<QString>(m_address) : addressOf(peer.address);
            allowed = allowed || (address && *address == m_address);
        }
        if (us && allowed)
            m_caller = calling;
        return m_child.send(
            {{qint64(protocol::Verb), int(protocol::Answer)}, {qint64(protocol::Ok), us && allowed},
                {qint64(protocol::Status), int(us ? protocol::CallingAe : protocol::CalledAe)}});
    }

    base::Status take(wire::Message &message)
    {
        const auto received = mapInstance(message);
        if (!received)
            return received.error();
        message.descriptors.clear();
        const base::Status kept =
            m_handlers.received ? m_handlers.received(*received) : base::Status(errors::NotKept);
        ++(kept ? m_kept : m_failed);
        return m_child.send(answerTo(kept));
    }

    const ListenOptions &m_options;
    const Listener::Handlers &m_handlers;
    QString m_address;
    QString m_caller{};
    int m_kept = 0, m_failed = 0;
    Child m_child{};
};

class SocketListener final : public Listener {
public:
    SocketListener(ListenOptions options, Handlers handlers)
        : m_options(std::move(options))
        , m_handlers(std::move(handlers))
        , m_stop(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    {
    }
    ~SocketListener() override
    {
        const quint64 one = 1;
        [[maybe_unused]] const ssize_t written = ::write(m_stop.get(), &one, sizeof one);
        m_accepting = {}; // asks and joins
        m_visits.clear();
        m_refusals.clear();
    }
    SocketListener(const SocketListener &) = delete;
    SocketListener &operator=(const SocketListener &) = delete;

    int port() const override { return m_port; }

    base::Status open()
    {
        m_socket = wire::Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        const int on = 1;
        ::setsockopt(m_socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(quint16(m_options.port));
        socklen_t size = sizeof address;
        auto *plain = reinterpret_cast<sockaddr *>(&address);
        if (::inet_pton(AF_INET, m_options.address.toLatin1().constData(), &address.sin_addr) != 1)
            return listenError(m_options.port, systemReason(EINVAL));
        if (::bind(m_socket.get(), plain, size) != 0 || ::listen(m_socket.get(), 16) != 0
            || ::getsockname(m_socket.get(), plain, &size) != 0)
            return listenError(m_options.port, systemReason(errno));
        m_port = ntohs(address.sin_port);
        m_accepting = std::jthread([this](const std::stop_token &stop) { accept(stop); });
        return {};
    }

private:
    struct Running {
        std::atomic<bool> done{false};
        std::jthread thread{};
    };

    void accept(const std::stop_token &stop)
    {
        while (!stop.stop_requested()) {
            if (wire::waitReadable(m_socket.get(), {}, m_stop.get()) != wire::Got::Message)
                return;
            sockaddr_in from{};
            socklen_t size = sizeof from;
            wire::Descriptor connection(
                ::accept4(m_socket.get(), reinterpret_cast<sockaddr *>(&from), &size, SOCK_CLOEXEC));
            for (auto *list : {&m_visits, &m_refusals})
                std::erase_if(*list, [](const auto &visit) { return visit->done.load(); });
            if (!connection.valid())
                continue;
            if (m_visits.size() >= std::size_t(m_options.associations)) {
                if (!m_options.tls && m_refusals.size() < MostRefusals)
                    begin(m_refusals, [connection = std::move(connection)](const std::stop_token &) {
                        refuse(connection);
                    });
                continue; // or closed at once: the peer comes again
            }
            char text[INET_ADDRSTRLEN] = "";
            ::inet_ntop(AF_INET, &from.sin_addr, text, sizeof text);
            welcome(std::move(connection), QString::fromLatin1(text));
        }
    }

    static void begin(std::list<std::unique_ptr<Running>> &list, auto work)
    {
        list.push_back(std::make_unique<Running>());
        Running *running = list.back().get();
        running->thread =
            std::jthread([running, work = std::move(work)](const std::stop_token &stop) mutable {
                work(stop);
                running->done = true;
            });
    }

    void welcome(wire::Descriptor connection, const QString &address)
    {
        begin(m_visits,
            [this, address, connection = std::move(connection)](const std::stop_token &stop) mutable {
                Visit(m_options, m_handlers, address).serve(std::move(connection), base::WorkContext(stop));
            });
    }

    ListenOptions m_options;
    Handlers m_handlers;
    wire::Descriptor m_stop, m_socket{};
    int m_port = 0;
    std::list<std::unique_ptr<Running>> m_visits{}, m_refusals{}; // of the accepting thread, until it ended
    std::jthread m_accepting{};
};
} // namespace

base::Result<std::unique_ptr<Listener>> Listener::start(const ListenOptions &options, Handlers handlers)
{
    if (!validAeTitle(options.aeTitle))
        return base::Error(errors::Invalid, {}, {{QStringLiteral("what"), QStringLiteral("our AE title")}});
    if (options.tls)
        NARU_TRY(openCredentials(options.credentials));
    auto listener = std::make_unique<SocketListener>(options, std::move(handlers));
    NARU_TRY(listener->open());
    return std::unique_ptr<Listener>(std::move(listener));
}

} // namespace naru::imaging::dimse
